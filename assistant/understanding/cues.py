"""Small words of talk, Chinese and English, as patterns over folded text."""

from __future__ import annotations

import re

COUNTERS = "个款件条双只台种样号把套本支瓶顶张部盒对枚块副辆"
NUMERALS = {
    "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9, "十": 10, "几": 0,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "a": 1, "an": 1, "couple": 2, "dozen": 12,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip


def number_of(words: str) -> int | None:
    """Return a small whole number said in digits or words: 3, 三, 十二, "2nd", "third"."""
    digits = re.match(r"\d{1,3}", words)
    if digits:
        return int(digits[0])
    if words in NUMERALS:
        return NUMERALS[words]
    tens, ten, ones = words.partition("十")
    if ten and {tens, ones} <= {*NUMERALS, ""}:
        return NUMERALS.get(tens, 1) * 10 + NUMERALS.get(ones, 0)
    return None


def pattern(*parts: str) -> re.Pattern[str]:
    """Compile alternatives; they are matched in folded text."""
    return re.compile("|".join(parts))
