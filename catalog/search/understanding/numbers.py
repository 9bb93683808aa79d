"""Find every number of a folded query: digits, Chinese numerals, English number words.

For the amount grammar. A number inside a model name (s24, v12, mp3) is not found, and no number
is given a meaning here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.search.understanding.numerals import (
    WORD_UNITS,
    WORDS,
    decimal_of,
    place_of,
    read_han,
    read_words,
)

# ±20 %: what a shopper accepts by "about", "around", 左右 and by naming one price.
ABOUT = Decimal("0.2")
LIMIT = Decimal(10) ** 10


@dataclass(frozen=True, slots=True)
class Number:
    """A number at [start, end): one value, or a band from ``low`` to ``high``."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    about: bool = False
    written: bool = False  # in words or with a multiplier, so it is no model number
    single: bool = False  # one Chinese digit, as in 一双: too weak without a unit

    @property
    def banded(self) -> bool:
        """Say whether the words themselves are a band: 一百多, 两三百, 几百, 200出头."""
        return self.low != self.high and self.written and self.high >= 50


_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?"
_HAN = r"[零〇一二两三四五六七八九十百千万亿几]"
_FIND = re.compile(
    rf"(?:{_DIGITS})(?:[ ]?[百千万亿](?:[0-9一二三四五六七八九](?![0-9.]))?)*|{_HAN}+"
)
_WORD = "|".join(sorted((*WORDS, *WORD_UNITS), key=len, reverse=True))
_ENGLISH = re.compile(
    rf"\b(?:(?:a |an )?(?:couple|few)(?: of)? (?:hundred|thousand|grand)|(?:an? )?(?:{_WORD}))"
    rf"(?:[ -](?:and )?(?:{_WORD}))*\b"
)
_MORE = re.compile(r"多|几|余|来|把|[ -]?ish\b|出头")
_LETTERS_BEFORE = re.compile(r"[a-z]+$")
_MODEL_BEFORE = re.compile(r"(?<![a-z0-9])[a-z][a-z0-9]*[-._/]$")
_LETTERS_AFTER = re.compile(r"[a-z]+")
_SCALE = re.compile(r"[ ]?(k|w|hundred|thousand|grand)(?![a-z0-9])")
# Letters that may touch a number from the left without making it a model name.
_TOUCHING = frozenset(
    [
        "rmb",
        "cny",
        "usd",
        "eur",
        "gbp",
        "hkd",
        "us",
        "hk",
        "rs",
        "jpy",
        "under",
        "below",
        "over",
        "above",
        "size",
        "eu",
        "uk",
        "around",
        "about",
        "max",
        "min",
        "budget",
    ]
)


def read_numbers(text: str, *, units: re.Pattern[str]) -> list[Number]:
    """Find the numbers of ``text`` in order; ``units`` says which letters may follow one.

    Cost: linear in the text, two regular expressions without nested repetition.
    """
    kept: list[Number] = []
    for number in sorted(_scan(text, units), key=lambda number: (number.start, -number.end)):
        if number.high < LIMIT and (not kept or number.start >= kept[-1].end):
            kept.append(number)
    return kept


def _scan(text: str, units: re.Pattern[str]) -> Iterator[Number]:
    for match in _FIND.finditer(text):
        number = _from_digits(text, match, units)
        if number is not None:
            yield _softened(text, number)
    for match in _ENGLISH.finditer(text):
        words = [word for word in re.split(r"[ -]", match[0]) if word not in ("a", "an", "of")]
        span = read_words(words)
        if span and not text.endswith(("-", "no ", "some", "any"), 0, match.start()):
            yield _softened(text, Number(match.start(), match.end(), *span, written=True))


def _from_digits(text: str, match: re.Match[str], units: re.Pattern[str]) -> Number | None:
    start, end = match.span()
    run = match[0].replace(" ", "")
    span = read_han(run)
    if span is None or not _stands_alone(text, start):
        return None
    written = run[-1] not in "0123456789" or run[0] not in "0123456789"
    if text[end - 1] in "0123456789":
        scaled = _scaled(text, end, span)
        if scaled is not None:
            end, span, written = *scaled, True
        elif not _may_end(text, end, units):
            return None
    return Number(start, end, *span, written=written, single=len(run) == 1 and written)


def _stands_alone(text: str, start: int) -> bool:
    """Refuse the 24 of s24 and the 2 of a-2, and the 12 of 3.12 and 1/12."""
    before = _LETTERS_BEFORE.search(text, max(0, start - 12), start)
    if before and text[start] in "0123456789":
        return before[0] in _TOUCHING
    if start >= 2 and text[start - 1] in "-._/" and text[start] in "0123456789":
        part_of_number = text[start - 2] in "0123456789" and text[start - 1] in "./"
        return not (part_of_number or _MODEL_BEFORE.search(text, max(0, start - 16), start))
    return True


def _scaled(
    text: str, end: int, span: tuple[Decimal, Decimal]
) -> tuple[int, tuple[Decimal, Decimal]] | None:
    """Apply 2k, 1.5w, "3 hundred"; a w is 万 only for small numbers (65w is power)."""
    match = _SCALE.match(text, end)
    if match is None:
        return None
    word = match[1]
    if word == "w" and not (span[0] < 10 and _MONEY_NEXT.match(text, match.end())):
        return None
    factor = {"k": 1000, "w": 10_000}.get(word) or WORD_UNITS[word]
    return match.end(), (span[0] * factor, span[1] * factor)


_MONEY_NEXT = re.compile(r"[ ]?(?:元|块|以|左右|内|之|[-~到至]|的|$)")


def _may_end(text: str, end: int, units: re.Pattern[str]) -> bool:
    """Allow only unit letters right after digits: 8gb is an amount, 15pro a model."""
    after = _LETTERS_AFTER.match(text, end)
    return after is None or after[0] == "ish" or units.match(text, end) is not None


def _softened(text: str, number: Number) -> Number:
    """Widen by what follows: 一百多 is 100 to 200, 三百来 and 50ish are ±20 %."""
    match = _MORE.match(text, number.end)
    if match is None or number.low != number.high:
        return number
    if match[0].strip(" -") in ("来", "把", "ish"):
        return replace(number, end=match.end(), about=True, written=True)
    top = number.low * (1 + ABOUT) if match[0] == "出头" else number.low + place_of(number.low)
    return replace(number, end=match.end(), high=top, written=True)


def around(value: Decimal) -> tuple[Decimal, Decimal]:
    """Return the band that a named or "about" value stands for."""
    return plain(value * (1 - ABOUT)), plain(value * (1 + ABOUT))


def plain(value: Decimal) -> Decimal:
    """Drop trailing zeros without falling into exponents: 240.0 -> 240."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


__all__ = ["ABOUT", "Number", "around", "decimal_of", "plain", "read_numbers"]
