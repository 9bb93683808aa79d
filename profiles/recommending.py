"""Recommend products for what a shopper did, each with the deed that moved it most.

For pages, API and the ``recommend`` command. A product's score is a sum over deeds: what the deed
weighs by now, times how much nearer than usual the product is to what the deed was about. So the
reason is the reason: it is the largest term of the sum, and without it the score is lower. It reads
stored vectors only, never runs a model, and never shows what is not on sale, what was bought or put
aside, or what the shopper does not want.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from catalog.models.embedding import quoted
from profiles.models import Kind
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

MODEL = "taste-1"
# What a deed weighs on the day it is done; half as much after so many days.
WEIGHTS = {Kind.VIEW: 1.0, Kind.SEARCH: 1.5, Kind.SAVE: 3.0, Kind.CART: 3.0, Kind.PURCHASE: 2.0}
HALF_LIFE_DAYS = 14.0
SIGNALS, ASKED, NEAR, POOL = 24, 10, 40, 300
# Of a list: at most so many of one kind of product, and so many for one and the same reason.
SAME_CATEGORY, SAME_REASON = 4, 4


@dataclass(frozen=True)
class Signal:
    """One thing a shopper showed interest in: a product or the words of a search."""

    number: int
    kind: str
    product: int | None
    words: str
    weight: float


@dataclass(frozen=True)
class Recommended:
    """One product, its score, and the signal that moved it most by ``share`` of the score."""

    product: int
    score: float
    because: Signal
    share: float


SIGNALS_SQL = """
SELECT (array_agg(e.kind ORDER BY w.weight DESC, e.at DESC))[1] AS kind, e.product, e.words,
       max(w.weight * 0.5 ^ (extract(epoch FROM now() - e.at) / 86400 / %(half_life)s))
       * (1 + ln(count(*)::float8)) AS weight,
       (array_agg(e.vector::text ORDER BY e.at DESC) FILTER (WHERE e.encoder_id = %(encoder)s))[1]
           AS vector
FROM profiles_event e JOIN unnest(%(kinds)s::text[], %(weights)s::float8[]) w(kind, weight)
    ON w.kind = e.kind
WHERE e.shopper_id = %(shopper)s
    AND NOT EXISTS (SELECT FROM profiles_event n WHERE n.shopper_id = e.shopper_id
                    AND n.kind = 'dislike' AND n.product = e.product)
