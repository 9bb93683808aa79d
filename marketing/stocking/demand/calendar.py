"""Days on which shops sell otherwise: festivals of both calendars, as data, 2009 to 2030.

Days of the moon's calendar are listed (facts); days that a rule gives are reckoned. A festival has
a time before it in which people buy, and a time in which they do not.
"""

from __future__ import annotations

import datetime
from functools import cache

DAY = datetime.timedelta(days=1)
# The first day of the lunar year, by the year it falls in.
NEW_YEAR = {
    2009: (1, 26), 2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31),
    2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25),
    2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17),
    2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3),
}  # fmt: skip
# 15th day of the eighth month.
MID_AUTUMN = {
    2009: (10, 3), 2010: (9, 22), 2011: (9, 12), 2012: (9, 30), 2013: (9, 19), 2014: (9, 8),
    2015: (9, 27), 2016: (9, 15), 2017: (10, 4), 2018: (9, 24), 2019: (9, 13), 2020: (10, 1),
    2021: (9, 21), 2022: (9, 10), 2023: (9, 29), 2024: (9, 17), 2025: (10, 6), 2026: (9, 25),
    2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12),
}  # fmt: skip
# Kind, (month, day), days before it and after it that belong to it.
FIXED = (
    ("valentine", (2, 14), 9, 0),
    ("midyear_sale", (6, 18), 3, 2),
    ("national_day", (10, 1), 0, 6),
    ("singles_day", (11, 11), 1, 1),
    ("double_twelve", (12, 12), 0, 0),
    ("christmas_shopping", (12, 20), 24, 0),
    ("christmas_rest", (12, 25), 1, 2),
    ("new_year", (1, 1), 0, 1),
)
EVENTS = (
    "spring_shopping", "spring_festival", "mid_autumn", "black_friday",
    *(name for name, *_rest in FIXED),
)  # fmt: skip


@cache
def festivals(year: int) -> dict[datetime.date, str]:
    """Return the special days of a year, each with its kind; later kinds win a day."""
    found: dict[datetime.date, str] = {}

    def mark(kind: str, day: datetime.date, before: int, after: int) -> None:
        for number in range(-before, after + 1):
            found[day + number * DAY] = kind

    for kind, (month, day), before, after in FIXED:
        mark(kind, datetime.date(year, month, day), before, after)
    fourth = datetime.date(year, 11, 1)
    thursday = fourth + ((3 - fourth.weekday()) % 7 + 21) * DAY
    mark("black_friday", thursday + DAY, 0, 3)
    if year in NEW_YEAR:
        first = datetime.date(year, *NEW_YEAR[year])
        mark("spring_shopping", first - 2 * DAY, 18, 0)
        mark("spring_festival", first, 1, 6)
    if year in MID_AUTUMN:
        mark("mid_autumn", datetime.date(year, *MID_AUTUMN[year]), 10, 0)
    return found


def events_of(begins: datetime.date, days: int) -> list[str]:
    """Return the kind of each day from ``begins`` on, "" for an ordinary one."""
    asked = [begins + number * DAY for number in range(days)]
    return [festivals(day.year).get(day, "") for day in asked]
