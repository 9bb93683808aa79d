"""Linear models in closed form: each item's score is a weighted sum of what the user has had.

Sources: Steck 2019 (EASE); attributes enter as further rows of the same regression (Jeunen et al.
2020, CEASE); Choi et al. 2021 (SLIST) for the sequential one. Cost: one Cholesky factor of a
(catalogue, catalogue) matrix, about half a minute for 12,000 items on two cores; memory 4 bytes
times catalogue squared, three times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import sparse

from shopguide.inference.sequences.histories import Histories, Ids, Scores

# Items beyond so many, by how often they were taken, get no score: memory grows with the square.
MOST_ITEMS = 20_000


@dataclass(frozen=True)
class Regression:
    """``weights``: (items, items) of those among ``kept``: (items,); age j counts decay ** j."""

    weights: Scores
    kept: Ids
    decay: float
    catalogue: int

    def scores(self, histories: Histories) -> Scores:
        """Return n histories -> (n, catalogue)."""
        had = histories.matrix(decay=self.decay)[:, self.kept]
        if len(self.kept) == self.catalogue:
            return np.asarray(had @ self.weights, np.float32)
        found = np.full((len(histories), self.catalogue), -np.inf, np.float32)
        found[:, self.kept] = had @ self.weights
        return found


def kept_items(histories: Histories) -> Ids:
    """Return the items that take part, in order."""
    if histories.catalogue <= MOST_ITEMS:
        return np.arange(histories.catalogue)
    return np.sort(np.argsort(-histories.counts(), kind="stable")[:MOST_ITEMS])


def inverse(gram: NDArray[np.float32], ridge: float) -> torch.Tensor:
    """Return the inverse of a symmetric matrix with ``ridge`` on its diagonal, in its place."""
    matrix = torch.from_numpy(gram)
    matrix.diagonal().add_(ridge)
    factor = torch.linalg.cholesky(matrix)
    return torch.cholesky_inverse(factor, out=matrix)


def dense(matrix: sparse.csr_array) -> NDArray[np.float32]:
    """Return a sparse matrix in full."""
    return np.ascontiguousarray(matrix.toarray(), dtype=np.float32)


def ease(
    histories: Histories,
    *,
    ridge: float = 50.0,
    decay: float = 0.7,
    attributes: sparse.csr_array | None = None,
    weight: float = 1.0,
) -> Regression:
    """Fit every item from all others. ``attributes``: (catalogue, attributes), 0 or 1.

    With attributes each of them counts as ``weight`` users who took all items that have it,
    damped by how many those are.
    """
    kept = kept_items(histories)
    took = histories.matrix()[:, kept]
    took.data[:] = 1
    gram = dense((took.T @ took).tocsr())
    if attributes is not None:
        gram += weight * dense(likeness(attributes[kept]))
    weights = inverse(gram, ridge)
    weights.div_(-weights.diagonal().clone())
    weights.fill_diagonal_(0)
    return Regression(weights.numpy(), kept, decay, histories.catalogue)


def likeness(attributes: sparse.csr_array) -> sparse.csr_array:
    """Return what items share, a rare attribute more than a common one: (items, items)."""
    common = np.maximum(np.asarray(attributes.sum(0)).ravel(), 1)
    scale = sparse.diags_array((1 / np.log2(1 + common)).astype(np.float32))
    damped = attributes.astype(np.float32) @ scale
    return (damped @ damped.T).tocsr()


def following(
    histories: Histories, *, ridge: float = 20.0, decay: float = 0.7, ahead: float = 0.5
) -> Regression:
    """Fit what comes next from what came before, at every place of every history.

    The past fades with ``decay`` a place, what comes later than next with ``ahead``.
    """
    kept = kept_items(histories)
    past, future = past_and_future(histories, decay, ahead)
    past, future = past[:, kept], future[:, kept]
    weights = inverse(dense((past.T @ past).tocsr()), ridge)
    right = torch.from_numpy(dense((past.T @ future).tocsr()))
    return Regression((weights @ right).numpy(), kept, decay, histories.catalogue)


def past_and_future(
    histories: Histories, decay: float, ahead: float, window: int = 12
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return, for every place that has a next, its faded past and future: (places, catalogue)."""
    users = histories.users
    count = len(users)
    places = np.arange(count)
    sides: list[list[tuple[Ids, Ids, float]]] = [[], []]
    for apart in range(window):
        here = places[apart:][users[apart:] == users[: max(0, count - apart)]]
        sides[0].append((here, histories.items[here - apart], decay**apart))
        there = places[: max(0, count - apart - 1)]
        there = there[users[there] == users[there + apart + 1]]
        sides[1].append((there, histories.items[there + apart + 1], ahead**apart))
    has_next = np.zeros(count, bool)
    has_next[:-1] = users[:-1] == users[1:]
    past, future = (
        stacked(side, (count, histories.catalogue))[np.flatnonzero(has_next)] for side in sides
    )
    return past, future


def stacked(parts: list[tuple[Ids, Ids, float]], shape: tuple[int, int]) -> sparse.csr_array:
    """Return one matrix of parts, each of rows, columns and one weight."""
    rows = np.concatenate([rows for rows, _columns, _weight in parts])
    columns = np.concatenate([columns for _rows, columns, _weight in parts])
    weights = np.concatenate(
        [np.full(len(rows), weight, np.float32) for rows, _columns, weight in parts]
    )
    return sparse.coo_array((weights, (rows, columns)), shape).tocsr()
