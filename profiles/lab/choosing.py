"""Choose the settings of the peers and of ours on validation items, which nothing is measured on.

Closed-form models are costly, so what must be fitted anew for each setting is tried on the part of
the catalogue that is taken most; what only scores, on all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from profiles.lab.reading import Material
from shopguide.inference.sequences.blending import Ranker
from shopguide.inference.sequences.histories import Histories, Ids
from shopguide.inference.sequences.measures import batches, ndcg, ranks
from shopguide.inference.sequences.neighbours import Neighbours, Steps, transitions
from shopguide.inference.sequences.regressing import Regression, ease, following

Say = Callable[[str], None]
TRIED_USERS = 2_000
TRIED_ITEMS = 3_000
DECAYS = (0.4, 0.55, 0.7, 0.85, 1.0)


@dataclass(frozen=True)
class Split:
    """What models may learn from, what they are asked with, and what came next."""

    learnt: Histories
    asked: Histories
    targets: Ids

    def sampled(self, count: int, seed: int = 1) -> Split:
        """Ask at most so many users; learn from all."""
        if len(self.asked) <= count:
            return self
        users = np.sort(np.random.default_rng(seed).permutation(len(self.asked))[:count])
        return Split(self.learnt, self.asked.chosen(users), self.targets[users])

    def narrowed(self, items: Ids) -> Split:
        """Leave only these items, numbered anew; users whose target is gone are not asked."""
        numbers = np.full(self.learnt.catalogue, -1, np.int64)
        numbers[items] = np.arange(len(items))
        users = np.flatnonzero(numbers[self.targets] >= 0)
        asked = renumbered(self.asked.chosen(users), numbers, len(items))
        kept = np.flatnonzero(asked.lengths > 0)
        targets = numbers[self.targets[users]][kept]
        return Split(renumbered(self.learnt, numbers, len(items)), asked.chosen(kept), targets)


def renumbered(histories: Histories, numbers: Ids, catalogue: int) -> Histories:
    """Return histories in other numbers; items without one are left out."""
    renamed = numbers[histories.items]
    kept = renamed >= 0
    lengths = np.bincount(histories.users[kept], minlength=len(histories))
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Histories(renamed[kept], starts, catalogue)


def places(ranker: Ranker, split: Split) -> Ids:
    """Return where each target stands in its user's ranking of all items not had: (users,)."""
    found = []
    for users in batches(len(split.asked)):
        asked = split.asked.chosen(users)
        found.append(ranks(ranker.scores(asked), split.targets[users], asked))
    return np.concatenate(found)


def best_of(options: Sequence[Any], quality: Callable[[Any], float]) -> Any:
    """Return the option of highest quality, the first of equals."""
    return max(options, key=quality)


def choose_steps(split: Split) -> Steps:
    """Choose how transitions are counted, a setting at a time, twice round."""
    tried = split.sampled(TRIED_USERS)
    options: dict[str, tuple[Any, ...]] = {
        "fame": (0.0, 0.15, 0.3, 0.5),
        "decay": (0.4, 0.55, 0.7, 0.85),
        "back": (0.0, 0.3, 0.6, 1.0),
        "reach": (1, 3, 6),
        "fade": (0.5, 0.7, 0.9),
        "window": (3, 6, 12),
    }
    steps, known = Steps(), {}

    def quality(one: Steps) -> float:
        if one not in known:
            known[one] = ndcg(places(transitions(tried.learnt, one), tried))
        return known[one]

    for _turn in range(2):
        for name, values in options.items():
            steps = best_of([steps, *(replace(steps, **{name: v}) for v in values)], quality)
    return steps


def choose_decay(fitted: Any, split: Split) -> float:
    """Choose how fast what a user had fades when scored by a model that is fitted already."""
    tried = split.sampled(TRIED_USERS)
    chosen: float = best_of(DECAYS, lambda decay: ndcg(places(replace(fitted, decay=decay), tried)))
    return chosen


@dataclass(frozen=True)
class Ridges:
    """Settings of the closed-form models."""

    ease: float
    attributes: float
    ease_with_attributes: float
    following: float
    past: float
    ahead: float


def choose_ridges(split: Split, material: Material, say: Say) -> Ridges:
    """Choose the settings of the closed-form models on the items that are taken most."""
    counts = split.learnt.counts()
    items = np.sort(np.argsort(-counts, kind="stable")[:TRIED_ITEMS])
    small = split.narrowed(items).sampled(TRIED_USERS)
    table = material.attributes[items] if material.attributes is not None else None

    def quality(model: Regression | Neighbours) -> float:
        return ndcg(places(model, small))

    ridges = (5.0, 20.0, 60.0, 200.0)
    plain = best_of(ridges, lambda ridge: quality(ease(small.learnt, ridge=ridge)))
    weight, rich = 0.0, plain
    if table is not None:
        weight, rich = best_of(
            [(weight, ridge) for weight in (1.0, 4.0, 16.0, 64.0) for ridge in ridges],
            lambda one: quality(ease(small.learnt, ridge=one[1], attributes=table, weight=one[0])),
        )
    ridge, past, ahead = best_of(
        [(r, p, a) for r in ridges for p in (0.5, 0.75, 0.9) for a in (0.3, 0.6, 0.85)],
        lambda one: quality(
            following(small.learnt, ridge=one[0], decay=one[1], ahead=one[2])
        ),
    )  # fmt: skip
    say(f"chosen: ease {plain}, with attributes {weight} and {rich}, next {ridge} {past} {ahead}")
    return Ridges(plain, weight, rich, ridge, past, ahead)
