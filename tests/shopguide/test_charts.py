"""Charts: shapes stay in their box, rows say every value, odd figures do no harm."""

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from shopguide.charts import Point, bars, funnel, line, nice_top, plain, sparkline

WEEK = [Point(f"day {n}", value, value * 0.8, value * 1.2) for n, value in enumerate((3, 8, 5))]
values = st.lists(st.floats(-1e12, 1e12, allow_nan=False), max_size=40)


def numbers(path: str) -> list[float]:
    return [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", path)]


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (-4, 1), (1, 1), (1.2, 2), (9, 10), (9.6, 10), (410, 500)]
)
def test_an_axis_ends_at_a_round_number(highest: float, top: float) -> None:
    assert nice_top(highest) == top


def test_a_line_starts_left_ends_right_and_counts_from_zero() -> None:
    drawn = line(WEEK)
    assert numbers(drawn.path)[::2] == [0, 50, 100]
    assert drawn.ticks == ("10", "8", "6", "4", "2", "0")
    assert drawn.labels == ("day 0", "day 1", "day 2")
    assert drawn.band.endswith("Z")
    first = drawn.rows[0]
    assert (first.value, first.low, first.high) == ("3", "2.40", "3.60")


def test_bars_are_shares_of_the_longest_and_steps_say_what_was_kept() -> None:
    points = [Point("seen", 200), Point("cart", 50), Point("paid", 10)]
    assert [bar.share for bar in bars(points)] == [100, 25, 5]
    assert [bar.kept for bar in funnel(points)] == [None, 25, 20]
    assert [bar.kept for bar in funnel([Point("seen", 0), Point("cart", 0)])] == [None, None]


@given(values)
def test_shapes_stay_in_their_box(series: list[float]) -> None:
    points = [Point(str(n), value) for n, value in enumerate(series)]
    for path in (line(points).path, sparkline(series)):
        assert all(-0.01 <= number <= 100.01 for number in numbers(path))
    assert all(0 <= bar.share <= 100 for bar in [*bars(points), *funnel(points)])


def test_numbers_are_said_plainly() -> None:
    assert (plain(12345), plain(0.5)) == ("12,345", "0.50")


def test_templates_show_every_figure_and_say_when_there_is_none() -> None:
    shown = render_to_string("components/_chart_line.html", {"chart": line(WEEK), "title": "T"})
    assert all(row.value in shown for row in line(WEEK).rows)
    empty = render_to_string("components/_chart_line.html", {"chart": line([]), "title": "T"})
    assert "No figures yet." in empty
    steps = render_to_string("components/_chart_bars.html", {"bars": funnel(WEEK), "title": "T"})
    assert "266.7% of the step before" in steps
