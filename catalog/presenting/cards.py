"""From hits to the cards of a grid. For every page that shows products."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from catalog.feeds.naming import option_code
from catalog.presenting.money import money
from catalog.presenting.naming import html_lang, reader
from catalog.search.offering import Hit
from shopguide.web import arms_of

Card = dict[str, Any]


def cards_of(hits: Sequence[Hit], *, variant: bool = False, merchant: bool = True) -> list[Card]:
    """Return the cards of hits. ``variant``: open the very variant that fulfils the conditions."""
    return [card_of(hit, variant=variant, merchant=merchant) for hit in hits]


def as_met(request: HttpRequest, hits: Iterable[Hit]) -> list[Hit]:
    """Return hits with the titles under test that this request's shopper meets, and nothing else.

    No query for who has agreed to nothing, one for others.
    """
    shown, locale = list(hits), reader()
    titles = arms_of(request).titles([hit.product for hit in shown], locale)
    return [
        replace(hit, titles={**hit.titles, locale: titles[hit.product]})
        if hit.product in titles
        else hit
        for hit in shown
    ]


def card_of(hit: Hit, *, variant: bool = False, merchant: bool = True) -> Card:
    """Return one product as a card."""
    title, locale = hit.title(reader())
    picture = picture_of(hit)
    return {
        "url": product_url(hit.merchant, hit.sku, hit.variant if variant else None),
        "title": title,
        "lang": html_lang(locale),
        "image_url": picture_url(picture["file"]) if picture else "",
        "image_alt": picture["alt"].get(reader(), "") if picture else "",
        "merchant": hit.merchant_names.get(reader(), "") if merchant else "",
        "brand": hit.brand,
        "price": money(hit.amount, hit.currency),
        "was": money(hit.was, hit.currency),
        "price_from": not variant and hit.amount != hit.highest and hit.highest is not None,
        "stars": hit.rating,
        "review_count": hit.reviews,
        "in_stock": hit.in_stock if hit.stock_stated else None,
    }


def picture_of(hit: Hit) -> dict[str, Any] | None:
    """Return the picture of the offered variant, else the first one."""
    for picture in hit.pictures:
        options = picture.get("options") or {}
        if options and all(
            option_code(name, str(value)) == hit.codes.get(name) for name, value in options.items()
        ):
            return picture
    return hit.pictures[0] if hit.pictures else None


def picture_url(file: str) -> str:
    """Return a picture's address."""
    return settings.MEDIA_URL + quote(file) if file else ""


def product_url(merchant: str, sku: str, variant: int | None = None) -> str:
    """Return a product's address, with one of its variants chosen if asked for."""
    url = reverse("product", args=[merchant, sku])
    return f"{url}?variant={variant}" if variant else url
