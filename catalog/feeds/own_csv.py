"""Our own CSV: one variant a row, columns named as in the user guide.

Rows with the same ``product_sku`` make one product; without that column each row is a product.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from catalog.feeds.delimited import Table, delimiter_of
from catalog.feeds.flat import Assembler
from catalog.feeds.formats import Format, first_line
from catalog.feeds.grouping import Groups
from catalog.feeds.mapping import KEYED, Mapping, Rule
from catalog.feeds.problems import Fault
from catalog.feeds.records import RawProduct

PLAIN = {
    "sku", "product_sku", "status", "category", "brand", "title", "description", "price", "was",
    "currency", "stock", "active", "image", "images", "related", "created_at",
}  # fmt: skip
# Of whole products: columns that only make sense where rows name their product.
GROUPED = {"options", "attributes"}
# What our exports tell readers of a file and an import does not take: whose words they are is told
# by approvals, never by a file.
TOLD = {"generated"}
LISTS = {"images", "related", "options"}
KEYED_COLUMN = re.compile(r"(title|description|price|was|stock|option)_(.+)")
LOCALES = {"zh": "zh-hans", "cn": "zh-hans", "zh_hans": "zh-hans", "zh_cn": "zh-hans"}
# Reading and sorting a grouped file is about a third of the time that importing it takes.
READING_SHARE = 0.3


class FlatFormat(Format):
    """Rows that a mapping describes, in CSV, TSV or JSON Lines."""

    mapping: Mapping
    _groups: Groups | None = None
    _given = 0

    def products(self) -> Iterator[RawProduct]:
        """Yield the products; rows of one product are brought together first."""
        assembler = Assembler(self.mapping, self.problems)
        if not self.mapping.grouped:
            for line, row in self.rows():
                yield assembler.product([(line, row)])
            return
        self._groups = Groups()
        product, own = (self.mapping.fields[(name,)].columns[0] for name in ("product_sku", "sku"))
        for line, row in self.rows():
            key = str(row.get(product) or "").strip() or str(row.get(own) or "").strip()
            self._groups.add(line, "", key or f"\n{line}", row)
        for rows in self._groups:
            self._given += len(rows)
            yield assembler.product(rows)

    @cached_property
    def table(self) -> Any:
        """Return the file as a table."""
        return Table(self.source)

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each row's line and its cells by column."""
        columns = self.table.columns
        for line, cells in self.table.rows(self.problems):
            yield line, dict(zip(columns, cells, strict=True))

    @property
    def position(self) -> int:
        """Return how many bytes are done; in a grouped file sorting counts for a share."""
        if self._groups is None:
            return self.source.position
        if not self._given:
            return int(self.source.position * READING_SHARE)
        done = self._given / max(1, self._groups.count)
        return int(self.source.size * (READING_SHARE + (1 - READING_SHARE) * done))


class OwnCsv(FlatFormat):
    """Reads our own columns."""

    name = "csv"

    @classmethod
    def fits(cls, beginning: str) -> bool:
        """Tell whether the header has an SKU and other columns of ours."""
        delimiter = delimiter_of(beginning)
        names = [_folded(name) for name in first_line(beginning).split(delimiter)]
        return "sku" in names and sum(_place(name) is not None for name in names) > 1

    @cached_property
    def mapping(self) -> Mapping:  # type: ignore[override]
        """Return the mapping that the column names say; unknown columns are reported."""
        fields, facts = {}, ""
        columns = {_folded(column): column for column in self.table.columns}
        more = GROUPED if "product_sku" in columns else set()
        for column in self.table.columns:
            folded = _folded(column)
            place = (folded,) if folded in more else _place(folded)
            if place == ("attributes",):
                facts = column
            elif place:
                if place[0] in ("option", "stock") and len(place) > 1:
                    place = (place[0], column.strip()[len(place[0]) + 1 :])
                split = "|" if folded in LISTS else ""
                fields[place] = Rule((column,), split=split)
            elif column and not folded.startswith("attr_") and folded not in TOLD:
                self.problems.add(1, column, column, Fault.COLUMN_UNKNOWN)
        prefixes = {column[:5] for column in self.table.columns if _folded(column)[:5] == "attr_"}
        return Mapping(
            fields=fields,
            attribute_prefixes=tuple(sorted(prefixes)),
            attribute_split="|",
            attribute_object=facts,
        )


def _folded(column: str) -> str:
    return column.strip().strip('"').lower().replace(" ", "_").replace("-", "_")


def _place(folded: str) -> tuple[str, ...] | None:
    """Return ("price", "CNY") for ``price_cny``; None for a column that is not ours."""
    if folded in PLAIN:
        return (folded,)
    match = KEYED_COLUMN.fullmatch(folded)
    if match is None or match[1] not in KEYED:
        return None
    head, key = match.groups()
    if head in ("title", "description"):
        return head, LOCALES.get(key, key)
    if head in ("price", "was"):
        return head, key.upper()
    return head, key
