"""``import_mentions``: what people say elsewhere, from a file, weighed at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.feeds.problems import Refused
from marketing.listening.commanding import listen_now, shop_of
from marketing.listening.importing import Report, import_mentions
from marketing.models import IMPORTED, Source


class Command(BaseCommand):
    """Import, judge, weigh; end with the counts and the alerts that are new."""

    help = (
        "Import mentions (CSV or JSON Lines, plain, .gz or .xz) into a shop: text, time, and as far"
        " as there are source, site, author, product (SKU) or words, stars. Authors are not kept."
        " Then judge them and look for bursts of complaints."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file, the shop and what holds where the file says nothing."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--merchant", metavar="SLUG", required=True, help="the shop")
        parser.add_argument("--source", choices=list(map(str, IMPORTED)), default=Source.SOCIAL)
        parser.add_argument("--sku", default="", help="the product of lines that name none")
        parser.add_argument("--no-weighing", action="store_true", help="only take the file in")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report."""
        shop = shop_of(options["merchant"])
        try:
            report = import_mentions(
                shop, options["file"], source=options["source"], product=options["sku"],
                progress=self._tell,
            )  # fmt: skip
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for one in report.errors[:20]:
            self.stderr.write("line {line}: {reason} {remedy}".format_map(one))
        found = asdict(report)
        if not options["no_weighing"]:
            found |= listen_now(shop)
        shown = ", ".join(
            f"{name} {count}" for name, count in found.items() if isinstance(count, int)
        )
        self.stdout.write(json.dumps(found, ensure_ascii=False) if options["json"] else shown)

    def _tell(self, report: Report) -> None:
        self.stderr.write(f"{report.rows} lines")
