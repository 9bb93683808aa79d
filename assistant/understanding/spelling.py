"""Slips of the finger in a message, mended by the words that people use here.

For intents, which hear what a message is for; search mends names by itself. "whre is my odrer" and
定单到那里了 are read by the turns of talk in our own utterances; what could be a name stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache

from assistant.understanding.intents.utterances import utterances
from catalog.text import fold

SHORTEST, LEAST = 5, 3  # letters of a word that is mended; how often what it becomes is said
SHORTEST_STEM = 3
OFTEN = 6  # how often a pair of characters is said that takes the place of one never said
MOST_WORDS = 60
_WORD = re.compile(r"[A-Za-z]{5,20}")
_ENDING = re.compile(r"(?:ings?|ers?|ors?|ed|es|s|ly|y|ies|ier|est)$")
_HAN = re.compile("[\u3400-\u9fff]{2,}")


def respelt(text: str) -> str:
    """Return a message with slips mended, and not shouted. About 0.1 ms."""
    if len(text) > 3 and text.isupper():
        text = text.lower()
    words = _WORD.findall(text)[:MOST_WORDS]
    for word in dict.fromkeys(words):
        right = _mended(word.lower())
        if right:
            text = re.sub(rf"\b{word}\b", right, text)
    return _HAN.sub(lambda run: _resounded(run[0]), text)


# --- English: a letter too few, too many, or two of them swapped ----------------------------------
@lru_cache(maxsize=8192)
def _mended(word: str) -> str:
    known, index = _words()
    stem = _ENDING.sub("", word)
    stems = (stem, f"{stem}e", f"{stem}y", stem[:-1]) if len(stem) >= SHORTEST_STEM else ()
    if any(one in known for one in (word, *stems)):
        return ""
    near = {one for form in _thinned(word) for one in index.get(form, ())}
    fits = [one for one in near if abs(len(one) - len(word)) < 2 and _near(word, one)]
    return max(fits, key=lambda one: known[one], default="")


@lru_cache(maxsize=1)
def _words() -> tuple[Counter[str], dict[str, list[str]]]:
    """Return the right words with how often they are said, and those said by their forms."""
    from catalog.lexicon import lexicon
    from catalog.search.understanding.known import plain_words

    said = Counter(
        word for one in utterances("en") for word in re.findall("[a-z]+", fold(one.text))
    )
    index: dict[str, list[str]] = defaultdict(list)
    for word, count in said.items():
        if count >= LEAST and len(word) >= SHORTEST:
            for form in _thinned(word):
                index[form].append(word)
    names = (
        word
        for dimension in lexicon().dimensions.values()
        for value in dimension.values.values()
        for name in value.en
        for word in re.findall("[a-z]+", fold(name))
    )
    known = Counter(dict.fromkeys([*plain_words(), *names], 0))
    known.update(said)
    return known, dict(index)


def _thinned(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _near(word: str, other: str) -> bool:
    """Tell whether one slip makes one word of the other."""
    from catalog.search.understanding.typos import edit_distance

    return edit_distance(word, other, 1) == 1


# --- Chinese: a character of the same sound -------------------------------------------------------
@lru_cache(maxsize=8192)
def _resounded(run: str) -> str:
    """Put in the place of a character that nobody says here the one of its sound that people do."""
    pairs, sounds = _pairs()
    letters = list(run)
    for place, letter in enumerate(letters):
        before, after = letters[place - 1] if place else "", "".join(letters[place + 1 : place + 2])
        if _heard(pairs, before, letter, after):
            continue
        others = {
            other: _heard(pairs, before, other, after) for other in sounds.get(_sound(letter), ())
        }
        best = max(others, key=lambda one: others[one], default="")
        if best and others[best] >= OFTEN:
            letters[place] = best
    return "".join(letters)


def _heard(pairs: Counter[str], before: str, letter: str, after: str) -> int:
    return (pairs[before + letter] if before else 0) + (pairs[letter + after] if after else 0)


@lru_cache(maxsize=1)
def _pairs() -> tuple[Counter[str], dict[str, set[str]]]:
    """Count the pairs of neighbours that are said, and sort their characters by sound."""
    from catalog.text.segmenting import dictionary

    pairs: Counter[str] = Counter()
    for one in utterances("zh-hans"):
        for run in _HAN.findall(one.text):
            pairs.update(run[i : i + 2] for i in range(len(run) - 1))
    for word, count in dictionary().FREQ.items():
        if count >= COMMON and len(word) > 1:
            pairs.update(word[i : i + 2] for i in range(len(word) - 1))
    sounds: dict[str, set[str]] = defaultdict(set)
    for letter in {letter for pair in pairs for letter in pair}:
        sounds[_sound(letter)].add(letter)
    return pairs, dict(sounds)


COMMON = 50  # of the dictionary's counts, for a word's pairs to be said


@lru_cache(maxsize=8192)
def _sound(letter: str) -> str:
    from catalog.search.understanding.sounds import sound_of

    return sound_of(letter)
