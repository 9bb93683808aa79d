"""Numbers in words, as people say them: 八十九块五, "thirteen dollars and ninety cents"."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_MONEY = {
    "zh": re.compile(r"(?:[¥￥]|RMB )(\d+)(?:\.(\d\d))?|(\d+)(?:\.(\d\d))?(?:元|块钱)"),
    "en": re.compile(r"(?:\$|USD )(\d+)(?:\.(\d\d))?|(\d+)(?:\.(\d\d))? dollars"),
}
_NUMBER = re.compile(r"(?<![A-Za-z\d.])(\d+)(?:\.(\d+))?(?![\d.]*[A-Za-z\d])")


def in_words(fill: str, language: str) -> str:
    """Write the numbers of what fills a wording in words; codes and names stay."""
    if re.search(r"[A-Z]{2,}\d|\d{5}", fill) or len(fill) > 24:
        return fill
    fill = _MONEY[language].sub(lambda one: _money(one, language), fill)
    return _NUMBER.sub(lambda one: _plain(one[1], one[2] or "", language), fill)


def _money(one: re.Match[str], language: str) -> str:
    whole, cents = int(one[1] or one[3]), (one[2] or one[4] or "00")
    if language == "en":
        rest = f" and {english(int(cents))} cents" if cents != "00" else ""
        return f"{english(whole)} dollars{rest}"
    if cents == "00":
        return f"{chinese(whole)}元"
    return f"{chinese(whole)}块{DIGITS[int(cents[0])]}" + (
        DIGITS[int(cents[1])] if cents[1] != "0" else ""
    )


def _plain(whole: str, part: str, language: str) -> str:
    if language == "en":
        tail = " point " + " ".join(ONES[int(one)] for one in part) if part else ""
        return english(int(whole)) + tail
    return chinese(int(whole)) + ("点" + "".join(DIGITS[int(one)] for one in part) if part else "")


def chinese(number: int) -> str:
    """Return a whole number below 10,000 in Chinese numerals."""
    if number < 10:
        return DIGITS[number]
    said, empty = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            said += ("零" if empty and said else "") + DIGITS[digit] + name
        empty = not digit
    return said.removeprefix("一") if 10 <= number < 20 else said


def english(number: int) -> str:
    """Return a whole number below 10,000 in English words."""
    if number >= 1000:
        rest = f" {english(number % 1000)}" if number % 1000 else ""
        return f"{english(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {english(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
