"""Names by their beginnings: of words, inside words, by pinyin and by its initials.

For suggestions. Holds the shop's categories and brands and the vocabulary's words in memory; a
look-up is a binary search. It asks no database and mends no typing errors.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from catalog.lexicon import lexicon
from catalog.text import fold

Kind = Literal["category", "brand", "word"]
HAN = re.compile(r"[\u3400-\u9fff]")
# Dimensions whose words people begin a search with.
WORDS = ("category", "feature", "material", "occasion", "audience")
SHORTEST_PINYIN = 2
SHORTEST_INITIALS = 3
MOST_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Name:
    """One name in one language: ``value`` is a category id, a brand, or dimension/code."""

    kind: Kind
    value: str
    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class Completion:
    """A name that begins with what was typed; ``distance`` 0 is exact, the higher the looser."""

    name: Name
    distance: int


class Completions:
    """An immutable index of names."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Index names; about 50 µs for each Chinese one."""
        direct: list[tuple[str, int, Name]] = []
        spoken: list[tuple[str, int, Name]] = []
        for name in names:
            direct += [(key, place, name) for key, place in beginnings(name.text)]
            spoken += [(key, place, name) for key, place in sounds(name.text)]
        self._direct = sorted(direct, key=lambda row: row[0])
        self._spoken = sorted(spoken, key=lambda row: row[0])

    def of(self, typed: str) -> list[Completion]:
        """Return the names that begin so, closest first; by sound only if none is written so."""
        wanted = fold(typed).strip()
        found = list(self._rows(self._direct, wanted))
        if not found and wanted.replace(" ", "").isascii():
            sound = re.sub(r"[\s']", "", wanted)
            if len(sound) >= SHORTEST_PINYIN and sound.isalpha():
                found = list(self._rows(self._spoken, sound))
        best: dict[Name, int] = {}
        for name, distance in found:
            best[name] = min(distance, best.get(name, distance))
        ranked = sorted(best.items(), key=lambda row: (row[1], len(row[0].text), row[0].text))
        return [Completion(name, distance) for name, distance in ranked]

    @staticmethod
    def _rows(rows: list[tuple[str, int, Name]], wanted: str) -> Iterator[tuple[Name, int]]:
        if not wanted:
            return
        first = bisect_left(rows, wanted, key=lambda row: row[0])
        for key, place, name in rows[first : first + MOST_LOOKED_AT]:
            if not key.startswith(wanted):
                return
            yield name, place * 2 + (key != wanted)


def beginnings(text: str) -> Iterator[tuple[str, int]]:
    """Yield the folded name (0), then what is left from each of its words or characters on (1)."""
    folded = fold(text).strip()
    if folded:
        yield folded, 0
    for match in re.finditer(r"[\u3400-\u9fff]|[^\W_]+", folded):
        if match.start() and (not HAN.match(match[0]) or match.start() < len(folded) - 1):
            yield folded[match.start() :], 1


def sounds(text: str) -> Iterator[tuple[str, int]]:
    """Yield a Chinese name's pinyin (0), that from each character on (1), and its initials (2)."""
    if not HAN.search(text):
        return
    from pypinyin import lazy_pinyin

    parts = [part.lower().replace(" ", "") for part in lazy_pinyin(text, v_to_u=False)]
    yield "".join(parts), 0
    for place in range(1, len(parts) - 1):
        yield "".join(parts[place:]), 1
    if len(parts) >= SHORTEST_INITIALS:
        yield "".join(part[:1] for part in parts), 2


@lru_cache(maxsize=1)
def vocabulary_words() -> Completions:
    """Return the vocabulary's own words. About 0.3 s, once for a process."""
    return Completions(
        Name("word", f"{dimension}/{code}", text, locale)
        for dimension in WORDS
        for code, value in lexicon().dimension(dimension).values.items()
        for locale in ("zh-hans", "en")
        for text in value.names(locale)
    )
