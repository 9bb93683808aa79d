"""Measures against values worked out by hand; gain 2^r − 1, discount log2(rank + 1)."""

import math

import pytest

from catalog.search.measuring import dcg, ndcg, ndcg_judged, recall, reciprocal_rank

LOG3 = math.log2(3)
GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_gain_grows_with_the_power_of_the_grade() -> None:
    # 7/log2(2) + 3/log2(3) + 1/log2(4)
    assert dcg([3, 2, 1]) == pytest.approx(7 + 3 / LOG3 + 0.5)
    assert dcg([3, 2, 1]) == pytest.approx(9.392789260714373)
    assert dcg([0, 0]) == 0
    assert dcg([]) == 0


def test_the_ideal_order_scores_one() -> None:
    assert ndcg(["a", "b", "c", "d"], GRADES) == pytest.approx(1)


def test_the_reverse_order_scores_what_the_formula_says() -> None:
    ideal = 7 + 3 / LOG3 + 0.5
    # 0 at rank 1, 1 at rank 2, 3 at rank 3, 7 at rank 4
    found = 1 / LOG3 + 3 / 2 + 7 / math.log2(5)
    assert ndcg(["d", "c", "b", "a"], GRADES) == pytest.approx(found / ideal)
    assert ndcg(["d", "c", "b", "a"], GRADES) == pytest.approx(0.5478, abs=1e-4)


def test_linear_gain_would_give_another_value() -> None:
    swapped = ndcg(["b", "a", "c"], GRADES)
    linear = (2 + 3 / LOG3 + 0.5) / (3 + 2 / LOG3 + 0.5)
    assert swapped == pytest.approx((3 + 7 / LOG3 + 0.5) / (7 + 3 / LOG3 + 0.5))
    assert swapped == pytest.approx(0.8428, abs=1e-4)
    assert abs(swapped - linear) > 0.05


def test_what_is_not_judged_takes_a_place_and_gains_nothing() -> None:
    assert ndcg(["x", "a"], {"a": 1}) == pytest.approx(1 / LOG3)


def test_judged_only_takes_what_is_not_judged_out_of_the_ranking() -> None:
    assert ndcg_judged(["x", "y", "a"], {"a": 1}) == pytest.approx(1)
    # A judged product without relevance keeps its place.
    assert ndcg_judged(["x", "d", "a"], {"a": 1, "d": 0}) == pytest.approx(1 / LOG3)
    # Judged products below rank ten move up when what stands above them is not judged.
    assert ndcg([*"0123456789", "a"], {"a": 1}) == 0
    assert ndcg_judged([*"0123456789", "a"], {"a": 1}) == pytest.approx(1)


def test_only_the_first_k_count_in_the_ranking_and_in_the_ideal() -> None:
    many = {str(number): 1.0 for number in range(20)}
    assert ndcg([str(number) for number in range(10)], many) == pytest.approx(1)
    assert ndcg(["x", "a"], {"a": 1}, k=1) == 0
    assert ndcg(["c", "a"], GRADES, k=1) == pytest.approx(1 / 7)


def test_nothing_relevant_or_nothing_found_is_zero_not_an_error() -> None:
    assert ndcg(["a"], {}) == ndcg(["a"], {"a": 0}) == ndcg([], GRADES) == 0
    assert ndcg_judged([], {}) == 0
    assert recall(["a"], {}) == recall(["a"], {"a": 0}) == 0
    assert reciprocal_rank([], GRADES) == 0


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [(["a"], 1), (["x", "c"], 1 / 2), (["d", "x", "b", "a"], 1 / 3), (["d"], 0)],
)
def test_reciprocal_rank_is_of_the_first_relevant_product(
    ranking: list[str], expected: float
) -> None:
    assert reciprocal_rank(ranking, GRADES) == pytest.approx(expected)


def test_reciprocal_rank_ends_at_k() -> None:
    assert reciprocal_rank([*"0123456789", "a"], GRADES) == 0
    assert reciprocal_rank([*"012345678", "a"], GRADES) == pytest.approx(0.1)


def test_recall_is_the_share_of_relevant_products_among_the_first_k() -> None:
    assert recall(["a", "d", "x"], GRADES) == pytest.approx(1 / 3)
    assert recall(["a", "b", "c"], GRADES) == 1
    assert recall(["x", "a", "b", "c"], GRADES, k=2) == pytest.approx(1 / 3)
