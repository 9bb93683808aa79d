"""What the tokens of many texts have become by some layer of an encoder.

For heads that train an encoder's upper layers: what lies below is computed once and kept, in half
precision, in memory or in a file. Texts are cut in their middle, for opinions stand at both ends.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from shopguide.inference.errors import NoSpace

Halves = NDArray[np.float16]
BYTES = 2  # of a half
SPARE = 500_000_000  # bytes that stay free


@dataclass(frozen=True)
class TokenStates:
    """The tokens of n texts: text i is ``values[starts[i] : starts[i] + lengths[i]]``."""

    starts: NDArray[np.int64]  # (n,)
    lengths: NDArray[np.int64]  # (n,), each at least 1
    values: Halves  # (tokens of all, hidden)

    def __len__(self) -> int:
        return len(self.starts)

    @classmethod
    def empty(cls, lengths: Sequence[int], hidden: int, path: Path | None = None) -> TokenStates:
        """Make room for texts of these lengths, in memory or in a file. Errors: NoSpace."""
        sizes = np.array(lengths, np.int64)
        starts = np.cumsum(sizes) - sizes
        shape = (int(sizes.sum()), hidden)
        values: Halves
        if path is None or not shape[0]:
            values = np.empty(shape, np.float16)
        else:
            check_space(path, shape[0] * hidden * BYTES)
            values = np.lib.format.open_memmap(path, "w+", np.float16, shape)
        return cls(starts, sizes, values)

    def put(self, batch: Sequence[int], tokens: Tensor) -> None:
        """Keep the tokens of these texts, which stand end to end: (m,), (t, hidden)."""
        ends = np.cumsum(self.lengths[batch])
        for place, part in zip(batch, np.split(tokens.half().numpy(), ends[:-1]), strict=True):
            self.text(place)[:] = part

    @property
    def tokens(self) -> int:
        """Count all texts' tokens."""
        return int(self.lengths.sum())

    def take(self, rows: NDArray[np.int64]) -> TokenStates:
        """Return these texts; nothing is copied."""
        return TokenStates(self.starts[rows], self.lengths[rows], self.values)

    def text(self, row: int) -> Halves:
        """Return one text's tokens: (length, hidden)."""
        start = self.starts[row]
        return self.values[start : start + self.lengths[row]]

    def means(self) -> NDArray[np.float32]:
        """Return each text's mean token: (n, hidden)."""
        found = np.empty((len(self), self.values.shape[1]), np.float32)
        for row in range(len(self)):
            found[row] = self.text(row).mean(axis=0, dtype=np.float32)
        return found

    def padded(
        self, rows: NDArray[np.int64], chance: np.random.Generator | None = None, hide: float = 0
    ) -> tuple[Tensor, Tensor]:
        """Return these texts beside each other: (m, longest, hidden) fp32, (m, longest) bool.

        ``hide``: share of tokens that are left out by ``chance``, never a text's first one.
        """
        parts = [self.text(row) for row in rows]
        if chance is not None and hide:
            parts = [_thinned(part, chance, hide) for part in parts]
        longest = max(len(part) for part in parts)
        states = np.zeros((len(parts), longest, self.values.shape[1]), np.float16)
        here = np.zeros((len(parts), longest), bool)
        for place, part in enumerate(parts):
            states[place, : len(part)] = part
            here[place, : len(part)] = True
        return torch.from_numpy(states).float(), torch.from_numpy(here)


def check_space(path: Path, size: int) -> None:
    """Refuse a file that would fill its disk, for a mapped file's writes cannot fail politely."""
    free = shutil.disk_usage(path.parent).free
    if size + SPARE > free:
        raise NoSpace(
            f"{size / 1e9:.1f} GB are needed for a while and {free / 1e9:.1f} GB are free.",
            remedy="Free some, or give fewer texts.",
        )


def _thinned(part: Halves, chance: np.random.Generator, hide: float) -> Halves:
    shown = chance.random(len(part)) >= hide
    shown[0] = True
    return part[shown]


def cut_middle(ids: list[int], most: int) -> list[int]:
    """Cut a text to ``most`` tokens: two thirds of them from its start, the rest from its end."""
    if len(ids) <= most:
        return ids
    tail = most // 3
    return ids[: most - tail] + ids[len(ids) - tail :]


def in_order_of_length(
    lengths: NDArray[np.int64] | NDArray[np.float64], size: int
) -> Iterator[NDArray[np.int64]]:
    """Yield rows in batches of ``size``, texts of similar length together."""
    order = np.argsort(lengths, kind="stable")
    for start in range(0, len(order), size):
        yield order[start : start + size]
