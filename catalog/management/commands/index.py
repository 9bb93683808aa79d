"""``index``: bring the search documents of all shops up to date."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog.indexing import index_products
from catalog.models import Product
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


class Command(BaseCommand):
    """Index what has changed; an unchanged catalogue costs one query a shop."""

    help = "Bring the search documents of all shops up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare ``--all``."""
        parser.add_argument(
            "--all", action="store_true", help="everything anew: after a change of the vocabulary"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Drain what needs indexing, shop by shop."""
        started = time.monotonic()
        total = 0
        for merchant in Merchant.objects.active():
            if options["all"]:
                with as_merchant(merchant):
                    Product.objects.of(merchant).update(revision=0)
            total += index_products(
                merchant,
                progress=lambda done, name=merchant.slug: self.stderr.write(  # type: ignore[misc]
                    f"  {name}: {done} products indexed"
                ),
            )
        self.stderr.write(f"Indexed {total} products in {time.monotonic() - started:.1f} s.")
