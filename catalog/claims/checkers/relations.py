"""What sets one product against another in words that no other checker reads: unknown.

A sentence that names two products and does more than list them says something of the one by the
other. Where nothing in it could be judged, nobody knows whether it is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from catalog.claims.checkers.ranks import by_words
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.patterns import worded
from catalog.claims.sentences import BLANK, CLAUSE, Sentence

_LISTED = worded(
    r"[」》』】\"'”\s]*(?:[、,，/+&;；\s]|和|与|跟|及|以及|还有|或者?|and|or|\n|[-*·•]|\d{1,2}[.)])*"
    r"[「《『【\"'“\s]*"
)
_OPEN = worded(r"未写明|没有写明|not stated")
_AGAINST = worded(r"[比较]|\bthan\b|against|compared")
_RANKED = worded(
    r"\bleast\b|(?<!matter )(?<!matters )(?<!counts )(?<!count )\bmost\b|\bnothing\b|\bnone\b"
    r"|\bno other\b|\bahead of\b|\bof all\b|\bof the lot\b"
    r"|\bfirst (?:place|spot)\b|\btop (?:spot|place)\b|最|数[1一]数二|头[1一][个名号]|排[第名]"
    r"|垫底|胜过|不如|不及"
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield what relates products to each other, where nobody has judged any of it."""
    if sentence.full.rstrip().endswith(("?", "？", ":", "：")):
        return
    if _judged(sentence):
        yield from _unread_end(sentence)
        return
    products = {one.product.pk for one in sentence.mentions}
    if len(products) > 1:
        yield from _related(sentence)
    elif products and len(sentence.ledger.products) > 1:
        for one in _RANKED.finditer(sentence.text):
            if sentence.free(*one.span()):
                if read := by_words(sentence, one.span()):
                    yield read
                    return
                yield judged(one.span(), "comparison", None, Fact("no such rank is known"))


def _judged(sentence: Sentence) -> bool:
    """Tell whether a checker has taken more than names."""
    return any(
        taken and letter != BLANK
        for taken, letter in zip(sentence.taken, sentence.text, strict=True)
    )


def _unread_end(sentence: Sentence) -> Iterator[Found]:
    """Yield what is said of the product that is named last, in a clause nobody has read."""
    named = sorted(sentence.mentions, key=lambda one: one.start)
    if len({one.product.pk for one in named}) < 2:
        return
    start, end = named[-1].end, len(sentence.full)
    led = sentence.text[named[-2].end : named[-1].start]
    words = sentence.text[start:end].strip("」》』】”\"' 。.!！~")
    apart = (
        CLAUSE.search(led)
        and not _AGAINST.search(led)
        and not _LISTED.fullmatch(led)
        and sentence.free(start, end)
    )
    several = " " in words if words.isascii() else len(words) > 1
    if apart and several and not _only_values(words, sentence):
        yield judged((start, end), "comparison", None, Fact("nothing says so"))


def _related(sentence: Sentence) -> Iterator[Found]:
    named = sorted(sentence.mentions, key=lambda one: one.start)
    for first, second in pairwise(named):
        if first.product.pk == second.product.pk:
            continue
        between = sentence.full[first.end : second.start]
        if not (_LISTED.fullmatch(between) or _only_values(between, sentence)):
            place = (first.end, second.start)
            if read := by_words(sentence, place):
                yield read
                return
            yield judged(place, "comparison", None, Fact("nothing compares them"))
            return


def _only_values(between: str, sentence: Sentence) -> bool:
    """Tell whether between two names stands but the first one's cell of a table that code made."""
    told = _OPEN.sub(" ", between)
    for value in sorted(sentence.ledger.given_folded, key=len, reverse=True):
        told = told.replace(value, " ") if value else told
    return not any(letter.isalnum() for letter in told)
