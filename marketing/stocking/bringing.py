"""Sales of former times, from a table: SKU, day, pieces. They are what forecasts begin with.

For the stock page and the command. Rows that cannot be read are told by their line; the others are
kept, each day of a product once: a second import of the same day takes its place.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product, Variant
from marketing.models import PastSale
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

MOST_BYTES, MOST_ROWS, MOST_TOLD = 20_000_000, 500_000, 20
MOST_PIECES = 100_000
NAMES = {
    "sku": ("sku", "stockcode", "货号", "商品编码", "商家编码"),
    "day": ("day", "date", "invoicedate", "日期", "下单日期", "销售日期"),
    "quantity": ("quantity", "qty", "pieces", "sold", "数量", "销量", "件数"),
}
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


class Unreadable(Exception):
    """The file as a whole is no table of sales; says why."""


@dataclass
class Brought:
    """What came of an import: days of products kept, lines left out with the reason."""

    kept: int = 0
    left_out: int = 0
    problems: list[str] = field(default_factory=list)

    def refuse(self, line: int, why: str) -> None:
        """Count a line that cannot be taken, and tell of the first of them."""
        self.left_out += 1
        if len(self.problems) < MOST_TOLD:
            self.problems.append(_("Line %(line)s: %(why)s") % {"line": line, "why": why})


def text_of(content: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 or GB18030."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 20 MB."))
    encodings = (
        ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    )
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The file's characters cannot be read. Save it as UTF-8."))


def bring(merchant: Merchant, text: str, *, source: str = "import") -> Brought:
    """Keep a table's sales. Unreadable without the three columns. One upsert for 5,000 rows."""
    reader = csv.reader(io.StringIO(text.replace("\0", "")), dialect=dialect_of(text))
    places = columns_of(next(reader, []))
    products, report = by_sku(merchant), Brought()
    sums: Counter[tuple[int, datetime.date]] = Counter()
    try:
        for row in reader:
            if reader.line_num > MOST_ROWS:
                raise Unreadable(_("The file has more than 500,000 lines."))
            if any(cell.strip() for cell in row):
                count(row, places, products, sums, report, reader.line_num)
    except csv.Error as error:
        raise Unreadable(_("The file is no table that can be read.")) from error
    rows = [
        PastSale(merchant=merchant, product_id=product, day=day, quantity=pieces, source=source)
        for (product, day), pieces in sums.items()
    ]
    with as_merchant(merchant):
        PastSale.objects.bulk_create(
            rows, batch_size=5_000, update_conflicts=True, update_fields=["quantity"],
            unique_fields=["product", "day", "source"],
        )  # fmt: skip
    report.kept = len(rows)
    return report


def dialect_of(text: str) -> type[csv.Dialect]:
    """Return the dialect by the delimiter that the first line has most."""
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    return (
        csv.excel_tab if delimiter == "\t" else type("Cut", (csv.excel,), {"delimiter": delimiter})
    )


def columns_of(head: list[str]) -> dict[str, int]:
    """Return where the three columns stand, by their names in either language."""
    names = [cell.strip().casefold().replace("_", "").replace(" ", "") for cell in head]
    found = {
        key: next((names.index(name) for name in known if name in names), -1)
        for key, known in NAMES.items()
    }
    if lacking := [key for key, place in found.items() if place < 0]:
        raise Unreadable(
            _("The first line must name the columns sku, day and quantity; missing: %(names)s.")
            % {"names": ", ".join(lacking)}
        )
    return found


def by_sku(merchant: Merchant) -> dict[str, int]:
    """Return a shop's products by their SKUs and those of their variants. Two queries."""
    with as_merchant(merchant):
        variants = Variant.objects.filter(merchant=merchant).values_list("sku", "product_id")
        products = Product.objects.of(merchant).values_list("sku", "pk")
        return dict(variants) | dict(products)


def count(  # noqa: PLR0917 -- the parts of one line's fate
    row: list[str],
    places: dict[str, int],
    products: dict[str, int],
    sums: Counter[tuple[int, datetime.date]],
    report: Brought,
    line: int,
) -> None:
    """Add one line up, or say what is wrong with it."""
    cells = {key: row[place].strip() if place < len(row) else "" for key, place in places.items()}
    product = products.get(cells["sku"])
    if product is None:
        return report.refuse(
            line, _("no product has the SKU “%(sku)s”") % {"sku": cells["sku"][:40]}
        )
    day = day_of(cells["day"])
    if day is None:
        return report.refuse(line, _("the day must look like 2026-03-31 and lie in the past"))
    said = cells["quantity"].replace(",", "")
    if not re.fullmatch(r"\d{1,6}(\.0+)?", said) or not 0 <= float(said) <= MOST_PIECES:
        return report.refuse(line, _("the quantity must be a whole number from 0 to 100,000"))
    sums[product, day] += int(float(said))
    return None


def day_of(text: str) -> datetime.date | None:
    """Read a day of the past; None for anything else."""
    found = DAY.match(text)
    try:
        day = datetime.date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
    return day if day and datetime.date(1990, 1, 1) <= day < timezone.localdate() else None
