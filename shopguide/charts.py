"""Figures as shapes: what a template draws in SVG, and the same figures as rows of a table.

For every page that shows numbers. Shapes are in a box of 100 by 100 that the page stretches; words
stand beside it as text, so they keep their size on a phone. It rounds nothing that a reader sees:
the caller gives the words for each value.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Say = Callable[[float], str]
DECIMALS = re.compile(r"\.\d")
NO_DECIMALS = re.compile(r"\.0+(?!\d)")


@dataclass(frozen=True)
class Point:
    """One value of a series; ``low`` and ``high`` bound it where it is uncertain."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Row:
    """A point in words, for the table under a chart."""

    label: str
    value: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Line:
    """A line over time: SVG paths, and the axis in words, top tick first."""

    path: str
    area: str
    band: str
    grid: tuple[float, ...]
    ticks: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Stroke:
    """One line of several: its name, its SVG path and its last value in words."""

    name: str
    path: str
    last: str


@dataclass(frozen=True)
class Lines:
    """Several lines over the same time; ``table``: a label and a value of each for every point."""

    strokes: tuple[Stroke, ...]
    grid: tuple[float, ...]
    ticks: tuple[str, ...]
    labels: tuple[str, ...]
    table: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Bar:
    """One bar: ``share`` of the longest in percent, ``kept`` of the bar before it."""

    label: str
    value: str
    share: float
    kept: float | None = None


def plain(value: float) -> str:
    """Say a number with its thousands apart and no needless decimals."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def nice_top(highest: float) -> float:
    """Return the round number at which an axis ends: 1, 2, 2.5, 4, 5 or 8 times a power of ten."""
    if highest <= 0 or not math.isfinite(highest):
        return 1.0
    unit = 10.0 ** math.floor(math.log10(highest))
    return next((step * unit for step in (1, 2, 2.5, 4, 5, 8) if step * unit >= highest), 10 * unit)


def round_steps(top: float) -> int:
    """Return into how many parts an axis is parted so that each tick is a round number, too."""
    leading = top / 10.0 ** math.floor(math.log10(top))
    return 4 if leading in (2, 4, 8) else 5


def line(points: Sequence[Point], *, say: Say = plain, steps: int = 0) -> Line:
    """Draw values from zero up, in order, with the band between low and high if there is one."""
    top = nice_top(max((p.high if p.high is not None else p.value for p in points), default=0))
    steps = steps or round_steps(top)
    places = [_across(number, len(points)) for number in range(len(points))]
    drawn = list(zip(places, (_down(p.value, top) for p in points), strict=True))
    path = _path(drawn)
    banded = [(x, p.low, p.high) for x, p in zip(places, points, strict=True)]
    known = [(x, low, high) for x, low, high in banded if low is not None and high is not None]
    edge = [(x, _down(high, top)) for x, _low, high in known]
    edge += [(x, _down(low, top)) for x, low, _high in reversed(known)]
    return Line(
        path=path,
        area=f"{path} L{drawn[-1][0]:g} 100 L{drawn[0][0]:g} 100 Z" if drawn else "",
        band=f"{_path(edge)} Z" if known else "",
        grid=tuple(round(100 * step / steps, 2) for step in range(steps + 1)),
        ticks=_ticks(top, steps, say),
        labels=_ends([p.label for p in points]),
        rows=tuple(_row(p, say) for p in points),
    )


def lines(
    series: Sequence[tuple[str, Sequence[Point]]], *, say: Say = plain, steps: int = 0
) -> Lines:
    """Draw several series of the same points on one scale, from zero up, in order."""
    points = [point for _name, row in series for point in row]
    top = nice_top(max((point.value for point in points), default=0))
    steps = steps or round_steps(top)
    strokes = tuple(
        Stroke(
            name,
            _path([(_across(n, len(row)), _down(p.value, top)) for n, p in enumerate(row)]),
            say(row[-1].value) if row else "",
        )
        for name, row in series
    )
    first = [point.label for point in series[0][1]] if series else []
    return Lines(
        strokes=strokes,
        grid=tuple(round(100 * step / steps, 2) for step in range(steps + 1)),
        ticks=_ticks(top, steps, say),
        labels=_ends(first),
        table=tuple(
            (label, tuple(say(row[n].value) for _name, row in series))
            for n, label in enumerate(first)
        ),
    )


def sparkline(values: Sequence[float]) -> str:
    """Return a small line between the least and the greatest value as one SVG path."""
    if not values:
        return ""
    low, high = min(values), max(values)
    spread = (high - low) or 1.0
    return _path(
        [
            (_across(n, len(values)), 92 - 84 * (value - low) / spread)
            for n, value in enumerate(values)
        ]
    )


def bars(points: Sequence[Point], *, say: Say = plain) -> list[Bar]:
    """Return a bar for each point, in order, as a share of the longest."""
    longest = max((p.value for p in points), default=0) or 1
    return [Bar(p.label, say(p.value), round(100 * max(p.value, 0) / longest, 2)) for p in points]


def funnel(points: Sequence[Point], *, say: Say = plain) -> list[Bar]:
    """Return the steps of a way, each with the percentage that came from the step before."""
    first = points[0].value if points else 0
    before = [None, *(p.value for p in points)][: len(points)]
    return [
        Bar(
            p.label,
            say(p.value),
            min(round(100 * max(p.value, 0) / first, 2), 100.0) if first > 0 else 0.0,
            round(100 * p.value / earlier, 1) if earlier and earlier > 0 else None,
        )
        for p, earlier in zip(points, before, strict=True)
    ]


def _ticks(top: float, steps: int, say: Say) -> tuple[str, ...]:
    """Say the values of an axis, top first, without decimals where all of them have none."""
    said = tuple(say(top * (steps - step) / steps) for step in range(steps + 1))
    short = tuple(NO_DECIMALS.sub("", one) for one in said)
    return short if not any(DECIMALS.search(one) for one in short) else said


def _across(number: int, count: int) -> float:
    return round(100 * number / (count - 1), 2) if count > 1 else 50.0


def _down(value: float, top: float) -> float:
    return round(100 - 100 * min(max(value, 0), top) / top, 2)


def _path(points: Sequence[tuple[float, float]]) -> str:
    if len(points) == 1:  # a point alone is a dash, or nothing would be seen
        (x, y) = points[0]
        return f"M{x - 4:g} {y:g} L{x + 4:g} {y:g}"
    return " ".join(f"{'L' if n else 'M'}{x:g} {y:g}" for n, (x, y) in enumerate(points))


def _ends(labels: Sequence[str]) -> tuple[str, ...]:
    if len(labels) < 3:
        return tuple(labels)
    return (labels[0], labels[len(labels) // 2], labels[-1])


def _row(point: Point, say: Say) -> Row:
    low, high = (say(v) if v is not None else "" for v in (point.low, point.high))
    return Row(point.label, say(point.value), low, high)
