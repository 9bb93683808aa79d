"""Suggestions as links below the search box."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from catalog.presenting.cards import picture_url, product_url
from catalog.presenting.naming import html_lang
from catalog.presenting.places import category_url
from catalog.search.addressing import Address
from catalog.search.market import Market
from catalog.search.suggesting import Suggestion


def suggestions_of(found: Iterable[Suggestion], market: Market) -> list[dict[str, Any]]:
    """Return what the box shows."""
    return [
        {
            "text": one.text,
            "kind": one.kind,
            "url": target(one, market),
            "image_url": picture_url(one.picture),
            "note": str(one.count) if one.count else "",
            "lang": html_lang(one.locale),
        }
        for one in found
    ]


def target(one: Suggestion, market: Market) -> str:
    """Return where a suggestion leads."""
    if one.kind == "product":
        return product_url(one.merchant, one.value)
    if one.kind == "category" and int(one.value) in market.categories:
        return category_url(market.categories[int(one.value)], market)
    search = Address(reverse("search"))
    return (
        search.plus("brand", one.value).url()
        if one.kind == "brand"
        else search.having(q=one.text).url()
    )
