"""Outlines in an 800 × 800 square: parsed from SVG path data, built from primitives, moved about.

Curves are flattened once, so that everything downstream sees polygons only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, pi, radians, sin

Point = tuple[float, float]

STEPS = 14  # segments of one curve; at 800 px no facet shows
TOKEN = re.compile(r"[MLHVCQZ]|-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Path:
    """One or more polygons (closed when filled)."""

    rings: tuple[tuple[Point, ...], ...]

    def __add__(self, other: Path) -> Path:
        return Path(self.rings + other.rings)

    def moved(self, dx: float, dy: float) -> Path:
        """Return the path shifted by (dx, dy)."""
        return self._each(lambda x, y: (x + dx, y + dy))

    def scaled(self, kx: float, ky: float | None = None, about: Point = (400, 400)) -> Path:
        """Return the path scaled about a point."""
        cx, cy = about
        k = kx if ky is None else ky
        return self._each(lambda x, y: (cx + (x - cx) * kx, cy + (y - cy) * k))

    def turned(self, degrees: float, about: Point = (400, 400)) -> Path:
        """Return the path turned clockwise about a point."""
        c, s, (cx, cy) = cos(radians(degrees)), sin(radians(degrees)), about
        return self._each(
            lambda x, y: (cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c)
        )

    def mirrored(self, x: float = 400) -> Path:
        """Return the mirror image at the vertical line ``x``."""
        return self._each(lambda px, py: (2 * x - px, py))

    def both(self, x: float = 400) -> Path:
        """Return the path together with its mirror image."""
        return self + self.mirrored(x)

    def spaced(self, step: float) -> Path:
        """Return the same lines with their points ``step`` pixels apart."""
        return Path(tuple(tuple(_walk(ring, step)) for ring in self.rings))

    def bounds(self) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom."""
        xs = [x for ring in self.rings for x, _ in ring]
        ys = [y for ring in self.rings for _, y in ring]
        return min(xs), min(ys), max(xs), max(ys)

    def _each(self, change: Callable[[float, float], Point]) -> Path:
        return Path(tuple(tuple(change(x, y) for x, y in ring) for ring in self.rings))


@lru_cache(maxsize=4096)
def path(drawn: str) -> Path:
    """Return the outline of SVG path data with the absolute commands M L H V C Q Z."""
    rings: list[list[Point]] = []
    pen, command = (0.0, 0.0), "M"
    numbers: list[float] = []
    for token in TOKEN.findall(drawn):
        if token.isalpha():
            command, numbers = token, []
            continue
        numbers.append(float(token))
        if len(numbers) == {"H": 1, "V": 1, "Q": 4, "C": 6}.get(command, 2):
            pen = _draw(rings, pen, command, numbers)
            command, numbers = ("L" if command == "M" else command), []
    return Path(tuple(tuple(ring) for ring in rings))


def _draw(rings: list[list[Point]], pen: Point, command: str, numbers: Sequence[float]) -> Point:
    """Append what one command draws and return where the pen is then."""
    if command == "M":
        rings.append([])
    if command in "ML":
        reached = [(numbers[0], numbers[1])]
    elif command in "HV":
        reached = [(numbers[0], pen[1]) if command == "H" else (pen[0], numbers[0])]
    else:
        corners = [pen, *zip(numbers[::2], numbers[1::2], strict=True)]
        reached = [_bezier(corners, step / STEPS) for step in range(1, STEPS + 1)]
    rings[-1].extend(reached)
    return reached[-1]


def _bezier(corners: Sequence[Point], t: float) -> Point:
    """Return the point at ``t`` of a Bézier curve of any degree (de Casteljau)."""
    points = list(corners)
    while len(points) > 1:
        points = [
            (ax + (bx - ax) * t, ay + (by - ay) * t) for (ax, ay), (bx, by) in pairwise(points)
        ]
    return points[0]


def _walk(ring: Sequence[Point], step: float) -> Iterator[Point]:
    """Yield points along a line at equal distances."""
    yield ring[0]
    ahead = step
    for (ax, ay), (bx, by) in pairwise(ring):
        length = hypot(bx - ax, by - ay)
        while length and ahead <= length:
            yield ax + (bx - ax) * ahead / length, ay + (by - ay) * ahead / length
            ahead += step
        ahead -= length


def oval(cx: float, cy: float, rx: float, ry: float | None = None) -> Path:
    """Return an ellipse."""
    ry = rx if ry is None else ry
    angles = [2 * pi * step / 64 for step in range(64)]
    return Path((tuple((cx + rx * cos(a), cy + ry * sin(a)) for a in angles),))


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> Path:
    """Return a rectangle with rounded corners."""
    r = min(radius, width / 2, height / 2)
    right, bottom = x + width - r, y + height - r
    corners = ((right, y + r, -90), (right, bottom, 0), (x + r, bottom, 90), (x + r, y + r, 180))
    return Path((tuple(p for cx, cy, start in corners for p in _quarter(cx, cy, r, start)),))


def _quarter(cx: float, cy: float, r: float, start: float) -> list[Point]:
    angles = [radians(start + 90 * step / 8) for step in range(9)]
    return [(cx + r * cos(a), cy + r * sin(a)) for a in angles]


def smooth(points: str | Iterable[Point], *, closed: bool = True) -> Path:
    """Return a curve through all points ("x,y x,y …"), the way a flexible ruler would lie."""
    knots = _points(points) if isinstance(points, str) else list(points)
    count = len(knots)
    ring: list[Point] = []
    for i in range(count if closed else count - 1):
        around = [
            knots[j % count] if closed else knots[min(max(j, 0), count - 1)]
            for j in (i - 1, i, i + 1, i + 2)
        ]
        ring.extend(_catmull_rom(around, step / STEPS) for step in range(STEPS))
    return Path((tuple(ring if closed else [*ring, knots[-1]]),))


def _points(text: str) -> list[Point]:
    pairs = (pair.split(",") for pair in text.split())
    return [(float(x), float(y)) for x, y in pairs]


def _catmull_rom(around: Sequence[Point], t: float) -> Point:
    def along(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t * t
            + (3 * b - a - 3 * c + d) * t**3
        )

    (ax, ay), (bx, by), (cx, cy), (dx, dy) = around
    return along(ax, bx, cx, dx), along(ay, by, cy, dy)
