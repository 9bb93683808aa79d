"""Find what a sentence says only to be a sentence: greetings, "I'm looking for", 有没有, 一双.

For `understand`. Polite words are of no use to anybody; empty words ("a", "for", 的) only lexical
ranking must not see, a vector may.
"""

import re
from collections.abc import Iterator

from catalog.search.understanding import phrases
from catalog.text.terms import STOP_EN

_POLITE = (phrases.english("polite"), phrases.chinese("polite"))
_EMPTY_EN = phrases.words("empty")
_EMPTY_ZH = phrases.chinese("empty")
_RELATION = (phrases.english("relation", ending="(?:'s|s)?"), phrases.chinese("relation"))
_WORD_EN = re.compile(r"(?<![a-z0-9])[a-z]+(?:'[a-z]+)*(?![a-z0-9])")
Place = tuple[int, int]


def polite_places(text: str, free: bytearray) -> Iterator[Place]:
    """Yield the places of greetings and asking phrases in what is still free."""
    for pattern in _POLITE:
        for match in pattern.finditer(text):
            start, end = match.span()
            if end > start and all(free[start:end]):
                yield start, end


def empty_places(text: str, free: bytearray) -> Iterator[Place]:
    """Yield the places of relations, and of words without content in what is still free."""
    for relation in _RELATION:
        yield from (match.span() for match in relation.finditer(text))
    for match in _WORD_EN.finditer(text):
        if all(free[match.start() : match.end()]) and (
            match[0] in STOP_EN or match[0] in _EMPTY_EN or match[0].split("'")[0] in STOP_EN
        ):
            yield match.span()
    for match in _EMPTY_ZH.finditer(text):
        if all(free[match.start() : match.end()]) and _own_word(text, *match.span()):
            yield match.span()


def _own_word(text: str, start: int, end: int) -> bool:
    """Keep 的, 用, 要 … that are part of a longer word: 目的地, 实用, 重要."""
    from catalog.text.segmenting import best_words

    left, right = start, end
    while left > 0 and "\u3400" <= text[left - 1] <= "\u9fff" and start - left < 8:
        left -= 1
    while right < len(text) and "\u3400" <= text[right] <= "\u9fff" and right - end < 8:
        right += 1
    place = left
    for word in best_words(text[left:right]):
        if place >= start and place + len(word) <= end:
            return True
        if place < end and start < place + len(word):
            return len(word) == 1 or word in text[start:end]
        place += len(word)
    return False
