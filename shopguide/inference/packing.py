"""Batches without padding: texts of similar length together, their tokens end to end.

For the packed encoder. A batch is a list of token id lists sorted by length; texts of equal
length form a run, and attention is computed a run at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Run:
    """``count`` texts of ``length`` tokens each, from token ``start`` of the batch."""

    start: int
    count: int
    length: int

    @property
    def stop(self) -> int:
        """Say where the next run starts."""
        return self.start + self.count * self.length


def plan_batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Split texts into batches of at most ``budget`` tokens: their indices, shortest first.

    A text longer than the budget is a batch of its own.
    """
    batches: list[list[int]] = []
    room = 0
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not batches or lengths[index] > room:
            batches.append([])
            room = budget
        batches[-1].append(index)
        room -= lengths[index]
    return batches


def runs_of(lengths: Sequence[int]) -> list[Run]:
    """Find the runs of equal neighbours."""
    runs: list[Run] = []
    start = 0
    for length, group in groupby(lengths):
        run = Run(start, len(list(group)), length)
        runs.append(run)
        start = run.stop
    return runs
