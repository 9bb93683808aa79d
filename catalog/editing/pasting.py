"""Read rows that a person copied out of a spreadsheet into cells of the grid.

The first line may name the columns; without it they are those of the grid, the article number
first. A row's product is found by its variant's article number. It writes nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.editing.grid import MOST_PRODUCTS, Cells
from catalog.models import Variant
from catalog.models.product import Status
from shopguide.accounts.models import Merchant

LONGEST, MOST_ROWS, MOST_PROBLEMS = 1_000_000, 5_000, 50
SIGNS = "¥￥$€£ \N{NO-BREAK SPACE}"
SKU = "sku"


@dataclass(frozen=True)
class Column:
    """One column of the grid: what it is of a product (``title:en``) or variant (``price:CNY``)."""

    code: str
    label: str
    kind: str = "text"
    names: tuple[str, ...] = ()

    @property
    def of_variant(self) -> bool:
        """Tell whether each variant has its own."""
        return self.code.startswith(("price:", "stock:"))

    def key(self, variant: int) -> str:
        """Return the sheet's key of this column's cell."""
        kind, _colon, rest = self.code.partition(":")
        return f"{kind}:{variant}:{rest}" if self.of_variant else self.code


@dataclass
class Pasted:
    """Cells by product, and the lines that could not be read, each with the reason."""

    cells: Cells = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, reason: str) -> None:
        """Report one line."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((line, reason))


def pasted(merchant: Merchant, text: str, columns: Sequence[Column]) -> Pasted:
    """Return what pasted rows say. As the merchant; one query."""
    found = Pasted()
    rows = rows_of(text[:LONGEST])
    if len(text) > LONGEST or len(rows) > MOST_ROWS:
        found.add(1, _("These are too many rows. Import a file instead."))
        return found
    order, rows = header(rows, columns)
    if SKU not in order:
        found.add(1, _("One column must be the article number."))
        return found
    place = order.index(SKU)
    skus = {row[place].strip() for _line, row in rows if len(row) > place}
    known = {one.sku: one for one in Variant.objects.filter(merchant=merchant, sku__in=skus)}
    by_code = {column.code: column for column in columns}
    for line, row in rows:
        take(found, line, dict(zip(order, row, strict=False)), known, by_code)
    return found


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """Return the lines with their numbers, split at tabs, or at commas where there are none."""
    lines = text.replace("\0", "").splitlines()
    mark = "\t" if any("\t" in line for line in lines) else ","
    try:
        read = [*csv.reader(lines, delimiter=mark)]
    except csv.Error:
        return []
    return [(n, row) for n, row in enumerate(read, 1) if any(cell.strip() for cell in row)]


def header(
    rows: list[tuple[int, list[str]]], columns: Sequence[Column]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the columns in their order, and the rows without the line that names them."""
    names = {SKU: SKU, "article number": SKU, "货号": SKU, plain(_("Article number")): SKU}
    for column in columns:
        names |= {plain(name): column.code for name in (*column.names, column.label, column.code)}
    first = [plain(cell) for cell in rows[0][1]] if rows else []
    if sum(cell in names for cell in first) >= 2 or first == [SKU]:
        return [names.get(cell, "") for cell in first], rows[1:]
    return [SKU, *(column.code for column in columns)], rows


def plain(name: str) -> str:
    """Return a column's name without what people write differently."""
    return " ".join(name.replace("_", " ").replace(":", " ").casefold().split())


def take(
    found: Pasted,
    line: int,
    said: Mapping[str, str],
    known: Mapping[str, Variant],
    columns: Mapping[str, Column],
) -> None:
    """Take one row's cells in, or say why not. An empty cell says nothing."""
    sku = said.get(SKU, "").strip()
    variant = known.get(sku)
    if variant is None:
        found.add(line, _("None of your variants has the number %(sku)s.") % {"sku": sku[:100]})
        return
    if variant.product_id not in found.cells and len(found.cells) >= MOST_PRODUCTS:
        found.add(line, _("At most %(most)d products at once.") % {"most": MOST_PRODUCTS})
        return
    mine = found.cells.setdefault(variant.product_id, {})
    for code, text in said.items():
        column = columns.get(code)
        if column is None or not text.strip():
            continue
        key, value = column.key(variant.pk), written(column, text.strip())
        if mine.get(key, value) != value:
            found.add(line, _("An earlier row says something else of this product."))
            continue
        mine[key] = value


def written(column: Column, text: str) -> str:
    """Return a cell as the grid writes it: a status by its code, an amount without its sign."""
    if column.kind == "money":
        return text.strip(SIGNS)
    if column.code != "status":
        return text
    for language in ("en", "zh-hans"):
        with override(language):
            for value, label in Status.choices:
                if text.casefold() in (value, str(label).casefold()):
                    return value
    return text
