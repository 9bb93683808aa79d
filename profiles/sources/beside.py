"""What goes with what is in sight: bought together, and what others went on to. The same for all.

For product pages, carts and orders. It reads rows that a worker stored and needs nobody's consent:
no person's deeds play a part. Only live products in stock are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from profiles.sources.switching import Source, sources_now
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

BESIDE_SQL = """
WITH linked AS MATERIALIZED (
    SELECT n.product, sum(n.weight * w.weight) AS score,
           (array_agg(n.source ORDER BY n.weight * w.weight DESC))[1] AS source,
           (array_agg(n.anchor ORDER BY n.weight * w.weight DESC))[1] AS anchor
    FROM profiles_neighbour n
    JOIN unnest(%(sources)s::text[], %(weights)s::float8[]) w(source, weight)
        ON w.source = n.source
    WHERE n.trained_id = %(trained)s AND n.anchor = ANY(%(anchors)s)
    GROUP BY n.product
)
SELECT l.product, l.score, l.source, l.anchor
FROM linked l JOIN catalog_searchdocument d ON d.product_id = l.product
WHERE l.product <> ALL(%(anchors)s) AND l.product <> ALL(%(without)s)
    AND EXISTS (SELECT FROM catalog_searchoffer o WHERE o.product_id = l.product
                AND o.in_stock AND o.amount IS NOT NULL)
ORDER BY l.score DESC, l.product LIMIT %(most)s
"""

DUE_SQL = """
SELECT v.product_id, max(o.placed_at) AS last, min(n.weight) AS days
FROM catalog_orderline l JOIN catalog_order o ON o.id = l.order_id
JOIN catalog_variant v ON v.id = l.variant_id
JOIN profiles_neighbour n ON n.anchor = v.product_id AND n.source = 'again'
    AND n.trained_id = %(trained)s
WHERE o.shopper_id = %(shopper)s AND o.state <> 'cancelled'
    AND EXISTS (SELECT FROM catalog_searchoffer s WHERE s.product_id = v.product_id AND s.in_stock)
GROUP BY v.product_id
HAVING max(o.placed_at) + make_interval(secs => %(early)s * min(n.weight) * 86400) <= now()
ORDER BY max(o.placed_at) + make_interval(secs => min(n.weight) * 86400), v.product_id
LIMIT %(most)s
"""
# A reminder comes when so much of the usual time is over: on day 25 of 30.
EARLY = 0.83


@dataclass(frozen=True)
class Beside:
    """One product, and what of those in sight brought it here."""

    product: int
    score: float
    source: str
    anchor: int


def beside(anchors: Sequence[int], *, most: int = 8, without: Sequence[int] = ()) -> list[Beside]:
    """Return what goes with these products, the strongest bond first. Three queries."""
    sources = sources_now()
    wanted = (Source.BOUGHT, Source.STEPS, Source.EASE)
    with connection.cursor() as cursor:
        cursor.execute(
            BESIDE_SQL,
            {
                "sources": [str(one) for one in wanted],
                "weights": [sources.weight(one) for one in wanted],
                "trained": sources.trained,
                "anchors": list(anchors),
                "without": list(without),
                "most": most,
            },
        )
        return [Beside(*row) for row in cursor.fetchall() if row[1] > 0]


def due(shopper: Shopper, *, most: int = 4) -> list[int]:
    """Return what somebody bought that others buy again after as long as it has been. One query."""
    sources = sources_now()
    if not sources.weight(Source.AGAIN):
        return []
    with as_shopper(shopper), connection.cursor() as cursor:
        cursor.execute(
            DUE_SQL,
            {"trained": sources.trained, "shopper": shopper.pk, "early": EARLY, "most": most},
        )
        return [row[0] for row in cursor.fetchall()]
