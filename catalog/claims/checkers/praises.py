"""Praise in a clause that holds nothing to check: "… is $9 and the cloth feels lovely".

Beside a true figure a sentence is more than talk (`statements` sees only sentences without one). So
each clause that no checker has taken is weighed by the words of opinion that reviews are read with.
A single mild word ("good to know") is talk; two, a strong one, or praise of how the goods look,
feel, smell or last must stand in the shop's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.claims.checkers.statements import known_words
from catalog.claims.claim import Fact, Found, judged
from catalog.claims.patterns import worded
from catalog.claims.sentences import BLANK, CLAUSE, Sentence
from catalog.claims.talk import only_talk
from catalog.text.aspects import aspects
from catalog.text.opinion import sentiment

_PARTS = worded(
    rf"{CLAUSE.pattern}|\s?[—–:：(（)）]"
    r"|\s(?:and|but|so|or|then) (?=(?:i|we|please|you|they|it|the|this|that|there)\b)"
)
_SUITS = worded(
    r"满分(?=[五5百1])|[很更最也都]?(?:合适|适合)|\b(?:suits?|suitable|fits?) (?:you|the bill"
    r"|what|your)\b"
)
_FIRM = 0.5  # one strong word or two mild ones: `sentiment` gives .38 for one mild word
_OF_GOODS = frozenset(
    ("fit", "quality", "durability", "comfort", "looks", "smell", "taste", "sound", "warmth")
)


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield the clauses that praise the goods and were read by nobody."""
    if sentence.full.rstrip().endswith(("?", "？", ":", "：")):
        return
    for start, end in _clauses(sentence):
        words = _SUITS.sub(" ", sentence.text[start:end].replace(BLANK, " ")).strip()
        if words and _praises(words) and not only_talk(words) and not known_words(sentence, words):
            yield judged((start, end), "praise", None, Fact("nothing says so"))


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where the clauses are in which no checker has taken anything but names."""
    start = 0
    for cut in (*_PARTS.finditer(sentence.text), None):
        end = cut.start() if cut else len(sentence.text)
        if sentence.unread(start, end):
            yield start, end
        start = cut.end() if cut else end


def _praises(words: str) -> bool:
    told = {one.aspect for one in aspects(words) if one.polarity > 0}
    firm = sentiment(words).score > _FIRM and "price" not in told
    return not re.search(r"\d", words) and (firm or bool(told & _OF_GOODS))
