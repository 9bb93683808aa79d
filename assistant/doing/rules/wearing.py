"""Sizes as people name their own: what they usually wear, in which system, between which two.

Plain Python, over folded text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.doing.rules.charts import size_code
from assistant.doing.rules.sizing import bare

_SIZE = r"(?:x{0,3}[sl]|m|\dxl|\d{2,3}(?:\.5)?|(?:extra )?(?:small|large)|medium)"
USUAL = re.compile(
    rf"(?:平时|平常|一般|通常|向来|以前|别的鞋|其他鞋)(?:我|都|是|的)*(?:穿|买|选)?(?:的是|的)?"
    rf" ?({_SIZE}) ?[码号]?"
    rf"|(?:我|他|她)(?:是)?穿 ?({_SIZE}) ?[码号]"
    rf"|(?:^|[，,])穿 ?({_SIZE}) ?[码号]?(?:平时|平常|一般|通常)"
    rf"|\b(?:usually|normally|always|typically|generally) (?:wear|take|buy|get|am|go for|a|an)?"
    rf" ?(?:an? )?(?:size )?({_SIZE})\b(?! ?(?:cm|kg|lb|in\b))"
    rf"|\b(?:i|he|she)(?: am|'m| is|'s| wear| wears| take| takes) (?:an? )?(?:size )?({_SIZE})\b"
    rf"(?! ?(?:cm|kg|lb|in\b|and|or|years|yo\b))"
    rf"|\b(?:my|his|her|usual|normal) size (?:is |being )?(?:an? )?({_SIZE})\b"
)
OTHER = re.compile(
    r"\b(?:us|uk|jp)(?: (?:men|women)'?s?)?(?: size)? ?(\d{1,2}(?:\.5)?)\b"
    r"|(?<![\d.])(\d{1,2}(?:\.5)?) ?(?:us|uk|jp)\b"
    r"|\b(?:american|british|japanese)(?: size)? (\d{1,2}(?:\.5)?)\b"
    r"|[美英日]国?码?[男女]?码? ?(?:是|的)? ?(\d{1,2}(?:\.5)?)"
)
SYSTEMS = (("uk", re.compile(r"uk|british|英")), ("jp", re.compile(r"jp|japanese|日")))
WOMEN = re.compile(r"女|\bwom[ae]n|\blad(?:y|ies)|\bwife|\bher\b")
MEN = re.compile(r"男|\bm[ae]n\b|\bmen'?s|\bhusband|\bhis\b")
BETWEEN = re.compile(
    rf"\b({_SIZE}) (?:and|or) (?:an? )?(?:size )?({_SIZE})\b"
    rf"|(?<![a-z\d])({_SIZE}) ?[码号]?(?:和|还是|跟|与|、|或者?|/) ?({_SIZE})"
    r"(?![a-z\d]| ?(?:厘米|公斤|斤|岁))"
)
WORDS = {"small": "s", "medium": "m", "large": "l", "extra-large": "xl", "extra-small": "xs"}


WAVERS = re.compile(r"\bbetween\b|\bor\b|还是|之间|或")
HAS_ONE = re.compile(r"\b(?:do you have|is there|does it come|come in|in stock)\b|有没有|有货|还有")
# What size to take is asked, not whether there is one.
ASKS_SIZE = re.compile(
    r"\b(?:what|which) size\b(?!s)|\bsize (?:should|do|would) i\b"
    r"|(?:穿|选|买|拿|要)(?:多大|几码|几号|哪个尺?码)|多大[码号]|(?:该|应该).{0,4}(?:尺码|码数)"
)


def asks_which_size(question: str) -> bool:
    """Tell whether a folded question asks for a size to take, by what is worn or in between."""
    if HAS_ONE.search(question):
        return False
    return any(way.search(question) for way in (ASKS_SIZE, USUAL)) or bool(
        BETWEEN.search(question) and WAVERS.search(question)
    )


def named_size(label: str) -> str:
    """Return a size somebody names, as variants write it."""
    code = size_code(label)
    return WORDS.get(code, code)


@dataclass(frozen=True)
class Usual:
    """A size that somebody says they wear. ``system``: us, uk, jp, or "" for the shop's own."""

    size: str
    system: str = ""
    who: str = ""


def usual_of(question: str, audience: Collection[str]) -> Usual | None:
    """Return the size that a question says is usually worn; None where it names none.

    ``audience``: whom the thing is for, where the question does not say whose size it is.
    """
    if (found := OTHER.search(question)) and any(found.groups()):
        size = next(one for one in found.groups() if one)
        system = next((name for name, way in SYSTEMS if way.search(found[0])), "us")
        if WOMEN.search(question):
            who = "women"
        elif MEN.search(question):
            who = "men"
        else:
            named = [one for one in ("women", "men") if one in audience]
            who = named[0] if len(named) == 1 else ""
        return Usual(size, system, who)
    if found := USUAL.search(question):
        return Usual(named_size(next(one for one in found.groups() if one)))
    return None


def between_of(question: str, sizes: Sequence[str]) -> list[str]:
    """Return the two sizes of a product that a question wavers between; [] where it does not."""
    found = BETWEEN.search(question)
    named = [named_size(one) for one in found.groups() if one] if found else []
    codes = [code for one in named for code in sizes if bare(code) == one]
    return codes if len(codes) == 2 else []
