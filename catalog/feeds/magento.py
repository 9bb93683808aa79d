"""The standard product export of Magento 2 (also Adobe Commerce), as CSV.

A configurable product and its simple variants have a row each, in any order; the configurable
says which simple rows are its own. Rows of a store view hold texts in another language.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from catalog.feeds.delimited import Table
from catalog.feeds.formats import Format, first_line
from catalog.feeds.grouping import Groups
from catalog.feeds.own_csv import READING_SHARE
from catalog.feeds.records import Path, RawProduct, RawVariant, dotted
from catalog.feeds.values import LOCALES, is_blank

SIGNS = {"product_type", "attribute_set_code", "additional_attributes"}
ROOT = "Default Category"
# Attributes that steer Magento's own pages and say nothing about the product.
NOT_FACTS = {"has_options", "required_options", "erin_recommends", "new", "sale", "image_label"}
NAMES = {
    "title": "name", "status": "product_online", "category": "categories", "stock": "qty",
    "attributes": "additional_attributes", "options": "additional_attributes",
    "media": "additional_images", "image": "base_image", "images": "additional_images",
    "was": "price", "related": "related_skus", "description": "description",
}  # fmt: skip
NEXT_ATTRIBUTE = re.compile(r",(?=[A-Za-z0-9_]+=)")
Row = dict[str, str]


class Magento(Format):
    """Reads configurable, simple and other products with their images and categories."""

    name = "magento"
    usual_currency = "USD"
    _groups: Groups | None = None
    _given = 0

    @classmethod
    def fits(cls, beginning: str) -> bool:
        """Tell whether the header has Magento's own columns."""
        return {"sku", *SIGNS} <= {
            name.strip().strip('"') for name in first_line(beginning).split(",")
        }

    @cached_property
    def table(self) -> Table:
        """Return the file as a table."""
        return Table(self.source)

    def products(self) -> Iterator[RawProduct]:
        """Yield the products, each with its variants."""
        columns = self.table.columns
        self._groups = Groups()
        for line, cells in self.table.rows(self.problems):
            row = dict(zip(columns, cells, strict=True))
            sku = row["sku"].strip()
            self._groups.add(line, sku, sku or f"\n{line}", cells)
            children = [each["sku"] for each in _variations(row) if each.get("sku")]
            if children:
                self._groups.belong(children, sku)
        for group in self._groups:
            rows = [(line, dict(zip(columns, cells, strict=True))) for line, cells in group]
            self._given += len(rows)
            yield _product(rows)

    @property
    def position(self) -> int:
        """Return how many bytes are done; sorting counts for a share."""
        if self._groups is None or not self._given:
            return int(self.source.position * READING_SHARE)
        done = self._given / max(1, self._groups.count)
        return int(self.source.size * (READING_SHARE + (1 - READING_SHARE) * done))


def _product(rows: list[tuple[int, Row]]) -> RawProduct:
    """Return the product of a configurable row and its children, or of one row alone."""
    own = [(line, row) for line, row in rows if not row.get("store_view_code")]
    parents = [entry for entry in own if entry[1].get("configurable_variations")]
    line, row = (parents or own or rows)[0]
    raw = RawProduct(line, _facts(row), None, name=_name, listed=False, size=_size(rows))
    names = _option_names(row)
    if parents:
        raw.values["options"] = names
        children = [entry for entry in own if entry[1] is not row]
        raw.variants = [
            RawVariant(at, _variant(child, names, row), rows=1) for at, child in children
        ]
        raw.rows = len(rows) - len(children)
    else:
        raw.values |= _offer(row)
        raw.rows = len(rows)
    for _at, view in rows:
        _add_view(raw.values, view)
    return raw


def _facts(row: Row) -> dict[str, Any]:
    """Return what a row says about the product itself."""
    body = row.get("description") or row.get("short_description")
    attributes = {
        name: value
        for name, value in _attributes(row).items()
        if name not in NOT_FACTS and not name.endswith("_label")
    }
    facts = {
        "sku": row["sku"],
        "title": row.get("name"),
        "description": body,
        "status": _status(row),
        "category": _category(row.get("categories", "")),
        "attributes": attributes,
        "related": _list(row.get("related_skus", ""), ",") or None,
        "media": _pictures(row),
    }
    return {name: value for name, value in facts.items() if value not in (None, [], {})}


