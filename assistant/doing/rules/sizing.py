"""Which size fits a body: by the shop's own chart, else by what a size means in itself.

A size that is a body height, a foot length or a waist decides by itself. Letters mean nothing
without the shop's chart (attributes like ``chest_m_cm``), so they stay unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any, Literal

from assistant.doing.rules.bodies import PARTS, body_of
from assistant.doing.rules.charts import Chart
from assistant.doing.rules.measures import Heard, stated

# By what a chart is read first.
DECIDING = ("foot", "chest", "waist", "hip", "head", "neck", "height", "weight")
# Millimetres by which a foot may be shorter than the smallest size is for.
MUCH_LESS = 15
_SIZES = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "4xl", "5xl", "6xl")


@dataclass(frozen=True)
class Fit:
    """``answer``: fits (``size`` says which, "" for all), none, or unknown.

    ``between``: the next size that would do too. ``rule``: chart, range, height, foot, waist.
    """

    answer: Literal["fits", "none", "unknown"]
    size: str = ""
    rule: str = ""
    between: str = ""
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def size_for(
    attributes: Mapping[str, Any],
    sizes: Sequence[str],
    question: str,
    *,
    category: str = "",
    chart: Chart | None = None,
) -> Fit:
    """Return the size for the body that a question describes. ``sizes``: codes of variants.

    ``chart``: what the shop writes of such sizes; what the product itself states comes first.
    """
    body = body_of(question)
    if not body:
        return Fit("unknown", needs=_needs(attributes, sizes, category) or charted(chart))
    if (fit := _chart(attributes, sizes, body, category)) or (fit := by_chart(chart, sizes, body)):
        return fit
    for rule in (_ranges, _heights, _suits, _feet, _waists):
        fit = rule(attributes, sizes, body, category)
        if fit is not None:
            return fit
    needs = _needs(attributes, sizes, category) or charted(chart)
    return Fit("unknown", needs=tuple(one for one in needs if one not in body))


Body = Mapping[str, Heard]


def _chart(a: Mapping[str, Any], sizes: Sequence[str], body: Body, _category: str) -> Fit | None:
    """The shop's chart: the smallest size in whose rows all that was said lies."""
    rows: dict[str, dict[str, tuple[Decimal, Decimal]]] = {}
    for size in sizes:
        for part in body:
            unit = "kg" if part == "weight" else "cm"
            limits = stated(a, f"{part}_{size.replace('-', '_')}_{unit}")
            if len(limits) == 2:
                rows.setdefault(size, {})[part] = (min(limits), max(limits))
    if not rows:
        return None
    fitting = [
        s for s in sorted(rows, key=_order) if all(body[p].within(*rows[s][p]) for p in rows[s])
    ]
    parts = {part for row in rows.values() for part in row}
    words = tuple(body[part].words for part in body if part in parts)
    if not fitting:
        return Fit("none", rule="chart", words=words)
    codes = tuple(
        f"{part}_{fitting[0].replace('-', '_')}_{'kg' if part == 'weight' else 'cm'}"
        for part in rows[fitting[0]]
    )
    return Fit("fits", fitting[0], "chart", next(iter(fitting[1:]), ""), words, codes)


def charted(chart: Chart | None) -> tuple[str, ...]:
    """Return what a chart tells sizes by, widths around the body first."""
    parts = {part for row in chart.rows.values() for part in row} if chart else set()
    return tuple(one for one in DECIDING if one in parts)[:2]


def by_chart(chart: Chart | None, sizes: Sequence[str], body: Body) -> Fit | None:
    """The shop's chart in words: a size whose row holds what was said; where rows overlap, both.

    Where no row holds all of it, what decides most does: the chest before the height. A single
    number is what a size is made for: the next one up.
    """
    if chart is None:
        return None
    rows = {code: chart.rows[label] for code in sizes if (label := bare(code)) in chart.rows}
    parts = [one for one in DECIDING if one in body and any(one in row for row in rows.values())]
    if not parts:
        return None
    words = tuple(body[one].words for one in parts)
    for some in (parts, *([one] for one in parts)):
        fitting = [
            code for code in sorted(rows, key=_order)
            if all(one in rows[code] and _holds(rows[code][one], body[one]) for one in some)
        ]  # fmt: skip
        if fitting and _single(rows, some):
            far = any(rows[fitting[0]][one][0] - body[one].high > MUCH_LESS for one in some)
            fitting = [] if far else fitting[:1]
        if fitting:
            told = tuple(body[one].words for one in some)
            return Fit("fits", fitting[0], "chart", next(iter(fitting[1:]), ""), told)
    return Fit("none", rule="chart", words=words)


def bare(code: str) -> str:
    """Return a size code without what says which system it is of: size-40, eu-40 and 40."""
    return re.sub(r"^(?:size|eu)-", "", code)


def _holds(limits: tuple[Decimal, Decimal], said: Heard) -> bool:
    low, high = limits
    return said.within(low, high) if low < high else said.high <= high


def _single(rows: Mapping[str, Mapping[str, tuple[Decimal, Decimal]]], parts: list[str]) -> bool:
    return any(row[one][0] == row[one][1] for row in rows.values() for one in parts if one in row)


