"""Days ahead and days behind, as messages name them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.days import arrives_by, months_in, span_in
from catalog.text import fold

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("will it be here by Friday?", date(2026, 11, 27)),
        ("周五前能到吗", date(2026, 11, 26)),
        ("周三能到不", date(2026, 11, 25)),
        ("我周四就要出差了 来得及吗", date(2026, 11, 26)),
        ("if i order today do i get it by the weekend", date(2026, 11, 28)),
        ("it might reach me before Saturday?", date(2026, 11, 27)),
        ("下周二能到吗", date(2026, 12, 1)),
        ("will it arrive next monday", date(2026, 11, 30)),
        ("will it arrive by the 28th", date(2026, 11, 28)),
        ("11月28号能收到吗", date(2026, 11, 28)),
        ("能在圣诞节前送到吗", date(2026, 12, 24)),
        ("明天能送到吗", date(2026, 11, 24)),
    ],
)
def test_a_day_by_which_it_is_to_arrive(text: str, last: date) -> None:
    found = arrives_by(text, MONDAY)
    assert found is not None
    assert found.last == last


@pytest.mark.parametrize("text", ["I wash it on Sunday", "how long does it take", "多久能到"])
def test_no_day_of_arrival(text: str) -> None:
    assert arrives_by(text, MONDAY) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("我前几天买的东西", date(2026, 11, 15), MONDAY),
        ("上周买的鞋", date(2026, 11, 16), date(2026, 11, 22)),
        ("昨天下的单", date(2026, 11, 22), date(2026, 11, 22)),
        ("I bought it three weeks ago", date(2026, 10, 30), date(2026, 11, 5)),
        ("the shoes from last month", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_when_something_was(text: str, first: date, last: date) -> None:
    assert span_in(fold(text), MONDAY) == (first, last)


def test_no_time_of_an_order() -> None:
    assert span_in("我的订单", MONDAY) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("what did I order in October?", date(2026, 10, 1), date(2026, 10, 31)),
        ("三月份买的那双鞋", date(2026, 3, 1), date(2026, 3, 31)),
        ("12月买的", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_month_is_the_last_of_its_name(text: str, first: date, last: date) -> None:
    assert span_in(fold(text), MONDAY) == (first, last)


@pytest.mark.parametrize(
    ("text", "months"),
    [("if they break after eight months", 8), ("用了两年坏了", 24), ("半年后呢", 6),
     ("half a year in", 6), ("10月的订单", None), ("does it last", None)],
)  # fmt: skip
def test_a_time_of_use_is_read_in_months(text: str, months: int | None) -> None:
    assert months_in(text) == months
