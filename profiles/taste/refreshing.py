"""Bring a shopper's stored taste up to date with what they did. For workers, and pages behind.

What it was made of is remembered as a mark over the deeds, so staleness is derived: a new deed, one
that was forgotten and words that got their vector all move it. It runs no model.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.utils import timezone

from catalog.models.embedding import quoted, vector_literal
from profiles.models import Interest, Kind, Signal, Taste
from profiles.taste.shaping import Deed, Vector, shape, unit
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

# What a deed weighs on the day it is done; half as much after so many days.
WEIGHTS = {
    Kind.VIEW: 1.0,
    Kind.CLICK: 0.5,
    Kind.SEARCH: 1.5,
    Kind.SAVE: 3.0,
    Kind.CART: 3.0,
    Kind.SHARE: 2.0,
    Kind.PURCHASE: 2.0,
}
HALF_LIFE_DAYS = 14.0
MOST_SIGNALS = 24
# The mean of so many products stands for that of all.
SAMPLED = 1_000
# Products change as well: a taste is made anew after so long.
OLDEST = timedelta(days=1)

MARK_SQL = """
SELECT count(*) || ':' || coalesce(max(id), 0) || ':' || count(vector)
FROM profiles_event WHERE shopper_id = %(shopper)s AND kind <> 'impression'
"""

DEEDS_SQL = """
WITH told AS MATERIALIZED (
    SELECT (array_agg(e.kind ORDER BY w.weight DESC, e.at DESC))[1] AS kind, e.product, e.words,
           max(w.weight * 0.5 ^ (extract(epoch FROM %(at)s - e.at) / 86400 / %(half_life)s))
           * (1 + ln(count(*)::float8)) AS weight,
           (array_agg(e.vector::text ORDER BY e.at DESC)
               FILTER (WHERE e.encoder_id = %(encoder)s))[1] AS vector,
           max(e.at) AS at
    FROM profiles_event e JOIN unnest(%(kinds)s::text[], %(weights)s::float8[]) w(kind, weight)
        ON w.kind = e.kind
    WHERE e.shopper_id = %(shopper)s AND e.at <= %(at)s
        AND NOT EXISTS (SELECT FROM profiles_event n WHERE n.shopper_id = e.shopper_id
                        AND n.kind = 'dislike' AND n.product = e.product
                        AND n.at <= %(at)s)
    GROUP BY e.product, e.words ORDER BY weight DESC, max(e.at) DESC LIMIT %(most)s
)
SELECT t.kind, t.product, t.words, t.weight, coalesce(t.vector, (
           SELECT l2_normalize(avg(e.vector::halfvec({size})))::text FROM catalog_embedding e
           WHERE e.document_id = t.product AND e.encoder_id = %(encoder)s)),
       d.categories, d.brand, d.facets,
       (SELECT jsonb_object_agg(o.currency, o.amount) FROM (
            SELECT currency, min(amount) AS amount FROM catalog_searchoffer
            WHERE product_id = t.product AND amount IS NOT NULL GROUP BY currency) o)
FROM told t LEFT JOIN catalog_searchdocument d ON d.product_id = t.product
ORDER BY t.weight DESC, t.at DESC, t.product, t.words
"""

MIDDLE_SQL = """
SELECT avg(l2_normalize(vector::halfvec({size})))::text
FROM (SELECT vector FROM catalog_embedding WHERE encoder_id = %s ORDER BY id LIMIT %s) sampled
"""

# The kind of thing that a search is about: that of the product nearest to its words.
NEAREST_SQL = """
SELECT d.categories FROM catalog_embedding e
JOIN catalog_searchdocument d ON d.product_id = e.document_id WHERE e.encoder_id = {encoder}
ORDER BY e.vector::halfvec({size}) <=> %s::halfvec({size}) LIMIT 1
"""


def taste_of(shopper: Shopper) -> Taste:
    """Return a shopper's taste as of this moment, made anew where it is behind. Two queries."""
    with as_shopper(shopper):
        kept = Taste.objects.filter(shopper=shopper).first()
        mark = mark_of(shopper)
        current = kept is not None and (kept.mark, kept.encoder_id) == (mark, settings.ENCODER_ID)
        if kept is not None and current and timezone.now() - kept.made_at < OLDEST:
            return kept
        return refresh(shopper)


def direction(shopper: Shopper) -> list[float] | None:
    """Return a taste as one vector of length one, for ordering a search; None where none is known.

    One query: a search reads the taste as it is stored.
    """
    with as_shopper(shopper):
        kept = Interest.objects.filter(
            shopper=shopper, shopper__taste__encoder_id=settings.ENCODER_ID
        )
        vectors = [np.asarray(one.vector, np.float32) for one in kept]
    whole = unit(np.sum(vectors, axis=0)) if vectors else None
    return None if whole is None else [float(number) for number in whole]


