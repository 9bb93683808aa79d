"""Counted grams as weighted bags over a fixed vocabulary (tf-idf).

For the heads and their peers. A vocabulary is learned from training texts once and travels with
its model; grams it does not know are left out.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from shopguide.inference.ngrams import Grams


@dataclass(frozen=True)
class Bags:
    """n texts as places in a vocabulary with weights, each text of unit length."""

    starts: NDArray[np.int64]  # (n + 1,)
    places: NDArray[np.int64]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, rows: NDArray[np.int64]) -> Bags:
        """Return these texts: (m,) rows -> m bags."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        picked = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], sizes)
        return Bags(starts, self.places[picked], self.weights[picked])

    def tensors(self) -> tuple[Tensor, Tensor, Tensor]:
        """Return places, offsets and weights, as torch's embedding bags want them."""
        return (
            torch.from_numpy(self.places),
            torch.from_numpy(self.starts[:-1]),
            torch.from_numpy(self.weights),
        )

    def matrix(self, width: int) -> Tensor:
        """Return the sparse matrix (n, width), row by row."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sparse")  # "beta": products are all we need
            return torch.sparse_csr_tensor(
                torch.from_numpy(self.starts),
                torch.from_numpy(self.places),
                torch.from_numpy(self.weights),
                size=(len(self), width),
            )


@dataclass(frozen=True)
class Vocabulary:
    """The grams a model knows, ascending, and how rare each was in training."""

    keys: NDArray[np.int64]  # (v,)
    rarity: NDArray[np.float32]  # (v,)

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def of(cls, grams: Grams, *, least: int = 2) -> Vocabulary:
        """Learn the grams that at least ``least`` texts have."""
        keys, texts = np.unique(grams.keys, return_counts=True)
        keys, texts = keys[texts >= least], texts[texts >= least]
        rarity = np.log((1 + len(grams)) / (1 + texts)) + 1
        return cls(keys, rarity.astype(np.float32))

    def bags(self, grams: Grams) -> Bags:
        """Weigh grams by tf-idf, the counts on a log scale: n rows -> n bags."""
        rows = np.repeat(np.arange(len(grams)), np.diff(grams.starts))
        if not len(self):
            return Bags(np.zeros_like(grams.starts), np.zeros(0, np.int64), np.zeros(0, np.float32))
        places = np.minimum(np.searchsorted(self.keys, grams.keys), len(self) - 1)
        known = self.keys[places] == grams.keys
        rows, places, counts = rows[known], places[known], grams.counts[known]
        weights = (1 + np.log(counts)) * self.rarity[places]
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=len(grams)))
        weights = (weights / np.maximum(lengths[rows], 1e-9)).astype(np.float32)
        starts = np.searchsorted(rows, np.arange(len(grams) + 1)).astype(np.int64)
        return Bags(starts, places, weights)
