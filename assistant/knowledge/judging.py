"""Whether a passage answers a question: a chance from the signs, and what to do about it.

Plain Python. A logistic regression over few signs that mean the same whatever the shop; its numbers
(`calibration.json`) were fitted by `manage.py evaluate_knowledge --fit` on questions of authors
whose others measured it. With a vector and without one are two sets of numbers. An encoder that it
was not fitted for is judged by words alone: a cosine of .8 means something else there.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.knowledge.retrieving import Candidate, Found, Line

FILE = Path(__file__).parent / "calibration.json"
WITH_SENSE = ("said", "sense", "ahead", "unknown", "asks", "most_said", "nearest")
WORDS_ONLY = ("said", "titled", "ahead", "unknown", "asks", "line")


@dataclass(frozen=True, slots=True)
class Scale:
    """One set of numbers: weights and shifts by sign, and from which chance on it is an answer."""

    weights: dict[str, float]
    intercept: float
    threshold: float


def signs(found: Found, best: Candidate, line: Line | None) -> dict[str, float]:
    """Return what the chance is made of, each about 0 to 1.

    ``unknown``: the share of what is asked for that no passage says; ``asks``: how many things are
    asked for; ``most_said``, ``nearest``: whether words alone, and sense alone, choose it too.
    """
    total = sum(found.rarity) or 1.0
    nowhere = math.log(1 + (found.scope + 0.5) / 0.5)
    by_words = max(found.candidates, key=lambda one: one.said)
    by_sense = max(found.candidates, key=lambda one: one.sense)
    return {
        "said": best.said,
        "titled": best.titled,
        "sense": 10 * (best.sense - 0.85),
        "ahead": 2 * best.ahead,
        "line": said_of(line, found) if line else 0.0,
        "unknown": sum(one for one in found.rarity if one >= nowhere - 1e-6) / total,
        "asks": min(len(found.units), 8) / 8,
        "most_said": float(by_words.article == best.article),
        "nearest": float(by_sense.article == best.article),
    }


def said_of(line: Line, found: Found) -> float:
    """Return the share of what was asked for that a sentence says."""
    total = sum(found.rarity)
    said = sum(w for one, w in zip(line.units, found.rarity, strict=True) if one)
    return said / total if total else 0.0


def chance(values: dict[str, float], scale: Scale) -> float:
    """Return how likely it is an answer: 0 to 1."""
    total = scale.intercept + sum(w * values[name] for name, w in scale.weights.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def scale_for(encoder_id: str, *, with_sense: bool) -> Scale:
    """Return the numbers in use for an encoder, or those for words alone.

    A taught version ("e5-small-q4+1a2b3c4d") is in use only where its cosines mean what its
    base's do, so the base's numbers hold.
    """
    kept, base = _kept(), encoder_id.partition("+")[0]
    return kept.get(base, kept["words"]) if with_sense else kept["words"]


@lru_cache(maxsize=1)
def _kept() -> dict[str, Scale]:
    found = json.loads(FILE.read_text("utf-8"))
    return {
        name: Scale(one["weights"], one["intercept"], one["threshold"])
        for name, one in found.items()
    }
