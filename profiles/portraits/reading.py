"""Read what a shopper did as a model sees it: stored rows and vectors, one statement."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection

from profiles.models import Kind
from profiles.portraits.features import Done, Vector
from profiles.portraits.prices import dear_of, ladders
from profiles.taste.refreshing import as_json, parsed
from shopguide.accounts.models import Shopper

MOST = 200
KINDS = (Kind.VIEW, Kind.CLICK, Kind.SEARCH, Kind.SAVE, Kind.CART, Kind.PURCHASE, Kind.SHARE)

DONE_SQL = """
WITH done AS MATERIALIZED (
    SELECT id, kind, at, product, words, vector, encoder_id FROM profiles_event
    WHERE shopper_id = %(shopper)s AND kind = ANY(%(kinds)s) AND at <= %(at)s
    ORDER BY at DESC, id DESC LIMIT %(most)s
), met AS MATERIALIZED (
    SELECT w.product, d.categories[1] AS category, d.brand, (
        SELECT jsonb_object_agg(o.currency, o.amount) FROM (
            SELECT currency, min(amount) AS amount FROM catalog_searchoffer
            WHERE product_id = w.product AND amount IS NOT NULL GROUP BY currency) o) AS amounts
    FROM (SELECT DISTINCT product FROM done WHERE product IS NOT NULL) w
    JOIN catalog_searchdocument d ON d.product_id = w.product
)
SELECT e.kind, extract(epoch FROM e.at)::float8, e.product, e.words, met.category, met.brand,
       met.amounts, CASE WHEN e.product IS NULL AND e.encoder_id = %(encoder)s
                         THEN e.vector::text END
FROM done e LEFT JOIN met ON met.product = e.product
ORDER BY e.at, e.id
"""
VECTORS_SQL = """
SELECT p, (SELECT l2_normalize(avg(e.vector::halfvec({size})))::text FROM catalog_embedding e
           WHERE e.document_id = p AND e.encoder_id = %(encoder)s)
FROM unnest(%(products)s::bigint[]) p
"""


def done_by(shopper: Shopper, at: datetime) -> list[Done]:
    """Return the newest deeds up to a moment, oldest first. Two statements; rows are visible."""
    known = ladders()
    with connection.cursor() as cursor:
        cursor.execute(
            DONE_SQL,
            {"shopper": shopper.pk, "kinds": [str(one) for one in KINDS], "at": at,
             "most": MOST, "encoder": settings.ENCODER_ID},
        )  # fmt: skip
        rows = cursor.fetchall()
    vectors = vectors_of({row[2] for row in rows if row[2] is not None})
    return [
        Done(
            kind, when, product, category, brand or "",
            dear_of(category, prices_in(amounts), known), words,
            parsed(spoken) if product is None else vectors.get(product),
        )
        for kind, when, product, words, category, brand, amounts, spoken in rows
    ]  # fmt: skip


def prices_in(amounts: object) -> dict[str, float]:
    """Return prices by currency as numbers."""
    return {code: float(amount) for code, amount in as_json(amounts).items()}


def vectors_of(products: set[int]) -> dict[int, Vector]:
    """Return the products' vectors of length one, those that have one. One statement."""
    if not products:
        return {}
    size = int(settings.ENCODER["dimensions"])
    with connection.cursor() as cursor:
        cursor.execute(
            VECTORS_SQL.format(size=size),
            {"products": sorted(products), "encoder": settings.ENCODER_ID},
        )
        return {
            pk: vector for pk, text in cursor.fetchall() if (vector := parsed(text)) is not None
        }
