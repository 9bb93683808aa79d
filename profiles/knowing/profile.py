"""A profile as of a moment, from deeds up to that moment: plain arithmetic, no Django.

Every trait has its evidence: how many deeds, the last one, and which share of all it is. What is
older counts less. Nothing that happened after the moment is used, whatever is handed in.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

HALF_LIFE_DAYS = 30.0
WEIGHTS = {"view": 1.0, "click": 0.5, "search": 1.0, "save": 3.0, "cart": 3.0, "share": 2.0,
           "purchase": 4.0}  # fmt: skip
MOST = 8
# Between these shares of what was looked at, by weight, lie the usual prices.
BAND = (0.1, 0.9)
NEW_FOR, LAPSING_AFTER, QUIET_AFTER = timedelta(days=14), timedelta(days=30), timedelta(days=90)


@dataclass(frozen=True)
class Known:
    """One deed with the facts of its product. ``amounts``: price by currency."""

    kind: str
    at: datetime
    product: int | None = None
    words: str = ""
    category: str = ""
    brand: str = ""
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    amounts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Paid:
    """One order."""

    at: datetime
    currency: str
    total: float
    things: int = 1


@dataclass(frozen=True)
class Said:
    """One quality that somebody wrote of in a review: 1 praise, -1 complaint."""

    aspect: str
    polarity: int
    at: datetime


@dataclass(frozen=True)
class Trait:
    """One thing about somebody. ``share``: of all such things, 0 to 1."""

    value: str
    share: float
    evidence: int
    last: datetime


@dataclass(frozen=True)
class Habit:
    """How somebody buys: how often, how much at once. ``every_days``: None for a single order."""

    orders: int
    currency: str
    mean: float
    things: float
    every_days: float | None


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of a quality, over all they wrote: -1 to 1."""

    aspect: str
    polarity: float
    evidence: int


@dataclass(frozen=True)
class Profile:
    """All of it, as of ``at``."""

    at: datetime
    categories: list[Trait]
    brands: list[Trait]
    colours: list[Trait]
    sizes: list[Trait]
    words: list[Trait]
    prices: dict[str, tuple[float, float]]
    habit: Habit | None
    stage: str
    opinions: list[Opinion]
    deeds: int


def profile_of(
    deeds: Iterable[Known],
    at: datetime,
    *,
    paid: Iterable[Paid] = (),
    said: Iterable[Said] = (),
) -> Profile:
    """Return what is to be known at a moment. Linear in the deeds."""
    # In one order, whatever order they come in: sums are then the same to the last bit.
    before = sorted(
        (one for one in deeds if one.at <= at and one.kind in WEIGHTS),
        key=lambda one: (one.at, one.kind, one.product or 0, one.words, one.category, one.brand),
    )
    weighed = [(one, weight(one, at)) for one in before]
    return Profile(
        at=at,
        categories=traits(weighed, lambda one: [one.category]),
        brands=traits(weighed, lambda one: [one.brand]),
        colours=traits(weighed, lambda one: one.colours),
        sizes=traits(weighed, lambda one: one.sizes),
        words=traits(weighed, lambda one: [one.words]),
        prices=bands(weighed),
        habit=habit_of([one for one in paid if one.at <= at]),
        stage=stage_of([one.at for one in before], at),
        opinions=opinions_of([one for one in said if one.at <= at]),
        deeds=len(before),
    )


def weight(deed: Known, at: datetime) -> float:
    """Return what a deed counts at a moment."""
    days = (at - deed.at).total_seconds() / 86_400
    return WEIGHTS[deed.kind] * 0.5 ** (days / HALF_LIFE_DAYS)


def traits(weighed: Sequence[tuple[Known, float]], values: Any) -> list[Trait]:
    """Return the strongest values with their shares, the strongest first."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    last: dict[str, datetime] = {}
    for deed, much in weighed:
        for value in values(deed):
            if value:
                sums[value] += much
                counts[value] += 1
                last[value] = max(last.get(value, deed.at), deed.at)
    total = math.fsum(sums.values()) or 1.0
    ordered = sorted(sums, key=lambda value: (-sums[value], value))
    return [Trait(one, sums[one] / total, counts[one], last[one]) for one in ordered[:MOST]]


def bands(weighed: Sequence[tuple[Known, float]]) -> dict[str, tuple[float, float]]:
    """Return the usual prices by currency: lowest and highest of the middle, by weight."""
    prices: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for deed, much in weighed:
        for currency, amount in deed.amounts.items():
            prices[currency].append((amount, much))
    return {
        currency: (quantile(pairs, BAND[0]), quantile(pairs, BAND[1]))
        for currency, pairs in sorted(prices.items())
    }


def quantile(pairs: Sequence[tuple[float, float]], share: float) -> float:
    """Return the smallest amount below or at which this share of the weight lies."""
    left = share * math.fsum(much for _amount, much in pairs)
    for amount, much in sorted(pairs):
        left -= much
        if left <= 0:
            return amount
    return max(amount for amount, _much in pairs)


def habit_of(paid: Sequence[Paid]) -> Habit | None:
    """Return how somebody buys, in the currency they use most; None before the first order."""
    if not paid:
        return None
    used = [one.currency for one in paid]
    currency = max(sorted(set(used)), key=used.count)
    mine = [one for one in paid if one.currency == currency]
    first, last = min(one.at for one in paid), max(one.at for one in paid)
    gaps = len({one.at.date() for one in paid}) - 1
    every = (last - first).total_seconds() / 86_400 / gaps if gaps else None
    mean = math.fsum(one.total for one in mine) / len(mine)
    return Habit(len(paid), currency, mean, sum(one.things for one in paid) / len(paid), every)


def stage_of(times: Sequence[datetime], at: datetime) -> str:
    """Return where somebody is in their time with us: unknown, new, active, lapsing or quiet."""
    if not times:
        return "unknown"
    since, first = at - max(times), at - min(times)
    if since > QUIET_AFTER:
        return "quiet"
    if since > LAPSING_AFTER:
        return "lapsing"
    return "new" if first <= NEW_FOR else "active"


def opinions_of(said: Sequence[Said]) -> list[Opinion]:
    """Return what somebody thinks of each quality, the most spoken of first."""
    heard: dict[str, list[int]] = defaultdict(list)
    for one in said:
        heard[one.aspect].append(one.polarity)
    found = [Opinion(aspect, sum(all_) / len(all_), len(all_)) for aspect, all_ in heard.items()]
    return sorted(found, key=lambda one: (-one.evidence, one.aspect))[:MOST]
