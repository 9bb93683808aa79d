"""Shopify's product CSV, as its admin exports it: rows with the same handle make one product.

Read with the column names of both generations ("Variant Price" and "Price"). Metafields become
attributes; those of our own export (see `catalog.feeds.writers.shopify`) say what Shopify cannot.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from catalog.feeds.cells import restored
from catalog.feeds.delimited import Table, delimiter_of
from catalog.feeds.formats import first_line
from catalog.feeds.offers import GroupedFormat, Row, Rows, last_name, size_of
from catalog.feeds.own_jsonl import decode
from catalog.feeds.problems import Fault
from catalog.feeds.records import Path, RawProduct, RawVariant
from catalog.feeds.values import FLAGS, LOCALES, Total, locale_of

# Today's column names → those of the classic export.
RENAMED = {
    "url handle": "handle", "description": "body (html)", "published on online store": "published",
    "sku": "variant sku", "price": "variant price", "compare-at price": "variant compare at price",
    "inventory quantity": "variant inventory qty", "barcode": "variant barcode",
    "product image url": "image src", "image alt text": "image alt text",
    "variant image url": "variant image", "product category": "category",
}  # fmt: skip
SIGNS = {"variant sku", "variant price", "option1 name", "option1 value", "body (html)"}
STATUSES = {"active": "live", "draft": "draft", "archived": "archived", "unlisted": "draft"}
METAFIELD = re.compile(r"(.*) \(product\.metafields\.([^.]+)\.(.+)\)")
OURS = "shopguide"
NAMES = {
    "title": "Title", "description": "Body (HTML)", "brand": "Vendor", "category": "Type",
    "status": "Status", "price": "Variant Price", "was": "Variant Compare At Price",
    "stock": "Variant Inventory Qty", "sku": "Variant SKU", "image": "Variant Image",
    "media": "Image Src", "options": "Option1 Value", "attributes": "Tags",
}  # fmt: skip
OPTION_PLACES = ("1", "2", "3")
NO_OPTION = ("title", "default title")


class Shopify(GroupedFormat):
    """Reads products with variants, pictures and metafields."""

    name = "shopify"

    @classmethod
    def fits(cls, beginning: str) -> bool:
        """Tell whether the header has a handle and Shopify's other columns."""
        names = set(map(folded, first_line(beginning).split(delimiter_of(beginning))))
        return {"handle", "title"} <= names and len(names & SIGNS) > 1

    @cached_property
    def table(self) -> Table:
        """Return the file as a table."""
        return Table(self.source)

    @cached_property
    def metafields(self) -> dict[str, tuple[str, str, str]]:
        """Return the columns of metafields: their label, name space and key."""
        found = {}
        for column in self.table.columns:
            match = METAFIELD.fullmatch(column)
            if match:
                found[folded(column)] = (match[1], match[2], match[3])
        return found

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield the rows, their columns named as in the classic export."""
        columns = [folded(name) for name in self.table.columns]
        for line, cells in self.table.rows(self.problems):
            texts = (restored(cell.strip()) for cell in cells)
            yield line, {name: text for name, text in zip(columns, texts, strict=True) if text}

    def key(self, row: Row) -> str:
        """Return the handle."""
        return str(row.get("handle", ""))

    def product(self, rows: Rows) -> RawProduct:
        """Return the product of the rows of one handle."""
        line, first = next(((at, row) for at, row in rows if "title" in row), rows[0])
        said = self._shared(first, line)
        names = [first.get(f"option{place} name", "") for place in OPTION_PLACES]
        plain = tuple(each.lower() for each in (names[0], first.get("option1 value", "")))
        names = [] if plain == NO_OPTION else [name for name in names if name]
        offers = [(at, row) for at, row in rows if _is_offer(row)]
        if names:
            said["options"] = names
        said["media"] = [
            {"file": row["image src"], "alt": self._alt(row, first)}
            for _at, row in rows
            if "image src" in row
        ]
        variants = [RawVariant(at, _variant(row, names, said["sku"]), rows=1) for at, row in offers]
        said = {name: value for name, value in said.items() if value not in ("", [], {}, None)}
        return RawProduct(
            line, said, variants or None, rows=len(rows) - len(offers), name=column,
            listed=False, size=size_of(rows),
        )  # fmt: skip

    def _shared(self, row: Row, line: int) -> dict[str, Any]:
        """Return what the product's first row says about the product."""
        language = self._language(row)
        said: dict[str, Any] = {
            "sku": self._ours(row, "sku") or row.get("handle", ""),
            "brand": row.get("vendor"),
            "status": _status(row),
            "attributes": self._facts(row, line),
        }
        for name, theirs in (("title", "title"), ("description", "body (html)")):
            text = row.get(theirs, "")
            said[name] = {language: text} if language and text else text
        place = row.get("type") or row.get("category", "")
        said["category"] = [level.strip() for level in place.split(" > ") if level.strip()]
        return said

    def _facts(self, row: Row, line: int) -> dict[str, Any]:
        """Return our own facts, else metafields and tags."""
        facts = self._ours(row, "facts")
        if facts:
            try:
                held = decode(facts)
            except ValueError:
                held = None
            if isinstance(held, dict):
                return held
            self.problems.add(line, "facts", facts, Fault.NOT_JSON_CELL)
        found: dict[str, Any] = {
            label: [part.strip() for part in row[name].split(";")]
            if ";" in row[name]
            else row[name]
            for name, (label, space, _key) in self.metafields.items()
            if name in row and space != OURS
        }
        tags = [tag.strip() for tag in row.get("tags", "").split(",") if tag.strip()]
        return found | ({"tags": tags} if tags else {})

    def _ours(self, row: Row, key: str) -> str:
        """Return a metafield of our own export."""
        for name, (_label, space, each) in self.metafields.items():
            if space == OURS and each == key:
                return str(row.get(name, ""))
        return ""

    def _language(self, row: Row) -> str:
        return LOCALES.get(self._ours(row, "language").lower(), "")

    def _alt(self, row: Row, first: Row) -> dict[str, str]:
        """Return what a picture shows, in the language of the title."""
        alt = row.get("image alt text", "")
        return {self._language(first) or locale_of(alt): alt} if alt else {}


