"""What another way of choosing would have brought, from what was logged with its chances. NumPy.

Without trying it on anybody: inverse propensity (IPS), self-normalised (SNIPS) and doubly robust
(DR) estimates with intervals. Where too few of the logged choices are what the other way would have
chosen, there is no verdict. Sources: Horvitz & Thompson 1952; Swaminathan & Joachims 2015; Dudík et
al. 2011; effective sample size after Kish 1965.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
LEVEL = 0.95
# Fewer choices than these in effect, in all or of what was logged, and nothing can be said.
LEAST_EFFECTIVE, LEAST_SHARE = 50.0, 0.01


@dataclass(frozen=True)
class Estimate:
    """What a policy is worth, with its interval; ``refused`` says why there is none."""

    value: float
    low: float
    high: float
    effective: float
    refused: str = ""


def ips(rewards: Numbers, logged: Numbers, chosen: Numbers) -> Estimate:
    """Weigh each reward by how much likelier the other policy's choice is: all (n,).

    ``logged``, ``chosen``: the chance of what was shown, then and by the other policy.
    """
    weights = weights_of(logged, chosen)
    return mean_of(weights * rewards, weights)


def snips(rewards: Numbers, logged: Numbers, chosen: Numbers) -> Estimate:
    """The same divided by the mean weight: a little biased, far less spread."""
    weights = weights_of(logged, chosen)
    refused = too_few(weights)
    total = weights.sum()
    if refused or total <= 0:
        return nothing(weights, refused or "no logged choice is one of this policy's")
    value = float((weights * rewards).sum() / total)
    count = len(rewards)
    spread = np.sqrt(((weights * (rewards - value)) ** 2).sum()) / total
    spread *= np.sqrt(count / max(1, count - 1))
    return interval(value, float(spread), weights)


def doubly_robust(
    rewards: Numbers, logged: Numbers, chosen: Numbers, guessed: Numbers, expected: Numbers
) -> Estimate:
    """Start from a model of rewards and mend what it got wrong: right if either of the two is.

    ``guessed``: the model's reward of what was shown, ``expected``: of what the other policy would
    show on average; (n,).
    """
    weights = weights_of(logged, chosen)
    return mean_of(expected + weights * (rewards - guessed), weights)


def weights_of(logged: Numbers, chosen: Numbers) -> Numbers:
    """Return how much likelier each choice is under the other policy; ValueError for no chance."""
    logged, chosen = np.asarray(logged, float), np.asarray(chosen, float)
    if len(logged) == 0:
        raise ValueError("nothing was logged")
    if not np.all((logged > 0) & (logged <= 1)) or not np.all((chosen >= 0) & (chosen <= 1)):
        raise ValueError("chances lie between 0 and 1, and what was shown had one")
    return chosen / logged


def effective(weights: Numbers) -> float:
    """Return how many unweighted choices these are worth."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def too_few(weights: Numbers) -> str:
    """Say why there is no verdict, nothing where there is one."""
    worth = effective(weights)
    if worth < LEAST_EFFECTIVE or worth < LEAST_SHARE * len(weights):
        return f"{len(weights)} logged choices are worth only {worth:.0f} of this policy's"
    return ""


def mean_of(values: Numbers, weights: Numbers) -> Estimate:
    """Return a mean with its interval."""
    if refused := too_few(weights):
        return nothing(weights, refused)
    spread = float(values.std(ddof=1) / np.sqrt(len(values)))
    return interval(float(values.mean()), spread, weights)


def interval(value: float, spread: float, weights: Numbers) -> Estimate:
    """Return an estimate from its standard error."""
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * spread
    return Estimate(value, value - half, value + half, effective(weights))


def nothing(weights: Numbers, why: str) -> Estimate:
    """Return no verdict."""
    return Estimate(float("nan"), float("nan"), float("nan"), effective(weights), why)
