"""Find what may be recommended to somebody, and score it: stored vectors and rows, added up in SQL.

For `recommending`. One statement finds candidates by each interest, by what goes with each deed and
by the lists of everybody; one more tells each deed's part in the scores of those that remain. Only
live products in stock are candidates, never what was bought, put aside or looked at already.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from catalog.models.embedding import quoted
from profiles.models import Kind, Signal
from profiles.sources.arranging import Candidate, Term
from profiles.sources.likening import Facts, kinship
from profiles.sources.switching import Source, Sources
from shopguide.accounts.models import Shopper

NEAR, POOL, LISTED, SHORTLIST = 60, 400, 60, 96
ANCHORED = (Source.STEPS, Source.EASE, Source.BOUGHT)
EVERYBODYS = (Source.TRENDING, Source.POPULAR, Source.NEW)
DONE = (Kind.PURCHASE, Kind.CART, Kind.SAVE, Kind.DISLIKE, Kind.VIEW)

CANDIDATES_SQL = """
WITH interests AS MATERIALIZED (
    SELECT number, vector::vector({size}) AS vector, "offset" FROM profiles_interest
    WHERE shopper_id = %(shopper)s
), linked AS MATERIALIZED (
    SELECT n.product, jsonb_agg(jsonb_build_array(n.source, s.number, n.weight * s.weight)
                                ORDER BY n.source, s.number) AS links
    FROM profiles_signal s JOIN profiles_neighbour n ON n.anchor = s.product
        AND n.trained_id = %(trained)s AND n.source = ANY(%(anchored)s)
    WHERE s.shopper_id = %(shopper)s GROUP BY n.product
), listed AS MATERIALIZED (
    SELECT product, jsonb_object_agg(source, weight) AS lists FROM (
        SELECT source, product, weight,
               row_number() OVER (PARTITION BY source ORDER BY weight DESC, product) AS place
        FROM profiles_neighbour
        WHERE trained_id = %(trained)s AND source = ANY(%(everybodys)s) AND anchor = 0
    ) ranked WHERE place <= %(listed)s GROUP BY product
), found AS MATERIALIZED (
    SELECT near.document_id AS product FROM interests i CROSS JOIN LATERAL (
        SELECT e.document_id FROM catalog_embedding e WHERE e.encoder_id = {encoder}
        ORDER BY e.vector::halfvec({size}) <=> i.vector::halfvec({size}) LIMIT %(near)s
    ) near
    UNION SELECT product FROM linked UNION SELECT product FROM listed
    UNION SELECT unnest(%(also)s::bigint[])
), pool AS MATERIALIZED (
    SELECT d.product_id, d.categories, d.brand, d.merchant_id, d.facets, (
        SELECT l2_normalize(avg(e.vector::halfvec({size})))::vector({size})
        FROM catalog_embedding e
        WHERE e.document_id = d.product_id AND e.encoder_id = %(encoder)s) AS vector
    FROM found JOIN catalog_searchdocument d ON d.product_id = found.product
    WHERE d.product_id <> ALL(%(without)s)
        AND NOT EXISTS (SELECT FROM profiles_event e WHERE e.shopper_id = %(shopper)s
                        AND e.product = d.product_id AND e.kind = ANY(%(done)s))
        AND EXISTS (SELECT FROM catalog_searchoffer o WHERE o.product_id = d.product_id
                    AND o.in_stock AND o.amount IS NOT NULL)
    LIMIT %(pool)s
), shown AS MATERIALIZED (
    SELECT product, count(*) AS times FROM profiles_event
    WHERE shopper_id = %(shopper)s AND kind = 'impression' AND at > now() - interval '7 days'
    GROUP BY product
)
SELECT p.product_id, p.categories, p.brand, p.merchant_id, coalesce(shown.times, 0), best.number,
       best.score, jsonb_build_array(linked.links, listed.lists, p.facets -> 'colour', (
           SELECT jsonb_object_agg(o.currency, o.amount) FROM (
               SELECT currency, min(amount) AS amount FROM catalog_searchoffer
               WHERE product_id = p.product_id AND amount IS NOT NULL GROUP BY currency) o))
