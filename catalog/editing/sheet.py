"""A product as a flat sheet of texts, and the fingerprint by which a change is noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from catalog.models import Price, Product, Stock, Variant

Sheet = dict[str, str]
LOCALES = ("en", "zh-hans")
SIDES = ("crop_left", "crop_top", "crop_width", "crop_height")
# Keys of tick boxes: a browser sends nothing for one that is not ticked.
TICKED = ("active:", "remove:")


def sheet_of(product: Product) -> Sheet:
    """Return all fields of a product. Uses what `loaded` has fetched."""
    texts = {text.locale: text for text in product.texts.all() if not text.arm}
    sheet = {
        "status": product.status,
        "category": str(product.category_id or ""),
        "brand": product.brand,
        "option_names": ", ".join(product.option_names),
    }
    for locale in LOCALES:
        text = texts.get(locale)
        sheet[f"title:{locale}"] = text.title if text else ""
        sheet[f"description:{locale}"] = lines(text.description) if text else ""
    for code, value in product.attributes.items():
        sheet[f"fact:{code}"] = written(value)
    for variant in product.variants.all():
        sheet |= variant_fields(variant, product.option_names)
    for place, media in enumerate(product.media.all()):
        sheet[f"alt_zh:{media.pk}"] = media.alt_zh
        sheet[f"alt_en:{media.pk}"] = media.alt_en
        sheet[f"order:{media.pk}"] = str(place + 1)
        sheet[f"remove:{media.pk}"] = ""
        for side, value in zip(SIDES, media.box, strict=True):
            sheet[f"{side}:{media.pk}"] = str(value)
    sheet["related"] = "\n".join(one.other.sku for one in product.related.all())
    return sheet


def variant_fields(variant: Variant, option_names: Iterable[str]) -> Sheet:
    """Return the fields of one variant."""
    fields = {f"sku:{variant.pk}": variant.sku, f"active:{variant.pk}": ticked(variant.active)}
    for place, name in enumerate(option_names):
        fields[f"option:{variant.pk}:{place}"] = str(variant.options.get(name, ""))
    for price in variant.prices.all():
        if price.price_list.name == "standard":
            fields |= price_fields(price)
    for stock in variant.stock.all():
        fields |= stock_field(stock)
    return fields


def price_fields(price: Price) -> Sheet:
    """Return the fields of one price."""
    where = f"{price.variant_id}:{price.currency}"
    was = "" if price.was is None else plain(price.was)
    return {f"price:{where}": plain(price.amount), f"was:{where}": was}


def stock_field(stock: Stock) -> Sheet:
    """Return the field of one stock level."""
    return {f"stock:{stock.variant_id}:{stock.warehouse_id}": str(stock.quantity)}


def loaded(product: Product) -> Product:
    """Return the product as it stands now, with all that its sheet shows. Ten queries."""
    return (
        Product.objects.select_related("merchant", "category")
        .prefetch_related(
            "texts__approved_by", "variants__prices__price_list", "variants__stock", "media",
            "related__other",
        )
        .get(pk=product.pk)
    )  # fmt: skip


def written(value: Any) -> str:
    """Return an attribute's value as a person writes it: lists with commas between."""
    if isinstance(value, list):
        return ", ".join(written(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def plain(amount: Decimal) -> str:
    """Return an amount with two decimals, as a number field takes it."""
    return f"{amount:.2f}"


def ticked(on: bool) -> str:
    """Return what a ticked box sends."""
    return "1" if on else ""


def lines(text: str) -> str:
    """Return a text with plain line ends and nothing that Postgres cannot keep."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def fingerprint(value: str) -> str:
    """Return a field's value as a short mark; two that differ are noticed."""
    encoded = value.strip().encode("utf-8", "surrogatepass")
    return hashlib.md5(encoded, usedforsecurity=False).hexdigest()[:12]


def fingerprints(sheet: Sheet) -> Sheet:
    """Return the marks of all fields."""
    return {key: fingerprint(value) for key, value in sheet.items()}
