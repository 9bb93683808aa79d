"""What the sequence model says of products, for pages: stored vectors multiplied in SQL.

For `recommending`. A product's score is the cosine of its vector and the shopper's state. The part
of a deed is what the score has more than it would have had nothing been done with that product:
the worker stored the states that other pasts would give, so nothing is guessed. No model runs here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from profiles.models import Signal
from profiles.sources.arranging import Candidate, Term
from profiles.sources.switching import Source, Sources
from profiles.taste.refreshing import HALF_LIFE_DAYS
from shopguide.accounts.models import Shopper

DAY_S = 86_400
# A state counts while every deed it was made of is there, and none of those is put aside.
STATE_SQL = """
SELECT s.trained_id, s.listed, s.last_at FROM profiles_userstate s
WHERE s.shopper_id = %(shopper)s AND s.trained_id = ANY(%(trained)s)
    AND (SELECT count(*) FROM profiles_event e
         WHERE e.id = ANY(s.events) AND e.shopper_id = s.shopper_id) = cardinality(s.events)
    AND NOT EXISTS (SELECT FROM profiles_event d JOIN profiles_event e
                    ON e.product = d.product AND e.id = ANY(s.events)
                    WHERE d.shopper_id = s.shopper_id AND d.kind = 'dislike')
"""
SCORES_SQL = """
SELECT i.trained_id, i.product, -(i.vector <#> s.vector)
FROM profiles_userstate s JOIN profiles_itemvector i ON i.trained_id = s.trained_id
WHERE s.shopper_id = %(shopper)s AND s.trained_id = ANY(%(trained)s)
    AND i.product = ANY(%(products)s)
"""
PARTS_SQL = """
SELECT i.product, p.product, coalesce(-(i.vector <#> p.vector), 0)
FROM profiles_statepart p JOIN profiles_itemvector i ON i.trained_id = p.trained_id
WHERE p.shopper_id = %(shopper)s AND p.trained_id = %(trained)s
    AND i.product = ANY(%(products)s)
ORDER BY i.product, p.product
"""


@dataclass(frozen=True)
class Path:
    """A shopper's state by one version. ``fresh``: what it has not lost since the last deed."""

    trained: int
    listed: list[int]
    fresh: float


def paths_of(shopper: Shopper, sources: Sources) -> dict[int, Path]:
    """Return the states that may be used, by version. One query, none without a version.

    The shopper's rows must be visible.
    """
    wanted = [one for one in (sources.sequence, sources.shadow) if one]
    if not wanted:
        return {}
    now = timezone.now()
    return {
        trained: Path(trained, listed, 0.5 ** (age_of(now, last_at) / HALF_LIFE_DAYS))
        for trained, listed, last_at in rows(STATE_SQL, shopper=shopper.pk, trained=wanted)
    }


def age_of(now: Any, at: Any) -> float:
    """Return how many days ago something was."""
    return max(0.0, (now - at).total_seconds() / DAY_S)


def scores_of(
    shopper: Shopper, paths: dict[int, Path], products: Sequence[int]
) -> dict[int, dict[int, float]]:
    """Return what each version says of products, 0 to 1, by version. One query."""
    found: dict[int, dict[int, float]] = {trained: {} for trained in paths}
    if paths and products:
        asked = {"shopper": shopper.pk, "trained": list(paths), "products": list(products)}
        for trained, product, cosine in rows(SCORES_SQL, **asked):
            found[trained][product] = paths[trained].fresh * max(0.0, float(cosine))
    return found


def with_steps(
    shopper: Shopper,
    candidates: Sequence[Candidate],
    path: Path,
    *,
    wholes: dict[int, float],
    signals: Sequence[Signal],
    sources: Sources,
) -> None:
    """Add what comes next to candidates: each deed's part, and what no single deed brings.

    One query. Together the terms are the whole of it.
    """
    weight = sources.weight(Source.SEQUENCE)
    wanted = {one.product: one for one in candidates if wholes.get(one.product)}
    numbers = {one.product: one.number for one in signals if one.product}
    left = {product: wholes[product] for product in wanted}
    asked = {"shopper": shopper.pk, "trained": path.trained, "products": list(wanted)}
    for product, deed, cosine in rows(PARTS_SQL, **asked) if wanted else []:
        part = wholes[product] - path.fresh * max(0.0, float(cosine))
        if part and deed in numbers:
            left[product] -= part
            wanted[product].terms.append(Term(Source.SEQUENCE, weight * part, numbers[deed]))
    for product, rest in left.items():
        if abs(rest) > 1e-9:
            wanted[product].terms.append(Term(Source.SEQUENCE, weight * rest))


def shadowed(
    candidates: Sequence[Candidate],
    shown: dict[int, float],
    hidden: dict[int, float],
    sources: Sources,
) -> list[int]:
    """Return candidates in the order that the watched version's scores would give, best first."""
    weight = sources.weight(Source.SEQUENCE)
    scores = {
        one.product: one.score
        + weight * (hidden.get(one.product, 0.0) - shown.get(one.product, 0.0))
        for one in candidates
    }
    return sorted(scores, key=lambda product: (-scores[product], product))


def rows(statement: str, **asked: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
