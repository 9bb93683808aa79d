"""A search's answer for programs: the command and the API show the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catalog.presenting.naming import dimension_name, reader, value_name
from catalog.search.counting import Facet
from catalog.search.market import Market
from catalog.search.offering import Hit
from catalog.search.relaxing import Relaxation
from catalog.search.searching import Results


def as_json(results: Results, scope: Market) -> dict[str, Any]:
    """Return the answer in the shape that the contract promises."""
    return {
        "hits": [hit_json(hit) for hit in results.hits],
        "understood": results.asked.need.as_json(),
        "total": results.total,
        "facets": {facet.code: facet_json(facet, scope) for facet in results.facets},
        "relaxed": [relaxation_json(one, results) for one in results.relaxed],
        "degraded": results.degraded,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return one product; its price is text, so that no cent is lost."""
    return {
        "sku": hit.sku,
        "merchant": hit.merchant,
        "title": hit.title(reader())[0],
        "price": text_of(hit.amount),
        "currency": hit.currency or None,
        "score": hit.score,
        "reasons": list(hit.reasons),
    }


def facet_json(facet: Facet, scope: Market) -> dict[str, Any]:
    """Return a facet's values and counts, or the range of prices."""
    if facet.code == "price":
        ends = {"minimum": text_of(facet.minimum), "maximum": text_of(facet.maximum)}
        return ends | {"currency": facet.currency}
    return {
        "name": dimension_name(facet.code),
        "values": [
            {
                "value": one.value,
                "label": label_of(facet.code, one.value, scope),
                "count": one.count,
            }
            for one in facet.values
        ],
    }


def relaxation_json(relaxation: Relaxation, results: Results) -> dict[str, Any]:
    """Return what to give up, in words, and what that brings."""
    slots = results.asked.need.slots
    labels = [slots[place].label(reader()) for one in relaxation.without for place in one.slots]
    return {
        "without": labels,
        "gain": relaxation.gain,
        "lowest": text_of(relaxation.lowest),
        "highest": text_of(relaxation.highest),
        "currency": relaxation.currency or None,
    }


def label_of(code: str, value: str, scope: Market) -> str:
    """Return a facet value's name in the reader's language."""
    if code == "category" and (place := scope.categories.get(int(value))):
        return place.names[reader()] or place.path
    if code == "merchant" and (shop := scope.shops.get(int(value))):
        return shop.names[reader()]
    return value_name(code, value)


def text_of(amount: Decimal | None) -> str | None:
    """Return an amount as text, so that no cent is lost."""
    return None if amount is None else str(amount)
