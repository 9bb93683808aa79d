"""What is stated where nothing could be checked: unknown, unless it is talk or the shop's words.

Praise has endless words, so no list of it is ever whole. This goes the other way round: a sentence
in which no checker found a claim must be talk between shop and shopper, or say what the shop's
own texts, a cited passage or the shopper said in much the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from catalog.claims.claim import Fact, Found, judged
from catalog.claims.patterns import worded
from catalog.claims.sentences import Sentence
from catalog.claims.talk import only_talk
from catalog.lexicon import lexicon

_WORD = worded(r"[a-z]{4,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
DENIED = worded(r"\bno\b|\bnot\b|n't\b|\bnever\b|\bwithout\b|没|不|无")
_LETTERS = re.compile(r"[a-z]{2}|[\u4e00-\u9fff]{2}")
_FEWEST = 4  # fewer words stand in any text
_ALIKE = 0.7  # so much of a sentence's words must stand in what is known


def find(sentence: Sentence) -> Iterator[Found]:
    """Yield the sentence if it states something in words that nobody could hold against a fact."""
    text = sentence.text
    if not sentence.unread(0, len(text)) or only_talk(text) or _known(sentence):
        return
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if end > start:
        yield judged((start, end), "statement", None, Fact("nothing says so"))


def _known(sentence: Sentence) -> bool:
    """Tell whether most words stand in the shop's texts, in a passage or in what was said."""
    if not _LETTERS.search(sentence.text) or (
        _colour_named(sentence) and not DENIED.search(sentence.text)
    ):
        return True
    return known_words(sentence, sentence.text)


def known_words(sentence: Sentence, words: str) -> bool:
    """Tell whether most of some words stand in what the shop, a passage or the shopper said."""
    parts = _parts(words)
    ledger = sentence.ledger
    known = [*ledger.given_folded, *(one.casefold() for one in ledger.said)]
    known += [one.text.casefold() for one in ledger.passages]
    for product in sentence.about(0):
        known += product.ground.texts
    text = "\n".join(known)
    return len(parts) >= _FEWEST and sum(one in text for one in parts) >= _ALIKE * len(parts)


def _colour_named(sentence: Sentence) -> bool:
    """Tell whether a colour that the goods do have is named, where the vocabulary read no word."""
    colours = lexicon().dimension("colour").values
    codes = {code for one in sentence.about(0) for code in one.ground.stated.get("colour", ())}
    return any(
        re.search(rf"(?<![a-z]){re.escape(word.casefold())}(?![a-z])", sentence.text)
        for code in codes & set(colours)
        for word in (*colours[code].zh, *colours[code].en)
    )


def _parts(text: str) -> list[str]:
    """Return the longer words of a text, and the pairs of its Chinese characters."""
    return [one[0] for one in _WORD.finditer(text)] + [
        a + b for run in _HAN.findall(text) for a, b in pairwise(run)
    ]
