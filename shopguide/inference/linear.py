"""Multinomial logistic regression over bags of grams, fitted with L-BFGS to its end.

For heads and the peers they are measured beside. Labels weigh as if each were equally common, as
the usual recipe for uneven labels has it. Convex, so the result depends on nothing but the texts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from shopguide.inference.bags import Bags

STEPS = 60


@dataclass(frozen=True)
class Linear:
    """``weights``: (grams + 1, labels), the last row is the bias."""

    weights: Tensor

    def logits(self, bags: Bags) -> NDArray[np.float64]:
        """Return logits: n bags -> (n, labels)."""
        places, starts, weights = bags.tensors()
        with torch.inference_mode():
            summed = torch.nn.functional.embedding_bag(
                places, self.weights[:-1], starts, mode="sum", per_sample_weights=weights
            )
            return (summed + self.weights[-1]).double().numpy()


def fit_linear(
    bags: Bags, width: int, truth: NDArray[np.int64], labels: int, *, strength: float = 4.0
) -> Linear:
    """Fit the regression: n bags over ``width`` grams, (n,) places; ``strength`` is the usual C."""
    rows = bags.matrix(width)
    columns = rows.t().to_sparse_csr()
    wanted = torch.nn.functional.one_hot(torch.from_numpy(truth), labels).float()
    counts = np.maximum(np.bincount(truth, minlength=labels), 1)
    weight = torch.from_numpy((len(truth) / labels / counts)[truth].astype(np.float32))[:, None]
    weights = torch.zeros(width + 1, labels)

    def loss() -> Tensor:
        logits = rows @ weights[:-1] + weights[-1]
        wrong = (torch.softmax(logits, dim=1) - wanted) * weight * strength
        weights.grad = torch.cat([columns @ wrong + weights[:-1], wrong.sum(0, keepdim=True)])
        weights.grad /= len(truth)
        chance = (torch.log_softmax(logits, dim=1) * wanted * weight).sum()
        return (0.5 * weights[:-1].square().sum() - strength * chance) / len(truth)

    with torch.no_grad():
        optimiser = torch.optim.LBFGS(
            [weights], max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe"
        )
        optimiser.step(loss)
    return Linear(weights)
