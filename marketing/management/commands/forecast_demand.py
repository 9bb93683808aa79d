"""``forecast_demand``: forecast a shop's demand now and say what to order again."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketing.stocking.bringing import Unreadable, bring, text_of
from marketing.stocking.forecasting import forecast_now
from marketing.stocking.listing import Advised, advised, newest_run
from marketing.stocking.presenting import run_line
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


class Command(BaseCommand):
    """Bring in former sales if a file is given, forecast, and print the advice by urgency."""

    help = "Forecast a shop's demand and say what to order again, when and how many."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the shop and the file of former sales."""
        parser.add_argument("--merchant", required=True, metavar="SLUG", help="the shop")
        parser.add_argument(
            "--sales", type=Path, metavar="FILE", help="former sales: CSV with sku, day, quantity"
        )
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Forecast and print."""
        shop = Merchant.objects.filter(slug=options["merchant"]).first()
        if shop is None:
            raise CommandError(f"There is no shop “{options['merchant']}”.")
        if options["sales"]:
            self._bring(shop, options["sales"])
        run = forecast_now(shop)
        with as_merchant(shop):
            rows = advised(shop, newest_run(shop))
        if options["json"]:
            found = {
                "merchant": shop.slug, "run": run.number, "begins": run.begins.isoformat(),
                "products": run.products, "days": run.days, "mase": run.mase,
                "coverage_80": run.coverage, "uplifts": run.uplifts,
                "advice": [as_json(one) for one in rows],
            }  # fmt: skip
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        self.stdout.write(run_line(run))
        for one in rows:
            told = one.advice
            self.stdout.write(
                f"{told.state:8} {one.product.sku:20} stock {told.on_hand:5}  "
                f"a week {told.per_day * 7:7.1f}  order {told.quantity:5}"
            )

    def _bring(self, shop: Merchant, path: Path) -> None:
        try:
            report = bring(shop, text_of(path.read_bytes()))
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        for problem in report.problems:
            self.stderr.write(problem)
        self.stderr.write(f"{report.kept} kept, {report.left_out} left out")


def as_json(one: Advised) -> dict[str, Any]:
    """Return one product's advice with its numbers."""
    told = one.advice
    return {
        "sku": one.product.sku, "state": told.state, "on_hand": told.on_hand,
        "on_way": told.on_way, "per_day": round(told.per_day, 4),
        "lead_days": told.terms.lead_days, "service": told.terms.service,
        "lead_mean": round(told.lead_mean, 2), "safety": round(told.safety, 2),
        "reorder_point": told.reorder_point, "order": told.quantity,
        "runs_out_on": told.runs_out_on.isoformat() if told.runs_out_on else None,
        "ahead": one.demand.ahead if one.demand else [],
        "method": one.demand.method if one.demand else "",
    }  # fmt: skip
