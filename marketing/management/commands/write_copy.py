"""``write_copy``: compose copy of a product for a channel, with its claims and warnings."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Product
from marketing.copy.channels import CHANNELS, TONES
from marketing.copy.composing import MOST_VARIANTS, REALISER, CannotCompose, Composed, compose
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone


class Command(BaseCommand):
    """Write variants that a person may approve; nothing is stored and nothing published."""

    help = (
        "Compose copy of a product on sale for a channel: variants that differ in angle, each with "
        "its claims held against the database and warnings with the rule and a remedy."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare product, channel, language, tone and number."""
        parser.add_argument("--sku", required=True, help="the product's SKU")
        parser.add_argument("--merchant", metavar="SLUG", help="its shop, where two have the SKU")
        parser.add_argument("--channel", required=True, help=f"one of: {', '.join(CHANNELS)}")
        parser.add_argument(
            "--locale", required=True, choices=[code for code, _name in settings.LANGUAGES]
        )
        parser.add_argument("--tone", default="plain", help=f"one of: {', '.join(TONES)}")
        parser.add_argument(
            "--variants", type=int, default=3, metavar="N", help=f"1 to {MOST_VARIANTS}; default 3"
        )
        parser.add_argument("--segment", default="", help="for whom, in words: students, 送妈妈")
        parser.add_argument("--season", default="", help="a season or feast, in words")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compose and print."""
        if not 1 <= options["variants"] <= MOST_VARIANTS:
            raise CommandError(f"--variants is a number from 1 to {MOST_VARIANTS}.")
        with as_everyone():
            composed = self._composed(options)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(composed), ensure_ascii=False))
            return
        for number, one in enumerate(composed, 1):
            self._show(number, one)
        if len(composed) < options["variants"]:
            self.stdout.write("Fewer than asked: the product's facts carry no more.")

    def _composed(self, options: dict[str, Any]) -> list[Composed]:
        names = ("channel", "locale", "tone", "variants", "segment", "season")
        try:
            product = _product(options["sku"], options["merchant"])
            return compose(
                product,
                writer=_writer(product.merchant.slug),
                **{name: options[name] for name in names},
            )
        except CannotCompose as error:
            raise CommandError(str(error)) from error

    def _show(self, number: int, one: Composed) -> None:
        self.stdout.write(f"--- {number}  {one.angle}  (quality {one.quality['score']})")
        for name, words in one.parts.items():
            self.stdout.write(f"[{name}]\n{words}")
        for claim in one.claims:
            self.stdout.write(f"    {claim['verdict']}: {claim['text']}  ({claim['fact']})")
        for warning in one.warnings:
            self.stdout.write(f"    ! {warning['text']}: {warning['rule']} → {warning['remedy']}")


def as_json(composed: list[Composed]) -> dict[str, Any]:
    """Return variants in the shape that the contract promises, with parts, angle and quality."""
    writers = {one.writer for one in composed} - {REALISER}
    return {
        "variants": [
            {
                "text": one.text, "parts": one.parts, "angle": one.angle, "claims": one.claims,
                "warnings": one.warnings, "quality": one.quality,
            }
            for one in composed
        ],
        "writer": next(iter(sorted(writers)), REALISER),
    }  # fmt: skip


def _writer(shop: str) -> Any:
    """Return who may rephrase, None where the realiser writes alone."""
    if settings.WRITER["kind"] == REALISER:
        return None
    from shopguide.backends import writer

    return writer(shop)


def _product(sku: str, merchant: str | None) -> Product:
    """Return the live product with this SKU; what is wrong is told with its remedy."""
    found = Product.objects.live().filter(sku=sku, merchant__in=Merchant.objects.active())
    if merchant:
        found = found.filter(merchant__slug=merchant)
    rows = list(found.select_related("merchant").prefetch_related("texts")[:3])
    if not rows:
        where = f" in {merchant}" if merchant else ""
        raise CommandError(f"No product on sale{where} has the SKU “{sku}”. SKUs are exact.")
    if len(rows) > 1:
        shops = ", ".join(one.merchant.slug for one in rows)
        raise CommandError(f"Several shops sell a “{sku}”: name one with --merchant ({shops}).")
    return rows[0]
