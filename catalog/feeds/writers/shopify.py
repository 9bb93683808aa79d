"""Shopify's product CSV. What it has no column for stands in columns of product metafields."""

from __future__ import annotations

import html
import json
from typing import Any

from catalog.feeds.naming import slug
from catalog.feeds.writers import Said, TableWriter, pictures_of, price_of

METAFIELD = "{} (product.metafields.shopguide.{})"
SKU, LANGUAGE, FACTS, GENERATED = (
    METAFIELD.format(*names)
    for names in (
        ("SKU", "sku"), ("Language", "language"), ("Facts", "facts"),
        ("Written by a model", "generated"),
    )
)  # fmt: skip
STATUSES = {"live": "active", "draft": "draft", "archived": "archived"}
MOST_OPTIONS = 3


class Shopify(TableWriter):
    """Writes a row for each variant and for each further picture."""

    columns = [
        "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published",
        *(f"Option{n} {part}" for n in range(1, MOST_OPTIONS + 1) for part in ("Name", "Value")),
        "Variant SKU", "Variant Inventory Tracker", "Variant Inventory Qty",
        "Variant Inventory Policy", "Variant Fulfillment Service", "Variant Price",
        "Variant Compare At Price", "Variant Barcode", "Image Src", "Image Position",
        "Image Alt Text", "Variant Image", "Status", SKU, LANGUAGE, FACTS, GENERATED,
    ]  # fmt: skip

    def begin(self) -> None:
        """Write the header."""
        self._handles: set[str] = set()
        super().begin()

    def add(self, product: Said) -> None:
        """Write the product's rows; the first has what belongs to the product."""
        handle = self._handle(product["sku"])
        media = product.get("media", [])
        variants = [each for each in product.get("variants", []) if each.get("active", True)]
        for place in range(max(len(variants), len(media), 1)):
            cells: dict[str, Any] = {"Handle": handle}
            if place == 0:
                cells |= self._shared(product)
            if place < len(variants):
                cells |= self._variant(product, variants[place], place)
            if place < len(media):
                cells |= self._picture(media[place], self.language_of(product), place)
            self.row(cells)

    def _handle(self, sku: str) -> str:
        """Return a handle that no other product of this file has."""
        wanted = handle = slug(sku) or "product"
        number = 1
        while handle in self._handles:
            number += 1
            handle = f"{wanted}-{number}"
        self._handles.add(handle)
        return handle

    def _shared(self, product: Said) -> dict[str, Any]:
        language = self.language_of(product)
        names = product.get("category_names", {}).get(language or self.shop.language, [])
        status = product["status"]
        cells = {
            "Title": self.text(product, "title"),
            "Body (HTML)": markup(self.text(product, "description")),
            "Vendor": product.get("brand", ""),
            "Type": " > ".join(names),
            "Published": "TRUE" if status == "live" else "FALSE",
            "Status": STATUSES[status],
            SKU: product["sku"],
            LANGUAGE: language,
            FACTS: json.dumps(product.get("attributes", {}), ensure_ascii=False),
            GENERATED: "|".join(
                name for name in ("title", "description")
                if language in product.get("generated", {}).get(name, ())
            ),
        }  # fmt: skip
        for place, name in enumerate(product.get("options", [])[:MOST_OPTIONS], start=1):
            cells[f"Option{place} Name"] = name
        return cells

    def _variant(self, product: Said, variant: Said, place: int) -> dict[str, Any]:
        price, was = price_of(variant, self.shop.currency)
        cells: dict[str, Any] = {
            "Variant SKU": variant["sku"],
            "Variant Price": price,
            "Variant Compare At Price": was,
            "Variant Inventory Policy": "deny",
            "Variant Fulfillment Service": "manual",
        }
        if "stock" in variant:
            cells["Variant Inventory Tracker"] = "shopify"
            cells["Variant Inventory Qty"] = sum(variant["stock"].values())
        options = variant.get("options", {})
        names = product.get("options", [])[:MOST_OPTIONS]
        for number, name in enumerate(names, start=1):
            cells[f"Option{number} Value"] = options.get(name, "")
        if not names and place == 0:
            cells |= {"Option1 Name": "Title", "Option1 Value": "Default Title"}
        pictures = pictures_of(product, variant)
        if options and pictures:
            cells["Variant Image"] = self.picture_url(pictures[0])
        return cells

    def _picture(self, medium: Said, language: str, place: int) -> dict[str, Any]:
        return {
            "Image Src": self.picture_url(medium["file"]),
            "Image Position": place + 1,
            "Image Alt Text": medium.get("alt", {}).get(language, ""),
        }


def markup(text: str) -> str:
    """Return plain text as HTML: paragraphs, and lines within them."""
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    lines = [html.escape(part, quote=False).replace("\n", "<br>") for part in paragraphs]
    return "".join(f"<p>{line}</p>" for line in lines)
