"""Read words that are not in any vocabulary as ones that are: typos, pinyin, homophones.

For `understand`, which reports every correction. Words of the lexicon and the shop, SKUs, models
and common English are never touched; a doubtful word stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from catalog.search.understanding.known import is_known
from catalog.search.understanding.pieces import Piece, surface_pieces
from catalog.search.understanding.sounds import Pinyin, sound_of
from catalog.search.understanding.typos import LONGEST, SHORTEST_TYPO, index_of, mended
from catalog.search.understanding.vocabulary import Shared, Vocabulary

LONGEST_SLIP = 5  # characters of a name in which a homophone is looked for

MOST_TRIED = 12  # unknown words of one query that are looked at

# Pinyin of one character is a word only beside other pinyin: nan is 男, but also a name.
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai"
    r"|uan|ai|ei|ao|ou|an|en|in|un"
    r"|ia|ie|iu|ua|uo|ui|ue|ve|er|a|o|e|i|u|v))+"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stretch of pieces [first, last) is read as, in pieces of the vocabulary."""

    first: int
    last: int
    texts: tuple[str, ...]
    reason: Literal["typo", "pinyin", "homophone"]


def read_unknown(
    pieces: Sequence[Piece], free: Sequence[bool], vocabulary: Vocabulary
) -> list[Reading]:
    """Read the unknown words among ``pieces``; ``free``: nothing explains them yet."""
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


def warm_up(vocabulary: Vocabulary) -> None:
    """Build the indexes for typos and pinyin now, so that no query waits for them."""
    Pinyin(vocabulary)
    for trie in (vocabulary.own, vocabulary.shared.trie):
        index_of(trie)


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
    open_places = [unexplained and place not in read for place, unexplained in enumerate(free)]
    context = any(reading.reason == "pinyin" for reading in readings)
    place = 0
    while place < len(pieces):
        run = _syllable_run(pieces, open_places, place, vocabulary, context=context)
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
    place: int,
    vocabulary: Vocabulary,
    *,
    context: bool,
) -> int:
    """Return where a run of unknown short words that sound like syllables ends."""
    end = place
    while end < len(pieces) and end - place < 8:
        word = pieces[end].text
        syllable = 2 <= len(word) <= 6 and word.isalpha() and _SYLLABLES.fullmatch(word)
        if not free[end] or not syllable or pieces[end].han:
            break
        if is_known(word, vocabulary) and not (context and len(word) <= 3):
            break
        end += 1
    return end


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
    while (
        end < len(pieces) and end - place < LONGEST_SLIP and pieces[end].han and pieces[end].glued
    ):
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
    """Ask that all wrong characters are unexplained and that the whole is no word."""
    wrong = [i for i, (a, b) in enumerate(zip(word, name, strict=True)) if a != b]
    most = 1 if len(word) < 4 else 2
    if any(word[i] in _GRAMMAR for i in wrong):
        return False
    return len(wrong) <= most and all(free[i] for i in wrong) and not _is_word(word, name)


# Characters that a sentence needs are no slips of the pen: 要带 is not 腰带.
_GRAMMAR = frozenset(
    "的要不有想买是没给用和或在了吗我你他她它这那个一两几件双条款送找带别无非很太也又都就还"
)


# A "word" that is so many times rarer than what it sounds like is a usual slip: 帐蓬 for 帐篷.
_RARER = 100


def _is_word(word: str, name: str) -> bool:
    from catalog.text.segmenting import dictionary

    counts = dictionary().FREQ
    count = counts.get(word) or 0
    return bool(count) and count * _RARER > (counts.get(name) or 0)
