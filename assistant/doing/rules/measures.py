"""Measures as shops state them and as shoppers say them, in one unit a dimension.

Mass is in grams, length in millimetres, volume in millilitres, power in watts, time in minutes,
temperature in degrees Celsius. Nothing is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.search.understanding.quantities import quantities_of
from catalog.text import fold

# code of a unit as a shopper's word or an attribute's ending: (dimension, how much of the base)
UNITS: dict[str, tuple[str, Decimal]] = {
    "mg": ("mass", Decimal("0.001")), "g": ("mass", Decimal(1)), "kg": ("mass", Decimal(1000)),
    "jin": ("mass", Decimal(500)), "lb": ("mass", Decimal("453.59237")),
    "oz": ("mass", Decimal("28.349523125")), "t": ("mass", Decimal(1_000_000)),
    "mm": ("length", Decimal(1)), "cm": ("length", Decimal(10)), "m": ("length", Decimal(1000)),
    "km": ("length", Decimal(1_000_000)), "inch": ("length", Decimal("25.4")),
    "in": ("length", Decimal("25.4")), "ft": ("length", Decimal("304.8")),
    "ml": ("volume", Decimal(1)), "l": ("volume", Decimal(1000)),
    "gal": ("volume", Decimal("3785.411784")),
    "w": ("power", Decimal(1)), "v": ("voltage", Decimal(1)), "mah": ("charge", Decimal(1)),
    "wh": ("energy", Decimal(1)), "min": ("time", Decimal(1)), "h": ("time", Decimal(60)),
    "days": ("time", Decimal(1440)), "months": ("time", Decimal(43_800)),
    "c": ("temperature", Decimal(1)), "db": ("loudness", Decimal(1)), "hz": ("rate", Decimal(1)),
    "dpi": ("dots", Decimal(1)), "mb": ("data", Decimal(1)), "gb": ("data", Decimal(1000)),
    "tb": ("data", Decimal(1_000_000)),
}  # fmt: skip
_COLD = re.compile(
    r"(零下|minus |negative |-|−|–)? ?(\d{1,2}(?:\.\d)?) ?(?:°c?|℃|度(?!数)|degrees?(?: celsius)?"
    r"|celsius)"
)
_COLD_HAN = re.compile(r"零下 ?([一二两三四五六七八九]?十?[一二三四五六七八九]?)度")
_FOOT = re.compile(
    r"([3-7]) ?(?:'|′|ft|foot|feet) ?(1[01]|\d)(?: ?(?:\"|″|''|in(?:ch(?:es)?)?))?(?!\d)"
)
_CHI = re.compile(r"(\d)(?:\.(\d))?尺(\d)?")


@dataclass(frozen=True)
class Heard:
    """A measure somebody said: in the base unit of its dimension, and the words it was said in."""

    dimension: str
    low: Decimal
    high: Decimal
    words: str
    start: int
    end: int

    def within(self, low: Decimal, high: Decimal, share: Decimal = Decimal(0)) -> bool:
        """Tell whether all of it lies between two limits, which may be passed by a share."""
        return low * (1 - share) <= self.low and self.high <= high * (1 + share)


def heard(question: str) -> tuple[Heard, ...]:
    """Return the measures of a question in the order they are said; bare numbers are left out."""
    text = fold(question)
    found = [*_feet(text), *_chi(text), *_temperatures(text)]
    taken = [(one.start, one.end) for one in found]
    for one in quantities_of(text, "CNY"):
        unit = one.unit
        if unit is None or unit.kind != "measure" or unit.code not in UNITS:
            continue
        if any(one.start < end and start < one.end for start, end in taken):
            continue
        dimension, base = UNITS[unit.code]
        words = text[one.start : one.end].strip()
        found.append(Heard(dimension, one.low * base, one.high * base, words, one.start, one.end))
    return tuple(sorted(found, key=lambda one: one.start))


def _feet(text: str) -> Iterable[Heard]:
    for match in _FOOT.finditer(text):
        value = Decimal(match[1]) * Decimal("304.8") + Decimal(match[2]) * Decimal("25.4")
        yield Heard("length", value, value, match[0].strip(), *match.span())


def _chi(text: str) -> Iterable[Heard]:
    """Read 2尺4 of a waist: a Chinese foot is a third of a metre."""
    for match in _CHI.finditer(text):
        tenths = Decimal(f"{match[1]}.{match[2] or match[3] or 0}")
        value = (tenths * 1000 / 3).quantize(Decimal("0.1"))
        yield Heard("length", value, value, match[0], *match.span())


def _temperatures(text: str) -> Iterable[Heard]:
    for match in _COLD.finditer(text):
        value = Decimal(match[2]) * (-1 if match[1] else 1)
        yield Heard("temperature", value, value, match[0].strip(), *match.span())
    for match in _COLD_HAN.finditer(text):
        if match[1]:
            value = Decimal(-_han(match[1]))
            yield Heard("temperature", value, value, match[0], *match.span())


def _han(text: str) -> int:
    """Read a Chinese numeral up to ninety-nine."""
    tens, ten, ones = text.rpartition("十")
    digits = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
    return (digits.get(tens, 1) * 10 if ten else 0) + digits.get(ones, 0)


def stated(attributes: Mapping[str, Any], code: str) -> tuple[Decimal, ...]:
    """Return the numbers that a product states under a code, in the base unit; none if it has none.

    A value is never made of words: a text where a number belongs is nothing stated.
    """
    values = attributes.get(code)
    listed = values if isinstance(values, list) else [values]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in listed):
        return ()
    base = UNITS.get(code.rsplit("_", 1)[-1], ("", Decimal(1)))[1]
    return tuple(Decimal(str(one)) * base for one in listed)


def dimension_of(code: str) -> str:
    """Return what an attribute measures, nothing for one without a unit in its code."""
    return UNITS.get(code.rsplit("_", 1)[-1], ("", Decimal(1)))[0]
