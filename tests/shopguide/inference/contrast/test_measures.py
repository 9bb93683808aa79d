"""Figures equal to their definitions, ties against the right one."""

import math

import numpy as np
import pytest

from shopguide.inference.contrast.measures import interval, measured
from shopguide.inference.contrast.pairs import Ranking


def by_definition(cosines: list[float], right: list[bool]) -> tuple[float, float, float]:
    """Return recall, MRR and nDCG at ten, written out."""
    order = sorted(range(len(cosines)), key=lambda n: (-cosines[n], right[n]))[:10]
    hits = [right[n] for n in order]
    ideal = min(sum(right), 10)
    first = next((1 / (n + 1) for n, hit in enumerate(hits) if hit), 0.0)
    gain = sum(1 / math.log2(n + 2) for n, hit in enumerate(hits) if hit)
    return sum(hits) / ideal, first, gain / sum(1 / math.log2(n + 2) for n in range(ideal))


def test_equals_the_definition() -> None:
    chance = np.random.default_rng(3)
    queries, documents = (chance.integers(-2, 3, (many, 4)).astype(np.float32) for many in (30, 50))
    groups = chance.integers(0, 12, 50)
    right = [np.flatnonzero((groups == one) | (groups == one + 1)) for one in range(10)] * 3
    ranking = Ranking(np.arange(30), np.arange(50), right)
    found = measured(ranking, queries, documents)
    for row in range(30):
        wanted = by_definition(
            (documents @ queries[row]).tolist(), [place in right[row] for place in range(50)]
        )
        ours = (found.recall[row], found.mrr[row], found.ndcg[row])
        assert ours == pytest.approx(wanted, abs=1e-9)


def test_an_encoder_that_sees_no_difference_finds_nothing() -> None:
    ranking = Ranking(np.array([0]), np.arange(40), [np.array([39])])
    same = np.ones((40, 4), np.float32) / 2
    assert measured(ranking, same, same).recall[0] == 0


def test_the_interval_holds_the_mean_and_narrows() -> None:
    chance = np.random.default_rng(1)
    few, many = (chance.normal(0.1, 0.3, size) for size in (40, 1_000))
    middle, low, high = interval([few])
    assert low < middle < high and middle == pytest.approx(few.mean())
    _middle, closer_low, closer_high = interval([many])
    assert closer_high - closer_low < (high - low) / 3 and closer_low > 0
    assert interval([few, many])[0] == pytest.approx((few.mean() + many.mean()) / 2)
