"""Periods of days in the market place's time zone, and what each is compared with.

A period that ends today is cut off now; what it is compared with is cut off at the same time of
day, so that a day that is half over is not compared with a whole one.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.orders.listing import day_of, start_of

Day = datetime.date
DAY = datetime.timedelta(days=1)
USUAL, OWN = "28d", "days"
LONGEST = 1100
PREVIOUS, YEAR, NOTHING = "previous", "year", "none"
COMPARISONS: dict[str, str | Promise] = {
    PREVIOUS: _("the period before"),
    YEAR: _("a year earlier"),
    NOTHING: _("nothing"),
}


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both counted, up to the moment ``until``."""

    code: str
    first: Day
    last: Day
    until: datetime.datetime

    @property
    def since(self) -> datetime.datetime:
        """Return its first moment."""
        return start_of(self.first)

    @property
    def length(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> list[Day]:
        """Return each of its days."""
        return [self.first + number * DAY for number in range(self.length)]

    def params(self) -> dict[str, str]:
        """Return the parameters by which an address asks for it."""
        if self.code != OWN:
            return {"range": self.code}
        return {"since": self.first.isoformat(), "until": self.last.isoformat()}


Ends = tuple[Day, Day]


def _last_month(today: Day) -> Ends:
    last = today.replace(day=1) - DAY
    return last.replace(day=1), last


def _last_week(today: Day) -> Ends:
    monday = today - today.weekday() * DAY
    return monday - 7 * DAY, monday - DAY


def _back(days: int) -> Callable[[Day], Ends]:
    return lambda today: (today - (days - 1) * DAY, today)


PRESETS: dict[str, tuple[str | Promise, Callable[[Day], Ends]]] = {
    "today": (_("Today"), _back(1)),
    "yesterday": (_("Yesterday"), lambda today: (today - DAY, today - DAY)),
    "7d": (_("7 days"), _back(7)),
    "28d": (_("28 days"), _back(28)),
    "90d": (_("90 days"), _back(90)),
    "week": (_("This week"), lambda today: (today - today.weekday() * DAY, today)),
    "last_week": (_("Last week"), _last_week),
    "month": (_("This month"), lambda today: (today.replace(day=1), today)),
    "last_month": (_("Last month"), _last_month),
    "year": (_("This year"), lambda today: (today.replace(month=1, day=1), today)),
    "last_year": (
        _("Last year"),
        lambda today: (Day(today.year - 1, 1, 1), Day(today.year - 1, 12, 31)),
    ),
}


def preset(code: str, now: datetime.datetime) -> Span:
    """Return a period by its name."""
    first, last = PRESETS[code][1](timezone.localdate(now))
    return Span(code, first, last, end_of(last, now))


def between(first: Day, last: Day, now: datetime.datetime) -> Span:
    """Return the days between two; the future and what is too long are cut off."""
    today = timezone.localdate(now)
    first, last = sorted((min(first, today), min(last, today)))
    first = max(first, last - (LONGEST - 1) * DAY)
    return Span(OWN, first, last, end_of(last, now))


def end_of(last: Day, now: datetime.datetime) -> datetime.datetime:
    """Return when a period with this last day ends: now at the latest."""
    return min(start_of(last + DAY), now)


def asked_span(asked: Mapping[str, str], now: datetime.datetime) -> Span:
    """Read a period out of an address; what cannot be read is the usual one."""
    since, until = day_of(asked.get("since", "")), day_of(asked.get("until", ""))
    if since or until:
        today = timezone.localdate(now)
        return between(since or until or today, until or today, now)
    code = asked.get("range", "")
    return preset(code if code in PRESETS else USUAL, now)


def asked_comparison(asked: Mapping[str, str]) -> str:
    """Read what to compare with out of an address."""
    how = asked.get("against", "")
    return how if how in COMPARISONS else PREVIOUS


def before(span: Span, how: str, now: datetime.datetime) -> Span | None:
    """Return what a period is compared with, up to the same time of day."""
    if how == NOTHING:
        return None
    first, last = _year_back(span) if how == YEAR else _just_before(span)
    cut = span.until - start_of(span.last)
    return Span(OWN, first, last, min(start_of(last) + cut, start_of(last + DAY)))


def _year_back(span: Span) -> Ends:
    return tuple(  # type: ignore[return-value]
        day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
        for day in (span.first, span.last)
    )


def _just_before(span: Span) -> Ends:
    if span.code in ("month", "last_month"):
        end = span.first - DAY
        longest = calendar.monthrange(end.year, end.month)[1]
        whole = span.code == "last_month"
        return end.replace(day=1), end.replace(
            day=longest if whole else min(span.last.day, longest)
        )
    if span.code in ("year", "last_year"):
        return _year_back(span)
    shift = 7 if span.code == "week" else span.length
    return span.first - shift * DAY, span.last - shift * DAY
