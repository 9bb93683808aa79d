"""One ranking of several: a weighted sum of standardised scores, weights found on validation.

Weights are found by trying one after the other at a handful of values, beside the part that is best
alone, until nothing helps; the measure is NDCG@10 on histories whose last item no part has seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from shopguide.inference.sequences.histories import Histories, Ids, Scores
from shopguide.inference.sequences.measures import batches, ndcg

# Few of a linear model's scores are not 0, so that its best stand far out: little of it is much.
WEIGHTS = (0.0, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0)
TURNS = 3
LISTED = 100  # of each part, for choosing weights
FIRST = 0.1  # of the other parts, to begin with


class Ranker(Protocol):
    """Whatever scores all items for histories."""

    def scores(self, histories: Histories) -> Scores:
        """Return n histories -> (n, catalogue)."""


@dataclass(frozen=True)
class Blend:
    """Parts and what each counts."""

    parts: Sequence[Ranker]
    weights: Sequence[float]

    def scores(self, histories: Histories) -> Scores:
        """Return n histories -> (n, catalogue)."""
        total = np.zeros((len(histories), histories.catalogue), np.float32)
        for part, weight in zip(self.parts, self.weights, strict=True):
            if weight:
                total += weight * standardised(part.scores(histories))
        return total


def standardised(scores: Scores) -> Scores:
    """Return scores with mean 0 and deviation 1 in each row; what has none lies below all."""
    finite = np.where(np.isfinite(scores), scores, np.nan)
    floor = np.nanmin(finite, axis=1, keepdims=True)
    filled = np.where(np.isnan(finite), floor, finite)
    deviation = filled.std(1, keepdims=True)
    centred: Scores = (filled - filled.mean(1, keepdims=True)) / np.where(
        deviation > 0, deviation, 1
    )
    return centred.astype(np.float32)


@dataclass(frozen=True)
class Shortlists:
    """The items that could be in the first ten, the one that came next first of each row.

    ``scores``: by part, (n, candidates), standardised; -inf where a row has fewer.
    """

    scores: Mapping[str, Scores]

    @classmethod
    def of(cls, parts: Mapping[str, Ranker], histories: Histories, targets: Ids) -> Shortlists:
        """Score histories by every part, some at a time, and keep what any of them ranks high."""
        found: dict[str, list[Scores]] = {name: [] for name in parts}
        for users in batches(len(histories)):
            some = histories.chosen(users)
            scored = {name: standardised(part.scores(some)) for name, part in parts.items()}
            for name, scores in listed(scored, some, targets[users]).items():
                found[name].append(scores)
        return cls({name: np.concatenate(scores) for name, scores in found.items()})

    def quality(self, weights: Mapping[str, float]) -> float:
        """Return NDCG@10 of the weighted sum; some weight is above 0."""
        total = sum(weight * self.scores[name] for name, weight in weights.items() if weight)
        total = np.asarray(total)
        return ndcg((total[:, 1:] >= total[:, :1]).sum(1))


def listed(scored: Mapping[str, Scores], histories: Histories, targets: Ids) -> dict[str, Scores]:
    """Return each part's scores of the target and of what any part ranks high: (n, candidates)."""
    places = np.arange(len(targets))
    listed_of_each = min(LISTED, histories.catalogue - 1)
    tops, had = [targets[:, None]], np.zeros(next(iter(scored.values())).shape, bool)
    had[histories.users, histories.items] = True
    for scores in scored.values():
        hidden = np.where(had, -np.inf, scores)
        tops.append(np.argpartition(-hidden, listed_of_each, axis=1)[:, :listed_of_each])
    chosen = np.concatenate(tops, axis=1)
    rest = np.sort(chosen[:, 1:], axis=1)
    twice = np.zeros(rest.shape, bool)
    twice[:, 1:] = rest[:, 1:] == rest[:, :-1]
    twice |= (rest == targets[:, None]) | had[places[:, None], rest]
    chosen[:, 1:] = rest
    kept = {name: scores[places[:, None], chosen] for name, scores in scored.items()}
    for scores in kept.values():
        scores[:, 1:][twice] = -np.inf
    return kept


def weigh(lists: Shortlists) -> dict[str, float]:
    """Return what each part counts, found by trying; the part that is best alone counts 1."""
    leading = max(lists.scores, key=lambda name: lists.quality({name: 1.0}))
    weights = dict.fromkeys(lists.scores, FIRST) | {leading: 1.0}
    best = lists.quality(weights)
    for _turn in range(TURNS):
        before = best
        for name in [part for part in lists.scores if part != leading]:
            for weight in WEIGHTS:
                tried = weights | {name: weight}
                if (found := lists.quality(tried)) > best:
                    best, weights = found, tried
        if best == before:
            break
    return weights
