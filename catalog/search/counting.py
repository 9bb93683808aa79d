"""Facets: how many of the found products have which value, exactly.

Counted over the products that the search found. The counts of a dimension in which something was
clicked are those without that click, so that another value can be added to it. Options of variants
are counted over offers that fulfil all other demands: red counts where red can be had at the price.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.lexicon import DIMENSIONS
from catalog.search.constraining import Asked
from catalog.search.filtering import Filters
from catalog.search.market import Market
from catalog.search.retrieving import Candidate

MOST_VALUES = 40
# Counting 10,000 products takes a quarter of a second: kept for a while from this many on.
KEPT_FROM, KEPT_S, MOST_KEPT = 1_000, 30, 64
_kept: dict[tuple[Hashable, ...], tuple[float, list[Facet]]] = {}
COUNTED = tuple(name for name in DIMENSIONS if name != "category")


@dataclass(frozen=True)
class FacetValue:
    """One value, as a code, brand or category id, and how many found products have it."""

    value: str
    count: int
    picked: bool = False


@dataclass(frozen=True)
class Facet:
    """One dimension with its values, most frequent first; for prices the range."""

    code: str
    values: tuple[FacetValue, ...]
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""


def count_facets(
    find: Callable[[Filters], list[Candidate]],
    filters: Filters,
    asked: Asked,
    market: Market,
    found: Sequence[int],
) -> list[Facet]:
    """Return the facets of the found products. Two statements, two more for each clicked one.

    Over very many products the counts are kept for half a minute: a change of a price, a stock or
    a fact may show in them that much later, a product that comes or goes at once.
    """
    if len(found) < KEPT_FROM:
        return facets_now(find, filters, asked, market, found)
    database = str(connection.settings_dict["NAME"])
    currency = market.currency(asked.currency)
    key = (database, filters, asked.picked, asked.brands, currency, hash(frozenset(found)))
    kept = _kept.get(key)
    if kept is None or time.monotonic() - kept[0] > KEPT_S:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        kept = (time.monotonic(), facets_now(find, filters, asked, market, found))
        _kept[key] = kept
    return list(kept[1])


def facets_now(
    find: Callable[[Filters], list[Candidate]],
    filters: Filters,
    asked: Asked,
    market: Market,
    found: Sequence[int],
) -> list[Facet]:
    """Count the facets of the found products as they are now."""
    facets = read_facets(found, filters)
    picked = dict(asked.picked)
    for dimension in picked:
        open_filters = filters.without_dimension(dimension)
        wider = [one.product for one in find(open_filters)]
        facets[dimension] = read_facets(wider, open_filters, only=dimension).get(dimension, {})
    if asked.brands:
        open_filters = replace(filters, brands=filters.said.brands if filters.said else ())
        wider = [one.product for one in find(open_filters)]
        facets["brand"] = read_facets(wider, open_filters, only="brand").get("brand", {})
    chosen = {**picked, "brand": asked.brands}
    answer = [
        Facet(code, values_of(counts, chosen.get(code, ())))
        for code, counts in facets.items()
        if counts
    ]
    return [*answer, price_facet(found, filters, market.currency(asked.currency))]


def values_of(counts: dict[str, int], picked: Sequence[str]) -> tuple[FacetValue, ...]:
    """Return a facet's values, what is picked always among them."""
    order = sorted(counts, key=lambda value: (value not in picked, -counts[value], value))
    gone = [value for value in picked if value not in counts]
    shown = [FacetValue(value, counts[value], value in picked) for value in order[:MOST_VALUES]]
    return tuple(shown + [FacetValue(value, 0, True) for value in gone])


FACTS = """
WITH found AS MATERIALIZED (
    -- Only what is counted: the words and cards of 10,000 documents are most of their bytes.
    SELECT d.product_id, d.merchant_id, d.brand, d.categories, d.facets
    FROM unnest(%(found)s::bigint[]) f(id)
    JOIN catalog_searchdocument d ON d.product_id = f.id
)
SELECT 'category', category::text, count(*) FROM found d, unnest(d.categories) AS category
GROUP BY category
UNION ALL
SELECT 'brand', brand, count(*) FROM found d WHERE brand <> '' GROUP BY brand
UNION ALL
SELECT 'merchant', merchant_id::text, count(*) FROM found d GROUP BY merchant_id
UNION ALL
SELECT key, value, count(DISTINCT product_id)
FROM found d, jsonb_each(d.facets) AS pair(key, list), jsonb_array_elements_text(list) AS value
WHERE key = ANY(%(facts)s) GROUP BY key, value
"""
OPTIONS = """
SELECT option.key, stated.value, count(DISTINCT o.product_id)
FROM catalog_searchoffer o JOIN catalog_searchdocument d ON d.product_id = o.product_id
CROSS JOIN unnest(%(options)s::text[]) AS option(key)
CROSS JOIN LATERAL (
    SELECT o.codes->>option.key AS value WHERE o.codes ? option.key
    UNION ALL
    -- Without the option, the product states the fact for all its variants.
    SELECT jsonb_array_elements_text(d.facets->option.key)
    WHERE NOT o.codes ? option.key AND d.facets ? option.key
) stated
WHERE o.product_id = ANY(%(found)s) AND {offer}
GROUP BY option.key, stated.value
"""


def read_facets(
    found: Sequence[int], filters: Filters, *, only: str = ""
) -> dict[str, dict[str, int]]:
    """Count values by dimension over these products. Two statements."""
    options = [name for name in COUNTED if name in filters.option_dimensions]
    facts = [name for name in COUNTED if name not in filters.option_dimensions]
    counts: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"found": list(found), "facts": facts})
        rows: list[tuple[str, str, int]] = cursor.fetchall()
        if options:
            offer, params = filters.offer_sql()
            cursor.execute(
                OPTIONS.format(offer=offer or "TRUE"),
                {**params, "found": list(found), "options": options},
            )
            rows += cursor.fetchall()
    for code, value, count in rows:
        if not only or code == only:
            counts.setdefault(code, {})[value] = count
    return counts


def price_facet(found: Sequence[int], filters: Filters, currency: str) -> Facet:
    """Return the range of prices of the found products, whatever price is asked for."""
    offer, params = replace(filters, price=None).offer_sql()
    shown = filters.price.currency if filters.price else currency
    values: dict[str, Any] = params | {"found": list(found), "range_currency": shown}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(o.amount), max(o.amount) FROM catalog_searchoffer o"
            " JOIN catalog_searchdocument d ON d.product_id = o.product_id"
            " WHERE o.product_id = ANY(%(found)s) AND o.currency = %(range_currency)s"
            + (f" AND {offer}" if offer else ""),
            values,
        )
        lowest, highest = cursor.fetchone()
    return Facet("price", (), lowest, highest, shown)
