"""Find the vocabulary word that a misspelt English word means: bluetoth, sneekers, watreproof.

For `correcting`. Doubtful words stay as they are: short ones must still sound the same. It never
looks at words that are known.
"""

import re
from functools import lru_cache
from weakref import WeakKeyDictionary

from catalog.search.understanding.trie import Trie
from catalog.search.understanding.vocabulary import Vocabulary

SHORTEST_TYPO = 5

OTHER_SOUND_FROM = 7  # in shorter words an error may not change how the consonants sound

TWO_ERRORS_FROM = 8

LONGEST = 24


def mended(word: str, vocabulary: Vocabulary) -> str | None:
    """Return the most likely vocabulary word for a misspelt one, None if none is near."""
    best: tuple[float, int, str] | None = None
    for trie in (vocabulary.own, vocabulary.shared.trie):
        for candidate in _near(word, index_of(trie)):
            allowed = 1 if len(word) < TWO_ERRORS_FROM else 2
            distance = edit_distance(word, candidate, allowed)
            if distance > allowed or not _plausible(word, candidate, distance):
                continue
            rank = (distance + _unlikeliness(word, candidate), -trie.words[candidate], candidate)
            if best is None or rank < best:
                best = rank
    return best[2] if best else None


def _plausible(word: str, candidate: str, distance: int) -> bool:
    """Ask for the same beginning, and where it is doubtful for the same sound."""
    if word[0] != candidate[0] and (len(word) < 6 or sorted(word[:2]) != sorted(candidate[:2])):
        return False
    if distance == 1 and len(word) >= OTHER_SOUND_FROM:
        return True
    return _skeleton(word) == _skeleton(candidate) or (
        distance == 1 and sorted(word) == sorted(candidate)
    )


def _unlikeliness(word: str, candidate: str) -> float:
    """Prefer swaps, doubled letters and vowels over other errors, by less than one error."""
    if sorted(word) == sorted(candidate) or set(word) == set(candidate):
        return 0.0
    return 0.2 if _skeleton(word) == _skeleton(candidate) else 0.4


_SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("z", "s"), ("gh", ""), ("wh", "w"), ("q", "k"))

_VOWELS = str.maketrans("", "", "aeiouyh")

_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def _skeleton(word: str) -> str:
    """Reduce a word to how its consonants sound: headfones and headphones are hdfns."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    bare = _DOUBLE.sub(r"\1", word[0] + word[1:].translate(_VOWELS))
    return bare


def edit_distance(left: str, right: str, limit: int) -> int:
    """Count insertions, deletions, substitutions and swaps of neighbours, up to ``limit`` + 1.

    Source: Damerau 1964; restricted form (no edit inside a swap).
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, char in enumerate(left, 1):
        current = [i]
        for j, other in enumerate(right, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (char != other))
            if i > 1 and j > 1 and char == right[j - 2] and left[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return row[-1]


# Kept as long as the vocabulary they were made from.
_indexes: WeakKeyDictionary[Trie, dict[str, list[str]]] = WeakKeyDictionary()


def index_of(trie: Trie) -> dict[str, list[str]]:
    """Return the index of a vocabulary's English words, built at the first asking."""
    if trie not in _indexes:
        _indexes[trie] = _indexed(trie)
    return _indexes[trie]


def _indexed(trie: Trie) -> dict[str, list[str]]:
    """Index words by themselves with up to two letters left out (one, of short words)."""
    index: dict[str, list[str]] = {}
    for word in trie.words:
        if not (SHORTEST_TYPO <= len(word) <= LONGEST and word.isalpha() and word.isascii()):
            continue
        for form in _thinned(word):
            index.setdefault(form, []).append(word)
    return index


def _thinned(word: str) -> set[str]:
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if len(word) < TWO_ERRORS_FROM - 1:
        return {word, *once}
    return {word, *once, *(form[:i] + form[i + 1 :] for form in once for i in range(len(form)))}


def _near(word: str, index: dict[str, list[str]]) -> set[str]:
    return {candidate for form in _thinned(word) for candidate in index.get(form, ())}
