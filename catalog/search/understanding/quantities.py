"""Join numbers with their units and with each other: 200-300元, "$20 to $30", 1-2万.

For `amounts`, which reads the bounds around them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.search.understanding.numbers import Number, read_numbers
from catalog.search.understanding.numerals import HAN_DIGITS
from catalog.search.understanding.units import ANY_UNIT, Unit, currency_before, unit_after


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range with the units around it, before any bound is read."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: Unit | None
    number: Number
    ranged: bool = False
    between: bool = False


_RANGE = re.compile(r" ?(?:-{1,2}|–|—|~|〜|∼|\b(?:up )?to\b|到|至|\band\b|&|和|与|\bor\b) ?")

_WEAK = re.compile(r"and|&|和|与|or")

_BETWEEN = re.compile(r"(?:in between|between|anywhere from|from|介于|在|从)[ :]*$")

_BETWEEN_AFTER = re.compile(r" ?(?:之间|这个价位|价位|区间|price range|range(?![a-z]))")

_WEIGHT = re.compile(r"weigh|heavy|heavier|light|dumbbell|kettlebell|barbell|plate|capacity|load")


def quantities_of(text: str, currency: str) -> list[Quantity]:
    """Read every number of folded ``text`` with the unit beside it."""
    found = []
    for number in read_numbers(text, units=ANY_UNIT):
        before = currency_before(text, number.start, home=currency)
        after = unit_after(text, number.end)
        if before and after and after.kind != "money":
            after = None
        unit = before if before and (after is None or before.code != "USD") else after
        if unit and unit.code == "GBP" and currency != "GBP" and _weighs(text, after):
            unit = Unit("measure", "lb", unit.edge)
        start = before.edge if before else number.start
        end = after.edge if after else number.end
        quantity = Quantity(start, end, number.low, number.high, unit, number)
        found.append(_with_tenths(text, quantity))
    return found


_TENTHS = re.compile(r"(?<=米)([1-9一二三四五六七八九])(?![0-9.一二三四五六七八九十百千])")


def _with_tenths(text: str, quantity: Quantity) -> Quantity:
    """Read 1米8 and 一米五 as 1.8 m and 1.5 m."""
    match = _TENTHS.match(text, quantity.end)
    if match is None or quantity.low != quantity.high:
        return quantity
    digit = Decimal(match[1]) if match[1].isdigit() else Decimal(HAN_DIGITS[match[1]])
    value = quantity.low + digit / 10
    return replace(quantity, end=match.end(), low=value, high=value)


def _weighs(text: str, after: Unit | None) -> bool:
    """Say whether "pounds" are a weight here."""
    pounds = after is not None and text.endswith(("pound", "pounds"), 0, after.edge)
    return pounds and _WEIGHT.search(text) is not None


def with_ranges(text: str, quantities: list[Quantity]) -> Iterator[Quantity]:
    """Join "200-300元", "$20 to $30", "between 20 and 30 dollars" into one quantity."""
    index = 0
    while index < len(quantities):
        left = quantities[index]
        right = quantities[index + 1] if index + 1 < len(quantities) else None
        joined = _joined(text, left, right) if right else None
        yield joined or left
        index += 2 if joined else 1


def _joined(text: str, left: Quantity, right: Quantity) -> Quantity | None:
    separator = _RANGE.fullmatch(text, left.end, right.start)
    if separator is None or not _same_unit(left.unit, right.unit):
        return None
    between = _BETWEEN.search(text[max(0, left.start - 16) : left.start])
    closed = _BETWEEN_AFTER.match(text, right.end)
    if _WEAK.search(separator[0]) and not between and not closed:
        return None
    low = _inherited(left, right)
    if low >= right.high:
        return None
    return Quantity(
        left.start - len(between[0]) if between else left.start,
        closed.end() if closed else right.end,
        low,
        right.high,
        right.unit or left.unit,
        replace(right.number, written=left.number.written or right.number.written, single=False),
        ranged=True,
        between=bool(between or closed),
    )


def _same_unit(left: Unit | None, right: Unit | None) -> bool:
    return left is None or right is None or (left.kind, left.code) == (right.kind, right.code)


def _inherited(left: Quantity, right: Quantity) -> Decimal:
    """Scale the left side where only the right one has a multiplier: 1-2万, 2到3百, 20-30k."""
    if not right.number.written or left.low >= 100:
        return left.low
    for factor in (10_000, 1000, 100):
        scaled = left.low * factor
        if right.high % factor == 0 and right.high / 10 <= scaled < right.high:
            return scaled
    return left.low
