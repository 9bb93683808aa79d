"""Find the Chinese names of a vocabulary by how they sound: lanya is 蓝牙, lianyiqun 连衣裙.

For `correcting`. Tones are not looked at; a name is read as a word and character by character.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from weakref import WeakKeyDictionary

from catalog.search.understanding.pieces import is_han
from catalog.search.understanding.trie import Trie
from catalog.search.understanding.vocabulary import Vocabulary

LONGEST_SOUND = 24

# Which kind of name a sound most likely means.
_WEIGHTS = {
    "brand": 4,
    "shop-category": 4,
    "category": 3,
    "colour": 3,
    "feature": 3,
    "material": 2,
    "audience": 3,
}

_sounds: WeakKeyDictionary[Trie, dict[str, tuple[str, int]]] = WeakKeyDictionary()


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


def _chinese_names(trie: Trie) -> Iterator[tuple[str, int]]:
    for path, senses in trie.names():
        if path and all(is_han(text) for text in path):
            yield "".join(path), max(_WEIGHTS.get(kind, 1) for kind, _ in senses)
