"""Measures of a ranking against human judgements. Plain functions of lists; no database.

Source: Järvelin & Kekäläinen 2002 (nDCG with gain 2^r − 1, discount log2(rank + 1)).
"""

import math
from collections.abc import Mapping, Sequence


def dcg(grades: Sequence[float]) -> float:
    """Return the discounted gain of grades in rank order."""
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def ndcg(ranking: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """Return nDCG@k; what is not judged counts as irrelevant. 0 if nothing relevant is known."""
    ideal = dcg(sorted(grades.values(), reverse=True)[:k])
    return dcg([grades.get(one, 0) for one in ranking[:k]]) / ideal if ideal else 0.0


def ndcg_judged(ranking: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """Return nDCG@k after what is not judged has been taken out of the ranking."""
    return ndcg([one for one in ranking if one in grades], grades, k)


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, float], k: int = 10) -> float:
    """Return 1 / rank of the first relevant product among the first k, else 0."""
    for rank, one in enumerate(ranking[:k], 1):
        if grades.get(one, 0) > 0:
            return 1 / rank
    return 0.0


def recall(ranking: Sequence[str], grades: Mapping[str, float], k: int = 50) -> float:
    """Return the share of relevant products that stand among the first k."""
    relevant = {one for one, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0
