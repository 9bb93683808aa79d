"""Who is in a segment, and how many: asked anew each time, never kept.

For pages (`size`, `reach`) and for sending (`members`), which alone learns numbers of shoppers.
Likeness is measured on what this shop has seen: the mean of the vectors of its own products that
somebody looked at, saved or bought, against that of the seed's people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from profiles.models import Segment
from profiles.segments.compiling import Compiled, Statement, compiled
from profiles.segments.grammar import All, Rule, read
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone

# A number of people below this is told as nothing more than that: nobody is to be found by it.
FEWEST = 5
LIKENESS = "shop-taste-1"

# What each deed says of somebody's taste, as `taste.refreshing` weighs it.
TASTES = """
, seed AS MATERIALIZED (SELECT shopper_id FROM chosen),
tastes AS MATERIALIZED (
    SELECT d.shopper_id, l2_normalize(avg(m.vector::halfvec({size}))) AS vector
    FROM deeds d JOIN catalog_embedding m ON m.document_id = d.product
    WHERE m.encoder_id = %(encoder)s GROUP BY d.shopper_id
), middle AS MATERIALIZED (
    SELECT avg(t.vector)::halfvec({size}) AS vector FROM tastes t
    WHERE t.shopper_id IN (SELECT shopper_id FROM seed) HAVING count(*) >= %(fewest)s
), alike AS (
    SELECT t.shopper_id FROM tastes t CROSS JOIN middle
    WHERE t.shopper_id IN (SELECT shopper_id FROM people)
        AND t.shopper_id NOT IN (SELECT shopper_id FROM seed)
        AND t.shopper_id IN (SELECT shopper_id FROM known)
    ORDER BY t.vector <=> middle.vector, t.shopper_id LIMIT %(most)s
)
"""
NUMBERS = "WITH {tables} SELECT shopper_id FROM {source} ORDER BY shopper_id"
REACHED = """WITH {tables}
SELECT count(*),
       count(*) FILTER (WHERE u.id IS NOT NULL AND coalesce(c.email, true) AND EXISTS (
           SELECT FROM account_emailaddress a WHERE a.user_id = u.id AND a.verified)),
       count(*) FILTER (WHERE coalesce(c.push, false)),
       count(*) FILTER (WHERE coalesce(c.site, false))
FROM {source} x JOIN accounts_shopper s ON s.id = x.shopper_id
LEFT JOIN accounts_user u ON u.id = s.user_id AND u.is_active
LEFT JOIN profiles_contact c ON c.shopper_id = s.id
"""


@dataclass(frozen=True)
class Reach:
    """How many people, and how many of them by each way. None: fewer than `FEWEST`."""

    people: int | None
    email: int | None = None
    push: int | None = None
    site: int | None = None


@dataclass(frozen=True)
class Wanted:
    """Whom somebody wants to reach, kept as a segment or not yet."""

    merchant: int
    rule: Rule
    most: int | None = None

    @property
    def alike(self) -> bool:
        """Tell whether those are wanted who are like the rule's people, not those themselves."""
        return self.most is not None


def wanted(segment: Segment) -> Wanted:
    """Return whom a segment holds; a seed's rule is the one that the seed has now."""
    if segment.seed is None:
        return Wanted(segment.merchant_id, read(segment.rule))
    return Wanted(segment.merchant_id, read(segment.seed.rule), segment.most)


def likeness_model() -> str:
    """Return the name and version of what decides who is alike."""
    return f"{LIKENESS} · {settings.ENCODER_ID}"


def members(sought: Wanted, *, now: datetime | None = None) -> list[UUID]:
    """Return the numbers of the shoppers, in order. One statement; never for a page."""
    statement, params = asked(NUMBERS, sought, now)
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [row[0] for row in cursor.fetchall()]


def reach(sought: Wanted, *, now: datetime | None = None) -> Reach:
    """Return how many there are, small numbers hidden. One statement."""
    statement, params = asked(REACHED, sought, now)
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(statement, params)
        return Reach(*(hidden(number) for number in cursor.fetchone()))


def hidden(number: int) -> int | None:
    """Return a number of people as a shop may see it: none stays none, a few are not told."""
    return number if number == 0 or number >= FEWEST else None


def asked(text: str, sought: Wanted, now: datetime | None) -> tuple[str, dict[str, Any]]:
    """Return the statement for whom somebody wants to reach."""
    made = compiled(sought.rule, shop=sought.merchant, now=now or timezone.now())
    if sought.most is None:
        return text.format(tables=made.tables, source="chosen"), dict(made.params)
    size = int(settings.ENCODER["dimensions"])
    params = {
        **made.params,
        "encoder": settings.ENCODER_ID, "most": sought.most, "fewest": FEWEST,
    }  # fmt: skip
    return text.format(tables=made.tables + TASTES.format(size=size), source="alike"), params


def known_to(merchant: Merchant) -> Reach:
    """Return how many people a shop may write to at all."""
    return reach(Wanted(merchant.pk, All()))


__all__ = ["Compiled", "Reach", "Statement", "Wanted", "known_to", "members", "reach", "wanted"]
