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
from catalog.search.signs import Candidate

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
    """Return the facets of the found products. One statement, two more for each clicked one.

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
    counted = read_facets(found, filters, currency=market.currency(asked.currency))
    facets, price = counted.values, counted.price
    picked = dict(asked.picked)
    for dimension in picked:
        open_filters = filters.without_dimension(dimension)
        facets[dimension] = of_dimension(find(open_filters), open_filters, dimension)
    if asked.brands:
        open_filters = replace(filters, brands=filters.said.brands if filters.said else ())
        facets["brand"] = of_dimension(find(open_filters), open_filters, "brand")
    chosen = {**picked, "brand": asked.brands}
    answer = [
        Facet(code, values_of(counts, chosen.get(code, ())))
        for code, counts in facets.items()
        if counts
    ]
    return [*answer, price]


def of_dimension(wider: Sequence[Candidate], filters: Filters, dimension: str) -> dict[str, int]:
    """Return one dimension's counts over products found without its own clicks. One statement."""
    ids = [one.product for one in wider]
    return read_facets(ids, filters, only=dimension).values.get(dimension, {})


def values_of(counts: dict[str, int], picked: Sequence[str]) -> tuple[FacetValue, ...]:
    """Return a facet's values, what is picked always among them."""
    order = sorted(counts, key=lambda value: (value not in picked, -counts[value], value))
    gone = [value for value in picked if value not in counts]
    shown = [FacetValue(value, counts[value], value in picked) for value in order[:MOST_VALUES]]
    return tuple(shown + [FacetValue(value, 0, True) for value in gone])


FOUND = """
WITH found AS MATERIALIZED (
    -- Only what is counted: the words and cards of 10,000 documents are most of their bytes.
    SELECT d.product_id, d.merchant_id, d.brand, d.categories, d.facets
    FROM unnest(%(found)s::bigint[]) f(id)
    JOIN catalog_searchdocument d ON d.product_id = f.id
)
"""
PARTS = {
    "category": """
SELECT 'category', category::text, count(*), NULL::numeric, NULL::numeric
FROM found d, unnest(d.categories) AS category GROUP BY category
""",
    "brand": """
SELECT 'brand', brand, count(*), NULL, NULL FROM found d WHERE brand <> '' GROUP BY brand
""",
    "merchant": """
SELECT 'merchant', merchant_id::text, count(*), NULL, NULL FROM found d GROUP BY merchant_id
""",
    "facts": """
-- Each list's own values once: counting distinct products instead sorts them all, thrice as long.
SELECT key, value, count(*), NULL, NULL
FROM found d, jsonb_each(d.facets) AS pair(key, list),
     LATERAL (SELECT DISTINCT jsonb_array_elements_text(list) AS value) stated
WHERE key = ANY(%(facts)s) GROUP BY key, value
""",
    "options": """
SELECT option.key, stated.value, count(DISTINCT o.product_id), NULL, NULL
FROM catalog_searchoffer o JOIN found d ON d.product_id = o.product_id
CROSS JOIN unnest(%(options)s::text[]) AS option(key)
CROSS JOIN LATERAL (
    SELECT o.codes->>option.key AS value WHERE o.codes ? option.key
    UNION ALL
    -- Without the option, the product states the fact for all its variants.
    SELECT jsonb_array_elements_text(d.facets->option.key)
    WHERE NOT o.codes ? option.key AND d.facets ? option.key
) stated
WHERE {offer} GROUP BY option.key, stated.value
""",
    # The range of prices, whatever price is asked for.
    "price": """
SELECT 'price', '', 0, min(o.amount), max(o.amount)
FROM catalog_searchoffer o JOIN found d ON d.product_id = o.product_id
WHERE o.currency = %(range_currency)s AND {priced}
""",
}


@dataclass(frozen=True)
class Counted:
    """How many products have which value, by dimension, and the range of their prices."""

    values: dict[str, dict[str, int]]
    price: Facet


def read_facets(
    found: Sequence[int], filters: Filters, *, currency: str = "", only: str = ""
) -> Counted:
    """Count values by dimension over these products; ``only`` one of them. One statement."""
    shown = filters.price.currency if filters.price else currency
    statement, params = facets_sql(filters, only)
    values: dict[str, dict[str, int]] = {}
    price = Facet("price", (), currency=shown)
    with connection.cursor() as cursor:
        cursor.execute(statement, params | {"found": list(found), "range_currency": shown})
        for code, value, count, lowest, highest in cursor.fetchall():
            if code == "price":
                price = replace(price, minimum=lowest, maximum=highest)
            else:
                values.setdefault(code, {})[value] = count
    return Counted(values, price)


def facets_sql(filters: Filters, only: str) -> tuple[str, dict[str, Any]]:
    """Return the statement that counts all dimensions, or one, with its parameters."""
    named = [name for name in COUNTED if only in ("", name)]
    options = [name for name in named if name in filters.option_dimensions]
    facts = [name for name in named if name not in filters.option_dimensions]
    wanted = {"facts": bool(facts), "options": bool(options), "price": not only}
    kept = [part for part in PARTS if wanted.get(part, only in ("", part))]
    offer, params = filters.offer_sql()
    priced, more = replace(filters, price=None).offer_sql()
    body = "UNION ALL".join(PARTS[part] for part in kept)
    return (
        FOUND + body.format(offer=offer or "TRUE", priced=priced or "TRUE"),
        params | more | {"options": options, "facts": facts},
    )
