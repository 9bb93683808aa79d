"""The shop window: departments with a picture and a count, shelves of products, what is popular.

For the home page and for searches that find nothing. Every count is exact when it is read; a
person's taste plays no part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from catalog.models import SearchDocument
from catalog.search.filtering import Filters
from catalog.search.market import Market
from catalog.search.offering import Hit, read_hits
from catalog.search.searching import browse

SHELF = 12


@dataclass(frozen=True)
class Department:
    """A top category with products: how many, and the picture of a well-liked one."""

    category: int
    count: int
    picture: str


DEPARTMENTS = """
SELECT counted.id, counted.count, coalesce(liked.file, '')
FROM (
    SELECT root.id, count(*)
    FROM catalog_searchdocument d CROSS JOIN unnest(d.categories) AS root(id)
    WHERE root.id = ANY(%(roots)s)
        AND (%(merchant)s::bigint IS NULL OR d.merchant_id = %(merchant)s)
    GROUP BY root.id
) counted
LEFT JOIN LATERAL (
    SELECT d.card->'pictures'->0->>'file' AS file FROM catalog_searchdocument d
    WHERE d.categories @> ARRAY[counted.id] AND jsonb_array_length(d.card->'pictures') > 0
        AND (%(merchant)s::bigint IS NULL OR d.merchant_id = %(merchant)s)
    ORDER BY coalesce(d.rating, 0) * least(d.reviews, 5) DESC, d.product_id DESC LIMIT 1
) liked ON TRUE
"""


def departments(market: Market) -> list[Department]:
    """Return the top categories that hold products, in the market's order. One query, one scan."""
    roots = [entry.pk for entry in market.categories.values() if entry.parent is None]
    with connection.cursor() as cursor:
        cursor.execute(DEPARTMENTS, {"roots": roots, "merchant": market.merchant})
        found = {row[0]: Department(*row) for row in cursor.fetchall()}
    return [found[pk] for pk in roots if pk in found]


SHELVES = """
(SELECT 'newest', d.product_id FROM catalog_searchdocument d
 ORDER BY d.created_at DESC, d.product_id DESC LIMIT %(most)s)
UNION ALL
(SELECT 'rating', d.product_id FROM catalog_searchdocument d WHERE d.rating >= 4
 ORDER BY coalesce(d.rating, 0) * least(d.reviews, 5) DESC, d.product_id DESC LIMIT %(most)s)
UNION ALL
(SELECT 'theme', d.product_id FROM catalog_searchdocument d
 WHERE d.facets @> %(theme)s::jsonb AND d.locales && ARRAY[%(locale)s]::varchar[]
 ORDER BY coalesce(d.rating, 0) * least(d.reviews, 5) DESC, d.product_id DESC LIMIT %(most)s)
"""


def shelves(theme: str, locale: str) -> dict[str, list[int]]:
    """Return the newest, the best rated, and others of a theme in the reader's language.

    ``theme``: a fact as JSON, e.g. ``{"occasion": ["gift"]}``. One query.
    """
    found: dict[str, list[int]] = {"newest": [], "rating": [], "theme": []}
    with connection.cursor() as cursor:
        cursor.execute(SHELVES, {"most": 2 * SHELF, "theme": theme, "locale": locale})
        for shelf, product in cursor.fetchall():
            found[shelf].append(product)
    rated = found["rating"][:SHELF]
    fresh = [product for product in found["theme"] if product not in rated]
    return {"newest": found["newest"][:SHELF], "rating": rated, "theme": fresh[:SHELF]}


def hits_of(products: Sequence[int], currency: str) -> dict[int, Hit]:
    """Return these products as hits, priced in one currency where they can be. One query."""
    ids = list(dict.fromkeys(products))
    return {hit.product: hit for hit in read_hits(ids, {}, Filters(), currency)}


def shelved(shelves: Mapping[str, Sequence[int]], currency: str) -> dict[str, list[Hit]]:
    """Return shelves of ids as shelves of hits. One query for all of them."""
    hits = hits_of([product for ids in shelves.values() for product in ids], currency)
    return {name: [hits[one] for one in ids if one in hits] for name, ids in shelves.items()}


def most_reviewed(merchant: int | None, currency: str, *, most: int = 8) -> list[Hit]:
    """Return what most buyers have reviewed, in the market place or one shop. Two queries.

    The order is that of the index ``document_reviewed``.
    """
    rows = SearchDocument.objects.filter(reviews__gt=0)
    rows = rows.filter(merchant=merchant) if merchant else rows
    found = list(rows.order_by("-reviews", "-pk").values_list("pk", flat=True)[:most])
    hits = hits_of(found, currency)
    return [hits[one] for one in found if one in hits]


def popular(merchant: int | None, currency: str, *, most: int = 8) -> list[Hit]:
    """Return the best-liked products of the market place or of one shop. Two queries."""
    found = browse(Filters(merchant=merchant), most)
    return list(hits_of([one.product for one in found], currency).values())
