"""Google Merchant Center's product feed: tab-separated (or CSV), RSS or Atom.

One offer a row; rows with the same ``item_group_id`` are variants of one product. Columns of ours
(see `catalog.feeds.writers.google`) say what Google's cannot.
"""

import datetime
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from catalog.feeds.cells import restored
from catalog.feeds.delimited import Table, delimiter_of
from catalog.feeds.formats import first_line
from catalog.feeds.markup import items
from catalog.feeds.offers import GroupedFormat, Row, Rows, last_name, size_of
from catalog.feeds.own_jsonl import decode
from catalog.feeds.problems import Fault
from catalog.feeds.records import Path, RawProduct, RawVariant
from catalog.feeds.values import LOCALES, AtLeast, Total

NAMESPACE = "base.google.com/ns/1"
SIGNS = {"link", "price", "availability", "image_link", "condition", "product_type"}
# Google's column → our dimension. These tell variants of a group apart.
OPTIONS = {"color": "colour", "size": "size"}
PERHAPS_OPTIONS = {
    "material": "material", "pattern": "pattern", "gender": "audience", "age_group": "age_group",
}  # fmt: skip
FACTS = ("gtin", "mpn", "energy_efficiency_class", "multipack", "size_system", "size_type")
IN_STOCK = {"in stock", "instock", "limited availability", "available for order"}
OUT_OF_STOCK = {"out of stock", "outofstock", "preorder", "backorder", "sold out"}
QUANTITY = ("quantity", "sell_on_google_quantity", "inventory")
CURRENCY = re.compile(r"\b([A-Za-z]{3})\b")
COLUMNS = {
    "category": "product_type", "stock": "availability", "media": "image_link",
    "images": "additional_image_link", "currency": "price", "related": "id",
    "options": "shopguide_options", "attributes": "shopguide_facts",
}  # fmt: skip


class Google(GroupedFormat):
    """Reads offers and brings variants together."""

    name = "google"

    @classmethod
    def fits(cls, beginning: str) -> bool:
        """Tell by Google's name space, or by the columns that each feed has."""
        if beginning.lstrip("\ufeff \r\n\t").startswith("<"):
            return NAMESPACE in beginning or "<g:id>" in beginning
        names = set(map(folded, first_line(beginning).split(delimiter_of(beginning))))
        return {"id", "title"} <= names and len(names & SIGNS) > 1

    @cached_property
    def table(self) -> Table:
        """Return the file as a table."""
        return Table(self.source)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield the offers, their columns named as Google names them."""
        beginning = self.source.sample()[:1000].decode(self.source.encoding, "replace")
        if beginning.lstrip("\ufeff \r\n\t").startswith("<"):
            yield from items(self.source, self.problems)
            return
        columns = [folded(name) for name in self.table.columns]
        for line, cells in self.table.rows(self.problems):
            texts = (restored(cell.strip()) for cell in cells)
            yield line, {name: text for name, text in zip(columns, texts, strict=True) if text}

    def key(self, row: Row) -> str:
        """Return the group, else the offer's own number."""
        return str(_one(row, "item_group_id") or _one(row, "id"))

    def product(self, rows: Rows) -> RawProduct:
        """Return the product of a group of offers, or of one offer."""
        line, first = rows[0]
        said = self._shared(first, line)
        grouped = "item_group_id" in first
        options = self._options(rows) if grouped else [_stated_options(row) for _at, row in rows]
        if not grouped and not options[0]:
            said |= self._offer(first, line) | self._plain_facts(first, said)
            return RawProduct(line, said, None, name=column, listed=False, size=size_of(rows))
        variants = []
        for (at, row), chosen in zip(rows, options, strict=True):
            own = {"sku": _one(row, "id"), "options": chosen or {}} | self._offer(row, at)
            own["images"] = own.pop("media", None)
            variants.append(RawVariant(at, own, rows=1))
        return RawProduct(
            line, said, variants, rows=0, name=column, listed=False, size=size_of(rows)
        )

    def _shared(self, row: Row, line: int) -> dict[str, Any]:
        """Return what the first offer says about the product."""
        language = LOCALES.get(_one(row, "content_language").lower(), "")
        said: dict[str, Any] = {"sku": self.key(row), "brand": _one(row, "brand")}
        for name in ("title", "description"):
            text = _one(row, name)
            said[name] = {language: text} if language and text else text
        place = _one(row, "product_type") or _one(row, "google_product_category")
        if place and not place.isdecimal():
            said["category"] = [level.strip() for level in place.split(" > ")]
        said["attributes"] = self._facts(row, line)
        return {name: value for name, value in said.items() if value not in ("", {}, None)}

    def _facts(self, row: Row, line: int) -> dict[str, Any]:
        if _one(row, "shopguide_facts"):
            return self._object(row, "shopguide_facts", line)
        facts = {name: _one(row, name) for name in FACTS}
        for name, code in PERHAPS_OPTIONS.items():
            facts[code] = _several(_one(row, name))
        if _one(row, "condition") not in ("", "new"):
            facts["condition"] = _one(row, "condition")
        return {name: value for name, value in facts.items() if value} | _details(row)

    def _plain_facts(self, row: Row, said: dict[str, Any]) -> dict[str, Any]:
        """Return colour and size of a product without variants, which are facts of it."""
        if _one(row, "shopguide_facts"):
            return {}
        facts = {code: _several(_one(row, name)) for name, code in OPTIONS.items()}
        facts = {name: value for name, value in facts.items() if value}
        return {"attributes": said.get("attributes", {}) | facts} if facts else {}

    def _options(self, rows: Rows) -> list[dict[str, Any]]:
        """Return what tells each offer of a group apart from the others."""
        stated = [_stated_options(row) for _line, row in rows]
        if all(each is not None for each in stated):
            return [each or {} for each in stated]
        names = [name for name in OPTIONS if any(_one(row, name) for _at, row in rows)]
        for name in PERHAPS_OPTIONS:
            if len({_one(row, name) for _at, row in rows}) > 1:
                names.append(name)
        codes = OPTIONS | PERHAPS_OPTIONS
        return [{codes[name]: _one(row, name) for name in names} for _at, row in rows]

    def _offer(self, row: Row, line: int) -> dict[str, Any]:
        """Return price, stock and pictures of one offer."""
        said: dict[str, Any] = {"price": _one(row, "price")}
        if _one(row, "sale_price") and _holds_now(_one(row, "sale_price_effective_date")):
            said = {"price": _one(row, "sale_price"), "was": _one(row, "price")}
        currency = CURRENCY.search(said["price"])
        said["currency"] = currency[1].upper() if currency else None
        said["stock"] = self._stock(row, line)
        more = row.get("additional_image_link", [])
        more = more if isinstance(more, list) else more.split(",")
        said["media"] = [
            link for each in (_one(row, "image_link"), *more) if (link := str(each).strip())
        ]
        return {name: value for name, value in said.items() if value not in ("", [], None)}

    def _stock(self, row: Row, line: int) -> Any:
        """Return the quantity, or what ``availability`` lets us know of it."""
        count = next((_one(row, name) for name in QUANTITY if _one(row, name)), "")
        if count:
            return Total(count) if count.isdecimal() and len(count) < 10 else count
        written = _one(row, "availability")
        state = written.lower().replace("_", " ")
        if state in IN_STOCK:
            return AtLeast(1)
        if state in OUT_OF_STOCK:
            return Total(0)
        if state:
            self.problems.add(line, "availability", written, Fault.AVAILABILITY)
        return None

    def _object(self, row: Row, name: str, line: int) -> dict[str, Any]:
        try:
            held = decode(_one(row, name))
        except ValueError:
            held = None
        if isinstance(held, dict):
            return held
        self.problems.add(line, name, _one(row, name), Fault.NOT_JSON_CELL)
        return {}


