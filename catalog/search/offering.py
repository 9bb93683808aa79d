"""What a card says of an offer beyond the hit itself: a former price, other prices, known stock.

For pages that show hits. It reads what the offers and the price lists say and judges nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from catalog.search.searching import Hit

OFFERS = """
SELECT shown.product, spread.highest, was.amount,
       EXISTS (SELECT FROM catalog_variant v JOIN catalog_stock s ON s.variant_id = v.id
               WHERE v.product_id = shown.product)
FROM unnest(%(products)s::bigint[], %(variants)s::bigint[], %(currencies)s::text[])
    AS shown(product, variant, currency)
LEFT JOIN LATERAL (
    SELECT max(o.amount) AS highest FROM catalog_searchoffer o
    WHERE o.product_id = shown.product AND o.currency = shown.currency) spread ON TRUE
LEFT JOIN LATERAL (
    SELECT p.was AS amount FROM catalog_price p JOIN catalog_pricelist l ON l.id = p.price_list_id
    WHERE p.variant_id = shown.variant AND l.currency = shown.currency
    ORDER BY p.amount LIMIT 1) was ON TRUE
"""


@dataclass(frozen=True)
class Offer:
    """``highest``: of the product's prices; ``was``: the shown price before it was lowered."""

    highest: Decimal | None = None
    was: Decimal | None = None
    stock_stated: bool = True


def offers_of(hits: Sequence[Hit]) -> dict[int, Offer]:
    """Return what else is to be said of each hit's offer, by product. One query."""
    if not hits:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            OFFERS,
            {
                "products": [hit.product for hit in hits],
                "variants": [hit.variant for hit in hits],
                "currencies": [hit.currency for hit in hits],
            },
        )
        return {
            product: Offer(highest, was, stated)
            for product, highest, was, stated in cursor.fetchall()
        }
