"""Read words that are not in any vocabulary as ones that are: typos, pinyin, homophones.

For `understand`, which reports every correction. Words of the lexicon and the shop, SKUs, models
and common English are never touched; a doubtful word stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from weakref import WeakKeyDictionary

from catalog.search.understanding.pieces import Piece, is_han, surface_pieces
from catalog.search.understanding.trie import Trie, forms
from catalog.search.understanding.vocabulary import Shared, Vocabulary, brand_names
from catalog.text.terms import STOP_EN

_PLAIN = Path(__file__).parent / "plain_words.txt"
SHORTEST_TYPO = 5
OTHER_SOUND_FROM = 7  # in shorter words an error may not change how the consonants sound
TWO_ERRORS_FROM = 8
LONGEST = 24
LONGEST_SOUND = 24
LONGEST_SLIP = 5  # characters of a name in which a homophone is looked for
MOST_TRIED = 12  # unknown words of one query that are looked at
# Pinyin of one character is a word only beside other pinyin: nan is 男, but also a name.
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|ai|ei|ao|ou|an|en|in|un"
    r"|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v))+"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stretch of pieces [first, last) is read as, in pieces of the vocabulary."""

    first: int
    last: int
    texts: tuple[str, ...]
    reason: Literal["typo", "pinyin", "homophone"]


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Return the English words that are right as they are, brand names among them."""
    lines = _PLAIN.read_text("utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    for name in brand_names():
        words.update(name.split())
    return frozenset(words | STOP_EN)


_ENDING = re.compile(r"(?:ings?|ers?|ors?|ed|ly|ness|able|est|y|ies|ier|s)$")


def is_known(word: str, vocabulary: Vocabulary) -> bool:
    """Say whether a word is right as it is, in this or another form (stuff, stuffer, stuffing)."""
    plain = plain_words()
    if any(vocabulary.knows(form) or form in plain for form, _ in forms(word)):
        return True
    stem = _ENDING.sub("", word)
    if stem == word or len(stem) < 4:
        return False
    undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
    return any(form in plain for form in (stem, stem + "e", undoubled, stem + "y"))


def read_unknown(pieces: Sequence[Piece], free: Sequence[bool], vocabulary: Vocabulary) -> list[Reading]:
    """Read the unknown words among ``pieces``; ``free`` tells which of them nothing explains yet."""
    readings: list[Reading] = []
    unknown = [
        place
        for place, piece in enumerate(pieces)
        if free[place] and not piece.han and _may_be_wrong(piece.text, vocabulary)
    ][:MOST_TRIED]
    for place in unknown:
        if reading := _pinyin(pieces, place, vocabulary):
            readings.append(reading)
        elif word := mended(pieces[place].text, vocabulary):
            readings.append(Reading(place, place + 1, (word,), "typo"))
    readings += _spaced_pinyin(pieces, free, readings, vocabulary)
    readings += _homophones(pieces, free, vocabulary)
    return sorted(readings, key=lambda reading: reading.first)


def _may_be_wrong(word: str, vocabulary: Vocabulary) -> bool:
    return (
        SHORTEST_TYPO <= len(word) <= LONGEST
        and word.isascii()
        and word.isalpha()
        and not is_known(word, vocabulary)
    )


# --- English typos


def mended(word: str, vocabulary: Vocabulary) -> str | None:
    """Return the most likely vocabulary word for a misspelt one, None if none is near."""
    best: tuple[float, int, str] | None = None
    for trie in (vocabulary.own, vocabulary.shared.trie):
        for candidate in _near(word, _index(trie)):
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
_sounds: WeakKeyDictionary[Trie, dict[str, tuple[str, int]]] = WeakKeyDictionary()


def _index(trie: Trie) -> dict[str, list[str]]:
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


# --- pinyin


@lru_cache(maxsize=8192)
def _sound_of(character: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character, v_to_u=False)[0])


def sound_of(word: str) -> str:
    """Return the pinyin of a word without tones, each character by its commonest reading."""
    return "".join(_sound_of(character) for character in word)


class Pinyin:
    """The Chinese names of a vocabulary by how they sound."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Take the names of the shop and of the lexicon; read aloud once, about 50 µs each."""
        self._tables = [_read_aloud(trie) for trie in (vocabulary.own, vocabulary.shared.trie)]

    def name(self, sound: str) -> str | None:
        """Return the commonest name that sounds so."""
        found = [table[sound] for table in self._tables if sound in table]
        return max(found, key=lambda ranked: ranked[1])[0] if found else None

    def split(self, sound: str, *, single: bool) -> tuple[str, ...] | None:
        """Cut ``sound`` into the fewest names; ``single``: one character may stand alone."""
        best: list[tuple[str, ...] | None] = [(), *([None] * len(sound))]
        for end in range(1, len(sound) + 1):
            for start in range(max(0, end - LONGEST_SOUND), end):
                left, name = best[start], self.name(sound[start:end])
                if left is None or name is None or (len(name) == 1 and not single):
                    continue
                known = best[end]
                if known is None or len(left) + 1 < len(known):
                    best[end] = (*left, name)
        return best[-1]


def _read_aloud(trie: Trie) -> dict[str, tuple[str, int]]:
    if trie not in _sounds:
        _sounds[trie] = _by_sound(trie)
    return _sounds[trie]


def _by_sound(trie: Trie) -> dict[str, tuple[str, int]]:
    """Return names and their rank by pinyin without tones."""
    from pypinyin import lazy_pinyin

    by_sound: dict[str, tuple[str, int]] = {}
    for name, weight in _chinese_names(trie):
        rank = weight * 10 - len(name)
        # As the word is read, and as its characters are read one by one (长袖, 瑜伽).
        for sound in {"".join(lazy_pinyin(name, v_to_u=False)), sound_of(name)}:
            known = by_sound.get(sound)
            if known is None or rank > known[1]:
                by_sound[sound] = (name, rank)
    return by_sound