def folded(name: str) -> str:
    """Return Google's own spelling of a column: ``image link`` is ``image_link``."""
    bare = name.strip().strip('"').lower().removeprefix("g:")
    return re.sub(r"[\s_-]+", "_", bare)


def column(path: Path) -> str:
    """Return Google's column of a path of our JSON."""
    if path[:1] == ("sku",):
        return "item_group_id"
    name = last_name(path)
    if name == "sku":
        return "id"
    return COLUMNS.get(str(path[0]) if path[0] != "variants" else name, COLUMNS.get(name, name))


def _one(row: Row, name: str) -> str:
    """Return a column's text; of several elements the first."""
    value = row.get(name, "")
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else ""


def _several(text: str) -> Any:
    """Return the values that Google separates with a slash."""
    parts = [part.strip() for part in text.split("/") if part.strip()]
    return parts if len(parts) > 1 else text


def _stated_options(row: Row) -> dict[str, Any] | None:
    """Return the options as our own export says them, None in a feed of anybody else."""
    try:
        held = decode(_one(row, "shopguide_options") or "null")
    except ValueError:
        return None
    return held if isinstance(held, dict) else None


def _details(row: Row) -> dict[str, str]:
    """Return ``product_detail``: elements with a name and a value, or ``section:name:value``."""
    found: dict[str, str] = {}
    held = row.get("product_detail", [])
    for each in held if isinstance(held, list) else held.split(","):
        if isinstance(each, dict):
            name, value = each.get("attribute_name", ""), each.get("attribute_value", "")
        else:
            name, _colon, value = str(each).partition(":")[2].partition(":")
        if name and value:
            found[name.strip()] = value.strip()
    return found


def _holds_now(period: str) -> bool:
    """Tell whether now is within ``start/end``; without a period a sale price holds."""
    if not period:
        return True
    begin, _slash, end = period.partition("/")
    now = timezone.now()
    first, last = _moment(begin), _moment(end)
    return (first is None or first <= now) and (last is None or now <= last)


def _moment(written: str) -> datetime.datetime | None:
    try:
        found = parse_datetime(written.strip())
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found
