"""What things are called in the other language, more closely than by their kinds.

Written down in ``words/names.toml``. A compound is read by its parts, where all of them are known:
铸铁煎锅 is "cast iron" and "skillet". Django-free; what is not written down has no other name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog.lexicon.folding import HAN, fold
from catalog.lexicon.values import WORDS

LONGEST_NAME = 4  # words
LONGEST_ZH = 6  # signs of a Chinese one
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Named:
    """So many words that are one name; ``ways``: each part's names in the other language.

    ``thing``: they name a thing, and do not only describe one.
    """

    words: int
    ways: tuple[tuple[str, ...], ...]
    thing: bool


@lru_cache(maxsize=1)
def _written() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Return the other names of each name, and which names are of things."""
    rows = tomllib.loads((WORDS / "names.toml").read_text("utf-8"))
    found: dict[str, dict[str, None]] = {}
    things: set[str] = set()
    for sort, lines in rows.items():
        for line in lines:
            left, right = line.split(" = ")
            chinese, english = left.split(), [one.strip() for one in right.split(",")]
            for one, others in (*((zh, english) for zh in chinese),
                                *((en, chinese) for en in english)):  # fmt: skip
                found.setdefault(fold(one), {}).update(dict.fromkeys(others))
                if sort == "things":
                    things.add(fold(one))
    return {name: tuple(others) for name, others in found.items()}, frozenset(things)


def other_names(name: str) -> tuple[str, ...]:
    """Return what a whole name is called in the other language; () for what is not written."""
    found, _things = _written()
    return next((found[one] for one in _singular(fold(name)) if one in found), ())


def names_thing(name: str) -> bool:
    """Tell whether a name is written down as that of a thing."""
    _found, things = _written()
    return any(one in things for one in _singular(fold(name)))


def named(words: Sequence[str]) -> Named | None:
    """Return the longest name that some words begin with; None where they begin with none."""
    if not words:
        return None
    for size in range(min(LONGEST_NAME, len(words)), 0, -1):
        if _HAN.search(words[0]):
            name = "".join(words[:size])
            ways = _parts(name) if len(name) <= LONGEST_ZH * 2 else ()
        else:
            name = " ".join(words[:size])
            ways = (others,) if (others := other_names(name)) else ()
        if ways:
            return Named(size, ways, names_thing(name) or _ends_in_thing(name))
    return None


def names_in(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names that a folded text has, longest first come, with their other names."""
    found: list[tuple[str, tuple[str, ...]]] = []
    pieces = re.findall(f"[{HAN}]+|[^\\W_{HAN}'-]+", text)
    place = 0
    while place < len(pieces):
        if _HAN.search(pieces[place]):
            found += _within(pieces[place])
            size = 1
        elif name := named(pieces[place : place + LONGEST_NAME]):
            size = name.words
            found.append((" ".join(pieces[place : place + size]), name.ways[0]))
        else:
            size = 1
        place += size
    return found


def _within(run: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names of two signs and more that a run of Chinese signs has."""
    found: list[tuple[str, tuple[str, ...]]] = []
    place = 0
    while place < len(run):
        sizes = range(min(LONGEST_ZH, len(run) - place), 1, -1)
        size = next((n for n in sizes if other_names(run[place : place + n])), 0)
        if size:
            found.append((run[place : place + size], other_names(run[place : place + size])))
        place += size or 1
    return found


def places_of_names(text: str) -> list[tuple[int, int]]:
    """Return where Chinese names of two signs and more stand in a folded text."""
    found: list[tuple[int, int]] = []
    for run in re.finditer(f"[{HAN}]+", text):
        place = run.start()
        for name, _others in _within(run[0]):
            start = text.index(name, place)
            place = start + len(name)
            found.append((start, place))
    return found


@lru_cache(maxsize=8192)
def _parts(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the other names of each part of a Chinese word; () unless all of it is known."""
    if whole := other_names(word):
        return (whole,)
    for size in range(min(LONGEST_ZH, len(word) - 1), 0, -1):
        begun = other_names(word[:size])
        rest = _parts(word[size:]) if begun else ()
        if rest:
            return (begun, *rest)
    return ()


def _ends_in_thing(word: str) -> bool:
    """Tell whether a Chinese compound is of a thing: 木头火车 ends in one."""
    return not word.isascii() and any(names_thing(word[at:]) for at in range(1, len(word)))


def _singular(name: str) -> tuple[str, ...]:
    """Return a name as it may be written down: knives, boxes, speakers."""
    if not name.isascii():
        return (name,)
    name = name.replace("-", " ")
    return (name, name.removesuffix("s"), name.removesuffix("es"), f"{name.removesuffix('ves')}fe")
