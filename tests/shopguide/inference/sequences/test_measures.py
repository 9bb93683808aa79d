"""Full ranking: what competes, what is taken out, and ties that count against the model."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shopguide.inference.sequences.histories import Histories
from shopguide.inference.sequences.measures import measured, ndcg, ranks

NOBODY = Histories.of([[]], 4)


def rank(scores: list[float], target: int, seen: list[int] | None = None) -> int:
    """Return the place of one target."""
    row = np.array([scores], np.float32)
    return int(ranks(row, np.array([target]), Histories.of([seen or []], len(scores)))[0])


def test_the_highest_is_first() -> None:
    assert [rank([0.1, 0.9, 0.5, 0.2], target) for target in range(4)] == [3, 0, 1, 2]


def test_what_was_had_does_not_compete() -> None:
    assert rank([0.1, 0.9, 0.5, 0.2], 2, seen=[1]) == 0


def test_ties_count_against_the_model() -> None:
    assert rank([0.5, 0.5, 0.5, 0.5], 0) == 3


def test_what_is_no_number_ranks_behind_all() -> None:
    assert rank([math.nan, 0.1, 0.2, 0.3], 0) == 4
    assert rank([math.nan, 0.1, 0.2, 0.3], 3) == 0
    assert rank([-math.inf, 0.1, 0.2, 0.3], 0) == 4


@given(
    st.lists(st.integers(0, 5), min_size=2, max_size=12),
    st.sets(st.integers(0, 11)),
    st.data(),
)
def test_it_is_what_counting_says(scores: list[int], had: set[int], data: st.DataObject) -> None:
    target = data.draw(st.integers(0, len(scores) - 1))
    seen = [item for item in had if item < len(scores) and item != target]
    others = [item for item in range(len(scores)) if item not in {*seen, target}]
    expected = sum(scores[item] >= scores[target] for item in others)
    assert rank([float(one) for one in scores], target, seen) == expected


def test_measures_are_those_of_one_wanted_item() -> None:
    places = np.array([0, 4, 9, 10, 50])
    found = measured(places)
    assert found["hr@5"] == 0.4
    assert found["hr@10"] == 0.6
    assert found["hr@20"] == 0.8
    by_hand = (1 / math.log2(2) + 1 / math.log2(6) + 1 / math.log2(11)) / 5
    assert abs(found["ndcg@10"] - by_hand) < 1e-5
    assert abs(ndcg(places) - by_hand) < 1e-12
