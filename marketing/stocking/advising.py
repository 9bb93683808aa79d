"""When to order what again, and why: from forecast, stock, what is on its way, a shop's terms.

For the stock page and its file. Every number is a row or follows from rows by what is written here;
it proposes, and orders nothing.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from marketing.models.stock import COVER_DAYS, LEAD_DAYS, SERVICE

# States by urgency.
OUT, ORDER, SOON, SLOW, OVER, FINE, UNKNOWN = (
    "out", "order", "soon", "slow", "over", "fine", "unknown",
)  # fmt: skip
STATES = (OUT, ORDER, SOON, SLOW, OVER, FINE, UNKNOWN)
# Slow: nothing sold for so many days. Too much: stock for more than so many days.
SLOW_DAYS, OVER_DAYS, SOON_DAYS = 60, 120, 7
# Below one piece in so many days, nothing is said about running out.
LEAST_PER_DAY = 1 / 90
# A product without any sale is slow once it has been there so long.
NEVER_SOLD_DAYS = 60


@dataclass(frozen=True)
class Terms:
    """How goods are ordered again."""

    lead_days: int = LEAD_DAYS
    cover_days: int = COVER_DAYS
    service: int = SERVICE
    pack: int = 1
    own: bool = False


@dataclass(frozen=True)
class Arrival:
    """Pieces that are on their way."""

    quantity: int
    expected_on: datetime.date


@dataclass(frozen=True)
class Expected:
    """A product's forecast as it is used: means by day from today on, and its uncertainty."""

    ahead: Sequence[float]
    spread: float
    bounds: dict[str, Any]

    def mean(self, days: int) -> float:
        """Return the mean of the next days; beyond the horizon its last four weeks go on."""
        known = sum(self.ahead[:days])
        more = days - len(self.ahead)
        if more <= 0:
            return known
        return known + more * sum(self.ahead[-28:]) / max(len(self.ahead[-28:]), 1)

    def unit(self, mean: float) -> float:
        """Return one deviation of a sum with this mean."""
        return self.spread * math.sqrt(max(mean, 0.25))

    def times(self, level: int, days: int) -> float:
        """Return how many deviations above the mean this level lies for a sum of so many days."""
        bounds = self.bounds.get(str(level)) or [1.65]
        return float(bounds[min(max(-(-days // 7), 1), len(bounds)) - 1])


@dataclass(frozen=True)
class Advice:
    """What to do about one product, with each number that led to it."""

    state: str
    on_hand: int
    reserved: int
    on_way: int
    terms: Terms
    per_day: float = 0.0
    lead_mean: float = 0.0
    times: float = 0.0
    unit: float = 0.0
    cover_mean: float = 0.0
    reorder_point: int = 0
    quantity: int = 0
    runs_out_on: datetime.date | None = None
    idle_days: int | None = None

    @property
    def position(self) -> int:
        """Return what is there or on its way."""
        return self.on_hand + self.on_way

    @property
    def safety(self) -> float:
        """Return the stock that is kept against chance."""
        return self.times * self.unit

    @property
    def days_left(self) -> float | None:
        """Return for how many days the stock lasts at the mean, None if hardly anything sells."""
        return self.on_hand / self.per_day if self.per_day >= LEAST_PER_DAY else None

    @property
    def urgency(self) -> tuple[int, float, int]:
        """Return by what advice is sorted: the state, then how soon, then how much."""
        left = self.days_left
        return (STATES.index(self.state), left if left is not None else math.inf, -self.quantity)


def advise(
    expected: Expected | None,
    *,
    on_hand: int,
    today: datetime.date,
    reserved: int = 0,
    arrivals: Iterable[Arrival] = (),
    terms: Terms | None = None,
    idle_days: int | None = None,
) -> Advice:
    """Return what to do about a product. ``idle_days``: since the last sale, or since it is there.

    Reorder point = mean of the lead time + times × deviation; order = mean of lead and cover time
    + the same safety − what is there or on its way, in whole packs.
    """
    terms, coming = terms or Terms(), sorted(arrivals, key=lambda one: one.expected_on)
    on_way = sum(one.quantity for one in coming)
    if expected is None:
        idle = idle_days is not None and idle_days >= NEVER_SOLD_DAYS and on_hand > 0
        state = SLOW if idle else UNKNOWN
        return Advice(state, on_hand, reserved, on_way, terms, idle_days=idle_days)
    lead = expected.mean(terms.lead_days)
    times, unit = expected.times(terms.service, terms.lead_days), expected.unit(lead)
    cover = expected.mean(terms.lead_days + terms.cover_days)
    point = math.ceil(lead + times * unit - 1e-9)
    per_day = expected.mean(28) / 28
    position = on_hand + on_way
    wanted = math.ceil(cover + times * unit - position - 1e-9)
    quantity = -(-max(wanted, 0) // terms.pack) * terms.pack
    selling = per_day >= LEAST_PER_DAY
    state = state_of(
        selling, on_hand, position, point, expected.mean(SOON_DAYS), per_day, idle_days
    )
    return Advice(
        state=state,
        on_hand=on_hand,
        reserved=reserved,
        on_way=on_way,
        terms=terms,
        per_day=per_day,
        lead_mean=lead,
        times=times,
        unit=unit,
        cover_mean=cover,
        reorder_point=point if selling else 0,
        quantity=quantity if position <= point and selling else 0,
        runs_out_on=runs_out(expected, on_hand, coming, today) if selling else None,
        idle_days=idle_days,
    )


def state_of(  # noqa: PLR0917 -- plain numbers in the order of the story
    selling: bool,
    on_hand: int,
    position: int,
    point: int,
    week: float,
    per_day: float,
    idle_days: int | None,
) -> str:
    """Return the state of a product from its numbers."""
    if selling and on_hand <= 0:
        return OUT
    if selling and position <= point:
        return ORDER
    if idle_days is not None and idle_days >= SLOW_DAYS and on_hand > 0:
        return SLOW
    if not selling:
        return SLOW if on_hand > 0 else FINE
    if position - week <= point:
        return SOON
    return OVER if on_hand > OVER_DAYS * per_day else FINE


def runs_out(
    expected: Expected, on_hand: int, coming: Sequence[Arrival], today: datetime.date
) -> datetime.date | None:
    """Return the day on which stock is used up at the mean, with what arrives; None beyond."""
    left = float(on_hand)
    for number, mean in enumerate(expected.ahead):
        day = today + datetime.timedelta(days=number)
        left += sum(one.quantity for one in coming if max(one.expected_on, today) == day)
        left -= mean
        if left <= 0:
            return day
    return None
