"""``export_catalog``: write a shop's catalogue to a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.feeds.exporting import FORMATS, export_file
from shopguide.accounts.models import Merchant


class Command(BaseCommand):
    """Write the file, end with how many rows it has."""

    help = (
        "Export a shop's catalogue: our own JSON Lines (or CSV, if FILE ends in .csv), Shopify's "
        "product CSV, or a Google Merchant feed (tab-separated, or RSS if FILE ends in .xml). A "
        "FILE that ends in .gz is packed. What was exported can be imported again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file, the shop and the format."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--merchant", metavar="SLUG", required=True, help="the shop")
        parser.add_argument("--format", default="own", choices=FORMATS)
        parser.add_argument(
            "--locale", default="", choices=("", "zh-hans", "en"), help="language of the texts"
        )
        parser.add_argument(
            "--base-url", default="", help="where the shop is served, for links and pictures"
        )
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export."""
        merchant = Merchant.objects.filter(slug=options["merchant"]).first()
        if merchant is None:
            known = ", ".join(Merchant.objects.values_list("slug", flat=True)[:8])
            raise CommandError(
                f"There is no shop “{options['merchant']}”. Name one of: {known or '(none yet)'}."
            )
        path: Path = options["file"]
        try:
            rows = export_file(
                merchant, path, format=options["format"], language=options["locale"],
                base_url=options["base_url"],
            )  # fmt: skip
        except OSError as error:
            raise CommandError(
                f"{path.name} cannot be written: {error.strerror}. Choose another place."
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps({"rows": rows, "file": str(path)}, ensure_ascii=False))
        else:
            self.stdout.write(f"{rows} rows in {path}")
