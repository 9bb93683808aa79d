"""How much it is: of so many pieces, in another unit, or for one unit of it. Exact Decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assistant.doing.rules.measures import UNITS, stated
from catalog.text import fold

# What an amount may be reckoned of, the plainest first.
OF: dict[str, tuple[str, ...]] = {
    "mass": ("weight_g", "weight_kg", "portion_g", "filling_g"),
    "volume": ("capacity_ml", "capacity_l"),
    "length": ("height_cm", "length_cm", "width_cm", "diameter_cm", "thickness_mm", "cable_m"),
    "pieces": ("pieces", "sheets", "pages"),
    "power": ("power_w",),
}
WORDS: tuple[tuple[str, str, str], ...] = (
    ("mass", "kg", r"kilo(?:gram)?s?\b|\bkgs?\b|公斤|千克"),
    ("mass", "jin", r"(?<!公)斤"),
    ("mass", "lb", r"\blbs?\b|pounds?\b|磅"),
    ("mass", "oz", r"\boz\b|ounces?\b|盎司"),
    ("mass", "g", r"grams?\b|\bg\b|克"),
    ("volume", "ml", r"\bml\b|millilit|毫升"),
    ("volume", "l", r"lit(?:er|re)s?\b|\bl\b|公升|(?<!毫)升"),
    ("length", "inch", r"inch(?:es)?\b|英寸"),
    ("length", "ft", r"\bfeet\b|\bfoot\b|英尺"),
    ("length", "mm", r"\bmm\b|millimet|毫米"),
    ("length", "cm", r"\bcm\b|centimet|厘米|公分"),
    ("length", "m", r"\bmet(?:er|re)s?\b|(?<![厘毫公])米"),
    (
        "pieces",
        "piece",
        r"pieces?\b|\bpcs\b|sheets?\b|bags?\b|capsules?\b|片|粒|包|颗|张|块|枚|个|支|条|袋|只",
    ),
)
_PER = re.compile(
    r"(?:per|a|an|each|for (?:each|every|one)|every|/|每|一)[ -]?(\d{1,4})? ?"
    r"(gram|g\b|kilo(?:gram)?|kg|ml|lit(?:er|re)|l\b|pound|lb|ounce|oz|piece|pcs|sheet|bag|capsule|"
    r"克|公斤|千克|斤|毫升|升|片|粒|包|颗|张|块|枚|个|支|袋)"
)
_UNIT_PRICE = re.compile(r"price|cost|much|单价|多少钱|价|合|贵|便宜|折合")
_HOW = re.compile(
    r"how (?:heavy|much|many|long|tall|wide|big)|weigh|total"
    r"|多重|多少|多大|几|一共|总共|换算|多高|多长|合计"
)
_HEAVY = re.compile(r"heavy|weigh|重|轻")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Amount:
    """So much in a unit, and the attribute it comes from; ``None`` where nothing is stated."""

    value: Decimal | None
    unit: str
    code: str = ""
    per: Decimal = Decimal(1)


def amount_of(attributes: Mapping[str, Any], question: str, pieces: int = 1) -> Amount:
    """Return how much so many pieces are, in the unit that is asked for or the stated one."""
    text = fold(question)
    dimension, unit = asked_unit(text)
    if dimension in ("", "pieces") and _HEAVY.search(text):
        dimension, unit = "mass", ""
    for code in OF.get(dimension, ()):
        limits = stated(attributes, code)
        if len(limits) != 1:
            continue
        total = limits[0] * (1 if dimension == "length" else pieces)
        shown = unit or code.rsplit("_", 1)[-1]
        if dimension == "pieces":
            return Amount(total, "piece", code)
        return Amount(trimmed(total / UNITS[shown][1]), shown, code)
    return Amount(None, unit)


def unit_price(attributes: Mapping[str, Any], question: str, price: Decimal) -> Amount:
    """Return what one unit of it costs: per 100 g, per litre, per piece; to the cent."""
    found = _PER.search(fold(question))
    if found is None:
        return Amount(None, "")
    dimension, unit = asked_unit(found[2])
    for code in OF.get(dimension, ()):
        limits = stated(attributes, code)
        if len(limits) != 1 or not limits[0]:
            continue
        share = Decimal(found[1] or 1)
        base = UNITS[unit][1] if unit in UNITS else Decimal(1)
        exact = price * share * base / limits[0]
        return Amount(exact.quantize(_CENT, ROUND_HALF_UP), unit, code, share)
    return Amount(None, unit)


def asks_amount(question: str) -> bool:
    """Tell whether a question is about how much something is."""
    return bool(_HOW.search(fold(question)))


def asks_unit_price(question: str) -> bool:
    """Tell whether a question is about the price of a unit."""
    text = fold(question)
    return bool(_PER.search(text) and _UNIT_PRICE.search(text))


def asked_unit(text: str) -> tuple[str, str]:
    """Return the dimension and unit that words name last, both empty for none."""
    last: tuple[int, str, str] = (-1, "", "")
    for dimension, unit, words in WORDS:
        for match in re.finditer(words, text):
            if match.start() > last[0]:
                last = (match.start(), dimension, unit)
    return last[1], last[2]


def trimmed(value: Decimal) -> Decimal:
    """Return a value to two places, without empty ones."""
    rounded = value.quantize(_CENT, ROUND_HALF_UP)
    return rounded.normalize() if rounded != rounded.to_integral() else rounded.quantize(Decimal(1))
