"""When a shop is open: a span a weekday, and days off; in the market place's own time zone.

For pages that say so and for whoever hands a chat over to people. It reads no clock and no table:
the moment is given. Hours are kept as {"mon": ["09:00", "18:00"]}, a day without a span is closed;
a shop without hours has not said when it is open, which is not the same as closed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEARCHED_DAYS = 400  # longer than any holidays that the form takes


def span_of(
    hours: Mapping[str, Any], day: datetime.date
) -> tuple[datetime.time, datetime.time] | None:
    """Return from when to when a shop is open on a day by its hours alone; None if it is not."""
    span = hours.get(DAYS[day.weekday()])
    if not span:
        return None
    start, end = (datetime.time.fromisoformat(part) for part in span)
    return start, end


def holiday_on(holidays: Sequence[Mapping[str, str]], day: datetime.date) -> Mapping[str, str]:
    """Return the holiday that a day lies in, nothing if it is none."""
    return next((one for one in holidays if one["from"] <= day.isoformat() <= one["until"]), {})


def is_open(
    hours: Mapping[str, Any], holidays: Sequence[Mapping[str, str]], moment: datetime.datetime
) -> bool | None:
    """Tell whether people are there at a local moment; None if the shop has not said."""
    if not hours:
        return None
    span = span_of(hours, moment.date())
    if span is None or holiday_on(holidays, moment.date()):
        return False
    return span[0] <= moment.time() < span[1]


def opens_next(
    hours: Mapping[str, Any], holidays: Sequence[Mapping[str, str]], moment: datetime.datetime
) -> datetime.datetime | None:
    """Return when people are there next, a local moment later than this; None if never said."""
    if not hours:
        return None
    for ahead in range(SEARCHED_DAYS):
        day = moment.date() + datetime.timedelta(days=ahead)
        span = span_of(hours, day)
        if span is None or holiday_on(holidays, day):
            continue
        start = datetime.datetime.combine(day, span[0], tzinfo=moment.tzinfo)
        if start > moment:
            return start
    return None
