"""``evaluate_copy``: how true, lawful, varied and readable composed copy is, beside a template."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Product
from marketing.copy.evaluating import on_pairs, on_products, pairs_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone


class Command(BaseCommand):
    """Compose for a sample of what is sold, count what is wrong, and compare."""

    help = (
        "Compose copy for a sample of products over five channels in both languages and count "
        "unsupported claims, blocked texts and equal siblings; with --pairs also from attributes "
        "alone, beside what people wrote of them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the sample and the pairs."""
        parser.add_argument("--products", type=int, default=20, metavar="N", help="default 20")
        parser.add_argument("--merchant", metavar="SLUG", help="only this shop's")
        parser.add_argument(
            "--pairs", type=Path, metavar="FILE", help="JSON Lines with content and summary, .xz"
        )
        parser.add_argument("--most", type=int, default=500, metavar="N", help="pairs at most")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        if options["pairs"] and not options["pairs"].is_file():
            raise CommandError(f"There is no file {options['pairs']}.")
        with as_everyone():
            found = {"products": on_products(_sample(options["products"], options["merchant"]))}
        if options["pairs"]:
            found["pairs"] = on_pairs(pairs_of(options["pairs"], options["most"]))
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for part, rows in found.items():
            for name, row in rows.items():
                said = ", ".join(f"{key} {value}" for key, value in row.items())
                self.stdout.write(f"{part} · {name}: {said}")


def _sample(many: int, merchant: str | None) -> list[Product]:
    """Return products on sale at equal distances by SKU, so that a sample stays the same."""
    rows = Product.objects.live().filter(merchant__in=Merchant.objects.active())
    if merchant:
        rows = rows.filter(merchant__slug=merchant)
    keys = list(rows.order_by("sku", "pk").values_list("pk", flat=True))
    if not keys:
        raise CommandError("Nothing is on sale there; load the demo or import a catalogue first.")
    chosen = keys[:: max(1, len(keys) // max(many, 1))][:many]
    found = Product.objects.select_related("merchant").prefetch_related("texts")
    return list(found.filter(pk__in=chosen).order_by("sku", "pk"))