def mark_of(shopper: Shopper) -> str:
    """Return what tells these deeds from others. One query."""
    with connection.cursor() as cursor:
        cursor.execute(MARK_SQL, {"shopper": shopper.pk})
        return str(cursor.fetchone()[0])


def refresh(shopper: Shopper) -> Taste:
    """Make a shopper's taste anew and store it. About ten statements, one at a time a shopper."""
    at = timezone.now()
    with as_shopper(shopper):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"taste:{shopper.pk}"])
        mark = mark_of(shopper)
        deeds = deeds_of(shopper, at)
        interests = shape(deeds, middle())
        for model in (Interest, Signal):
            model._default_manager.filter(shopper=shopper).delete()
        Interest.objects.bulk_create(
            Interest(
                shopper=shopper, number=one.number, category=one.category, weight=one.weight,
                offset=one.offset, vector=one.vector.tolist(),
            )
            for one in interests
        )  # fmt: skip
        Signal.objects.bulk_create(
            signal_of(shopper, number, deed) for number, deed in enumerate(deeds, 1)
        )
        values = {"encoder_id": settings.ENCODER_ID, "mark": mark, "as_of": at, "made_at": at}
        return Taste.objects.update_or_create(shopper=shopper, defaults=values)[0]


def signal_of(shopper: Shopper, number: int, deed: Deed) -> Signal:
    """Return a deed as it is stored."""
    counts = deed.interest is not None and deed.vector is not None
    return Signal(
        shopper=shopper, number=number, interest=deed.interest, kind=deed.kind,
        product=deed.product, words=deed.words, weight=deed.weight, facts=deed.facts,
        offset=deed.offset if counts else 0.0,
        vector=deed.vector.tolist() if counts and deed.vector is not None else None,
    )  # fmt: skip


def deeds_of(shopper: Shopper, at: datetime) -> list[Deed]:
    """Return what counts of a shopper's deeds up to a moment, the strongest first."""
    size = int(settings.ENCODER["dimensions"])
    with connection.cursor() as cursor:
        cursor.execute(
            DEEDS_SQL.format(size=size),
            {
                "shopper": shopper.pk,
                "kinds": [str(kind) for kind in WEIGHTS],
                "weights": list(WEIGHTS.values()),
                "half_life": HALF_LIFE_DAYS,
                "encoder": settings.ENCODER_ID,
                "most": MOST_SIGNALS,
                "at": at,
            },
        )
        found = [deed_of(row) for row in cursor.fetchall()]
    return [grouped(deed) for deed in found]


def deed_of(row: tuple[Any, ...]) -> Deed:
    """Return one row of the statement."""
    kind, product, words, weight, vector, categories, brand, facets, amounts = row
    facets, amounts = as_json(facets), as_json(amounts)
    facts = {
        "brand": brand or "",
        "colours": list(facets.get("colour", [])),
        "amounts": {code: float(amount) for code, amount in amounts.items()},
        "category": categories[0] if categories else None,
    }
    group = group_of(categories or [])
    return Deed(kind, product, words, float(weight), group, parsed(vector), facts)


def group_of(categories: list[int]) -> int | None:
    """Return what tells one interest from another: the category above a product's own."""
    return categories[1] if len(categories) > 1 else categories[0] if categories else None


def grouped(deed: Deed) -> Deed:
    """Give the words of a search the kind of thing they are about. One index scan."""
    if deed.product is not None or deed.vector is None:
        return deed
    size = int(settings.ENCODER["dimensions"])
    with connection.cursor() as cursor:
        cursor.execute(
            NEAREST_SQL.format(size=size, encoder=quoted(settings.ENCODER_ID).replace("%", "%%")),
            [vector_literal(deed.vector.tolist())],
        )
        row = cursor.fetchone()
    return replace(deed, group=group_of(row[0] or []) if row else None)


def middle() -> Vector:
    """Return the mean of the products: (dimensions,), zeros where there are none. One query."""
    size = int(settings.ENCODER["dimensions"])
    with connection.cursor() as cursor:
        cursor.execute(MIDDLE_SQL.format(size=size), [settings.ENCODER_ID, SAMPLED])
        found = parsed(cursor.fetchone()[0])
    return np.zeros(size, np.float32) if found is None else found


def parsed(text: str | None) -> Vector | None:
    """Return pgvector's text form as numbers."""
    if not text:
        return None
    return np.fromstring(text.strip("[]"), dtype=np.float32, sep=",")


def as_json(value: Any) -> dict[str, Any]:
    """Return a column of JSON as a mapping, whatever the driver made of it."""
    found = json.loads(value) if isinstance(value, str) else value
    return found or {}
