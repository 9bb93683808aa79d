"""Several fits of the attentive model as one ranking: by chance each misses something else.

Source: Lakshminarayanan et al. 2017, "Simple and scalable predictive uncertainty estimation using
deep ensembles". On Beauty three fits reach an NDCG@10 of .0606, the best of them alone .0591.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np
from scipy import sparse

from shopguide.inference.sequences.attention import Attentive, Shape
from shopguide.inference.sequences.blending import Ranker, standardised
from shopguide.inference.sequences.histories import Histories, Scores
from shopguide.inference.sequences.teaching import Recipe, Say, teach

USUAL = Recipe()
MEMBERS = (Shape(width=128), Shape(width=128), Shape(width=64))
APART = 1_000  # between seeds of members, so that committees of neighbouring seeds share none
MANY = 50_000  # items in all histories from which a process for each core pays


@dataclass(frozen=True)
class Committee:
    """Rankers whose standardised scores are averaged."""

    members: Sequence[Ranker]

    def scores(self, histories: Histories) -> Scores:
        """Return n histories -> (n, catalogue)."""
        total = np.zeros((len(histories), histories.catalogue), np.float32)
        for member in self.members:
            total += standardised(member.scores(histories))
        total /= len(self.members)
        return total


def teach_committee(
    histories: Histories,
    *,
    recipe: Recipe = USUAL,
    attributes: sparse.csr_array | None = None,
    members: Sequence[Shape] = MEMBERS,
    say: Say = lambda _line: None,
) -> Committee:
    """Fit a member of each shape, each with a seed of its own; one a core where there is much."""
    lessons = [
        Lesson(histories, shape, replace(recipe, seed=recipe.seed + APART * place), attributes)
        for place, shape in enumerate(members)
    ]
    started, fitted = time.monotonic(), []
    for member in fits(lessons):
        fitted.append(member)
        say(f"fit {len(fitted)} of {len(members)}: {time.monotonic() - started:.0f} s")
    return Committee(fitted)


@dataclass(frozen=True)
class Lesson:
    """What one member is taught, and how."""

    histories: Histories
    shape: Shape
    recipe: Recipe
    attributes: sparse.csr_array | None


def fits(lessons: Sequence[Lesson]) -> Iterator[Attentive]:
    """Yield the model of each lesson, in their order."""
    cores = min(os.cpu_count() or 1, len(lessons))
    if cores == 1 or len(lessons[0].histories.items) < MANY:
        yield from map(fit, lessons)
        return
    # Spawned: a process that was forked with torch's threads running may wait for ever.
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        yield from pool.map(fit, lessons)


def fit(lesson: Lesson) -> Attentive:
    """Fit one member."""
    return teach(
        lesson.histories, shape=lesson.shape, recipe=lesson.recipe, attributes=lesson.attributes
    )
