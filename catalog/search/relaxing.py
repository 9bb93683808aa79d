"""When nothing fits: which constraint to give up, and what that brings.

The smallest sets of constraints whose removal finds something, verified by searching without
them; for a price also the bound that would just do. For searching; it never relaxes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from django.db import connection

from catalog.search.constraining import Asked, Constraint, combine
from catalog.search.filtering import Filters
from catalog.search.market import Market
from catalog.search.signs import Candidate

MOST = 6
Find = Callable[[Filters], list[Candidate]]


@dataclass(frozen=True)
class Relaxation:
    """Constraints to give up, how many products that finds, and the price from which they start."""

    without: tuple[Constraint, ...]
    gain: int
    lowest: Decimal | None = None
    highest: Decimal | None = None
    currency: str = ""


def relaxations(
    find: Find, constraints: Sequence[Constraint], asked: Asked, market: Market
) -> list[Relaxation]:
    """Return the minimal relaxations, the most fruitful first.

    Tries each constraint alone, then pairs if no single one helps: at most 6 + 15 searches.
    """
    tried = list(constraints)[:MOST]
    for size in (1, 2):
        found = []
        for dropped in combinations(tried, size):
            kept = [one for one in constraints if one not in dropped]
            filters = combine(kept, merchant=asked.merchant, market=market)
            candidates = find(filters)
            if candidates:
                found.append(priced(Relaxation(dropped, len(candidates)), candidates, filters))
        if found:
            return sorted(found, key=lambda one: -one.gain)
    return []


def priced(relaxation: Relaxation, candidates: Sequence[Candidate], filters: Filters) -> Relaxation:
    """Add the lowest and highest price found, if a price is among what is given up."""
    bounds = [one.filters.price for one in relaxation.without if one.filters.price]
    if not bounds:
        return relaxation
    offer, params = filters.offer_sql()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(o.amount), max(o.amount) FROM catalog_searchoffer o"
            " JOIN catalog_searchdocument d ON d.product_id = o.product_id"
            " WHERE o.product_id = ANY(%(ids)s) AND o.currency = %(bound_currency)s"
            + (f" AND {offer}" if offer else ""),
            params
            | {
                "ids": [one.product for one in candidates],
                "bound_currency": bounds[0].currency,
            },
        )
        lowest, highest = cursor.fetchone()
    return replace(relaxation, lowest=lowest, highest=highest, currency=bounds[0].currency)
