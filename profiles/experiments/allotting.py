"""How people are split among arms so that fewer meet what does worse. NumPy, no Django.

Thompson sampling by the day: an arm's share is the chance that it is the best one, by all that is
known, and never below a floor, so that each stays measurable and every chance is known. The draws
follow from a seed: the same counts give the same split again. Source: Thompson 1933.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from profiles.experiments.statistics import Count

# No arm is met by fewer than these of all people, shared among the arms.
FLOOR = 0.2
DRAWS = 4_000


def best_chances(
    people: NDArray[np.int64], did: NDArray[np.int64], *, draws: int = DRAWS, seed: int = 0
) -> NDArray[np.float64]:
    """Return how likely each arm is the best: (…, k), (…, k) -> (…, k), each row sums to one."""
    chance = np.random.default_rng(seed)
    worth = chance.beta(1.0 + did, 1.0 + people - did, (draws, *people.shape))
    best = worth.argmax(axis=-1)
    return np.stack([(best == arm).mean(axis=0) for arm in range(people.shape[-1])], axis=-1)


def shares_of(chances: NDArray[np.float64], floor: float = FLOOR) -> NDArray[np.float64]:
    """Return shares from chances: (…, k) -> (…, k), none below its part of the floor."""
    return floor / chances.shape[-1] + (1 - floor) * chances


def allotted(counts: Mapping[str, Count], *, seed: int = 0) -> dict[str, float]:
    """Return the share of each arm for the next day; they sum to one."""
    people = np.array([one.people for one in counts.values()])
    did = np.array([one.did for one in counts.values()])
    shares = shares_of(best_chances(people, did, seed=seed))
    return dict(zip(counts, (round(float(one), 6) for one in shares), strict=True))
