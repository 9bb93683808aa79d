"""What the search, category and shop pages have in common: one search, one way to answer."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from catalog.presenting.cards import as_met, cards_of
from catalog.presenting.frame import Frame
from catalog.presenting.naming import reader
from catalog.presenting.results import results_page
from catalog.search.addressing import Address
from catalog.search.asking import asked_of
from catalog.search.featuring import popular
from catalog.search.market import CategoryEntry, Market, ShopEntry, market
from catalog.search.noting import note_search
from catalog.search.searching import Results, search
from catalog.search.telling import told
from catalog.tasks import query_vector
from shopguide.web import currency_of, log_of, taste_of


def found(
    request: HttpRequest,
    address: Address,
    scope: Market,
    category: CategoryEntry | None = None,
    *,
    at: datetime.datetime | None = None,
    ruled: bool = True,
) -> Results:
    """Answer the address within a market place, one shop or one category.

    ``at``: with the shops' rules of that moment, now if none; ``ruled=False`` leaves them out.
    """
    words = address.first("q")
    known = told(words, scope.merchant, at=at, ruled=ruled)
    asked = asked_of(
        address,
        scope,
        locale=reader(),
        currency=currency_of(request),
        category=category.pk if category else None,
        synonyms=known.synonyms,
    )
    vector = query_vector(asked.need.sentence) if asked.need.text else None
    return search(
        asked,
        scope,
        vector=vector,
        encoder_id=settings.ENCODER_ID,
        taste=taste_of(request) if vector is not None else None,
        rules=known.rules,
        # In the words of the shop it is another sentence.
        named=known.named if asked.need.query == words else None,
    )


def scope_of(address: Address, everywhere: Market) -> Market:
    """Return the shop that the address names as a market of its own, else the market place."""
    slug = address.first("shop")
    named = (shop for shop in everywhere.shops.values() if slug and shop.slug == slug)
    chosen = next(named, None)
    return market(chosen.pk) if chosen else everywhere


def answer(
    request: HttpRequest,
    template: str,
    address: Address,
    *,
    category: CategoryEntry | None = None,
    shop: ShopEntry | None = None,
    around: Callable[[Frame], dict[str, Any]] = lambda frame: {},
) -> HttpResponse:
    """Show the results of an address; htmx gets the part that it swaps.

    ``around``: what the page shows around its results. A page number beyond the last leads to the
    last.
    """
    everywhere = market()
    scope = market(shop.pk) if shop else scope_of(address, everywhere)
    results = found(request, address, scope, category)
    if results.total and results.asked.page > results.pages:
        return HttpResponseRedirect(address.at_page(results.pages).url())
    note_search(request, address, scope, results)
    log_of(request).searched(address.first("q"))
    results = replace(results, hits=as_met(request, results.hits))
    frame = Frame(address, results, scope, category, shop)
    liked = [] if results.hits else popular(scope.merchant, scope.currency(currency_of(request)))
    page = results_page(frame, cards_of(liked))
    return show(request, template, {"page": page, **around(frame)}, "results")


def show(
    request: HttpRequest, template: str, context: dict[str, Any], partial: str
) -> HttpResponse:
    """Render a page, or for htmx the part of it that is swapped; Back always gets the page."""
    if is_part(request):
        template, context = f"{template}#{partial}", {**context, "fragment": True}
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request", "HX-History-Restore-Request"))
    return response


def is_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for the part that it swaps."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx and not htmx.history_restore_request)
