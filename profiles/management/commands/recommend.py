"""``recommend``: what a shopper would be shown, and why."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.presenting.naming import reader
from catalog.search.featuring import hits_of
from profiles.consenting import held
from profiles.reasons import numbers, reason
from profiles.recommending import listed
from shopguide.accounts.models import Shopper

CONTEXTS = ("home", "product", "cart")
MOST = 100


class Command(BaseCommand):
    """Print the list that the shopper's pages show."""

    help = "Recommend products to a shopper, each with the deed that moved it most."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the shopper, the context, the length and ``--json``."""
        parser.add_argument("--shopper", required=True, metavar="EMAIL")
        parser.add_argument(
            "--context", choices=CONTEXTS, default="home", help="all of them get the same list"
        )
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recommend and print a line a product."""
        if not 1 <= options["limit"] <= MOST:
            raise CommandError(f"Give a limit from 1 to {MOST}.")
        shopper = Shopper.objects.filter(user__email__iexact=options["shopper"]).first()
        if shopper is None:
            raise CommandError(f"Nobody with {options['shopper']} has shopped. Check the address.")
        if not held(shopper).personalisation:
            raise CommandError(
                f"{options['shopper']} has not agreed to personal recommendations (/privacy/)."
            )
        made = listed(shopper, limit=options["limit"], context=options["context"])
        found = made.items
        hits = hits_of(numbers(found), "CNY" if reader() == "zh-hans" else "USD")
        items = [
            {
                "sku": hits[one.product].sku,
                "score": round(one.score, 4),
                "sources": list(one.sources),
                "reason": reason(one, hits),
            }
            for one in found
            if one.product in hits
        ]
        for item in items:
            self.stdout.write(f"{item['sku']:16} {item['score']:8.3f}  {item['reason']}")
        if options["json"]:
            self.stdout.write(
                json.dumps({"items": items, "model": made.ranker}, ensure_ascii=False)
            )
