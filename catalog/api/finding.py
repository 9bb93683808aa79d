"""Searching and looking around, for apps."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.urls import reverse

from catalog.api.shapes.finding import (
    CategoriesOut,
    HomeOut,
    SearchOut,
    SearchQuery,
    ShopOut,
    ShopsOut,
    ShownQuery,
    SuggestionsOut,
    SuggestQuery,
)
from catalog.presenting.answers import as_json, hit_json
from catalog.presenting.cards import as_met, picture_of, picture_url
from catalog.presenting.naming import reader
from catalog.presenting.places import place_name
from catalog.search.addressing import Address, clean_text
from catalog.search.featuring import departments, shelved, shelves
from catalog.search.market import CategoryEntry, Market, ShopEntry, market
from catalog.search.searching import Hit
from catalog.search.suggesting import LONGEST, suggestions
from catalog.views._results import found, scope_of
from catalog.views.browsing import EXAMPLES, THEMES
from shopguide.rest.operations import Asked, operation
from shopguide.web import currency_of

TAG = "Catalogue"


@operation("search", tag=TAG, query=SearchQuery, answer=SearchOut)
def search(request: Asked) -> dict[str, Any]:
    """Search as the site does: understood, filtered, with facets and what to relax."""
    address = Address.read(reverse("api_search"), request._request.GET)
    scope = scope_of(address, market())
    results = found(request._request, address, scope)
    answer = as_json(results, scope)
    more = results.asked.page < results.pages
    answer["hits"] = [hit_shown(hit) for hit in as_met(request._request, results.hits)]
    answer["next"] = address.at_page(results.asked.page + 1).url() if more else None
    return answer


def hit_shown(hit: Hit) -> dict[str, Any]:
    """Return a product as a list shows it."""
    picture = picture_of(hit)
    return hit_json(hit) | {
        "brand": hit.brand,
        "picture": {"url": picture_url(picture["file"]), "alt": picture["alt"].get(reader(), "")}
        if picture
        else None,
        "rating": float(hit.rating) if hit.rating is not None else None,
        "reviews": hit.reviews,
        "in_stock": bool(hit.in_stock),
    }


@operation("suggest", tag=TAG, query=SuggestQuery, answer=SuggestionsOut)
def suggest(request: Asked) -> dict[str, Any]:
    """Complete what is typed: categories, brands, words and products."""
    typed = clean_text(request.asked["q"], LONGEST)
    ready = suggestions(typed, market(), locale=reader()) if typed else []
    return {
        "items": [
            {
                "kind": one.kind,
                "text": one.text,
                "value": one.value,
                "merchant": one.merchant,
                "picture": picture_url(one.picture),
                "count": one.count,
            }
            for one in ready
        ]
    }


@operation("categories", tag=TAG, answer=CategoriesOut)
def categories(request: Asked) -> dict[str, Any]:
    """List the tree of categories, parents before children."""
    everywhere = market()
    return {"items": [category_shown(one, everywhere) for one in in_order(everywhere)]}


def in_order(everywhere: Market) -> Iterable[CategoryEntry]:
    """Yield categories from the top down, those of one parent in the market's order."""
    below: dict[int | None, list[CategoryEntry]] = {}
    for entry in everywhere.categories.values():
        parent = entry.parent if entry.parent in everywhere.categories else None
        below.setdefault(parent, []).append(entry)
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting += reversed(below.pop(entry.pk, []))


def category_shown(entry: CategoryEntry, everywhere: Market) -> dict[str, Any]:
    """Return a category."""
    owner = everywhere.shops.get(entry.merchant or 0)
    return {
        "id": entry.pk,
        "parent": entry.parent,
        "path": entry.path,
        "name": place_name(entry),
        "merchant": owner.slug if owner else "",
    }


@operation("shops", tag=TAG, answer=ShopsOut)
def shops(request: Asked) -> dict[str, Any]:
    """List the open shops."""
    return {"items": [shop_shown(one) for one in market().shops.values()]}


@operation("shop", tag=TAG, answer=ShopOut)
def shop(request: Asked, merchant: str) -> dict[str, Any]:
    """Return one open shop; its products are found by `search?shop=`."""
    entry = next((one for one in market().shops.values() if one.slug == merchant), None)
    if entry is None:
        raise Http404
    return shop_shown(entry)


def shop_shown(entry: ShopEntry) -> dict[str, Any]:
    """Return a shop."""
    return {
        "slug": entry.slug,
        "name": entry.names[reader()],
        "about": entry.about[reader()],
        "is_demo": entry.is_demo,
    }


@operation("home", tag=TAG, query=ShownQuery, answer=HomeOut)
def home(request: Asked) -> dict[str, Any]:
    """Return what a first screen shows: departments, shelves, how one may ask."""
    everywhere, locale = market(), reader()
    name, code = THEMES[locale]
    rows = shelved(shelves(json.dumps({name: [code]}), locale), shown_in(request, everywhere))
    every = (hit for hits in rows.values() for hit in hits)
    met = {hit.product: hit for hit in as_met(request._request, every)}
    return {
        "departments": [
            {
                "category": one.category,
                "name": place_name(everywhere.categories[one.category]),
                "count": one.count,
                "picture": picture_url(one.picture),
            }
            for one in departments(everywhere)
        ],
        "shelves": [
            {"code": shelf, "hits": [hit_shown(met[hit.product]) for hit in hits]}
            for shelf, hits in rows.items()
        ],
        "examples": EXAMPLES[locale],
    }


def shown_in(request: Asked, everywhere: Market) -> str:
    """Return the currency of ``?currency=`` if anything is priced in it, else the language's."""
    asked = request.asked.get("currency", "")
    if asked in everywhere.currencies:
        return str(asked)
    return everywhere.currency(currency_of(request._request))
