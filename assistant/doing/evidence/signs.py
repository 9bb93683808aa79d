"""The signs by which a sentence is judged to answer a question: few numbers, about 0 to 1 each.

Plain Python. Words are counted by how few sentences of the page have them; matters are those of
``doing/topics.toml``, kinds of answers those of ``kinds.toml``, families of words for one thing
those of ``families.toml``; sense is the cosine of an encoder's
vectors, always beside the page's other sentences, for its height alone says little.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.doing.quoting import stem, there, words_of
from assistant.doing.topics import topics_of
from assistant.understanding.wishing import called_also
from catalog.text import fold

KINDS, FAMILIES = (Path(__file__).with_name(f"{one}.toml") for one in ("kinds", "families"))
HEIGHT, STEP = 0.85, 20.0  # cosines of this encoder's family lie between .75 and .95
_NUMBER = re.compile(
    r"\d|[一二两三四五六七八九十百半]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half)\b"
)
_HAN = re.compile("[\u3400-\u9fff]")
# Whether there is such a part or kind: what the page never names is hardly answered by it.
_HAS = re.compile(
    r"有没有|[有带送配](?!点).{1,6}[吗么嘛不没]|支持|包含"
    r"|\b(?:do|does) (?:it|they|you|this) (?:have|come|support|include)"
    r"|\bis (?:there|it an?)\b|\bcome with\b|\bany\b|\bincluded\b|\bis it \w+\W*$"
)
WORDS = (
    "said", "ahead", "any", "matter", "known", "only", "kind", "expects", "kinds", "number", "long",
    "asked", "chinese", "unsaid", "lacks", "family", "kin", "akin", "strange", "first",
    "fitting", "chinese_ahead", "chinese_kin",
)  # fmt: skip
SENSE = (*WORDS, "near", "nearest", "over", "height", "agreed", "voiced", "chinese_nearest")
Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer, or a family: which questions expect it, which sentences give it."""

    asks: re.Pattern[str]
    says: re.Pattern[str]


@lru_cache(maxsize=2)
def kinds(path: Path = KINDS) -> tuple[Kind, ...]:
    """Return the kinds of answers, or the families, that are written down in a file."""
    rows = tomllib.loads(path.read_text("utf-8")).values()
    return tuple(
        Kind(re.compile(row["asks"]), re.compile(row.get("says", row["asks"]))) for row in rows
    )


def signs_of(
    question: str, sentences: Sequence[str], cosines: Sequence[float] | None = None
) -> list[Signs]:
    """Return the signs of each sentence of a page, in their order.

    ``cosines``: of the question with each, None where nobody encoded them.
    """
    folded = [fold(one) for one in sentences]
    asked = fold(question)
    words = words_of(asked)
    shares = said(words, folded)
    unsaid = nowhere(words, folded)
    has = bool(_HAS.search(asked))
    matters = [one.says for one in topics_of(asked) if one.says]
    speak = [any(one.search(text) for one in matters) for text in folded]
    wanted = [one for one in kinds() if one.asks.search(asked)]
    gives = [
        sum(bool(one.says.search(text)) for one in wanted) / max(1, len(wanted)) for text in folded
    ]
    kin, families = kinship(asked, folded)
    found = [
        {
            "said": shares[place],
            "ahead": shares[place] - rest(shares, place),
            "any": float(max(shares) > 0),
            "matter": float(speak[place]),
            "known": float(bool(matters)),
            "only": speak[place] / max(1, sum(speak)),
            "kind": gives[place],
            "expects": float(bool(wanted)),
            "kinds": gives[place] / max(1e-9, sum(gives)),
            "number": float(bool(_NUMBER.search(text))),
            "long": math.log(max(2, len(text) * (3 if _HAN.search(text) else 1))) / 6,
            "asked": min(len(words), 12) / 12,
            "chinese": float(bool(_HAN.search(asked))),
            "unsaid": unsaid,
            "lacks": float(has and not shares[place]),
            "family": kin[place],
            "kin": kin[place] - rest(kin, place),
            "akin": kin[place] / max(1e-9, sum(kin)),
            "strange": float(bool(families) and not kin[place]),
            "first": float(not place),
        }
        for place, text in enumerate(folded)
    ]
    if cosines is not None:
        found = [one | sense(cosines, place) for place, one in enumerate(found)]
    return joined(found)


def joined(found: Sequence[Signs]) -> list[Signs]:
    """Return the signs with those that several make together, or that weigh by language.

    Two ways that point at one sentence tell more than the sum of them; words and vectors are worth
    more in one language than in the other.
    """
    most = {name: max(one.get(name, 0.0) for one in found) for name in ("akin", "said", "kinds")}

    def leads(one: Signs, *names: str) -> bool:
        return all(one[name] > 0 and one[name] >= most.get(name, 0.0) for name in names)

    told = []
    for one in found:
        both = {
            "fitting": float(leads(one, "kinds", "akin")),
            "chinese_ahead": one["chinese"] * one["ahead"],
            "chinese_kin": one["chinese"] * one["kin"],
        }
        if "over" in one:
            both["agreed"] = float(leads(one, "over", "akin"))
            both["voiced"] = float(leads(one, "over", "said"))
            both["chinese_nearest"] = one["chinese"] * one["nearest"]
        told.append(one | both)
    return told


def kinship(asked: str, folded: Sequence[str]) -> tuple[list[float], int]:
    """Return the share of a question's families that each sentence is of, and their number.

    Those that fewer sentences of the page are of count more.
    """
    wanted = [one.says for one in kinds(FAMILIES) if one.asks.search(asked)]
    there = [[bool(one.search(text)) for text in folded] for one in wanted]
    worth = [1 / (1 + sum(row)) for row in there]
    total = sum(worth)
    shares = [
        sum(w for w, row in zip(worth, there, strict=True) if row[place]) / total if total else 0.0
        for place in range(len(folded))
    ]
    return shares, len(wanted)


def sense(cosines: Sequence[float], place: int) -> Signs:
    """Return how near a sentence lies beside its page's others."""
    mean = sum(cosines) / len(cosines)
    return {
        "near": STEP * (cosines[place] - mean),
        "nearest": STEP * (cosines[place] - rest(cosines, place)),
        "over": float(cosines[place] >= max(cosines)),
        "height": STEP * (cosines[place] - HEIGHT),
    }


def rest(values: Sequence[float], place: int) -> float:
    """Return the highest of the other values, the value itself where it stands alone."""
    others = [one for number, one in enumerate(values) if number != place]
    return max(others, default=values[place])


def nowhere(words: set[str], folded: Sequence[str]) -> float:
    """Return the share of the words that no sentence says."""
    told = [any(there(way, text) for way in ways(one) for text in folded) for one in words]
    return told.count(False) / len(told) if told else 0.0


def said(words: set[str], folded: Sequence[str]) -> list[float]:
    """Return the share of the words that each sentence says, rarer ones of the page counting more.

    A word is also said by what it is called besides, in either language.
    """
    counts = dict.fromkeys(words, 0)
    having: list[set[str]] = []
    for text in folded:
        mine = {one for one in words if any(there(way, text) for way in ways(one))}
        having.append(mine)
        for one in mine:
            counts[one] += 1
    worth = {one: 1 / (1 + count) for one, count in counts.items()}
    total = sum(worth.values())
    return [sum(worth[one] for one in mine) / total if total else 0.0 for mine in having]


@lru_cache(maxsize=4096)
def ways(word: str) -> frozenset[str]:
    """Return a word of a question with what it is called besides; English ones as stems."""
    return frozenset(stem(one) if one.isascii() else one for one in called_also(word)) | {word}
