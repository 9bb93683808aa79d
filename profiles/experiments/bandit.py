"""Choose one of several things while learning which is best for whom, and log every chance. NumPy.

A ridge regression a thing guesses the reward from the context; the best guess is shown, and now and
then another, so that chances are known exactly and never zero. Nothing is drawn from outside: the
draw is handed in, so a choice can be replayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
# The share of choices that are drawn evenly among all.
CURIOSITY = 0.1


@dataclass
class Belief:
    """What is believed of one thing: the sums of its ridge regression."""

    gram: Vector
    moment: Vector

    def guess(self, context: Vector) -> float:
        """Return the reward that is expected."""
        return float(context @ np.linalg.solve(self.gram, self.moment))


@dataclass
class Bandit:
    """Learns from rewards. ``size``: numbers of a context."""

    size: int
    curiosity: float = CURIOSITY
    ridge: float = 1.0
    beliefs: dict[str, Belief] = field(default_factory=dict)

    def chances(self, things: Sequence[str], context: Vector) -> dict[str, float]:
        """Return how likely each is to be shown; they sum to one and none is zero."""
        if not things:
            raise ValueError("there is nothing to choose from")
        guesses = {thing: self.belief(thing).guess(context) for thing in things}
        top = max(guesses.values())
        best = [thing for thing in things if guesses[thing] >= top - 1e-12]
        even = self.curiosity / len(things)
        return {
            thing: even + (1 - self.curiosity) * (thing in best) / len(best) for thing in things
        }

    def choose(self, things: Sequence[str], context: Vector, draw: float) -> tuple[str, float]:
        """Return what is shown and how likely that was. ``draw``: even between 0 and 1."""
        chances = self.chances(things, context)
        left = draw
        for thing, chance in chances.items():
            if (left := left - chance) < 0:
                return thing, chance
        return list(chances.items())[-1]

    def learn(self, thing: str, context: Vector, reward: float) -> None:
        """Take in what came of a choice."""
        belief = self.belief(thing)
        belief.gram += np.outer(context, context)
        belief.moment += reward * context

    def belief(self, thing: str) -> Belief:
        """Return what is believed of a thing, nothing in particular at first."""
        if thing not in self.beliefs:
            start = Belief(self.ridge * np.eye(self.size), np.zeros(self.size))
            self.beliefs[thing] = start
        return self.beliefs[thing]