def _ranges(a: Mapping[str, Any], sizes: Sequence[str], body: Body, _category: str) -> Fit | None:
    """One size for a stated range: head, wrist, hand, chest, back."""
    told = [
        (part, limits)
        for part in body
        if len(limits := stated(a, f"{part}_cm")) == 2 and part != "height"
    ]
    if not told:
        return None
    inside = all(body[part].within(min(limits), max(limits)) for part, limits in told)
    words = tuple(body[part].words for part, _limits in told)
    codes = tuple(f"{part}_cm" for part, _limits in told)
    if inside and len({*sizes}) > 1:
        return None  # it fits one of the sizes, and nothing says which
    return Fit("fits" if inside else "none", "", "range", words=words, codes=codes)


def _heights(a: Mapping[str, Any], sizes: Sequence[str], body: Body, category: str) -> Fit | None:
    """Children's sizes are body heights: the next one up."""
    known = {int(number): size for size in sizes if (number := height_of(size))}
    if not known or "height" not in body or len(known) < len(sizes):
        return None
    return _next_up(known, body["height"].high / 10, body["height"], "height", most_below=12)


def _suits(a: Mapping[str, Any], sizes: Sequence[str], body: Body, category: str) -> Fit | None:
    """170/92A is made for a height of 170: the nearest of them."""
    known = {int(size[:3]): size for size in sizes if re.match(r"1[4-9]\d/", size)}
    if not known or "height" not in body:
        return None
    wanted = body["height"].low / 10
    best = min(known, key=lambda one: (abs(one - wanted), one))
    if abs(best - wanted) > 4:
        return Fit("none", rule="height", words=(body["height"].words,))
    return Fit("fits", known[best], "height", words=(body["height"].words,))


def _feet(a: Mapping[str, Any], sizes: Sequence[str], body: Body, category: str) -> Fit | None:
    """A shoe size is the foot's millimetres divided by five, less ten: 250 mm is 40."""
    known = {int(n): size for size in sizes if (n := shoe_of(size))}
    if not known or "foot" not in body:
        return None
    wanted = (body["foot"].high / 5 - 10).quantize(Decimal(1), ROUND_CEILING)
    return _next_up(known, wanted, body["foot"], "foot", most_below=2)


def _waists(a: Mapping[str, Any], sizes: Sequence[str], body: Body, category: str) -> Fit | None:
    """Trousers of 30, 32, 34: inches around the waist. Belts state what is to be added to it."""
    known = {
        int(size.removeprefix("size-")): size
        for size in sizes
        if re.fullmatch(r"(?:size-)?\d{2,3}", size)
    }
    if not known or "waist" not in body or shoe_like(category):
        return None
    waist = body["waist"].high
    if add := stated(a, "add_cm"):
        return _next_up(known, (waist + max(add)) / 10, body["waist"], "belt", most_below=12)
    if max(known) > 60:
        return None
    return _next_up(known, waist / Decimal("25.4"), body["waist"], "waist", most_below=3)


def _next_up(
    known: Mapping[int, str], wanted: Decimal, said: Heard, rule: str, *, most_below: int
) -> Fit:
    """Return the smallest size that is large enough; none beyond the ends of what is sold."""
    enough = [one for one in sorted(known) if one >= wanted]
    if not enough or wanted < min(known) - most_below:
        return Fit("none", rule=rule, words=(said.words,))
    return Fit("fits", known[enough[0]], rule, words=(said.words,))


def height_of(size: str) -> str:
    """Return the body height that a size code is, nothing for another size."""
    match = re.fullmatch(r"(?:height-)?([5-9]\d|1[0-7]\d)", size)
    return match[1] if match else ""


def shoe_of(size: str) -> str:
    """Return the European number of a shoe size code."""
    match = re.fullmatch(r"(?:eu-)?(1[5-9]|2\d|3\d|4[0-9]|50)", size)
    return match[1] if match else ""


def shoe_like(category: str) -> bool:
    """Tell whether a category is of shoes."""
    return bool(re.search(r"shoe|boot|sandal|sneaker|slipper", category))


def _order(size: str) -> tuple[int, int, str]:
    if size in _SIZES:
        return 0, _SIZES.index(size), ""
    digits = re.sub(r"\D", "", size)
    return (1, int(digits), "") if digits else (2, 0, size)


def _needs(a: Mapping[str, Any], sizes: Sequence[str], category: str) -> tuple[str, ...]:
    """Return what a body measure would decide."""
    parts = [part for part, _words in PARTS]
    chart = [p for p in parts if any(re.match(rf"{p}_\w+_(?:cm|kg)$", code) for code in a)]
    ranges = [p for p in parts if p != "height" and len(stated(a, f"{p}_cm")) == 2]
    if chart or ranges:
        return tuple(dict.fromkeys([*chart, *ranges]))
    if sizes and all(height_of(one) for one in sizes):
        return ("height",)
    if shoe_like(category) and any(shoe_of(one) for one in sizes):
        return ("foot",)
    if sizes and all(re.fullmatch(r"(?:size-)?\d{2}", one) for one in sizes):
        return ("waist",)
    return ()
