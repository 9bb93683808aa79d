"""The plainest head: one ridge regression over the encoder's vectors, for a few hundred texts.

Newton's method to its end, so the head depends on nothing but the texts. It is kept as any other
head: its network has no grams and no hidden layer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from shopguide.inference.bags import Vocabulary
from shopguide.inference.heads import TextHead, WideDeep
from shopguide.inference.linear import Linear

RIDGE = 3.0  # .3, 1, 3: accuracy .81, .84, .87 on Chinese reviews that 640 sentences never saw
SPREAD = 3.0  # the length of a typical scaled vector
STEPS = 30


def fit_plain(
    vectors: NDArray[np.float32],
    truth: NDArray[np.int64],
    labels: Sequence[str],
    *,
    counts: tuple[float, float] = (1.0, 1.0),
) -> TextHead:
    """Fit a head of two labels: (n, vector), (n,) places in ``labels``.

    ``counts``: how much a text of each label counts.
    """
    mean, scale = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    factor = SPREAD / np.sqrt(vectors.shape[1])
    weights = _solved((vectors - mean) / scale * factor, truth, np.array(counts)[truth])
    network = WideDeep(0, vectors.shape[1], 1, len(labels))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        network.vector.weight[1] = torch.from_numpy(weights[:-1] * factor)
        network.vector.bias[1] = float(weights[-1])
    nothing = Vocabulary(np.zeros(0, np.int64), np.zeros(0, np.float32))
    return TextHead(
        tuple(labels), nothing, mean, scale, Linear(torch.zeros(2, len(labels))),
        [network.eval()], (0.0, 1.0), leaning=np.zeros(len(labels), np.float32), longest=1,
    )  # fmt: skip


def _solved(
    rows: NDArray[np.float64], truth: NDArray[np.int64], count: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights and, last, the bias: (n, vector), (n,), (n,) -> (vector + 1,)."""
    rows = np.concatenate([rows, np.ones((len(rows), 1))], axis=1).astype(np.float64)
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _step in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (count * (chance - truth)) + ridge * weights
        bend = (rows * (count * chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        change = np.linalg.solve(bend, slope)
        weights -= change
        if np.abs(change).max() < 1e-8:
            break
    return weights
