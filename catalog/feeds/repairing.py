"""Give out the rows of a file that could not be taken, as they were, each with what is wrong.

For the portal. The file that comes of it has the columns of the original and one more at the end,
which every reader leaves out: it is mended and imported again as it is. Rows that belong to the
product of a bad row come along, so that the product is whole. It reads what was uploaded and never
the shop.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from catalog.feeds.cells import harmless, restored
from catalog.feeds.delimited import PROBLEM, Row
from catalog.feeds.formats import Format, format_of
from catalog.feeds.mapped import Mapped
from catalog.feeds.mapping import mapping_of
from catalog.feeds.opening import Source
from catalog.feeds.own_csv import FlatFormat
from catalog.feeds.problems import Problems, Refused
from catalog.models import CatalogImport

Told = Mapping[int, list[str]]
# Columns by which other formats bring the rows of one product together.
GROUPS = ("handle", "item_group_id", "item group id")


def repair_file(job: CatalogImport, told: Told) -> tuple[str, Iterator[str]]:
    """Return the ending of the repair file, and its pieces.

    ``told``: what is wrong, by line. Raises `Refused` where rows cannot be given out one by one.
    """
    source = Source(Path(job.file))
    if source.sample()[:200].lstrip().startswith(b"<"):
        raise not_by_row()
    if is_json(source):
        return "jsonl", json_lines(source, told)
    reader = reader_of(job, source)
    table = getattr(reader, "table", None)
    if table is None:
        raise not_by_row()
    return "csv", Repair(source, table, told).lines(group_of(reader, table.columns))


def not_by_row() -> Refused:
    """Return what to say of a format that has no rows."""
    return Refused(
        gettext_noop("The rows of this format cannot be given out one by one."),
        gettext_noop("Mend them in the original file, and import that again."),
    )


def is_json(source: Source) -> bool:
    """Tell whether a file has a JSON object a line."""
    return not source.is_zip and source.sample()[:2_000].lstrip(b"\xef\xbb\xbf \r\n").startswith(
        b"{"
    )


def reader_of(job: CatalogImport, source: Source) -> Format:
    """Return the reader by which the file was imported."""
    if job.mapping:
        return Mapped(source, Problems(0), mapping_of(job.mapping))
    return format_of(source, job.format)(source, Problems(0))


def group_of(reader: Format, columns: list[str]) -> Callable[[Row], str]:
    """Return what tells rows of one product: nothing where each row is a product."""
    names = [name.strip().lower() for name in columns]
    place = next((names.index(name) for name in GROUPS if name in names), -1)
    if isinstance(reader, FlatFormat) and reader.mapping.grouped:
        place = columns.index(reader.mapping.fields[("product_sku",)].columns[0])
    return lambda row: row.cells[place].strip() if 0 <= place < len(row.cells) else ""


class Repair:
    """A table's bad rows, written as a table again."""

    def __init__(self, source: Source, table: Any, told: Told) -> None:
        self.source, self.table, self.told = source, table, told
        self.mark = getattr(table, "delimiter", "") or ","
        self._stream = io.StringIO(newline="")
        self._writer = csv.writer(self._stream, delimiter=self.mark, lineterminator="\r\n")

    def lines(self, group: Callable[[Row], str]) -> Iterator[str]:
        """Yield the header and the rows. Reads twice: for the products, then for their rows."""
        wanted = {group(row) for row in self.table.every_row() if row.line in self.told} - {""}
        if getattr(self.table, "has_header", True):
            self._writer.writerow([*map(harmless, self.table.columns), PROBLEM])
        yield "\ufeff" + self._taken()
        missing = self.told.keys() - {0, 1}
        for row in self.table.every_row():
            if row.line in self.told or group(row) in wanted:
                missing -= {row.line}
                self._write(row.cells, self.told.get(row.line, []))
                yield self._taken()
        if missing and not self.source.is_zip:
            yield from self._broken(missing)

    def _broken(self, missing: Set[int]) -> Iterator[str]:
        """Yield lines that no record could be made of, split where the delimiter stands."""
        for line in self.source.lines():
            if line.number in missing:
                cells = line.text[:100_000].replace('"', "").split(self.mark)
                self._write(cells, self.told[line.number])
                yield self._taken()

    def _write(self, cells: list[str], told: list[str]) -> None:
        """Write one row in the width of the table, and what is wrong with it."""
        width = len(self.table.columns)
        fitted = (cells + [""] * width)[:width]
        more = " ".join(filter(None, cells[width:]))[:500]
        reasons = [*told, *([_("Left over: %(cells)s") % {"cells": more}] if more else [])]
        self._writer.writerow(
            [*(harmless(restored(cell)) for cell in fitted), harmless(" · ".join(reasons))]
        )

    def _taken(self) -> str:
        """Return what was written since the last time."""
        piece = self._stream.getvalue()
        self._stream.seek(0)
        self._stream.truncate()
        return piece


def json_lines(source: Source, told: Told) -> Iterator[str]:
    """Yield the bad lines of a JSON Lines file, each object with what is wrong with it."""
    for line in source.lines():
        if line.number not in told or line.cut:
            continue
        try:
            said = json.loads(line.text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            said = None
        if isinstance(said, dict):
            said[PROBLEM] = " · ".join(told[line.number])
            yield json.dumps(said, ensure_ascii=False) + "\n"
        else:
            yield line.text + "\n"