FROM pool p
LEFT JOIN LATERAL (
    SELECT i.number, -(p.vector <#> i.vector) - i."offset" AS score FROM interests i
    WHERE p.vector IS NOT NULL ORDER BY score DESC, i.number LIMIT 1) best ON TRUE
LEFT JOIN linked ON linked.product = p.product_id
LEFT JOIN listed ON listed.product = p.product_id
LEFT JOIN shown ON shown.product = p.product_id
ORDER BY p.product_id
"""

PARTS_SQL = """
WITH wanted AS MATERIALIZED (
    SELECT w.product, w.interest, (
        SELECT l2_normalize(avg(e.vector::halfvec({size})))::vector({size})
        FROM catalog_embedding e
        WHERE e.document_id = w.product AND e.encoder_id = %(encoder)s) AS vector
    FROM unnest(%(products)s::bigint[], %(interests)s::int[]) w(product, interest)
)
SELECT w.product, s.number, -(w.vector <#> s.vector::vector({size})) - s."offset"
FROM wanted w JOIN profiles_signal s ON s.shopper_id = %(shopper)s AND s.interest = w.interest
WHERE w.vector IS NOT NULL AND s.vector IS NOT NULL
ORDER BY w.product, s.number
"""


def asked(shopper: Shopper, **more: Any) -> dict[str, Any]:
    """Return what the statements are asked with."""
    return {"shopper": shopper.pk, "encoder": settings.ENCODER_ID, **more}


def written(statement: str) -> str:
    """Return a statement for the encoder that is configured."""
    encoder = quoted(settings.ENCODER_ID).replace("%", "%%")
    return statement.format(size=int(settings.ENCODER["dimensions"]), encoder=encoder)


def rows_of(
    shopper: Shopper, sources: Sources, without: Sequence[int], also: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Return every candidate with what its score is made of. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            written(CANDIDATES_SQL),
            asked(
                shopper,
                trained=sources.trained,
                anchored=[one for one in ANCHORED if sources.weight(one)],
                everybodys=[one for one in EVERYBODYS if sources.weight(one)],
                near=NEAR,
                listed=LISTED,
                pool=POOL,
                without=list(without),
                also=list(also),
                done=[str(kind) for kind in DONE],
            ),
        )
        return cursor.fetchall()


def parts_of(shopper: Shopper, candidates: Sequence[Candidate]) -> dict[int, list[tuple[int, Any]]]:
    """Return each deed's part in the likeness of products: product → (signal, amount)."""
    parts: dict[int, list[tuple[int, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            written(PARTS_SQL),
            asked(
                shopper,
                products=[one.product for one in candidates],
                interests=[one.interest for one in candidates],
            ),
        )
        for product, signal, amount in cursor.fetchall():
            parts.setdefault(product, []).append((signal, float(amount)))
    return parts


def candidates_of(
    rows: Sequence[tuple[Any, ...]],
    signals: Sequence[Signal],
    sources: Sources,
    fade: float,
) -> tuple[list[Candidate], dict[int, float]]:
    """Return rows as candidates without the parts of likeness, and the likeness as a whole.

    ``fade``: what a deed has lost since the taste was made.
    """
    kin = kinship(signals, sources, fade)
    found, alike = [], {}
    for product, categories, brand, merchant, shown, interest, score, more in rows:
        links, lists, colours, amounts = json.loads(more) if isinstance(more, str) else more
        one = Candidate(
            product, categories[0] if categories else None, brand or "", merchant,
            interest or 0, int(shown),
        )  # fmt: skip
        for source, signal, amount in links or ():
            one.terms.append(Term(source, fade * sources.weight(source) * amount, signal))
        for source, amount in (lists or {}).items():
            one.terms.append(Term(source, sources.weight(source) * amount))
        one.terms += kin.terms(Facts(one.category, one.brand, colours or (), amounts or {}))
        # Less alike than usual is no fault: what others go on to may be of another kind.
        alike[product] = fade * sources.weight(Source.CONTENT) * max(0.0, float(score or 0.0))
        found.append(one)
    return found, alike
