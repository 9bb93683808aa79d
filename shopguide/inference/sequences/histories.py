"""Who took what, in order: the one form in which every sequence model gets it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Histories:
    """Sequences of items, end to end. ``starts``: (users + 1,), where each begins."""

    items: Ids
    starts: Ids
    catalogue: int

    @classmethod
    def of(cls, sequences: Iterable[Sequence[int]], catalogue: int) -> Histories:
        """Return histories of lists of item numbers below ``catalogue``."""
        rows = [np.asarray(one, np.int64) for one in sequences]
        lengths = [0, *(len(row) for row in rows)]
        items = np.concatenate(rows) if rows else np.empty(0, np.int64)
        return cls(items, np.cumsum(lengths).astype(np.int64), catalogue)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Ids:
        """Return how long each is: (users,)."""
        return np.diff(self.starts)

    @property
    def users(self) -> Ids:
        """Return whose each item is: (items,)."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @property
    def ages(self) -> Ids:
        """Return how many items of the same user came after each: (items,)."""
        return self.starts[1:][self.users] - 1 - np.arange(len(self.items))

    def shortened(self, by: int | Ids) -> Histories:
        """Leave out the last ``by`` items of each, one number or one a user; (users,)."""
        kept = self.ages >= (by if isinstance(by, int) else by[self.users])
        lengths = np.maximum(self.lengths - by, 0)
        return Histories(
            self.items[kept], np.concatenate([[0], np.cumsum(lengths)]), self.catalogue
        )

    def chosen(self, users: Ids) -> Histories:
        """Return the histories of these users, in their order."""
        lengths = self.lengths[users]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        places = np.arange(starts[-1]) + np.repeat(self.starts[users] - starts[:-1], lengths)
        return Histories(self.items[places], starts, self.catalogue)

    def last(self) -> Ids:
        """Return the last item of each, -1 of an empty one: (users,)."""
        found = np.full(len(self), -1, np.int64)
        there = self.lengths > 0
        found[there] = self.items[self.starts[1:][there] - 1]
        return found

    def counts(self) -> NDArray[np.float64]:
        """Return how often each item was taken: (catalogue,)."""
        return np.bincount(self.items, minlength=self.catalogue).astype(np.float64)

    def matrix(self, *, decay: float = 1.0, window: int | None = None) -> sparse.csr_array:
        """Return who took what: (users, catalogue); an item of age j weighs ``decay`` ** j."""
        ages = self.ages
        kept = ages < window if window else np.ones(len(ages), bool)
        weights = np.power(decay, ages[kept], dtype=np.float64).astype(np.float32)
        rows = sparse.coo_array(
            (weights, (self.users[kept], self.items[kept])), (len(self), self.catalogue)
        )
        return rows.tocsr()

    def pairs(self, apart: int) -> tuple[Ids, Ids]:
        """Return all items with the one that came ``apart`` places later, of the same user."""
        users = self.users
        same = users[:-apart] == users[apart:]
        return self.items[:-apart][same], self.items[apart:][same]