# Which kind of name a sound most likely means.
_WEIGHTS = {"brand": 4, "shop-category": 4, "category": 3, "colour": 3, "feature": 3, "material": 2, "audience": 3}


def _chinese_names(trie: Trie) -> Iterator[tuple[str, int]]:
    for path, senses in trie.names():
        if path and all(is_han(text) for text in path):
            yield "".join(path), max(_WEIGHTS.get(kind, 1) for kind, _ in senses)


def warm_up(vocabulary: Vocabulary) -> None:
    """Build the indexes for typos and pinyin now, so that no query waits for them."""
    Pinyin(vocabulary)
    for trie in (vocabulary.own, vocabulary.shared.trie):
        _index(trie)


def _pinyin(pieces: Sequence[Piece], place: int, vocabulary: Vocabulary) -> Reading | None:
    word = pieces[place].text
    if len(word) < 4 or not _SYLLABLES.fullmatch(word):
        return None
    names = Pinyin(vocabulary).split(word, single=False)
    if not names:
        return None
    return Reading(place, place + 1, surface_pieces("".join(names)), "pinyin")


def _spaced_pinyin(
    pieces: Sequence[Piece],
    free: Sequence[bool],
    readings: Sequence[Reading],
    vocabulary: Vocabulary,
) -> Iterator[Reading]:
    """Read "lan ya er ji", and single syllables beside pinyin that was read: paobuxie nan."""
    read = {place for reading in readings for place in range(reading.first, reading.last)}
    context = any(reading.reason == "pinyin" for reading in readings)
    place = 0
    while place < len(pieces):
        run = _syllable_run(pieces, free, read, place, vocabulary, context)
        if run > place:
            sounds = Pinyin(vocabulary)
            joined = "".join(piece.text for piece in pieces[place:run])
            names = sounds.split(joined, single=context)
            if names and (run - place > 1 or context):
                yield Reading(place, run, surface_pieces("".join(names)), "pinyin")
        place = max(run, place + 1)


def _syllable_run(
    pieces: Sequence[Piece],
    free: Sequence[bool],
    read: set[int],
    place: int,
    vocabulary: Vocabulary,
    context: bool,
) -> int:
    """Return where a run of unknown short words that sound like syllables ends."""
    end = place
    while end < len(pieces) and end - place < 8:
        word = pieces[end].text
        syllable = 2 <= len(word) <= 6 and word.isalpha() and _SYLLABLES.fullmatch(word)
        if end in read or not free[end] or not syllable or pieces[end].han:
            break
        if is_known(word, vocabulary) and not (context and len(word) <= 3):
            break
        end += 1
    return end


# --- Chinese words written with other characters of the same sound


def _homophones(
    pieces: Sequence[Piece], free: Sequence[bool], vocabulary: Vocabulary
) -> Iterator[Reading]:
    """Read 连依裙 as 连衣裙: same sounds, most characters the same, no word of the language."""
    place = 0
    while place < len(pieces):
        reading = None
        if pieces[place].han and any(free[place : place + LONGEST_SLIP]):
            reading = _homophone_at(pieces, free, place, vocabulary)
        if reading:
            yield reading
        place = reading.last if reading else place + 1


def _homophone_at(
    pieces: Sequence[Piece], free: Sequence[bool], place: int, vocabulary: Vocabulary
) -> Reading | None:
    end = place + 1
    while end < len(pieces) and end - place < LONGEST_SLIP and pieces[end].han and pieces[end].glued:
        end += 1
    run = "".join(piece.text for piece in pieces[place:end])
    for length in range(len(run), 1, -1):
        word = run[:length]
        unexplained = free[place : place + length]
        name = _same_sound(word, vocabulary) if any(unexplained) else None
        if name and _is_slip(word, name, unexplained):
            return Reading(place, place + length, tuple(name), "homophone")
    return None


def _same_sound(word: str, vocabulary: Vocabulary) -> str | None:
    sounds = Pinyin(vocabulary)
    name = sounds.name(sound_of(word))
    if not name or len(name) != len(word) or name == word:
        return None
    return name if len(word) > 2 or name in _first_names(vocabulary.shared) else None


@lru_cache(maxsize=4)
def _first_names(base: Shared) -> frozenset[str]:
    """Return what things are mostly called: a slip in two characters is only seen in these."""
    dimensions = base.lexicon.dimensions
    kinds = ("category", "feature", "colour", "material")
    return frozenset(value.zh[0] for kind in kinds for value in dimensions[kind].values.values())


def _is_slip(word: str, name: str, free: Sequence[bool]) -> bool:
    """Ask that all wrong characters are unexplained, one right one is there, and no word hides it."""
    wrong = [i for i, (a, b) in enumerate(zip(word, name, strict=True)) if a != b]
    most = 1 if len(word) < 4 else 2
    if any(word[i] in _GRAMMAR for i in wrong):
        return False
    return len(wrong) <= most and all(free[i] for i in wrong) and not _is_word(word)


# Characters that a sentence needs are no slips of the pen: 要带 is not 腰带.
_GRAMMAR = frozenset("的要不有想买是没给用和或在了吗我你他她它这那个一两几件双条款送找带别无非很太也又都就还")


def _is_word(word: str) -> bool:
    from catalog.text.segmenting import dictionary

    return bool(dictionary().FREQ.get(word))
