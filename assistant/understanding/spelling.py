"""Slips of the finger in a message, mended by the words that people use here.

For intents, which hear what a message is for; search mends names by itself. "whre is my odrer" and
定单到那里了 are read by how words follow each other in our own utterances: the likeliest that is a
slip away from what was written. A word that is known stays, whatever stands beside it.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from functools import lru_cache

from assistant.understanding.hearing import ear
from assistant.understanding.intents.utterances import utterances
from catalog.text import fold

SHORTEST, SHORTEST_SLIP = 5, 4  # letters of what is meant, and of what is written for it
SHORTEST_CHANGED, SHORTEST_STEM = 6, 3  # of one with another letter, of what endings are put to
# How unlikely a slip is, as a log: swapped neighbours are the least so.
MISSING, ANOTHER, FIRST_LETTER = 0.5, 2.0, 2.0
OFTEN_SAID = 3  # how often a word is said that stands for another letter or for four letters
BESIDE = 2.0  # how much neighbours count beside how often a word is said
MOST_WORDS = 60
ENDINGS = (
    "s", "es", "ed", "d", "ing", "ings", "er", "ers", "or", "ors", "ly", "y", "ies", "ier", "ied",
    "est", "able", "ness",
)  # fmt: skip
_LETTERS = re.compile("[a-z]+(?:'[a-z]+)?")
_WORD = re.compile("[A-Za-z]+(?:'[a-z]+)?")
_HAN = re.compile("[\u3400-\u9fff]{2,}")
SLIP = -7.0  # the log chance that a Chinese character is one of the same sound


def respelt(text: str) -> str:
    """Return a message with slips mended, and not shouted. Some ms for a Chinese sentence."""
    if len(text) > 3 and text.isupper():
        text = text.lower()
    written = _WORD.findall(text)[:MOST_WORDS]
    words = [word.lower() for word in written]
    for place, word in enumerate(written):
        if right := _right(words, place):
            text = re.sub(rf"\b{word}\b", right, text)
    return _HAN.sub(lambda run: ear().mend(run[0], SLIP), text)


# --- English: a letter too few, too many, another, or two of them swapped -------------------------
def _right(words: list[str], place: int) -> str:
    """Return what a word was to be, "" where it is right or nobody knows."""
    word = words[place]
    if len(word) < SHORTEST_SLIP or "'" in word or is_known(word):
        return ""
    before, after = words[place - 1] if place else "", "".join(words[place + 1 : place + 2])
    found = [(_fitness(one, before, after) - cost, one) for one, cost in _meant(word)]
    return max(found, default=(0.0, ""))[1]


@lru_cache(maxsize=8192)
def _meant(word: str) -> tuple[tuple[str, float], ...]:
    """Return the words that are one slip away, and how unlikely the slip is."""
    said, _pairs_said, index = _english()
    near = {one for form in _thinned(word) for one in index.get(form, ()) if len(one) >= SHORTEST}
    found = ((one, _cost(word, one)) for one in sorted(near))
    return tuple(
        (one, cost)
        for one, cost in found
        if cost is not None
        and (cost < ANOTHER or len(word) >= SHORTEST_CHANGED)
        and (said[one] >= OFTEN_SAID or (cost < ANOTHER and len(word) > SHORTEST_SLIP))
    )


def _cost(word: str, meant: str) -> float | None:
    """Return how unlikely it is that one is written for the other, None for more than a slip.

    The first letter is seldom wrong. Source: Kukich 1992, section 1.2 (single errors).
    """
    from catalog.search.understanding.typos import edit_distance

    if edit_distance(word, meant, 1) != 1:
        return None
    cost = 0.0 if word[0] == meant[0] else FIRST_LETTER
    if sorted(word) == sorted(meant):
        return cost
    return cost + (ANOTHER if len(word) == len(meant) else MISSING)


def _fitness(word: str, before: str, after: str) -> float:
    """Tell how well a word stands between its neighbours, as they are said here."""
    said, pairs, _index = _english()
    beside = pairs[before, word] + pairs[word, after]
    return math.log(said[word] + 0.3) + BESIDE * math.log(1 + beside)


def is_known(word: str) -> bool:
    """Tell whether an English word, or its stem, is said here."""
    said, _pairs_said, _index = _english()
    if word in said:
        return True
    stems = [word[: -len(one)] for one in ENDINGS if word.endswith(one)]
    if any(f"{word}{one}" in said for one in ENDINGS):
        return True
    return any(
        form in said
        for stem in stems
        if len(stem) >= SHORTEST_STEM
        for form in (stem, f"{stem}e", f"{stem}y", stem[:-1] if stem[-1] == stem[-2] else stem)
    )


@lru_cache(maxsize=1)
def _english() -> tuple[Counter[str], Counter[tuple[str, str]], dict[str, list[str]]]:
    """Count the right words and their neighbours; sort those that slips lead to by their forms."""
    from catalog.lexicon import lexicon
    from catalog.search.understanding.known import plain_words

    names = (
        word
        for dimension in lexicon().dimensions.values()
        for value in dimension.values.values()
        for name in value.en
        for word in _LETTERS.findall(fold(name))
    )
    said, pairs = Counter(dict.fromkeys([*plain_words(), *names], 0)), Counter[tuple[str, str]]()
    for one in utterances("en"):
        words = _LETTERS.findall(fold(one.text))
        said.update(words)
        pairs.update(itertools.pairwise(words))
    index: dict[str, list[str]] = defaultdict(list)
    for word in said:
        if len(word) >= SHORTEST:
            for form in () if "'" in word else _thinned(word):
                index[form].append(word)
    return said, pairs, dict(index)


def _thinned(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
