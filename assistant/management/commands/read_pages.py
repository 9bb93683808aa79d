"""``read_pages``: give the sentences of products' pages their vectors now, not by and by."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assistant.doing.evidence.encoding import encode_pages
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference.errors import InferenceError


class Command(BaseCommand):
    """Read the pages of all shops that the encoder in use has not read; a worker does so too."""

    help = "Encode the sentences of products' pages, by which questions find what answers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and count."""
        from shopguide.backends import encoder

        try:
            model = encoder()
        except InferenceError as error:
            raise CommandError(str(error)) from error
        with as_everyone():
            shops = list(Merchant.objects.active())
        for shop in shops:
            done = encode_pages(shop, encoder=model, limit=sys.maxsize)
            self.stderr.write(f"  {shop.slug}: {done} pages read")
