"""Matrix factorisation for implicit feedback, by alternating least squares.

Source: Hu, Koren & Volinsky 2008. A user's factors are solved anew from the history at hand, so
that somebody who came after the fit is scored like anybody else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from shopguide.inference.sequences.histories import Histories, Scores

BATCH = 1_024


@dataclass(frozen=True)
class Factors:
    """``items``: (catalogue, factors)."""

    items: Scores
    strength: float
    ridge: float
    decay: float

    def scores(self, histories: Histories) -> Scores:
        """Return n histories -> (n, catalogue)."""
        had = histories.matrix(decay=self.decay)
        return solve(had, self.items, self.strength, self.ridge) @ self.items.T


def als(
    histories: Histories,
    *,
    factors: int = 64,
    rounds: int = 12,
    strength: float = 10.0,
    ridge: float = 1.0,
    decay: float = 0.9,
    seed: int = 1,
) -> Factors:
    """Fit factors; a taken item weighs 1 + ``strength`` times what it counts, any other 1."""
    took = histories.matrix()
    took.data[:] = 1
    chance = np.random.default_rng(seed)
    items = chance.normal(0, 0.1, (histories.catalogue, factors)).astype(np.float32)
    turned = took.T.tocsr()
    for _round in range(rounds):
        users = solve(took, items, strength, ridge)
        items = solve(turned, users, strength, ridge)
    return Factors(items, strength, ridge, decay)


def solve(
    took: sparse.csr_array, fixed: Scores, strength: float, ridge: float
) -> NDArray[np.float32]:
    """Return the factors of each row of ``took``, those of its columns being fixed."""
    size = fixed.shape[1]
    base = fixed.T @ fixed + ridge * np.eye(size, dtype=np.float32)
    found = np.zeros((took.shape[0], size), np.float32)
    outer = np.einsum("if,ig->ifg", fixed, fixed).reshape(len(fixed), -1)
    for start in range(0, took.shape[0], BATCH):
        rows = took[start : start + BATCH]
        left = base + strength * np.asarray(rows @ outer).reshape(-1, size, size)
        ones = rows.copy()
        ones.data = (1 + strength * rows.data) * (rows.data > 0)
        right = np.asarray(ones @ fixed)
        found[start : start + BATCH] = np.linalg.solve(left, right[..., None])[..., 0]
    return found
