"""What a product page shows: pictures, price, options, stock, description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import nh3
from django.urls import reverse
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

from catalog.choosing import Choice, Option, OptionValue, prices_of, spread
from catalog.feeds.naming import name_code
from catalog.models import Media, Price, Product, ProductText
from catalog.presenting.cards import picture_url
from catalog.presenting.copy import copy_shown
from catalog.presenting.money import money
from catalog.presenting.naming import (
    DIMENSION_NAMES,
    html_lang,
    option_value,
    readable,
    reader,
    swatch,
)

OPTION = "o-"
LOW_STOCK = 5
HAN = re.compile(r"[\u3400-\u9fff]")
# Structure and emphasis; no links, no pictures, no headings that would disturb the page's own.
TAGS = {
    "p", "br", "ul", "ol", "li", "dl", "dt", "dd", "b", "strong", "i", "em", "u", "sub", "sup",
    "table", "thead", "tbody", "tr", "th", "td", "blockquote", "small",
}  # fmt: skip


def product_page(product: Product, choice: Choice, currency: str) -> dict[str, Any]:
    """Return everything about the product itself; reviews and neighbours are added to it."""
    text = product.text(reader())
    described = described_by(product, text)
    copy = copy_shown(product, text)
    generated = copy.generated | (copy_shown(product, described).generated & {"description"})
    variant = choice.variant
    return {
        "pk": product.pk,
        "title": product.title,
        "lang": html_lang(text.locale) if text else "",
        "sku": variant.sku if variant and len(product.variants.all()) > 1 else product.sku,
        "merchant": {
            "name": product.merchant.name,
            "url": reverse("shop", args=[product.merchant.slug]),
        },
        "brand": product.brand,
        "media": pictures(list(product.media.all()), choice),
        **price_line(choice, currency),
        "options": [option_links(product, choice, option) for option in choice.options],
        "stock": stock_line(choice),
        "buy": buy_line(choice),
        "open": open_options(choice),
        "description": description(described.description) if described else "",
        "description_lang": html_lang(described.locale) if described else "",
        "points": copy.bullets,
        "seo": copy.seo,
        "generated": dict.fromkeys(sorted(generated), True),
    }


def described_by(product: Product, text: ProductText | None) -> ProductText | None:
    """Return the text whose description is shown: the reader's, else one that has any."""
    if text and text.description:
        return text
    return next((one for one in product.texts.all() if one.description and not one.arm), None)


def description(text: str) -> SafeString:
    """Return a description as safe markup: plain text in paragraphs, HTML without its dangers."""
    if nh3.is_html(text):
        return mark_safe(nh3.clean(text, tags=TAGS, attributes={}))  # noqa: S308
    return mark_safe(linebreaks(escape(text)))  # noqa: S308


def pictures(media: Sequence[Media], choice: Choice) -> list[dict[str, str]]:
    """Return the pictures of what is chosen first; those of other variants are left out."""
    shown = []
    for place, one in enumerate(media):
        said = {name: str(value) for name, value in (one.options or {}).items()}
        told = [said[name] == value for name, value in choice.chosen.items() if name in said]
        if all(told):
            shown.append((not told, place, one))
    chosen = [one for _order, _place, one in sorted(shown, key=lambda row: row[:2])]
    return [
        {
            "url": picture_url(one.file),
            "alt": (one.alt_zh if reader() == "zh-hans" else one.alt_en)
            or one.alt_en
            or one.alt_zh,
        }
        for one in chosen or list(media)
    ]


def price_line(choice: Choice, currency: str) -> dict[str, Any]:
    """Return the price in the reader's currency, else in one there is; others beside it."""
    prices = prices_of(choice.variants)
    shown = currency if currency in prices else next(iter(sorted(prices)), "")
    if not shown:
        return {"price": "", "was": "", "price_from": False, "other_prices": [], "offer": None}
    low, high = spread(prices[shown])
    was = next((one.was for one in prices[shown] if one.amount == low and low == high), None)
    return {
        "price": money(low, shown),
        "was": money(was, shown),
        "price_from": low != high,
        "other_prices": other_prices(prices, shown),
        "offer": {"currency": shown, "low": low, "high": high},
    }


def other_prices(prices: dict[str, list[Price]], shown: str) -> list[dict[str, str]]:
    """Return the price in the shop's other currencies, where it is one price."""
    others = sorted((code, spread(rows)) for code, rows in prices.items() if code != shown)
    return [{"text": money(low, code)} for code, (low, high) in others if low == high]


def stock_line(choice: Choice) -> dict[str, Any]:
    """Return what is known of stock; a shop that states none is not called sold out."""
    if not choice.variants or not choice.stock_stated:
        return {"state": "unknown", "quantity": 0}
    quantity = choice.quantity
    if quantity and choice.variant is None:
        return {"state": "choose", "quantity": quantity}
    state = "out" if not quantity else "low" if quantity <= LOW_STOCK else "in"
    return {"state": state, "quantity": quantity}


def buy_line(choice: Choice) -> dict[str, int] | None:
    """Return the variant that can be put into the cart, and how many; None while none can."""
    variant = choice.variant
    if variant is None or not variant.in_stock or not variant.prices.all():
        return None
    return {"variant": variant.pk, "most": min(99, variant.in_stock)}


def open_options(choice: Choice) -> list[dict[str, Any]]:
    """Return the options still to be chosen where something can be bought: name, place from 1."""
    if choice.variant or not choice.quantity:
        return []
    return [
        {"name": option_name(option), "place": place}
        for place, option in enumerate(choice.options, start=1)
        if option.name not in choice.chosen
    ]


def option_name(option: Option) -> str:
    """Return an option's name in the reader's language; a shop's own name as it is."""
    return str(DIMENSION_NAMES.get(name_code(option.name)) or readable(option.name))


def option_links(product: Product, choice: Choice, option: Option) -> dict[str, Any]:
    """Return an option as links: each value leads to the choice with it, the chosen one back."""
    dimension = name_code(option.name)
    return {
        "code": dimension,
        "name": option_name(option),
        "values": [
            {
                "label": option_label(dimension, value, option),
                "url": choice_url(product, choice, option.name, value),
                "selected": value.chosen,
                "possible": value.possible,
                "in_stock": value.in_stock or not choice.stock_stated,
                "swatch": swatch(dimension, value.code),
            }
            for value in option.values
        ],
    }


def option_label(dimension: str, value: OptionValue, option: Option) -> str:
    """Return a value in the reader's language; the shop's own word where it is in it already."""
    twins = [other for other in option.values if other.code == value.code]
    own_language = bool(HAN.search(value.value)) == (reader() == "zh-hans")
    if not value.code or len(twins) > 1 or (own_language and value.value != value.code):
        return value.value
    return option_value(dimension, value.code, value.value)


def choice_url(product: Product, choice: Choice, name: str, value: OptionValue) -> str:
    """Return the product's address with one more value chosen, or without it if it was."""
    chosen = {**choice.chosen, name: value.value}
    if value.chosen:
        del chosen[name]
    query = urlencode({OPTION + key: one for key, one in chosen.items()})
    url = reverse("product", args=[product.merchant.slug, product.sku])
    return f"{url}?{query}" if query else url