GROUP BY e.product, e.words
"""

RECOMMENDED_SQL = """
WITH told AS MATERIALIZED (
    {signals} ORDER BY weight DESC, max(e.at) DESC LIMIT %(signals)s
), signals AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY weight DESC, product, words)::int AS number,
           kind, product, words, weight,
           coalesce(vector::halfvec({size}), (
               SELECT avg(e.vector::halfvec({size})) FROM catalog_embedding e
               WHERE e.document_id = told.product AND e.encoder_id = %(encoder)s)) AS vector
    FROM told
), near AS MATERIALIZED (
    SELECT DISTINCT found.document_id AS product_id
    FROM signals s CROSS JOIN LATERAL (
        SELECT e.document_id FROM catalog_embedding e WHERE e.encoder_id = {encoder}
        ORDER BY e.vector::halfvec({size}) <=> s.vector LIMIT %(near)s
    ) found
    WHERE s.number <= %(asked)s AND s.vector IS NOT NULL
), pool AS MATERIALIZED (
    SELECT d.product_id, d.categories[1] AS category, (
        SELECT avg(e.vector::halfvec({size})) FROM catalog_embedding e
        WHERE e.document_id = d.product_id AND e.encoder_id = %(encoder)s) AS vector
    FROM near JOIN catalog_searchdocument d USING (product_id)
    WHERE NOT EXISTS (
            SELECT FROM profiles_event e WHERE e.shopper_id = %(shopper)s
            AND e.product = d.product_id AND e.kind = ANY(%(done)s))
        AND d.product_id <> ALL(%(without)s)
        AND EXISTS (SELECT FROM catalog_searchoffer o
                    WHERE o.product_id = d.product_id AND o.in_stock AND o.amount IS NOT NULL)
    LIMIT %(pool)s
), pairs AS MATERIALIZED (
    SELECT p.product_id, p.category, s.number, s.weight, 1 - (p.vector <=> s.vector) AS cosine
    FROM pool p CROSS JOIN signals s WHERE s.vector IS NOT NULL
), terms AS MATERIALIZED (
    SELECT product_id, category, number,
           weight * (cosine - avg(cosine) OVER (PARTITION BY number)) AS term FROM pairs
), best AS (
    SELECT product_id, category, sum(term) AS score, max(term) AS term,
           (array_agg(number ORDER BY term DESC, number))[1] AS number
    FROM terms GROUP BY product_id, category
)
SELECT b.product_id, b.category, b.score, b.number, b.term, s.kind, s.product, s.words, s.weight
FROM best b JOIN signals s USING (number)
ORDER BY b.score DESC, b.product_id
"""


def recommend(
    shopper: Shopper, *, limit: int = 12, without: Sequence[int] = (), leave_out: int | None = None
) -> list[Recommended]:
    """Return what fits a shopper best, best first; nothing for somebody of whom nothing is known.

    ``without``: products that stand on the page already. ``leave_out``: an event to be ignored, by
    which a reason is put to the test. One statement: ten index scans, then some hundred products
    scored against at most two dozen signals.
    """
    with as_shopper(shopper):
        rows = scored(shopper, without, leave_out)
    kept: list[Recommended] = []
    kinds: Counter[Any] = Counter()
    reasons: Counter[int] = Counter()
    for product, category, score, number, term, kind, about, words, weight in rows:
        full = kinds[category] >= SAME_CATEGORY or reasons[number] >= SAME_REASON
        if term <= 0 or len(kept) >= limit or full:
            continue
        kinds[category] += 1
        reasons[number] += 1
        because = Signal(number, kind, about, words, float(weight))
        kept.append(Recommended(product, float(score), because, float(term)))
    return kept


def signals_of(shopper: Shopper, most: int = 60) -> list[Signal]:
    """Return what recommendations are drawn from, the strongest first. One query."""
    with as_shopper(shopper), connection.cursor() as cursor:
        cursor.execute(
            SIGNALS_SQL + " ORDER BY weight DESC, max(e.at) DESC LIMIT %(most)s",
            {**parameters(shopper), "most": most},
        )
        return [
            Signal(number, kind, product, words, float(weight))
            for number, (kind, product, words, weight, _vector) in enumerate(cursor.fetchall(), 1)
        ]


def parameters(shopper: Shopper) -> dict[str, Any]:
    """Return what the statement of signals is asked with."""
    return {
        "shopper": shopper.pk,
        "kinds": [str(kind) for kind in WEIGHTS],
        "weights": list(WEIGHTS.values()),
        "half_life": HALF_LIFE_DAYS,
        "encoder": settings.ENCODER_ID,
    }


def scored(
    shopper: Shopper, without: Sequence[int], leave_out: int | None = None
) -> list[tuple[Any, ...]]:
    """Return every product of the pool with its score and its largest term."""
    size, encoder = int(settings.ENCODER["dimensions"]), settings.ENCODER_ID
    signals = SIGNALS_SQL
    if leave_out is not None:
        signals = signals.replace("GROUP BY", "AND e.id <> %(leave_out)s\nGROUP BY")
    statement = RECOMMENDED_SQL.format(
        signals=signals, size=size, encoder=quoted(encoder).replace("%", "%%")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                **parameters(shopper),
                "signals": SIGNALS,
                "asked": ASKED,
                "near": NEAR,
                "pool": POOL,
                "done": [Kind.PURCHASE, Kind.CART, Kind.SAVE, Kind.DISLIKE, Kind.VIEW],
                "without": list(without),
                "leave_out": leave_out,
            },
        )
        return cursor.fetchall()
