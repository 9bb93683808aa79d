"""Whom a shopper follows, and what those people show to followers: a source of its own.

What is shown belongs to departments above, which register how it is read (`register_shared`). It is
read anew for each list and kept nowhere, so what somebody takes back is in no list from the next
request on. A follower learns the name under which it is shown, and nothing else of its owner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from profiles.models import Following
from profiles.sources.arranging import Candidate, Term
from profiles.sources.switching import Source, Sources
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

MOST, MOST_FOLLOWED = 60, 200
# What was put there so long ago counts half.
HALF_LIFE_DAYS = 30.0
# SQL of (shopper_id, product, name, at): who shows which product, under which name, since when.
# Its one parameter is %(shopper)s, who looks.
SHARED: dict[str, str] = {}

SHOWN_SQL = """
SELECT s.product, (array_agg(s.name ORDER BY s.at DESC, s.name))[1],
       0.5 ^ (extract(epoch FROM now() - max(s.at)) / 86400 / %(half_life)s)
FROM profiles_following f JOIN ({shared}) s ON s.shopper_id = f.followed_id
WHERE f.shopper_id = %(shopper)s
GROUP BY s.product ORDER BY max(s.at) DESC, s.product LIMIT %(most)s
"""
NAMES_SQL = """
SELECT f.id, (SELECT s.name FROM ({shared}) s WHERE s.shopper_id = f.followed_id
              ORDER BY s.at DESC, s.name LIMIT 1),
       (SELECT count(DISTINCT s.product) FROM ({shared}) s WHERE s.shopper_id = f.followed_id)
FROM profiles_following f WHERE f.shopper_id = %(shopper)s ORDER BY f.made_at DESC, f.id DESC
"""


class NotFollowed(Exception):
    """Nobody was followed. ``code``: yourself or full."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Shown:
    """One product that somebody who is followed shows. ``weight``: 1 when new, then less."""

    name: str
    weight: float


@dataclass(frozen=True)
class Followed:
    """One person somebody follows; without a name they show nothing at the moment."""

    pk: int
    name: str
    products: int


def register_shared(name: str, sql: str) -> None:
    """Add a way in which people show products to followers; again it takes the former's place."""
    SHARED[name] = sql


def union() -> str:
    """Return all that is shown as one statement."""
    nothing = ("SELECT NULL::uuid AS shopper_id, NULL::bigint AS product, NULL::text AS name,"
               " NULL::timestamptz AS at WHERE false")  # fmt: skip
    return " UNION ALL ".join([nothing, *(SHARED[name] for name in sorted(SHARED))])


def shown_to(shopper: Shopper) -> dict[int, Shown]:
    """Return what those somebody follows show, the newest first. Their own rows are visible.

    One query for who follows nobody.
    """
    if not Following.objects.filter(shopper=shopper).exists():
        return {}
    asked: dict[str, Any] = {"shopper": shopper.pk, "half_life": HALF_LIFE_DAYS, "most": MOST}
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(SHOWN_SQL.format(shared=union()), asked)
        return {pk: Shown(name, float(weight)) for pk, name, weight in cursor.fetchall()}


def with_followed(
    candidates: Sequence[Candidate], shown: Mapping[int, Shown], sources: Sources
) -> None:
    """Add what is shown to the candidates' terms."""
    weight = sources.weight(Source.FOLLOWED)
    for one in candidates:
        if weight and one.product in shown:
            one.terms.append(Term(Source.FOLLOWED, weight * shown[one.product].weight))


# --- Following --------------------------------------------------------------------------------
def follow(shopper: Shopper, followed: Shopper) -> Following:
    """Follow somebody; twice is as once. Whoever calls has seen that they show something."""
    if shopper.pk == followed.pk:
        raise NotFollowed("yourself")
    with transaction.atomic(), as_shopper(shopper):
        mine = Following.objects.filter(shopper=shopper)
        if mine.count() >= MOST_FOLLOWED and not mine.filter(followed=followed).exists():
            raise NotFollowed("full")
        return Following.objects.get_or_create(shopper=shopper, followed=followed)[0]


def unfollow(shopper: Shopper | None, pk: int) -> bool:
    """Follow somebody no more; False if that is none of this shopper's."""
    if shopper is None:
        return False
    with as_shopper(shopper):
        return bool(Following.objects.filter(shopper=shopper, pk=pk).delete()[0])


def follows(shopper: Shopper | None, followed: Shopper) -> Following | None:
    """Return that somebody follows another one, if they do. One query."""
    if shopper is None:
        return None
    with as_shopper(shopper):
        return Following.objects.filter(shopper=shopper, followed=followed).first()


def followings(shopper: Shopper | None) -> list[Followed]:
    """Return whom somebody follows, the newest first. One statement."""
    if shopper is None:
        return []
    with as_everyone(), connection.cursor() as cursor:
        cursor.execute(NAMES_SQL.format(shared=union()), {"shopper": shopper.pk})
        return [Followed(pk, name or "", count) for pk, name, count in cursor.fetchall()]


def followers(shopper: Shopper) -> int:
    """Return how many follow somebody; who they are is told nobody. One query."""
    with as_everyone():
        return Following.objects.filter(followed=shopper).count()


def let_go(shopper: Shopper, follower: Shopper | None = None) -> int:
    """Let nobody follow somebody any more, or one person only; return how many did."""
    with as_everyone():
        rows = Following.objects.filter(followed=shopper)
        rows = rows.filter(shopper=follower) if follower is not None else rows
        return rows.delete()[0]
