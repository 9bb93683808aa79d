"""Google Merchant Center's product feed, as tab-separated text and as RSS.

One offer a row, in one language and one currency, live products only. Three columns that Google
leaves aside say what its own cannot, so that the feed can be imported again without a loss.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.urls import NoReverseMatch, reverse

from catalog.feeds.naming import name_code
from catalog.feeds.writers import Said, TableWriter, Writer, joined, pictures_of, price_of

COLUMNS = [
    "id", "item_group_id", "title", "description", "link", "image_link", "additional_image_link",
    "availability", "quantity", "price", "sale_price", "brand", "gtin", "mpn", "condition",
    "product_type", "color", "size", "material", "pattern", "gender", "age_group",
    "content_language", "shopguide_options", "shopguide_facts",
    "structured_title", "structured_description",
]  # fmt: skip
# Our dimension → Google's column.
DIMENSIONS = {
    "colour": "color", "size": "size", "material": "material", "pattern": "pattern",
    "gtin": "gtin", "mpn": "mpn",
}  # fmt: skip
MOST_PICTURES = 10
# What Google wants said of words that a model has written.
BY_MODEL = "trained_algorithmic_media"
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
<title>{title}</title>
<link>{link}</link>
<description>{title}</description>
"""


class GoogleFeed(Writer):
    """What both kinds have in common: the cells of an offer."""

    live_only = True

    def offers(self, product: Said) -> list[dict[str, Any]]:
        """Return the cells of each variant that has a price; none without a title."""
        if not self.text(product, "title"):
            return []
        variants = [each for each in product.get("variants", []) if each.get("active", True)]
        grouped = len(variants) > 1 or any(each["sku"] != product["sku"] for each in variants)
        shared = self._shared(product) | ({"item_group_id": product["sku"]} if grouped else {})
        offers = (shared | self._offer(product, variant) for variant in variants)
        return [offer for offer in offers if offer["price"]]

    def _shared(self, product: Said) -> dict[str, Any]:
        language = self.language_of(product)
        facts = product.get("attributes", {})
        cells: dict[str, Any] = {
            "title": self.text(product, "title"),
            "description": self.text(product, "description"),
            "link": self._link(product["sku"]),
            "brand": product.get("brand", ""),
            "condition": "new",
            "product_type": " > ".join(product.get("category_names", {}).get(language, [])),
            "content_language": language,
            "shopguide_facts": json.dumps(facts, ensure_ascii=False),
        }
        for code, column in DIMENSIONS.items():
            if code in facts:
                cells[column] = _words(facts[code])
        for name in ("title", "description"):
            if language in product.get("generated", {}).get(name, ()):
                cells[f"structured_{name}"] = f"{BY_MODEL}:{cells[name]}"
        return cells

    def _offer(self, product: Said, variant: Said) -> dict[str, Any]:
        code = self.shop.currency
        price, was = price_of(variant, code)
        count = sum(variant["stock"].values()) if "stock" in variant else None
        chosen = variant.get("options", {})
        options = {name: chosen[name] for name in product.get("options", []) if name in chosen}
        pictures = [self.picture_url(file) for file in pictures_of(product, variant)]
        cells: dict[str, Any] = {
            "id": variant["sku"],
            "availability": "out_of_stock" if count == 0 else "in_stock",
            "quantity": "" if count is None else count,
            "price": price and f"{was or price} {code}",
            "sale_price": was and f"{price} {code}",
            "image_link": pictures[0] if pictures else "",
            "additional_image_link": joined(pictures[1:MOST_PICTURES], ","),
            "shopguide_options": json.dumps(options or chosen, ensure_ascii=False),
        }
        for name, value in chosen.items():
            column = DIMENSIONS.get(name_code(name))
            if column:
                cells[column] = value
        return cells

    def _link(self, sku: str) -> str:
        """Return the product's page, if it can be told where the pages are."""
        try:
            return self.shop.base_url + reverse("product", args=[self.shop.merchant.slug, sku])
        except NoReverseMatch:
            return f"{self.shop.base_url}/p/{self.shop.merchant.slug}/{quote(sku)}/"


class GoogleTsv(GoogleFeed, TableWriter):
    """Writes tab-separated rows."""

    delimiter = "\t"
    columns = COLUMNS

    def add(self, product: Said) -> None:
        """Write a row for each offer."""
        for offer in self.offers(product):
            self.row(offer)


class GoogleXml(GoogleFeed):
    """Writes RSS 2.0 with Google's names."""

    def begin(self) -> None:
        """Write the channel's head."""
        head = {"title": _xml(self.shop.merchant.name), "link": _xml(self.shop.base_url)}
        self.stream.write(HEAD.format_map(head))

    def add(self, product: Said) -> None:
        """Write an item for each offer."""
        for offer in self.offers(product):
            cells = [
                f"<g:{name}>{_element(name, value)}</g:{name}>"
                for name in COLUMNS
                for value in _values(name, offer.get(name, ""))
            ]
            self.stream.write("<item>\n" + "\n".join(cells) + "\n</item>\n")
            self.rows += 1

    def end(self) -> None:
        """Close the channel."""
        self.stream.write("</channel>\n</rss>\n")


def _values(name: str, value: Any) -> list[str]:
    """Return the elements of a column: each further picture has one of its own."""
    text = str(value)
    parts = text.split(",") if name == "additional_image_link" else [text]
    return [part for part in parts if part]


def _element(name: str, value: str) -> str:
    """Return what stands in an element: whose words they are stands in one of its own."""
    if not name.startswith("structured_"):
        return _xml(value)
    source, _colon, words = value.partition(":")
    return (
        f"<g:digital_source_type>{source}</g:digital_source_type>"
        f"<g:content>{_xml(words)}</g:content>"
    )


def _xml(text: str) -> str:
    return escape(FORBIDDEN.sub("", text))


def _words(fact: Any) -> str:
    """Return one fact in words; Google separates several with a slash."""
    return joined(fact, "/") if isinstance(fact, list) else str(fact)
