"""What a model sees of a shopper: numbers, what was searched for, what was looked at. No Django.

Made of deeds up to a moment, in any order. Numbers belong to groups, so that what speaks for a
guess can be told: without a group the guess is another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
DAY_S, HOUR_S = 86_400.0, 3_600.0
# A pause as long as this ends a visit.
PAUSE_S = 30 * 60.0
CHEAP, DEAR = 1 / 3, 2 / 3
LOOKS = ("view", "click")
TAKES = ("cart", "purchase")
# The groups with their numbers, in the order in which they stand in a row.
GROUPS: dict[str, tuple[str, ...]] = {
    "prices": ("dear_mean", "dear_spread", "dear_lowest", "dear_taken", "cheap", "dear"),
    "searching": ("searches", "searched_share"),
    "variety": ("kinds", "kinds_share", "one_kind", "brands_share", "one_brand", "turns"),
    "comparing": ("seen_again", "looks_per_take", "last_depth", "run", "looks_a_visit"),
    "again": ("bought_again", "same_kind_bought", "rhythm"),
    "keeping": ("saved_share", "carted_share", "shared_share", "left_in_cart"),
    "buying": ("bought", "bought_share", "since_bought", "since_carted"),
    "pace": ("deeds", "visits", "days", "pause", "day", "three_days", "week", "since_last"),
}
NAMES = tuple(name for names in GROUPS.values() for name in names)


@dataclass(frozen=True)
class Done:
    """One deed. ``at``: seconds. ``dear``: its place among its kind's prices, 0 to 1.

    ``vector``: of the words that were searched for, or of the product; unit length.
    """

    kind: str
    at: float
    product: int | None = None
    category: int | None = None
    brand: str = ""
    dear: float | None = None
    words: str = ""
    vector: Vector | None = None


@dataclass(frozen=True)
class Features:
    """One shopper as the model sees them: (numbers,), (dimensions,), (dimensions,).

    ``facts``: counts that a reader understands, for the evidence.
    """

    numbers: Vector
    words: Vector
    things: Vector
    facts: dict[str, int] = field(default_factory=dict)


def features_of(deeds: Iterable[Done], at: float, dimensions: int) -> Features:
    """Return what is to be seen at a moment. Linear after a sort; nothing later is used."""
    done = sorted((one for one in deeds if one.at <= at), key=lambda one: (one.at, one.kind))
    looked = [one for one in done if one.kind in LOOKS]
    found = {
        **prices(done), **variety(looked), **comparing(looked, done), **again(done),
        **keeping(done), **buying(done, at), **pace(done, at),
    }  # fmt: skip
    searched = [one for one in done if one.kind == "search"]
    found |= {"searches": float(np.log1p(len(searched))), "searched_share": share(searched, done)}
    numbers = np.array([found[name] for name in NAMES], np.float32)
    return Features(
        numbers, pooled(searched, dimensions), pooled(looked, dimensions), facts_of(done)
    )


def share(part: Sequence[object], whole: Sequence[object]) -> float:
    """Return a share, 0 of nothing."""
    return len(part) / len(whole) if whole else 0.0


def pooled(deeds: Sequence[Done], dimensions: int) -> Vector:
    """Return the mean of the deeds' vectors: (dimensions,), zeros where there are none."""
    vectors = [one.vector for one in deeds if one.vector is not None]
    return np.mean(vectors, axis=0) if vectors else np.zeros(dimensions, np.float32)


def prices(done: Sequence[Done]) -> dict[str, float]:
    """Return how dear things are, among their kind."""
    all_ = [one.dear for one in done if one.dear is not None]
    taken = [one.dear for one in done if one.dear is not None and one.kind in TAKES]
    mean = float(np.mean(all_)) if all_ else 0.5
    return {
        "dear_mean": mean,
        "dear_spread": float(np.std(all_)) if all_ else 0.3,
        "dear_lowest": min(all_, default=0.5),
        "dear_taken": float(np.mean(taken)) if taken else mean,
        "cheap": sum(one < CHEAP for one in all_) / max(1, len(all_)),
        "dear": sum(one > DEAR for one in all_) / max(1, len(all_)),
    }


def variety(looked: Sequence[Done]) -> dict[str, float]:
    """Return how many kinds and brands there are, and how often the kind changes."""
    kinds = Counter(one.category for one in looked if one.category is not None)
    brands = Counter(one.brand for one in looked if one.brand)
    turns = [a.category != b.category for a, b in pairwise(looked)]
    count = max(1, len(looked))
    return {
        "kinds": float(np.log1p(len(kinds))),
        "kinds_share": len(kinds) / count,
        "one_kind": max(kinds.values(), default=0) / count,
        "brands_share": len(brands) / count,
        "one_brand": max(brands.values(), default=0) / count,
        "turns": sum(turns) / max(1, len(turns)),
    }


