"""Periods and what they are compared with: leap days, months of other lengths, half days."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from marketing.figures.spans import LONGEST, PRESETS, asked_span, before, between, preset

Day = datetime.date
NOW = datetime.datetime(2026, 3, 31, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("code", "first", "last", "earlier_first", "earlier_last"),
    [
        ("today", Day(2026, 3, 31), Day(2026, 3, 31), Day(2026, 3, 30), Day(2026, 3, 30)),
        ("yesterday", Day(2026, 3, 30), Day(2026, 3, 30), Day(2026, 3, 29), Day(2026, 3, 29)),
        ("7d", Day(2026, 3, 25), Day(2026, 3, 31), Day(2026, 3, 18), Day(2026, 3, 24)),
        ("week", Day(2026, 3, 30), Day(2026, 3, 31), Day(2026, 3, 23), Day(2026, 3, 24)),
        ("last_week", Day(2026, 3, 23), Day(2026, 3, 29), Day(2026, 3, 16), Day(2026, 3, 22)),
        ("month", Day(2026, 3, 1), Day(2026, 3, 31), Day(2026, 2, 1), Day(2026, 2, 28)),
        ("last_month", Day(2026, 2, 1), Day(2026, 2, 28), Day(2026, 1, 1), Day(2026, 1, 31)),
        ("year", Day(2026, 1, 1), Day(2026, 3, 31), Day(2025, 1, 1), Day(2025, 3, 31)),
        ("last_year", Day(2025, 1, 1), Day(2025, 12, 31), Day(2024, 1, 1), Day(2024, 12, 31)),
    ],
)
def test_presets(
    code: str, first: Day, last: Day, earlier_first: Day, earlier_last: Day
) -> None:  # fmt: skip
    span = preset(code, NOW)
    assert (span.first, span.last) == (first, last)
    earlier = before(span, "previous", NOW)
    assert earlier is not None
    assert (earlier.first, earlier.last) == (earlier_first, earlier_last)


def test_a_day_that_is_half_over_is_compared_with_a_half() -> None:
    earlier = before(preset("today", NOW), "previous", NOW)
    assert earlier is not None and earlier.until == NOW - datetime.timedelta(days=1)
    whole = before(preset("yesterday", NOW), "previous", NOW)
    assert whole is not None and whole.until - whole.since == datetime.timedelta(days=1)


def test_the_year_before_a_leap_day() -> None:
    leap = between(Day(2024, 2, 29), Day(2024, 2, 29), NOW)
    earlier = before(leap, "year", NOW)
    assert earlier is not None and earlier.first == earlier.last == Day(2023, 2, 28)
    assert before(leap, "none", NOW) is None


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({}, Day(2026, 3, 4), Day(2026, 3, 31)),
        ({"range": "nonsense"}, Day(2026, 3, 4), Day(2026, 3, 31)),
        ({"since": "2026-03-10", "until": "2026-03-01"}, Day(2026, 3, 1), Day(2026, 3, 10)),
        ({"since": "2026-03-30", "until": "2030-01-01"}, Day(2026, 3, 30), Day(2026, 3, 31)),
        ({"since": "2031-01-01"}, Day(2026, 3, 31), Day(2026, 3, 31)),
        ({"until": "2026-03-05"}, Day(2026, 3, 5), Day(2026, 3, 5)),
        ({"since": "2026-13-45", "range": "7d"}, Day(2026, 3, 25), Day(2026, 3, 31)),
    ],
)
def test_what_an_address_asks(asked: dict[str, str], first: Day, last: Day) -> None:
    span = asked_span(asked, NOW)
    assert (span.first, span.last) == (first, last)


def test_nothing_is_longer_than_three_years() -> None:
    span = asked_span({"since": "1970-01-01", "until": "9000-01-01"}, NOW)
    assert span.length == LONGEST and span.last == Day(2026, 3, 31)
    assert set(PRESETS) >= {"today", "28d", "last_month", "year"}
