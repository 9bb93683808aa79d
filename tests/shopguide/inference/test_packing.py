"""Batches hold every text once, within the budget, shortest first."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shopguide.inference.packing import plan_batches, runs_of

lengths = st.lists(st.integers(1, 600), max_size=200)


@given(lengths, st.integers(1, 1000))
def test_each_text_is_in_one_batch_within_the_budget(sizes: list[int], budget: int) -> None:
    batches = plan_batches(sizes, budget)
    assert sorted(index for batch in batches for index in batch) == list(range(len(sizes)))
    for batch in batches:
        assert len(batch) == 1 or sum(sizes[index] for index in batch) <= budget
    flat = [sizes[index] for batch in batches for index in batch]
    assert flat == sorted(flat)


@given(lengths, st.integers(1, 1000))
def test_batches_are_not_needlessly_small(sizes: list[int], budget: int) -> None:
    batches = plan_batches(sizes, budget)
    for batch, following in pairwise(batches):
        assert sum(sizes[index] for index in batch) + sizes[following[0]] > budget


@given(lengths)
def test_runs_cover_every_token_once(sizes: list[int]) -> None:
    runs = runs_of(sizes)
    assert [run.length for run in runs for _ in range(run.count)] == sizes
    assert [run.start for run in runs] == [0, *[run.stop for run in runs]][: len(runs)]
    for run, following in pairwise(runs):
        assert run.length != following.length
