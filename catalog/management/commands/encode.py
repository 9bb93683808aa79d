"""``encode``: give live products their vectors, in this process."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.encoding import encode_products, remaining
from catalog.indexing import index_products
from shopguide.accounts.models import Merchant
from shopguide.inference.errors import InferenceError


class Command(BaseCommand):
    """Encode what the encoder has not seen; an unchanged catalogue costs next to nothing."""

    help = "Encode live products that the configured encoder has not encoded as they stand now."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare ``--limit`` and ``--json``."""
        parser.add_argument("--limit", type=int, help="encode at most so many texts")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Index what is outdated, then drain what needs encoding, shop by shop."""
        limit: int | None = options["limit"]
        if limit is not None and limit < 0:
            raise CommandError("--limit must not be negative. Leave it out to encode everything.")
        started = time.monotonic()
        shops = list(Merchant.objects.active())
        for merchant in shops:
            index_products(merchant)
        waiting = sum(remaining(merchant, settings.ENCODER_ID) for merchant in shops)
        encoded = self._encode(shops, waiting, limit) if waiting else 0
        answer = {
            "encoded": encoded,
            "remaining": sum(remaining(merchant, settings.ENCODER_ID) for merchant in shops),
            "encoder": settings.ENCODER_ID,
            "seconds": round(time.monotonic() - started, 2),
        }
        self.stderr.write(
            "Encoded {encoded} texts in {seconds} s; {remaining} left.".format(**answer)
        )
        if options["json"]:
            self.stdout.write(json.dumps(answer))

    def _encode(self, shops: list[Merchant], waiting: int, limit: int | None) -> int:
        """Encode shop by shop and say how far it is."""
        from shopguide.backends import encoder

        try:
            room = encoder()
        except InferenceError as error:
            raise CommandError(str(error)) from error
        started, done = time.monotonic(), 0

        def say(count: int) -> None:
            so_far = done + count
            left = (time.monotonic() - started) / so_far * max(0, waiting - so_far)
            self.stderr.write(f"  {so_far} of {waiting} texts, about {left:.0f} s left")

        for merchant in shops:
            rest = None if limit is None else limit - done
            done += encode_products(merchant, encoder=room, limit=rest, progress=say)
        return done
