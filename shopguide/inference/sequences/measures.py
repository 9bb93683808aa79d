"""How good a ranking of all items is, when one of them is the one that came next.

Full ranking: every item of the catalogue competes, except those the user has had. Ties count
against the model, and a score that is no number ranks behind all others.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.sequences.histories import Histories, Ids, Scores

CUTS = (5, 10, 20)
BATCH = 512


def batches(count: int, size: int = BATCH) -> Iterator[Ids]:
    """Yield the numbers below ``count``, so many at a time."""
    for start in range(0, count, size):
        yield np.arange(start, min(start + size, count))


def ranks(scores: Scores, targets: Ids, seen: Histories) -> Ids:
    """Return the place of each target, 0 the best: (n, catalogue), (n,) -> (n,)."""
    scores = np.where(np.isnan(scores), -np.inf, scores)
    wanted = scores[np.arange(len(targets)), targets]
    scores[seen.users, seen.items] = -np.inf
    scores[np.arange(len(targets)), targets] = -np.inf
    better = (scores >= wanted[:, None]).sum(1)
    nothing = np.isneginf(wanted)
    return np.where(nothing, scores.shape[1], better).astype(np.int64)


def measured(places: Ids) -> dict[str, float]:
    """Return hit rate and NDCG at each cut, of places of which each user has one."""
    gains = 1 / np.log2(places + 2.0)
    found: dict[str, float] = {}
    for cut in CUTS:
        inside = places < cut
        found[f"hr@{cut}"] = round(float(inside.mean()), 5)
        found[f"ndcg@{cut}"] = round(float((gains * inside).mean()), 5)
    return found


def ndcg(places: Ids, cut: int = 10) -> float:
    """Return NDCG of places of which each user has one."""
    gains: NDArray[np.float64] = (places < cut) / np.log2(places + 2.0)
    return float(gains.mean())
