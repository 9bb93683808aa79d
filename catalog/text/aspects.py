"""Find what a text says of what: aspects with a good or bad word in the same clause, zh and en.

For reviews. A clause counts when it names an aspect and an opinion word stands in it, or when a
word says both at once ("pills", "显瘦"). Each finding carries the words it was read from. It
keeps silent rather than guess: a clause without an opinion word says nothing here.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalog.text.opinion import MODEL_VERSION as OPINION_VERSION
from catalog.text.opinion import sentiment

MODEL_VERSION = f"aspects-3:{OPINION_VERSION}"
_WORDS = tomllib.loads((Path(__file__).parent / "words/aspects.toml").read_text("utf-8"))
ASPECTS = tuple(_WORDS)
# What each aspect is called: zh and en, without the words that judge it.
NAMES = {
    code: {name: tuple(words[name]) for name in ("zh", "en")} for code, words in _WORDS.items()
}
_CLAUSE = re.compile(r"[^,.;!?，。；！？、~…\n]+(?:(?<=\d)\.(?=\d)[^,.;!?，。；！？、~…\n]+)*")
_TURN = re.compile(
    r"\s+(?:but|however|although|though|yet|except)\s+|但是|但|不过|可是|然而|就是"
    r"|\s+and\s+(?=(?:the|its?|they|i|my|this|these|we)\b)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:\b(?:not?|never|without|hardly|barely|nothing)|n['’]t|不|没|没有|无|未|不会|不太|毫无|没什么|没啥|没半点|没有任何|没有什么|一点没|一点不|听不到|看不到)"
    r"(?:\s+(?:at all|any|a|the|be|been|too|very|really|so|that))*\s*$"
)
_NONE = re.compile(r"\b(?:no|not|never|none|nothing|without)\b|n['’]t\b|没(?!多久|几)|未|从不")
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Mention:
    """``polarity``: 1 good, -1 bad; ``start`` and ``end``: the clause it was read from."""

    aspect: str
    polarity: int
    start: int
    end: int


def aspects(text: str) -> list[Mention]:
    """Return each aspect once for each polarity, with the first clause that says so.

    About 1 ms for a review; a text is read up to its 20,000th character.
    """
    found: dict[tuple[str, int], Mention] = {}
    for start, end in _clauses(text[:LONGEST_TEXT]):
        for aspect, polarity in _read(text[start:end]):
            found.setdefault((aspect, polarity), Mention(aspect, polarity, start, end))
    return sorted(found.values(), key=lambda one: (one.start, one.aspect, one.polarity))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the clauses of a text are; one is cut again where it turns."""
    for found in _CLAUSE.finditer(text):
        place = found.start()
        for turn in _TURN.finditer(found[0]):
            yield from _trimmed(text, place, found.start() + turn.start())
            place = found.start() + turn.end()
        yield from _trimmed(text, place, found.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    kept = text[start:end]
    start += len(kept) - len(kept.lstrip())
    end -= len(kept) - len(kept.rstrip())
    if start < end:
        yield start, end


def _read(clause: str) -> Iterator[tuple[str, int]]:
    """Yield what a clause says: words that judge by themselves first, then the clause's feeling."""
    folded = clause.lower().replace("’", "'")
    feeling = 0
    for aspect in ASPECTS:
        # Words of other things that sound like this one: a smell is heavy, too.
        own = _others(aspect).sub(lambda found: " " * len(found[0]), folded)
        told = [*_told(own, aspect)]
        if told:
            yield from ((aspect, polarity) for polarity in told)
        elif _names(aspect).search(own):
            feeling = feeling or _sign(sentiment(clause).score) or 2
            if feeling != 2:
                yield aspect, feeling


def _told(clause: str, aspect: str) -> Iterator[int]:
    """Yield the polarities of an aspect's own words, turned by a negation right before them."""
    seen = set()
    for name, polarity in (("good", 1), ("bad", -1)):
        for found in _found(clause, aspect, name):
            before = clause[max(0, found.start() - 24) : found.start()]
            # How long it took is bad only of what happened: "no fall in two months".
            lasted = _forms(aspect, name).fullmatch(found[0]) and _NONE.search(before)
            turned = -polarity if _NO.search(before) or lasted else polarity
            if turned not in seen:
                seen.add(turned)
                yield turned


def _found(clause: str, aspect: str, name: str) -> Iterator[re.Match[str]]:
    """Yield where an aspect's own words of one side stand, and the forms that say the same."""
    yield from _own(aspect, name).finditer(clause)
    yield from _forms(aspect, name).finditer(clause)


def _sign(score: float) -> int:
    return (score > 0.1) - (score < -0.1)


@cache
def _names(aspect: str) -> re.Pattern[str]:
    return _any(_WORDS[aspect]["zh"], _WORDS[aspect]["en"])


@cache
def _own(aspect: str, polarity: str) -> re.Pattern[str]:
    words = _WORDS[aspect]
    return _any(words.get(f"zh_{polarity}", []), words.get(f"en_{polarity}", []))


@cache
def _forms(aspect: str, polarity: str) -> re.Pattern[str]:
    return re.compile("|".join(_WORDS[aspect].get(f"forms_{polarity}", [])) or r"(?!)")


@cache
def _others(aspect: str) -> re.Pattern[str]:
    return _any(_WORDS[aspect].get("zh_not", []), _WORDS[aspect].get("en_not", []))


def _any(chinese: list[str], english: list[str]) -> re.Pattern[str]:
    """Match any of the words; English ones whole, with a plural or verb ending."""
    parts = [re.escape(word) for word in sorted(chinese, key=len, reverse=True)]
    if english:
        joined = "|".join(re.escape(word) for word in sorted(english, key=len, reverse=True))
        parts.append(rf"\b(?:{joined})(?:s|es|ed|ing)?\b")
    return re.compile("|".join(parts) or r"(?!)")
