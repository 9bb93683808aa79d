"""One regression over vectors and grams together, for a few thousand short texts and many labels.

Softmax with a ridge, fitted with L-BFGS, so the head depends on nothing but the texts. Texts set
aside (another writer's, say) first choose the temperature, for people are surer of their own words;
then all texts are fitted. It is kept as any other head: a network without a hidden layer.

Source: Guo et al. 2017, "On calibration of modern neural networks" (temperature).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from shopguide.inference.bags import Bags, Vocabulary
from shopguide.inference.fitting import warmth
from shopguide.inference.heads import TextHead, WideDeep
from shopguide.inference.linear import Linear
from shopguide.inference.ngrams import count_grams


@dataclass(frozen=True)
class SoftmaxRecipe:
    """How the regression is fitted."""

    ridge_vector: float = 1.0
    ridge_grams: float = 0.5
    spread: float = 3.0  # the length of a typical scaled vector
    longest: int = 3
    least: int = 2  # texts that have a gram, for it to be known
    steps: int = 60


def fit_softmax(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    truth: NDArray[np.int64],
    labels: Sequence[str],
    *,
    aside: NDArray[np.bool_],
    judged: NDArray[np.bool_] | None = None,
    counts: NDArray[np.float32] | None = None,
    signs: int = 0,
    recipe: SoftmaxRecipe | None = None,
) -> TextHead:
    """Fit a head: n folded texts, (n, vector), (n,) places in ``labels``, (n,) set aside -> head.

    ``signs``: so many of the last numbers of each vector are no coordinates; they are not scaled.
    ``judged``: those of what is set aside that choose the temperature; all where it is not given.
    ``counts``: (n,) how much each text counts, 1 where it is not given.
    Cost: two fits, some ten seconds each for 5,000 short texts on a free core.
    """
    recipe = recipe or SoftmaxRecipe()
    counts = np.ones(len(texts), np.float32) if counts is None else counts
    temperature = 1.0
    if aside.any() and not aside.all():
        rest = np.flatnonzero(~aside)
        trial = _fitted(
            [texts[int(i)] for i in rest], vectors[rest], truth[rest],
            labels=labels, counts=counts[rest], signs=signs, recipe=recipe,
        )  # fmt: skip
        held = np.flatnonzero(aside if judged is None else aside & judged)
        bags = trial.bags([texts[int(i)] for i in held])
        temperature = warmth(trial.logits(bags, vectors[held]), truth[held])
    head = _fitted(texts, vectors, truth, labels=labels, counts=counts, signs=signs, recipe=recipe)
    head.temperature = temperature
    return head


def favour(head: TextHead, label: str, log_odds: float) -> None:
    """Make a label likelier than training had it, in place; chances stay chances."""
    place = head.labels.index(label)
    with torch.no_grad():
        for network in head.networks:
            network.vector.bias[place] += log_odds * head.temperature


def _fitted(
    texts: Sequence[str], vectors: NDArray[np.float32], truth: NDArray[np.int64],
    *, labels: Sequence[str], counts: NDArray[np.float32], signs: int, recipe: SoftmaxRecipe,
) -> TextHead:  # fmt: skip
    grams = count_grams(texts, longest=recipe.longest)
    vocabulary = Vocabulary.of(grams, least=recipe.least)
    width = vectors.shape[1]
    mean, scale = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    factor = np.full(width, recipe.spread / np.sqrt(width - signs), np.float32)
    mean[width - signs :], scale[width - signs :], factor[width - signs :] = 0.0, 1.0, 1.0
    dense = ((vectors - mean) / scale * factor).astype(np.float32)
    bags = vocabulary.bags(grams)
    weights = _solved(
        dense, bags, len(vocabulary), truth, labels=len(labels), counts=counts, recipe=recipe
    )
    network = WideDeep(len(vocabulary), width, 1, len(labels))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        network.vector.weight[: len(labels)] = weights[:width].T * torch.from_numpy(factor)
        network.vector.bias[: len(labels)] = weights[width]
        network.grams.weight[: len(vocabulary), : len(labels)] = weights[width + 1 :]
    nothing = Linear(torch.zeros(len(vocabulary) + 1, len(labels)))
    return TextHead(
        tuple(labels), vocabulary, mean, scale, nothing,
        [network.eval()], (0.0, 1.0), leaning=np.zeros(len(labels), np.float32),
        longest=recipe.longest,
    )  # fmt: skip


def _solved(
    dense: NDArray[np.float32], bags: Bags, grams: int, truth: NDArray[np.int64],
    *, labels: int, counts: NDArray[np.float32], recipe: SoftmaxRecipe,
) -> Tensor:  # fmt: skip
    """Return the weights of vector, bias and grams: (n, vector), n bags, (n,) -> (all, labels)."""
    known = torch.from_numpy(np.concatenate([dense, np.ones((len(dense), 1), np.float32)], axis=1))
    size = known.shape[1]
    rows = bags.matrix(max(1, grams))
    columns = rows.t().to_sparse_csr()
    wanted = torch.nn.functional.one_hot(torch.from_numpy(truth), labels).float()
    heavy = np.maximum(np.bincount(truth, weights=counts, minlength=labels), 1e-6)
    share = (counts.sum() / labels / heavy)[truth] * counts
    weight = torch.from_numpy(share.astype(np.float32))[:, None]
    ridge = torch.full((size + max(1, grams), 1), recipe.ridge_grams)
    ridge[: size - 1], ridge[size - 1] = recipe.ridge_vector, 1e-4
    weights = torch.zeros(len(ridge), labels)

    def loss() -> Tensor:
        logits = known @ weights[:size] + rows @ weights[size:]
        wrong = (torch.softmax(logits, dim=1) - wanted) * weight
        slope = torch.cat([known.t() @ wrong, columns @ wrong]) + ridge * weights
        weights.grad = slope / len(truth)
        chance = (torch.log_softmax(logits, dim=1) * wanted * weight).sum()
        return (0.5 * (ridge * weights.square()).sum() - chance) / len(truth)

    with torch.no_grad():
        torch.optim.LBFGS(
            [weights], max_iter=recipe.steps, history_size=10, line_search_fn="strong_wolfe"
        ).step(loss)
    return weights[: size + grams]
