"""How good a text reads, in numbers that need no model: each from 0 to 1, 1 being good.

``score`` is their weighted mean, by which a shop may hold drafts back. The measures see form, not
truth: truth is `checking`'s, which lets nothing through at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from marketing.copy.channels import CHINESE, Channel
from marketing.copy.forms import sentences

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d[\d.,]*|[\u3400-\u9fff]")
_SPECIFIC = re.compile(r"\d|[A-Z][a-z]+ [A-Z]|[（(]")
_EMPTY = re.compile(
    r"品质生活|匠心|臻品|尊享|尽显|彰显|焕发|不容错过|性价比|物超所值|高端大气|简约而不简单|绝佳|完美"
    r"|给你不一样的|让你|爱不释手|必备|好物|值得拥有|不二之选|满足[您你]的|精心|倾力|诚意|打造|助力|赋能"
    r"|\b(?:elevate|unleash|indulge|experience the|game[- ]changer|take your \w+ to the next level"
    r"|must[- ]have|perfect (?:blend|companion|choice|addition)|look no further|premium quality"
    r"|high quality|designed to impress|effortless\w*|seamless\w*|timeless|stunning|exquisite"
    r"|crafted with|whether you're|say goodbye|introducing|revolutionary|cutting[- ]edge|boasts?"
    r"|superior|total comfort|companion you'll"
    r"|nestled)\b",
    re.IGNORECASE,
)
WEIGHTS = {
    "readability": 0.2, "repetition": 0.2, "variety": 0.15, "fit": 0.2, "specific": 0.15,
    "plainness": 0.1,
}  # fmt: skip


def measure(parts: Mapping[str, str], channel: Channel, locale: str) -> dict[str, float]:
    """Return the measures of a text and their ``score``."""
    text = "\n".join(parts.values())
    words = _WORD.findall(text.casefold())
    found = {
        "readability": readability(text, locale),
        "repetition": 1.0 - repeated(words),
        "variety": distinct(words, 2),
        "fit": fit(parts, channel, locale),
        "specific": specific(text),
        "plainness": plainness(text),
    }
    found["score"] = sum(found[name] * weight for name, weight in WEIGHTS.items())
    return {name: round(value, 3) for name, value in found.items()}


def readability(text: str, locale: str) -> float:
    """Score sentence lengths: full up to 35 Chinese characters or 22 words, nothing at triple."""
    lengths = [
        len(_HAN.findall(one)) if locale == CHINESE else len(_WORD.findall(one))
        for one in sentences(text)
    ]
    if not lengths:
        return 0.0
    good = 35 if locale == CHINESE else 22
    marks = [min(1.0, max(0.0, 1 - (one - good) / (2 * good))) for one in lengths]
    return sum(marks) / len(marks)


def distinct(words: Sequence[str], many: int) -> float:
    """Return the share of n-grams that are different from each other (distinct-n)."""
    grams = list(zip(*(words[start:] for start in range(many)), strict=False))
    return len(set(grams)) / len(grams) if grams else 1.0


def repeated(words: Sequence[str]) -> float:
    """Return the share of words that stand in a run of four said before."""
    grams = list(zip(*(words[start:] for start in range(4)), strict=False))
    seen: set[tuple[str, ...]] = set()
    again = 0
    for one in grams:
        again += one in seen
        seen.add(one)
    return again / len(grams) if grams else 0.0


def fit(parts: Mapping[str, str], channel: Channel, locale: str) -> float:
    """Score how the parts use their places: inside the limit, and not next to nothing in it."""
    marks = []
    for name, part in channel.parts.items():
        length, most = part.length(parts.get(name, "")), part.limit(locale)
        enough = min(most, 240) * 0.25
        marks.append(0.0 if not length or length > most else min(1.0, length / enough))
    return sum(marks) / len(marks)


def specific(text: str) -> float:
    """Score how many sentences and lines hold something that can be checked: a figure, a name."""
    rows = [one for one in sentences(text) if len(one) > 3]
    if not rows:
        return 0.0
    return min(1.0, 2 * sum(bool(_SPECIFIC.search(one)) for one in rows) / len(rows))


def plainness(text: str) -> float:
    """Score the absence of phrases that say nothing; three of them leave no mark."""
    return max(0.0, 1 - len(_EMPTY.findall(text)) / 3)


def alike(first: str, second: str) -> float:
    """Return how much two texts share: Jaccard of their pairs of words, 0 to 1."""
    one, two = (set(pairwise(_WORD.findall(text.casefold()))) for text in (first, second))
    return len(one & two) / len(one | two) if one | two else 1.0
