"""Our own JSON Lines and our own CSV, as the importer reads them."""

from __future__ import annotations

import json
from typing import Any

from catalog.feeds.describing import fact_of
from catalog.feeds.problems import Bad
from catalog.feeds.writers import Said, TableWriter, Writer, joined, pictures_of, price_of

LANGUAGES = {"zh-hans": "zh", "en": "en"}


class OwnJsonl(Writer):
    """Writes one JSON object a line."""

    def add(self, product: Said) -> None:
        """Write one product."""
        said = {name: value for name, value in product.items() if name != "category_names"}
        self.stream.write(json.dumps(said, ensure_ascii=False) + "\n")
        self.rows += 1


class OwnCsv(TableWriter):
    """Writes one variant a row. Reviews have no place in it."""

    def begin(self) -> None:
        """Write the header: the columns that this shop needs."""
        shop = self.shop
        self.columns = ["product_sku", "sku", "status", "category", "brand"]
        self.columns += [
            f"{text}_{key}" for text in ("title", "description") for key in ("zh", "en")
        ]
        self.columns += ["options", *(f"option_{name}" for name in shop.option_names)]
        self.columns += [
            f"{field}_{code}" for code in shop.currencies for field in ("price", "was")
        ]
        self.columns += [f"stock_{code}" for code in shop.warehouses]
        self.columns += ["active", "images", "related", "created_at", "generated"]
        self.columns += [*(f"attr_{code}" for code in shop.attributes), "attributes"]
        super().begin()

    def add(self, product: Said) -> None:
        """Write one row for each variant."""
        shared = self._shared(product)
        variants = product.get("variants") or [{"sku": product["sku"]}]
        left = {medium["file"] for medium in product.get("media", [])}
        rows = []
        for variant in variants:
            pictures = pictures_of(product, variant)
            left -= set(pictures)
            rows.append((variant, pictures))
        rows[0][1].extend(sorted(left))  # shown by no variant that is there
        for variant, pictures in rows:
            self.row(shared | self._own(variant) | {"images": joined(pictures, "|")})

    def _shared(self, product: Said) -> dict[str, Any]:
        """Return what all rows of a product say."""
        cells: dict[str, Any] = {
            "product_sku": product["sku"],
            "options": joined(product.get("options", []), "|"),
            "related": joined(product.get("related", []), "|"),
            "generated": generated(product),
        }
        for name in ("status", "category", "brand", "created_at"):
            cells[name] = product.get(name, "")
        for name in ("title", "description"):
            for locale, text in product.get(name, {}).items():
                cells[f"{name}_{LANGUAGES.get(locale, locale)}"] = text
        return cells | _attributes(product.get("attributes", {}))

    def _own(self, variant: Said) -> dict[str, Any]:
        """Return what one variant says."""
        cells: dict[str, Any] = {"sku": variant["sku"]}
        cells |= {f"option_{name}": chosen for name, chosen in variant.get("options", {}).items()}
        cells |= {f"stock_{code}": count for code, count in variant.get("stock", {}).items()}
        for code in self.shop.currencies:
            cells[f"price_{code}"], cells[f"was_{code}"] = price_of(variant, code)
        if variant.get("active") is False:
            cells["active"] = "false"
        return cells


def generated(product: Said) -> str:
    """Return which texts a model wrote: ``title:zh|description:en``. Readers of files are told."""
    return joined(
        (f"{channel}:{LANGUAGES.get(locale, locale)}"
         for channel, locales in sorted(product.get("generated", {}).items())
         for locale in locales if channel in ("title", "description")),
        "|",
    )  # fmt: skip


def _attributes(said: dict[str, Any]) -> dict[str, str]:
    """Return a cell for each fact; those that a cell would change stand in one cell as JSON."""
    cells, rest = {}, {}
    for code, value in said.items():
        cell = _cell(value)
        if _reads_back(code, cell, value):
            cells[f"attr_{code}"] = cell
        else:
            rest[code] = [value] if isinstance(value, str) else value
    return cells | ({"attributes": json.dumps(rest, ensure_ascii=False)} if rest else {})


def _reads_back(code: str, cell: str, value: Any) -> bool:
    """Tell whether the importer makes the same fact of this cell."""
    parts = [part.strip() for part in cell.split("|") if part.strip()]
    try:
        return bool(cell) and fact_of(code, parts if "|" in cell else cell) == value
    except Bad:
        return False


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return joined([_cell(one) for one in value], "|")
    return str(value).lower() if isinstance(value, bool) else str(value)
