"""How likely a sentence answers, and from which chance on it is quoted.

Plain Python. A logistic regression over the signs; its weights (`weights.json`) were learned by
``manage.py evaluate_evidence --fit`` from questions of authors whose others measured it. With
vectors and without are two sets. An encoder that they were not learned for is judged by words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.doing.evidence.signs import Signs

FILE = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Scale:
    """Weights by sign. ``answers``: from which chance on a sentence is quoted as the answer.

    ``bears``: from which on it is told beside "not stated", as the nearest thing that is said.
    """

    weights: dict[str, float]
    intercept: float
    answers: float
    bears: float

    def chance(self, signs: Signs) -> float:
        """Return how likely a sentence with these signs answers: 0 to 1."""
        total = self.intercept + sum(w * signs[name] for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def best_of(signs: Sequence[Signs], scale: Scale) -> tuple[int, float]:
    """Return the place of the likeliest sentence and its chance; (-1, 0) for no sentence."""
    chances = [scale.chance(one) for one in signs]
    place = max(range(len(chances)), key=chances.__getitem__, default=-1)
    return place, chances[place] if place >= 0 else 0.0


def scale_for(encoder_id: str, *, with_sense: bool) -> Scale:
    """Return the weights in use for an encoder, or those for words alone.

    A taught version ("e5-small-q4+1a2b3c4d") is in use only where its cosines mean what its
    base's do, so the base's weights hold.
    """
    kept, base = scales(), encoder_id.partition("+")[0]
    return kept.get(base, kept["words"]) if with_sense else kept["words"]


@lru_cache(maxsize=1)
def scales() -> dict[str, Scale]:
    """Read the learned weights: one set for each encoder, one for words alone."""
    rows = json.loads(FILE.read_text("utf-8"))
    return {name: Scale(**row) for name, row in rows.items()}
