"""Peers that need no training: what is popular, what is taken together, what follows what.

Sources: Sarwar et al. 2001 (item-based neighbours, cosine); transitions are counts of what came at
most ``reach`` places later.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from shopguide.inference.sequences.histories import Histories, Scores


@dataclass(frozen=True)
class Popular:
    """Everybody gets what most have taken."""

    counts: Scores

    @classmethod
    def fit(cls, histories: Histories) -> Popular:
        """Count."""
        return cls(histories.counts().astype(np.float32))

    def scores(self, histories: Histories) -> Scores:
        """Return the same row for each user: n histories -> (n, catalogue)."""
        return np.tile(self.counts, (len(histories), 1))


@dataclass(frozen=True)
class Neighbours:
    """Scores are sums over what a user has had of its similarity to each item.

    ``similar``: (catalogue, catalogue), sparse; an item of age j counts ``decay`` ** j.
    """

    similar: sparse.csr_array
    decay: float
    window: int | None = None

    def scores(self, histories: Histories) -> Scores:
        """Return n histories -> (n, catalogue)."""
        had = histories.matrix(decay=self.decay, window=self.window)
        return np.asarray((had @ self.similar).todense(), np.float32)


def together(histories: Histories, *, decay: float = 0.7) -> Neighbours:
    """Fit item-kNN: cosine of the columns of who took what."""
    took = histories.matrix()
    took.data[:] = 1
    shared = (took.T @ took).tocsr()
    shared.setdiag(0)
    norms = 1 / np.sqrt(np.maximum(histories.counts(), 1))
    scale = sparse.diags_array(norms.astype(np.float32))
    return Neighbours((scale @ shared @ scale).tocsr(), decay)


@dataclass(frozen=True)
class Steps:
    """How transitions are counted. Chosen on validation by `choose`."""

    reach: int = 3
    fade: float = 0.6  # of a step further
    back: float = 0.3  # what came before counts so much of what came after
    fame: float = 0.3  # the power of an item's count that its score is divided by
    decay: float = 0.6
    window: int = 6


def transitions(histories: Histories, steps: Steps = Steps()) -> Neighbours:
    """Fit transition-kNN: what came soon after each item, damped by how common it is."""
    size = histories.catalogue
    follows = sparse.csr_array((size, size), dtype=np.float32)
    for apart in range(1, steps.reach + 1):
        before, after = histories.pairs(apart)
        weight = np.full(len(before), steps.fade ** (apart - 1), np.float32)
        follows = follows + sparse.coo_array((weight, (before, after)), (size, size)).tocsr()
    both = (follows + steps.back * follows.T).tocsr()
    both.setdiag(0)
    counts = np.maximum(histories.counts(), 1)
    rows = sparse.diags_array((counts**-0.5).astype(np.float32))
    columns = sparse.diags_array((counts**-steps.fame).astype(np.float32))
    return Neighbours((rows @ both @ columns).tocsr(), steps.decay, steps.window)
