"""Words, characters and their runs as numbers: what a small text classifier counts.

For the heads in ``heads`` and their peers. A Chinese character is a unit, so is a word of any
other script and a run of marks that carry feeling (``!!``, ``?``). Texts arrive folded; nothing
is learned here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNIT = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:['’][a-z]+)?|[!?~…]+")
MOST_UNITS = 2_000  # of one text; nobody's opinion needs more, and a hostile text costs no more
_FIRST = np.uint64(0x9E3779B97F4A7C15)  # odd constants of splitmix64 (Steele et al. 2014)
_SECOND = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True)
class Grams:
    """``keys[starts[i]:starts[i + 1]]`` are the grams of text i, ascending, with ``counts``."""

    starts: NDArray[np.int64]  # (n + 1,)
    keys: NDArray[np.int64]
    counts: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.starts) - 1


def units(text: str) -> list[str]:
    """Split a folded text into what is counted."""
    return UNIT.findall(text)[:MOST_UNITS]


def count_grams(texts: Sequence[str], *, longest: int = 3) -> Grams:
    """Count each text's runs of one to ``longest`` units: n texts -> n rows."""
    hashes, sizes = _hashed(texts)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    found, current = [], hashes
    with np.errstate(over="ignore"):
        for size in range(1, longest + 1):
            if size > 1:
                current = (current[:-1] * _FIRST ^ hashes[size - 1 :]) * _FIRST
            whole = rows[: len(current)] == rows[size - 1 :]
            found.append((rows[: len(current)][whole], _mixed(current[whole])))
    return _counted(found, len(sizes))


def _hashed(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return a hash for each unit of all texts in a row, and how many units each text has."""
    numbers: dict[str, int] = {}
    row: list[int] = []
    sizes = np.zeros(len(texts), np.int64)
    for place, text in enumerate(texts):
        found = units(text)
        sizes[place] = len(found)
        row.extend(numbers.setdefault(unit, len(numbers)) for unit in found)
    hashes = np.array([_hash(unit) for unit in numbers] or [0], np.uint64)
    return hashes[np.array(row, np.int64)], sizes


def _hash(unit: str) -> int:
    raw = unit.encode("utf-8", "surrogatepass")
    return zlib.crc32(raw) | zlib.crc32(b"\0" + raw) << 32


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Spread hashes over 62 bits: (m,) -> (m,)."""
    mixed = (hashes ^ hashes >> np.uint64(29)) * _SECOND
    return (mixed >> np.uint64(2)).astype(np.int64)


def _counted(found: list[tuple[NDArray[np.int64], NDArray[np.int64]]], texts: int) -> Grams:
    rows = np.concatenate([row for row, _keys in found])
    keys = np.concatenate([keys for _row, keys in found])
    order = np.lexsort((keys, rows))
    rows, keys = rows[order], keys[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (keys[1:] != keys[:-1])
    places = np.flatnonzero(first)
    counts = np.diff(np.append(places, len(rows))).astype(np.float32)
    starts = np.searchsorted(rows[first], np.arange(texts + 1)).astype(np.int64)
    return Grams(starts, keys[first], counts)
