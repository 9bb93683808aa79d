"""Trees find thresholds and what hangs together, and are the same each time."""

import numpy as np
import pytest

from shopguide.inference.boosting import Recipe, Trees, grow

CHANCE = np.random.default_rng(2)
ROWS = CHANCE.normal(size=(1_200, 6)).astype(np.float32)
# Near where one number is within a band; where another is high only if a third is low.
TRUTH = ((np.abs(ROWS[:, 0]) < 0.5) | ((ROWS[:, 1] > 0) & (ROWS[:, 2] < 0))).astype(np.float32)


@pytest.fixture(scope="module")
def trees() -> Trees:
    """Trees grown on two thirds."""
    return grow(ROWS[:800], TRUTH[:800])


def test_tells_what_no_line_tells(trees: Trees) -> None:
    right = (trees.logits(ROWS[800:]) > 0) == (TRUTH[800:] > 0)
    assert right.mean() > 0.9
    assert {0, 1, 2} <= set(trees.columns.ravel().tolist())


def test_the_same_each_time_and_kept_as_arrays(trees: Trees) -> None:
    again = grow(ROWS[:800], TRUTH[:800])
    read = Trees.read(again.arrays())
    assert read is not None and Trees.read({}) is None
    assert np.array_equal(read.logits(ROWS), trees.logits(ROWS))
    other = grow(ROWS[:800], TRUTH[:800], Recipe(seed=2))
    assert not np.array_equal(other.logits(ROWS), trees.logits(ROWS))


def test_a_row_does_not_hang_on_its_neighbours(trees: Trees) -> None:
    one_by_one = np.concatenate([trees.logits(row[None]) for row in ROWS[:20]])
    assert np.array_equal(one_by_one, trees.logits(ROWS[:20]))


@pytest.mark.parametrize("truth", [np.zeros(40), np.ones(40)])
def test_what_always_or_never_comes(truth: np.ndarray) -> None:  # type: ignore[type-arg]
    said = grow(ROWS[:40], truth, Recipe(trees=5)).logits(ROWS[:40])
    assert np.isfinite(said).all() and ((said > 0) == (truth > 0)).all()


def test_nothing_to_ask() -> None:
    for rows in (np.zeros((30, 2)), np.zeros((0, 2))):
        grown = grow(rows, np.arange(len(rows)) % 2, Recipe(trees=3))
        assert len(grown.leaves) == 0 and np.isfinite(grown.logits(rows)).all()
