"""How well vectors find what belongs to a question: recall, reciprocal rank and gain at ten.

All documents of a family compete; documents that score the same count against the right one. The
difference of two encoders is told with the interval of a bootstrap over the same questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.contrast.pairs import Ranking

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]
TOP = 10
CHUNK = 512  # questions scored at once
DRAWS = 2_000


@dataclass(frozen=True)
class Scores:
    """One number for each question: (q,) each."""

    recall: Floats
    mrr: Floats
    ndcg: Floats

    def means(self) -> dict[str, float]:
        """Return what is told of them."""
        return {
            "recall@10": round(float(self.recall.mean()), 4),
            "mrr@10": round(float(self.mrr.mean()), 4),
            "ndcg@10": round(float(self.ndcg.mean()), 4),
        }


def measured(ranking: Ranking, queries: Vectors, documents: Vectors) -> Scores:
    """Score a ranking: all queries (n, d), all documents (m, d), of unit length."""
    among = documents[ranking.documents].astype(np.float32)
    rows: list[tuple[float, float, float]] = []
    for start in range(0, len(ranking.questions), CHUNK):
        asked = queries[ranking.questions[start : start + CHUNK]]
        for place, cosines in enumerate(asked @ among.T, start):
            right = np.zeros(len(among), bool)
            right[ranking.right[place]] = True
            rows.append(_of_one(cosines, right))
    recall, mrr, ndcg = np.array(rows, np.float64).T
    return Scores(recall, mrr, ndcg)


def _of_one(cosines: Vectors, right: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Return recall, reciprocal rank and nDCG at ten of one question: (n,), (n,)."""
    # Wrong ones first among equals.
    order = np.lexsort((right, -cosines))[:TOP]
    hits = right[order]
    ideal = min(int(right.sum()), TOP)
    gains = 1 / np.log2(np.arange(2, TOP + 2))
    first = int(hits.argmax()) if hits.any() else None
    return (
        float(hits.sum()) / ideal,
        0.0 if first is None else 1 / (first + 1),
        float(gains[: len(hits)][hits].sum() / gains[:ideal].sum()),
    )


def interval(differences: Sequence[Floats], *, seed: int = 1) -> tuple[float, float, float]:
    """Return the mean difference over families and the bounds that hold 95 % of all draws.

    ``differences``: of each family, one number a question. Families weigh the same.
    """
    chance = np.random.default_rng(seed)
    total = np.zeros(DRAWS)
    for one in differences:
        total += one[chance.integers(0, len(one), (DRAWS, len(one)))].mean(axis=1)
    total /= len(differences)
    low, high = np.quantile(total, [0.025, 0.975])
    return float(np.mean([one.mean() for one in differences])), float(low), float(high)
