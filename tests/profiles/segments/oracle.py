"""What a rule means, in plain Python over what is known of one person: the judge of the SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from profiles.segments.grammar import (
    All,
    Bought,
    Country,
    Did,
    InStage,
    Language,
    LastOrder,
    Not,
    Orders,
    Price,
    Returned,
    Rule,
    Seen,
    Some,
    Spent,
    needs_deeds,
)


@dataclass
class Line:
    """One line of an order."""

    category: str
    brand: str
    quantity: int
    unit: Decimal


@dataclass
class Placed:
    """One order of this shop that was not cancelled."""

    at: datetime
    currency: str
    total: Decimal
    language: str
    country: str
    lines: list[Line]
    back: datetime | None = None


@dataclass
class Done:
    """One deed on a product of this shop."""

    kind: str
    at: datetime
    category: str
    brand: str


@dataclass
class Human:
    """Everything about one person that matters here."""

    name: str
    offers: bool | None = None
    known: bool | None = None
    muted: bool = False
    language: str = ""
    orders: list[Placed] = field(default_factory=list)
    deeds: list[Done] = field(default_factory=list)


def inside(rule: Rule, one: Human, now: datetime) -> bool:
    """Tell whether somebody is in the segment of a rule."""
    deeds = one.deeds if one.known else []
    if not one.offers or one.muted or not (one.orders or deeds):
        return False
    return (bool(one.known) or not needs_deeds(rule)) and holds(rule, one, now)


def holds(rule: Rule, one: Human, now: datetime) -> bool:
    """Tell whether a rule holds for somebody."""
    if isinstance(rule, All):
        return all(holds(part, one, now) for part in rule.parts)
    if isinstance(rule, Some):
        return any(holds(part, one, now) for part in rule.parts)
    if isinstance(rule, Not):
        return not holds(rule.part, one, now)
    if isinstance(rule, Bought | Orders | Spent | Price | LastOrder):
        return ordered(rule, one, now)
    return otherwise(rule, one, now)


def recent(at: datetime, days: int | None, now: datetime) -> bool:
    """Tell whether a moment lies within so many days."""
    return days is None or at >= now - timedelta(days=days)


def under(path: str, wanted: str) -> bool:
    """Tell whether a category is the wanted one or below it."""
    return not wanted or path == wanted or path.startswith(f"{wanted}/")


def within(low: Any, value: Any, high: Any) -> bool:
    """Tell whether a number lies between its bounds."""
    return (low or 0) <= value and (high is None or value <= high)


def ordered(rule: Any, one: Human, now: datetime) -> bool:
    """Tell whether a test of orders holds."""
    if isinstance(rule, LastOrder):
        ages = [now - order.at for order in one.orders]
        most = timedelta(days=rule.most) if rule.most is not None else timedelta.max
        return bool(ages) and timedelta(days=rule.least) <= min(ages) < most
    if isinstance(rule, Price):
        lines = [line for order in one.orders if order.currency == rule.currency
                 for line in order.lines]  # fmt: skip
        count = sum(line.quantity for line in lines)
        whole = sum(line.unit * line.quantity for line in lines)
        return count > 0 and within(rule.least, whole / count, rule.most)
    fresh = [order for order in one.orders if recent(order.at, rule.within, now)]
    if isinstance(rule, Orders):
        return within(rule.least, len(fresh), rule.most)
    if isinstance(rule, Spent):
        paid = [order.total for order in fresh if order.currency == rule.currency]
        return within(rule.least, sum(paid), rule.most)
    fitting = [order for order in fresh if any(
        under(line.category, rule.category) and rule.brand in ("", line.brand)
        for line in order.lines)]  # fmt: skip
    return len(fitting) >= rule.least


def otherwise(rule: Any, one: Human, now: datetime) -> bool:
    """Tell whether a test of anything else holds."""
    deeds = one.deeds if one.known else []
    newest = max(one.orders, key=lambda order: order.at, default=None)
    if isinstance(rule, InStage):
        return stage(one, now) in rule.stages
    if isinstance(rule, Did):
        fitting = [deed for deed in deeds if rule.kind in ("", deed.kind)
                   and recent(deed.at, rule.within, now) and under(deed.category, rule.category)
                   and rule.brand in ("", deed.brand)]  # fmt: skip
        return len(fitting) >= rule.least
    if isinstance(rule, Seen):
        return any(recent(thing.at, rule.within, now) for thing in [*one.orders, *deeds])
    if isinstance(rule, Language):
        return (one.language or (newest.language if newest else "")) in rule.languages
    if isinstance(rule, Country):
        return newest is not None and newest.country in rule.countries
    assert isinstance(rule, Returned)
    return any(order.back and recent(order.back, rule.within, now) for order in one.orders)


def stage(one: Human, now: datetime) -> str:
    """Return where somebody is in their life as a customer."""
    if not one.orders:
        return "looking"
    days = sorted((now - order.at) / timedelta(days=1) for order in one.orders)
    if days[-1] < 30:
        return "new"
    return "active" if days[0] < 60 else "lapsing" if days[0] < 180 else "gone"