def _variant(row: Row, options: list[str], parent: Row) -> dict[str, Any]:
    said = _attributes(row)
    chosen = {name: said[name] for name in options if not is_blank(said.get(name))}
    for each in _variations(parent) if len(chosen) < len(options) else ():
        if each.get("sku") == row["sku"]:
            chosen = {name: each[name] for name in options if each.get(name)} | chosen
    pictures = _pictures(row)
    return {
        "sku": row["sku"],
        "options": chosen,
        "active": "false" if row.get("product_online") == "2" else None,
        "images": pictures,
        **_offer(row),
    }


def _offer(row: Row) -> dict[str, Any]:
    """Return price and stock; a special price without an end makes the price the former one."""
    price, special = row.get("price", ""), row.get("special_price", "")
    offer: dict[str, Any] = {"stock": _whole(row.get("qty", ""))}
    if special and not row.get("special_price_to_date"):
        offer |= {"price": special, "was": price}
    elif price:
        offer["price"] = price
    if row.get("product_type") in ("bundle", "grouped") and _whole(price) in ("", "0"):
        offer.pop("price", None)
    return offer


def _whole(number: str) -> str:
    """Return ``100`` for the ``100.0000`` that Magento writes."""
    whole, _point, rest = number.strip().partition(".")
    return whole if not rest.strip("0") else number


def _status(row: Row) -> str | None:
    """Return the status: a row that is disabled or not shown by itself stays a draft."""
    alone = row.get("product_type") == "simple"
    if row.get("product_online") == "2" or (
        alone and row.get("visibility") == "Not Visible Individually"
    ):
        return "draft"
    return "live" if row.get("product_online") == "1" else None


def _category(text: str) -> list[str] | None:
    """Return the deepest of a product's categories, the first of several, without the root."""
    places = [
        [level.strip() for level in path.split("/") if level.strip() and level.strip() != ROOT]
        for path in text.split(f",{ROOT}")
    ]
    return max(places, key=len) or None


def _attributes(row: Row) -> dict[str, Any]:
    """Return ``additional_attributes``, whose values may hold commas and lists."""
    found: dict[str, Any] = {}
    for pair in NEXT_ATTRIBUTE.split(row.get("additional_attributes", "")):
        name, equals, value = pair.partition("=")
        value = value.strip().strip('"')
        if equals and value:
            parts = _list(value, "|")
            found[name.strip()] = parts if len(parts) > 1 else value
    return found


def _variations(row: Row) -> list[dict[str, str]]:
    """Return the variants that a configurable row lists, each with SKU and options."""
    text = row.get("configurable_variations") or ""
    return [
        dict(pair.partition("=")[::2] for pair in NEXT_ATTRIBUTE.split(each))
        for each in text.split("|")
        if each
    ]


def _option_names(row: Row) -> list[str]:
    """Return the options of a configurable product in the order of its variations."""
    names = (name for each in _variations(row) for name in each if name != "sku")
    return list(dict.fromkeys(names))


def _pictures(row: Row) -> list[str]:
    pictures = [row.get("base_image", ""), *_list(row.get("additional_images", ""), ",")]
    return list(dict.fromkeys(name for name in pictures if name and name != "no_selection"))


def _list(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def _add_view(values: dict[str, Any], row: Row) -> None:
    """Add the texts of a store view whose code is a language of ours."""
    code = row.get("store_view_code", "").lower().replace("_", "-")
    locale = LOCALES.get(code) or LOCALES.get(code.split("-")[0])
    for field, column in (("title", "name"), ("description", "description")):
        if locale and row.get(column):
            before = values.get(field)
            texts = before if isinstance(before, dict) else {"": before} if before else {}
            values[field] = texts | {locale: row[column]}


def _name(path: Path) -> str:
    """Return Magento's column of a path of our JSON."""
    inside = path[2:] if path[0] == "variants" and len(path) > 2 else path
    head = str(inside[0])
    return NAMES.get(head, head) if head != "variants" else dotted(path)


def _size(rows: list[tuple[int, Row]]) -> int:
    return sum(len(value) for _line, row in rows for value in row.values())
