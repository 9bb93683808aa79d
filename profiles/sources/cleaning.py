"""Keep machines and double clicks out of what is learnt: plain arithmetic over deeds.

For `learning` and the importers. A machine is told by its pace: no person opens that many things in
a minute or a day, or opens them at even intervals.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# The same once more within so many seconds is a double click.
AGAIN_S = 10.0
# More than this in any minute, or on any day, no person does.
MOST_A_MINUTE, MOST_A_DAY = 30, 800
# So many deeds at intervals that differ by less than this share of their mean are a clock's.
ENOUGH_FOR_A_CLOCK, CLOCK = 20, 0.1
MINUTE_S, DAY_S = 60.0, 86_400.0


@dataclass(frozen=True)
class Act:
    """One deed as it is learnt from. ``at``: seconds since whenever, the same for all."""

    user: Any
    item: Any
    at: float
    action: str = "view"


def cleaned(acts: Iterable[Act]) -> list[Act]:
    """Return what people did, in order of time, without double clicks. Linear after a sort."""
    by_user: dict[Any, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=lambda one: one.at):
        by_user[act.user].append(act)
    kept = [
        act
        for theirs in by_user.values()
        if not is_machine([one.at for one in theirs])
        for act in without_doubles(theirs)
    ]
    return sorted(kept, key=lambda one: one.at)


def without_doubles(acts: Sequence[Act]) -> list[Act]:
    """Return one user's deeds without those done twice at once."""
    last: dict[tuple[Any, str], float] = {}
    kept = []
    for act in acts:
        key = (act.item, act.action)
        if key not in last or act.at - last[key] > AGAIN_S:
            kept.append(act)
        last[key] = act.at
    return kept


def is_machine(times: Sequence[float]) -> bool:
    """Tell whether nobody keeps such a pace. ``times``: of one user, in order."""
    return (
        most_within(times, MINUTE_S) > MOST_A_MINUTE
        or most_within(times, DAY_S) > MOST_A_DAY
        or is_clock(times)
    )


def most_within(times: Sequence[float], span: float) -> int:
    """Return the most deeds in any span of so many seconds."""
    most, first = 0, 0
    for place, at in enumerate(times):
        while at - times[first] > span:
            first += 1
        most = max(most, place - first + 1)
    return most


def is_clock(times: Sequence[float]) -> bool:
    """Tell whether the pauses are as even as a clock's."""
    pauses = [later - earlier for earlier, later in pairwise(times)]
    if len(pauses) < ENOUGH_FOR_A_CLOCK:
        return False
    mean = statistics.fmean(pauses)
    return mean > 0 and statistics.pstdev(pauses) < CLOCK * mean