def comparing(looked: Sequence[Done], done: Sequence[Done]) -> dict[str, float]:
    """Return how thoroughly somebody looks before taking something."""
    seen: set[int | None] = set()
    back = 0
    for one in looked:
        back += one.product in seen
        seen.add(one.product)
    taken = sum(one.kind in TAKES for one in done)
    visits = visits_of(looked)
    longest, run = 0, 0
    for before, one in pairwise(looked):
        run = run + 1 if before.category == one.category else 0
        longest = max(longest, run)
    return {
        "seen_again": back / max(1, len(looked)),
        "looks_per_take": float(np.log1p(len(looked) / (taken + 1))),
        "last_depth": float(np.log1p(len(visits[-1]) if visits else 0)),
        "run": float(np.log1p(longest)),
        "looks_a_visit": float(np.log1p(len(looked) / max(1, len(visits)))),
    }


def again(done: Sequence[Done]) -> dict[str, float]:
    """Return how much is bought that was bought before, and how even the pauses are."""
    bought = [one for one in done if one.kind == "purchase"]
    products, kinds = Counter(b.product for b in bought), Counter(b.category for b in bought)
    gaps = [b.at - a.at for a, b in pairwise(bought)]
    even = float(np.std(gaps) / (np.mean(gaps) + HOUR_S)) if len(gaps) > 1 else 1.5
    count = max(1, len(bought))
    return {
        "bought_again": (len(bought) - len(products)) / count,
        "same_kind_bought": (len(bought) - len(kinds)) / count,
        "rhythm": min(even, 3.0),
    }


def keeping(done: Sequence[Done]) -> dict[str, float]:
    """Return what is saved, put in the cart, shared, and left there."""
    count = max(1, len(done))
    kinds = Counter(one.kind for one in done)
    return {
        "saved_share": kinds["save"] / count,
        "carted_share": kinds["cart"] / count,
        "shared_share": kinds["share"] / count,
        "left_in_cart": float(np.log1p(len(left_in_cart(done)))),
    }


def left_in_cart(done: Sequence[Done]) -> set[int | None]:
    """Return what was put in the cart and not bought since."""
    left: set[int | None] = set()
    for one in done:
        if one.kind == "cart":
            left.add(one.product)
        elif one.kind == "purchase":
            left.discard(one.product)
    return left


def buying(done: Sequence[Done], at: float) -> dict[str, float]:
    """Return how much was bought, and how long ago."""
    bought = [one for one in done if one.kind == "purchase"]
    carted = [one for one in done if one.kind == "cart"]
    return {
        "bought": float(np.log1p(len(bought))),
        "bought_share": share(bought, done),
        "since_bought": since(bought, at),
        "since_carted": since(carted, at),
    }


def since(deeds: Sequence[Done], at: float) -> float:
    """Return how long ago the last was, on a log scale of days; long for never."""
    days = (at - deeds[-1].at) / DAY_S if deeds else 365.0
    return float(np.log1p(max(0.0, days)))


def pace(done: Sequence[Done], at: float) -> dict[str, float]:
    """Return how often somebody comes, and how much of it was lately."""
    visits = visits_of(done)
    starts = [visit[0].at for visit in visits]
    pauses = [b - a for a, b in pairwise(starts)]
    lately = {
        name: float(np.log1p(sum(one.at > at - days * DAY_S for one in done)))
        for name, days in (("day", 1), ("three_days", 3), ("week", 7))
    }
    return {
        "deeds": float(np.log1p(len(done))),
        "visits": float(np.log1p(len(visits))),
        "days": float(np.log1p((at - done[0].at) / DAY_S)) if done else 0.0,
        "pause": float(np.log1p(np.mean(pauses) / DAY_S)) if pauses else 4.0,
        "since_last": since(done, at),
        **lately,
    }


def visits_of(done: Sequence[Done]) -> list[list[Done]]:
    """Return the deeds by visit."""
    visits: list[list[Done]] = []
    for one in done:
        if not visits or one.at - visits[-1][-1].at > PAUSE_S:
            visits.append([])
        visits[-1].append(one)
    return visits


def facts_of(done: Sequence[Done]) -> dict[str, int]:
    """Return what the evidence counts."""
    looked = [one for one in done if one.kind in LOOKS]
    priced = [one.dear for one in done if one.dear is not None]
    bought = [one for one in done if one.kind == "purchase"]
    return {
        "looked": len(looked),
        "kinds": len({one.category for one in looked if one.category is not None}),
        "priced": len(priced),
        "cheap": sum(one < CHEAP for one in priced),
        "dear": sum(one > DEAR for one in priced),
        "back": len(looked) - len({one.product for one in looked}),
        "visits": len(visits_of(done)),
        "bought": len(bought),
        "bought_again": len(bought) - len({one.product for one in bought}),
        "left": len(left_in_cart(done)),
        "saved": sum(one.kind == "save" for one in done),
        "shared": sum(one.kind == "share" for one in done),
        "searched": sum(one.kind == "search" for one in done),
        "deeds": len(done),
    }
