"""A second opinion on delivery notes: our own sentences, learnt by their letters and words.

Complement naive Bayes on letters of Chinese (1 to 3) and on words of English (1 and 2): it knows
what the rules have no word for, and is learnt in some milliseconds when it is first asked.
Source: Rennie et al. 2003.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

FILE = Path(__file__).with_name("sentences.txt")
WIDE = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[a-z']+")
LITTLE = "the|a|an|of|to|at|on|in|is|was|has|been|be|your|you|our|we|it|and|for|by"
NOT_WORDS = frozenset(LITTLE.split("|"))
SMOOTHING = 0.3


def features(text: str) -> Iterator[str]:
    """Yield what a text is known by."""
    for run in WIDE.findall(text):
        for size in (1, 2, 3):
            yield from (run[at : at + size] for at in range(len(run) - size + 1))
    words = [word for word in WORD.findall(text.casefold()) if word not in NOT_WORDS]
    stems = [re.sub(r"(?:ing|ed|es|s|e)$", "", word) if len(word) > 4 else word for word in words]
    yield from stems
    yield from (f"{one} {two}" for one, two in pairwise(stems))


def sentences() -> list[tuple[str, str]]:
    """Return our own sentences, each with its kind."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("|", 1) for line in lines if line and not line.startswith("#")]
    return [(kind, text) for kind, text in pairs]


class Learnt:
    """Weights of features for each kind."""

    def __init__(self, known: list[tuple[str, str]]) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for kind, text in known:
            counts[kind].update(set(features(text)))
        whole: Counter[str] = sum(counts.values(), Counter())
        total, size = sum(whole.values()), len(whole)
        self.weights: dict[str, dict[str, float]] = {}
        for kind, own in counts.items():
            rest = total - sum(own.values()) + SMOOTHING * size
            inside = sum(own.values()) + SMOOTHING * size
            self.weights[kind] = {
                one: math.log((own[one] + SMOOTHING) / inside)
                - math.log((whole[one] - own[one] + SMOOTHING) / rest)
                for one in whole
            }

    def scores(self, text: str) -> dict[str, float]:
        """Return the mean weight of a text's known features for each kind."""
        known = [one for one in set(features(text)) if one in next(iter(self.weights.values()))]
        if not known:
            return {}
        root = math.sqrt(len(known))
        return {
            kind: sum(weights[one] for one in known) / root
            for kind, weights in self.weights.items()
        }


@cache
def learnt() -> Learnt:
    """Learn once a process."""
    return Learnt(sentences())
