"""Small words of talk, Chinese and English, as patterns over folded text (``words/*.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"
COUNTERS = "个款件条双只台种样号把套本支瓶顶张部盒对枚块副辆"
ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
NUMERALS = {
    "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9, "十": 10,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "a": 1, "an": 1, "couple": 2, "both": 2, "dozen": 12,
    **{name: place + 1 for place, name in enumerate(ORDINALS.split("|"))},
}  # fmt: skip
KINDS = {
    "colour": "颜色|色系|colou?r", "size": "尺码|码数|大小|size", "brand": "品牌|牌子|brand",
    "price": "预算|价格|价位|价钱|price|budget", "material": "材质|面料|料子|material|fabric",
    "style": "风格|款式|style", "season": "季节|season", "occasion": "场合|occasion",
    "rating": "评分|rating",
}  # fmt: skip
_SHORT = {
    "{K}": f"(?:{'|'.join(KINDS.values())})",
    "{C}": COUNTERS,
    "{N}": rf"(?:{ORDINALS}|\d{{1,2}}(?:st|nd|rd|th))",
    "{T}": "ones?|items?|options?|products?|pairs?|choices?|results?|picks?|models?|suggestions?",
    "{X}": "hand|time|times|order|week|month|year|night|day|thing|of all|class|floor|name|"
    "purchase|birthday|baby|child|job|date|half|opinion|person|chance",
}


@lru_cache(maxsize=32)
def cues(name: str) -> dict[str, re.Pattern[str]]:
    """Return the patterns of one file of ``words``; each matches if any of its lines does."""
    rows = tomllib.loads((WORDS / f"{name}.toml").read_text("utf-8"))
    return {key: re.compile("|".join(_written(one) for one in found)) for key, found in _flat(rows)}


def _flat(rows: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for key, found in rows.items():
        if isinstance(found, dict):
            yield from ((f"{key}.{name}", lines) for name, lines in found.items())
        else:
            yield key, found


def _written(line: str) -> str:
    for short, long in _SHORT.items():
        line = line.replace(short, long)
    return line


def kind_of(words: str) -> str:
    """Return the kind of slot that a word such as 预算 or "colour" names; "" for none."""
    return next((kind for kind, names in KINDS.items() if re.fullmatch(names, words)), "")


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
