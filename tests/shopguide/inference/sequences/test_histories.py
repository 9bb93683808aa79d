"""Histories: who took what, in order, and what is left when the end is taken off."""

import numpy as np
import pytest

from shopguide.inference.sequences.histories import Histories

ROWS = [[3, 1, 4], [0], [], [2, 0, 2, 1]]


@pytest.fixture
def histories() -> Histories:
    """Return four users, one of them empty, over six items."""
    return Histories.of(ROWS, 6)


def rows(histories: Histories) -> list[list[int]]:
    """Return histories as lists."""
    return [list(one) for one in np.split(histories.items, histories.starts[1:-1])]


def test_each_user_has_what_was_given(histories: Histories) -> None:
    assert len(histories) == 4
    assert histories.lengths.tolist() == [3, 1, 0, 4]
    assert histories.users.tolist() == [0, 0, 0, 1, 3, 3, 3, 3]
    assert histories.ages.tolist() == [2, 1, 0, 0, 3, 2, 1, 0]
    assert histories.last().tolist() == [4, 0, -1, 1]
    assert histories.counts().tolist() == [2, 2, 2, 1, 1, 0]


def test_the_end_is_taken_off(histories: Histories) -> None:
    assert rows(histories.shortened(1)) == [[3, 1], [], [], [2, 0, 2]]
    assert rows(histories.shortened(2)) == [[3], [], [], [2, 0]]
    assert rows(histories.shortened(np.array([1, 0, 0, 3]))) == [[3, 1], [0], [], [2]]


def test_users_are_chosen_in_the_order_asked(histories: Histories) -> None:
    assert rows(histories.chosen(np.array([3, 2, 0]))) == [[2, 0, 2, 1], [], [3, 1, 4]]


def test_the_matrix_fades_with_age(histories: Histories) -> None:
    full = histories.matrix(decay=0.5).toarray()
    assert full[0].tolist() == [0, 0.5, 0, 0.25, 1, 0]
    assert full[3].tolist() == [0.25, 1, 0.625, 0, 0, 0]
    recent = histories.matrix(decay=0.5, window=2).toarray()
    assert recent[3].tolist() == [0, 1, 0.5, 0, 0, 0]


def test_pairs_stay_within_a_user(histories: Histories) -> None:
    before, after = histories.pairs(1)
    assert list(zip(before.tolist(), after.tolist(), strict=True)) == [
        (3, 1), (1, 4), (2, 0), (0, 2), (2, 1),
    ]  # fmt: skip
    before, after = histories.pairs(3)
    assert list(zip(before.tolist(), after.tolist(), strict=True)) == [(2, 1)]
