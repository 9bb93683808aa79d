"""What a search, category or shop page shows of its results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalog.presenting.cards import Card, cards_of
from catalog.presenting.facets import facets_of, price_form, selected
from catalog.presenting.frame import Frame
from catalog.presenting.naming import ORDER_NAMES
from catalog.presenting.needs import chips_of, corrections_of, relaxations_of
from catalog.presenting.paging import page_links
from catalog.search.searching import ORDERS


def results_page(frame: Frame, popular: Sequence[Card] = ()) -> dict[str, Any]:
    """Return everything that the results' templates show."""
    results, address = frame.results, frame.address
    chosen = selected(frame)
    stock = "" if address.first("stock") else "1"
    return {
        "query": address.first("q"),
        "chips": chips_of(frame),
        "corrections": corrections_of(frame),
        "degraded": results.degraded,
        "cards": cards_of(results.hits, variant=asks_variant(frame), merchant=not frame.shop),
        "total": results.total,
        "total_capped": results.capped,
        "facets": facets_of(frame),
        "price": price_form(frame),
        "selected": chosen,
        "clear_url": address.without(frame.narrowing).url() if chosen else "",
        "in_stock_only": bool(address.first("stock")),
        "in_stock_url": address.having(stock=stock).url(),
        "sorts": sorts_of(frame),
        "pages": page_links(results.asked.page, results.pages, lambda n: address.at_page(n).url()),
        "nothing_fits": results.total == 0,
        "relaxations": relaxations_of(frame),
        "popular": popular,
    }


def asks_variant(frame: Frame) -> bool:
    """Tell whether the conditions choose among a product's variants."""
    kinds = {constraint.kind for constraint in frame.results.constraints}
    return bool(kinds & ({"price", "in_stock"} | frame.market.option_dimensions))


def sorts_of(frame: Frame) -> list[dict[str, Any]]:
    """Return the orders; the one that holds without a click is written as no parameter.

    A said order that holds only within groups is not shown as that order: a click makes it exact.
    """
    asked = frame.results.asked
    said = asked.need.sort or "relevance"
    usual = "relevance" if frame.results.parted or asked.sort == said else said
    chosen = asked.sort or usual
    return [
        {
            "code": order,
            "label": order_name(frame, order),
            "url": frame.address.having(sort="" if order == usual else order).url(),
            "selected": order == chosen,
        }
        for order in ORDERS
    ]


def order_name(frame: Frame, order: str) -> str:
    """Return an order's name; without words to match, the best are those people like."""
    if order == "relevance" and not frame.results.asked.need.text:
        return _("Popular")
    return str(ORDER_NAMES[order])
