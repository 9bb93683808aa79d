"""``import_catalog``: bring a catalogue file into a shop."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalog.feeds.guessing import guessed_mapping
from catalog.feeds.importing import ImportReport, import_file
from catalog.feeds.mapping import read_mapping, said_in_words
from catalog.feeds.opening import Source
from catalog.feeds.problems import Refused
from catalog.models import CatalogImport
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.work import State

MOST_ERRORS = 1_000


class Command(BaseCommand):
    """Import a file, show progress, end with the counts."""

    help = (
        "Import a catalogue (our JSON Lines, CSV or workbook, an export of Magento, Shopify or "
        "Google, or any flat file), plain or as .gz or .xz. The columns of a flat file are guessed "
        "and the guess is told; a mapping corrects it. Products that the file does not name are "
        "left alone; importing the same file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file, the shop and how to read."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--merchant", metavar="SLUG", required=True, help="the shop")
        parser.add_argument(
            "--create-merchant", action="store_true", help="make the shop if there is none"
        )
        parser.add_argument("--format", default="auto", choices=CatalogImport.Format.values)
        parser.add_argument("--mapping", metavar="FILE", type=Path, help="TOML or JSON, see docs")
        parser.add_argument(
            "--write-mapping", metavar="FILE", type=Path,
            help="import nothing; write what the columns are guessed to be, as JSON, to correct it",
        )  # fmt: skip
        parser.add_argument(
            "--currency", choices=settings.CURRENCIES, help="what guessed columns give prices in"
        )
        parser.add_argument("--images", metavar="DIR", type=Path, help="folder or zip of pictures")
        parser.add_argument("--json", action="store_true", help="end with one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import."""
        began = time.monotonic()
        try:
            mapping = self._mapping(options)
            if options["write_mapping"]:
                return _write(mapping, options["write_mapping"])
            merchant = _merchant(options["merchant"], options["create_merchant"])
            if not options["mapping"]:
                _require_currency(merchant, mapping)
            report = self._run(_row(merchant, mapping, options))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self._end(report, time.monotonic() - began, as_json=options["json"])

    def _mapping(self, options: dict[str, Any]) -> dict[str, Any] | None:
        """Return the mapping given, else the one guessed, which is told; None for known formats."""
        if options["mapping"]:
            return read_mapping(options["mapping"])
        guessed = guessed_mapping(Source(options["file"]), options["format"])
        if guessed is None:
            return None
        self.stderr.write(f"The columns were guessed: {said_in_words(guessed)}.")
        self.stderr.write("To correct this: --write-mapping FILE, change it, --mapping FILE.")
        return guessed | {"currency": options["currency"]} if options["currency"] else guessed

    def _run(self, row: CatalogImport) -> ImportReport:
        try:
            report = import_file(row, progress=self._show)
        except BaseException as error:
            with as_merchant(row.merchant):
                row.fail(str(error) or type(error).__name__)
            raise
        with as_merchant(row.merchant):
            row.finish()
        return report

    def _show(self, row: CatalogImport) -> None:
        left = row.seconds_left
        self.stderr.write(
            f"{row.stage}: {row.percent} %, {row.rows} rows"
            + (f", about {left} s left" if left is not None else "")
        )

    def _end(self, report: ImportReport, seconds: float, *, as_json: bool) -> None:
        for problem in report.errors[:20]:
            shown = problem.as_dict()
            self.stderr.write(
                "line {line}, {column}: {reason} {remedy} ({value})".format_map(shown)
            )
        if len(report.errors) > 20:
            self.stderr.write(f"… and {len(report.errors) - 20} more")
        self.stderr.write(f"{report.rows} rows in {seconds:.1f} s")
        counts = {
            name: getattr(report, name)
            for name in ("rows", "created", "updated", "unchanged", "failed")
        }
        if as_json:
            errors = [problem.as_dict() for problem in report.errors[:MOST_ERRORS]]
            self.stdout.write(json.dumps(counts | {"errors": errors}, ensure_ascii=False))
        else:
            self.stdout.write(", ".join(f"{name} {count}" for name, count in counts.items()))


def _write(mapping: dict[str, Any] | None, path: Path) -> None:
    """Write a guessed mapping for somebody to correct."""
    if mapping is None:
        raise CommandError("The format of the file is known. It needs no mapping.")
    try:
        path.write_text(json.dumps(mapping, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def _require_currency(merchant: Merchant, guessed: dict[str, Any] | None) -> None:
    """Refuse prices that nobody says the currency of, before every row fails for it."""
    fields = (guessed or {}).get("fields", {})
    stated = "currency" in fields or "currency" in (guessed or {}) or merchant.currencies
    if "price" in fields and not stated:
        known = ", ".join(settings.CURRENCIES)
        raise CommandError(f"The prices have no currency. Add --currency with one of: {known}.")


def _merchant(slug: str, create: bool) -> Merchant:
    merchant = Merchant.objects.filter(slug=slug).first()
    if merchant is None and create:
        merchant = Merchant.objects.create(slug=slug, name_en=slug, name_zh=slug)
    if merchant is None:
        known = ", ".join(Merchant.objects.values_list("slug", flat=True)[:8])
        raise CommandError(
            f"There is no shop “{slug}”. Name one of: {known or '(none yet)'}; "
            "or add --create-merchant."
        )
    return merchant


def _row(
    merchant: Merchant, mapping: dict[str, Any] | None, options: dict[str, Any]
) -> CatalogImport:
    """Make the job's row, already running: the command is its own worker."""
    with as_merchant(merchant):
        return CatalogImport.objects.create(
            merchant=merchant,
            state=State.RUNNING,
            attempts=1,
            started_at=timezone.now(),
            file=str(options["file"]),
            file_name=options["file"].name[:200],
            format=options["format"],
            mapping=mapping,
            images=str(options["images"] or ""),
        )