def folded(name: str) -> str:
    """Return the classic name of a column, in small letters."""
    bare = name.strip().strip('"').lower()
    return RENAMED.get(bare, bare)


def column(path: Path) -> str:
    """Return Shopify's column of a path of our JSON."""
    name = last_name(path)
    if path[:1] == ("sku",):
        return "Handle"
    return NAMES.get(name, NAMES.get(str(path[0]), name))


def _is_offer(row: Row) -> bool:
    return any(name in row for name in ("variant sku", "variant price", "option1 value"))


def _variant(row: Row, names: list[str], product: str) -> dict[str, Any]:
    """Return one variant; without an SKU of its own it is called after its options."""
    chosen = {
        name: row.get(f"option{place} value", "")
        for place, name in zip(OPTION_PLACES, names, strict=False)
    }
    made = "-".join([product, *(value for value in chosen.values() if value)])
    said: dict[str, Any] = {
        "sku": row.get("variant sku") or made,
        "options": {name: value for name, value in chosen.items() if value},
        "price": row.get("variant price"),
        "was": row.get("variant compare at price"),
        "image": row.get("variant image"),
    }
    count = row.get("variant inventory qty", "")
    if count:
        said["stock"] = _count(count)
    return {name: value for name, value in said.items() if value is not None}


def _count(written: str) -> Any:
    """Return the quantity; Shopify counts below zero what is sold beyond stock."""
    if re.fullmatch(r"-[0-9]{1,9}", written):
        return Total(0)
    return Total(written) if written.isdecimal() and len(written) < 10 else written


def _status(row: Row) -> str | None:
    """Return the status; what is not published stays a draft."""
    stated = row.get("status", "").lower()
    if stated:
        return STATUSES.get(stated, stated)
    published = FLAGS.get(row.get("published", "").lower())
    return None if published is None else "live" if published else "draft"
