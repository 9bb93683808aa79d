"""How well a classifier does: accuracy, macro-F1, calibration error. Numbers in, numbers out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BINS = 15


def accuracy(truth: NDArray[np.int64], guessed: NDArray[np.int64]) -> float:
    """Return the share of right answers: (n,), (n,)."""
    return float((truth == guessed).mean())


def macro_f1(truth: NDArray[np.int64], guessed: NDArray[np.int64]) -> float:
    """Return the mean F1 over the labels that occur, in truth or in guesses: (n,), (n,)."""
    scores = []
    for label in np.union1d(truth, guessed):
        right = int(((truth == label) & (guessed == label)).sum())
        scores.append(2 * right / int((truth == label).sum() + (guessed == label).sum()))
    return float(np.mean(scores))


def calibration_error(
    truth: NDArray[np.int64], guessed: NDArray[np.int64], chances: NDArray[np.float64]
) -> float:
    """Return the expected calibration error of the guessed labels' chances: (n,), (n,), (n, k).

    Source: Guo et al. 2017, "On calibration of modern neural networks", equal-width bins.
    """
    said = chances[np.arange(len(guessed)), guessed]
    places = np.minimum((said * BINS).astype(np.int64), BINS - 1)
    error = 0.0
    for place in np.unique(places):
        here = places == place
        gap = abs(said[here].mean() - (truth[here] == guessed[here]).mean())
        error += float(here.mean() * gap)
    return error
