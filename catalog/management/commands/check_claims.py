"""``check_claims``: hold a text against what the database says of a product."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.claims import Checked, Ledger, check
from catalog.models import Product
from shopguide.accounts.models import Merchant

LONGEST = 8_000


class Command(BaseCommand):
    """Find every claim of a text about a product, say what holds, and show what may be said."""

    help = (
        "Check a text about a product claim by claim: prices, discounts, stock, quantities, "
        "attributes, counts of reviews, delivery, returns. Ends with what of it may be said."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the product and the text."""
        parser.add_argument("text", metavar="TEXT")
        parser.add_argument("--sku", required=True, help="the product's SKU")
        parser.add_argument("--merchant", metavar="SLUG", help="its shop, where two have the SKU")
        parser.add_argument(
            "--locale", default="", choices=["", *(code for code, _name in settings.LANGUAGES)],
            help="the text's language; told from the text unless given",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and print."""
        text = options["text"]
        if not text.strip() or len(text) > LONGEST:
            raise CommandError(f"TEXT must have from 1 to {LONGEST:,} characters.")
        locale = options["locale"] or spoken(text)
        product = _product(options["sku"], options["merchant"])
        ledger = Ledger.of(
            products=[product.pk],
            currency=settings.CURRENCY_OF_LANGUAGE[locale],
            locale=locale,
        )
        checked = check(text, language=locale, ledger=ledger)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(checked), ensure_ascii=False))
            return
        for claim in checked.claims:
            told = f"  ({claim.fact})" if claim.fact else ""
            self.stdout.write(f"{claim.verdict:12}  {claim.kind:12}  {claim.text}{told}")
        self.stdout.write(f"May be said: {checked.clean or '(nothing)'}")


def as_json(checked: Checked) -> dict[str, Any]:
    """Return the verdicts in the shape that the contract promises."""
    return {"claims": [one.as_json() for one in checked.claims], "clean": checked.clean}


def spoken(text: str) -> str:
    """Return a text's language as the shop has it."""
    return "zh-hans" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"


def _product(sku: str, merchant: str | None) -> Product:
    """Return the live product with this SKU; what is wrong is told with its remedy."""
    found = Product.objects.live().filter(sku=sku, merchant__in=Merchant.objects.active())
    if merchant:
        found = found.filter(merchant__slug=merchant)
    rows = list(found.select_related("merchant")[:3])
    if not rows:
        where = f" in {merchant}" if merchant else ""
        raise CommandError(f"No product on sale{where} has the SKU “{sku}”. SKUs are exact.")
    if len(rows) > 1:
        shops = ", ".join(one.merchant.slug for one in rows)
        raise CommandError(f"Several shops sell a “{sku}”: name one with --merchant ({shops}).")
    return rows[0]
