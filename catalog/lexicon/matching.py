"""Find lexicon words in text: candidates by character (Chinese) and by word (English).

For `Lexicon.match`. The longest word wins; guards win over what they contain and yield nothing;
ambiguous short words count only beside what makes them clear. It never looks outside its text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from catalog.lexicon import english
from catalog.lexicon.sizes import size_spans
from catalog.lexicon.values import Dimension, Guards, has_han, surfaces

Sense = tuple[str, str]  # dimension, code
Shelf = Callable[[Sense], str | None]  # a category's widest category
_GUARD: Sense = ("", "guard")
_FILLER: Sense = ("", "filler")
_HEAD_ENDS = {"for", "with", "in", "and", "or", "from", "by", "on", "at", "under", "without"}
_VERB_SIGNS = {"to", "you", "can", "will", "we", "they", "must", "on", "your"}
_CARRIES = {"colour", "material", "season", "audience"}
_LIST_AFTER = re.compile(r"\s?(?:[,/&+]|and\b|or\b)\s?(?:and\s|or\s)?")
_LIST_BEFORE = re.compile(r"\s?(?:[,/&+]|\b(?:and|or))\s?$")
_JOINERS = frozenset(" -/'’&\t\n")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible reading of a stretch of folded text."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    bound: bool = False

    @property
    def silent(self) -> bool:
        """Say whether this stretch only blocks others."""
        return not self.senses[0][0]

    def of(self, dimensions: Iterable[str]) -> "Candidate | None":
        """Keep the senses of ``dimensions``; guards stay as they are."""
        if self.silent:
            return self
        kept = tuple(sense for sense in self.senses if sense[0] in dimensions or sense == _GUARD)
        return Candidate(self.start, self.end, kept, self.bound) if kept else None

    def inside(self, other: "Candidate") -> bool:
        """Say whether this is a proper part of ``other``."""
        size, whole = self.end - self.start, other.end - other.start
        return other.start <= self.start and self.end <= other.end and size < whole


class Tables:
    """The vocabulary indexed by first character and by first word."""

    def __init__(self, dimensions: Mapping[str, Dimension], guards: Guards) -> None:
        """Index all surfaces; about 25 ms for the shipped vocabulary."""
        self.guards = guards
        self.han: dict[str, list[Sense]] = {}
        self.words: dict[tuple[str, ...], list[Sense]] = {}
        for dimension in dimensions.values():
            for value in dimension.values.values():
                for surface in surfaces(value):
                    self._add(surface, (value.dimension, value.code))
        for word in guards.zh:  # after the meanings: "棉签" is a product and still holds no cotton
            self.han.setdefault(word, []).append(_GUARD)
        for word in guards.filler_zh:
            self.han.setdefault(word, [_FILLER])
        for phrase in guards.en:
            self.words.setdefault(phrase, []).append(_GUARD)
        self.han_lengths = _lengths_by_head(self.han)
        self.word_lengths = _lengths_by_head(self.words)

    def _add(self, surface: str | tuple[str, ...], sense: Sense) -> None:
        if isinstance(surface, str):
            senses = self.han.setdefault(surface, [])
        else:
            senses = self.words.setdefault(surface, [])
        if sense not in senses:
            senses.append(sense)

    def candidates(self, folded: str) -> list[Candidate]:
        """List every lexicon word in folded text, overlaps included."""
        found = list(self._by_character(folded)) if has_han(folded) else []
        found.extend(self._by_word(folded))
        for start, end, code in size_spans(folded):
            found.append(Candidate(start, end, (("size", code),)))
        return found

    def _by_character(self, folded: str) -> Iterator[Candidate]:
        for start, head in enumerate(folded):
            for length in self.han_lengths.get(head, ()):
                if start + length > len(folded):
                    continue
                surface = folded[start : start + length]
                senses = self.han.get(surface)
                if senses and _latin_edges_free(folded, start, start + length):
                    bound = length == 1 and surface not in self.guards.free_zh
                    yield Candidate(start, start + length, tuple(senses), bound)

    def _by_word(self, folded: str) -> Iterator[Candidate]:
        words = english.words(folded)
        plain = [word for word, _, _ in words]
        for index, head in enumerate(plain):
            for length in self.word_lengths.get(head, ()):
                phrase = tuple(plain[index : index + length])
                senses = self.words.get(phrase)
                if senses is None or len(phrase) < length:
                    continue
                if not _one_phrase(folded, words, index, length):
                    continue
                start, end = words[index][1], words[index + length - 1][2]
                bound = phrase in self.guards.bound_en
                if phrase in self.guards.final_en and not _is_head(folded, plain, words, index):
                    continue
                yield Candidate(start, end, tuple(senses), bound)


def _lengths_by_head(table: Mapping[Any, object]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for surface in table:
        lengths.setdefault(surface[0], set()).add(len(surface))
    return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}


def _alnum(folded: str, place: int) -> bool:
    return 0 <= place < len(folded) and folded[place].isascii() and folded[place].isalnum()


def _latin_edges_free(folded: str, start: int, end: int) -> bool:
    """Refuse "v领" inside "av领" and "不锈钢304" before another digit."""
    left = _alnum(folded, start) and _alnum(folded, start - 1)
    right = _alnum(folded, end - 1) and _alnum(folded, end)
    return not (left or right)


def _one_phrase(folded: str, words: list[english.Word], index: int, length: int) -> bool:
    """Say whether only spaces, hyphens and the like lie between the words."""
    for left, right in pairwise(words[index : index + length]):
        if not set(folded[left[2] : right[1]]) <= _JOINERS:
            return False
    return True


def _is_head(folded: str, plain: list[str], words: list[english.Word], index: int) -> bool:
    """Say whether a word such as "watch" stands as a noun: last of its phrase, after no verb."""
    if index and plain[index - 1] in _VERB_SIGNS:
        return False
    if index + 1 == len(plain) or plain[index + 1] in _HEAD_ENDS:
        return True
    between = folded[words[index][2] : words[index + 1][1]]
    return not set(between) <= {" ", "-"}


def longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose non-overlapping candidates, longer before shorter, then left before right."""
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, c.start)):
        places = range(candidate.start, candidate.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _runs(places: set[int]) -> dict[int, tuple[int, int]]:
    """Give each place the run it is in: "蓝白条纹", "木碗" stand or fall together."""
    runs: dict[int, tuple[int, int]] = {}
    for place in sorted(places):
        start = runs[place - 1][0] if place - 1 in runs else place
        runs[place] = (start, place + 1)
    for place in sorted(places, reverse=True):
        if place + 1 in runs:
            runs[place] = (runs[place][0], runs[place + 1][1])
    return runs


class Context:
    """What stands beside an ambiguous word; decides whether it counts."""

    def __init__(self, folded: str, found: list[Candidate], tables: "Tables", shelf: Shelf) -> None:
        """Look at ``folded`` with its unambiguous readings, the longest of ``found``."""
        self.folded = folded
        self.shelf = shelf
        self.firm = longest(c for c in found if not c.bound)
        self.starts = {c.start: c for c in self.firm}
        self.ends = {c.end: c for c in self.firm}
        covered = {place for c in self.firm for place in range(c.start, c.end)}
        self.runs = _runs({c.start for c in found if c.bound and c.start not in covered})
        self.bound_under = tables.guards.bound_under

    def allows(self, candidate: Candidate) -> bool:
        """Say whether an ambiguous candidate counts here."""
        if self._alone(candidate):
            return True
        if candidate.start not in self.runs:  # part of a longer word: 粉 in 蛋白粉
            return False
        if has_han(self.folded[candidate.start]):
            return self._han(candidate)
        return self._carried(candidate) or self._listed(candidate)

    def _alone(self, candidate: Candidate) -> bool:
        return self.folded.strip() == self.folded[candidate.start : candidate.end]

    def _han(self, candidate: Candidate) -> bool:
        follower = self.starts.get(candidate.end)
        if follower and follower.senses[0][0] == "category" and candidate.senses[0][0] in _CARRIES:
            return True
        start, end = self.runs[candidate.start]
        return self._open(start, -1) and self._open(end, 0)

    def _open(self, place: int, side: int) -> bool:
        """Say whether the run of characters ends at ``place`` or another reading begins there."""
        beside = place + side
        if not 0 <= beside < len(self.folded) or not has_han(self.folded[beside]):
            return True
        neighbour = (self.ends if side else self.starts).get(place)
        return neighbour is not None and neighbour.senses[0] != _GUARD

    def _carried(self, candidate: Candidate) -> bool:
        """Say whether an English word describes something worn, carried or furnished with."""
        place = candidate.end
        for _ in range(4):
            place = self._skip(place)
            follower = self.starts.get(place)
            if follower is None or follower.silent:
                return self.folded[place : place + 5] == "color"
            if self.shelf(follower.senses[0]) in self.bound_under:
                return True
            place = follower.end
        return False

    def _listed(self, candidate: Candidate) -> bool:
        """Say whether a colour stands in a list of colours: "grey, olive, navy"."""
        if candidate.senses[0][0] != "colour":
            return False
        after = _LIST_AFTER.match(self.folded, candidate.end)
        before = _LIST_BEFORE.search(self.folded, 0, candidate.start)
        beside = (after and self.starts.get(after.end()), before and self.ends.get(before.start()))
        return any(reading and reading.senses[0][0] == "colour" for reading in beside)

    def _skip(self, place: int) -> int:
        while place < len(self.folded) and self.folded[place] in " -/&":
            place += 1
        return place
