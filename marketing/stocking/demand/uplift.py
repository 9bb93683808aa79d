"""What festivals and promotions do to sales: learnt from the shop as a whole, as factors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from marketing.stocking.demand.methods import Array

# Days of evidence that one factor of 1 (no effect) counts for.
PRIOR_DAYS = 1.0
LEAST, MOST = 0.05, 12.0
PROMOTION = "promotion"


def around(totals: Array, ordinary: NDArray[np.bool_]) -> Array:
    """Return what an ordinary day at this time and weekday sells: (t,) from days that are ordinary.

    Eight weeks to both sides, the nearer the heavier.
    """
    length = len(totals)
    weekday = np.ones(7)
    mean = totals[ordinary].mean() if ordinary.any() else totals.mean()
    for day in range(7):
        those = totals[day::7][ordinary[day::7]]
        if len(those) and mean > 0:
            weekday[day] = those.mean() / mean
    level = np.where(ordinary, totals / np.maximum(weekday[np.arange(length) % 7], 0.05), 0.0)
    kernel = 0.5 ** (np.abs(np.arange(-56, 57)) / 14)
    seen = np.convolve(ordinary.astype(float), kernel)[56:-56]
    smooth = np.convolve(level, kernel)[56:-56] / np.maximum(seen, 1e-9)
    return np.asarray(smooth * weekday[np.arange(length) % 7], dtype=np.float64)


def learn(counts: Array, marks: Sequence[str]) -> dict[str, float]:
    """Return the factor of each kind of day that occurs: (n, t), (t,) -> {kind: factor}.

    A time that has no ordinary days on both sides says nothing: it cannot be told from a trend.
    What was seen once counts half.
    """
    ordinary = np.array([not kind for kind in marks])
    totals = counts.sum(axis=0)
    if ordinary.all() or not totals.any():
        return {}
    usual = around(totals, ordinary)
    found = {}
    for kind in sorted(set(marks) - {""}):
        times = [one for one in times_of(kind, marks) if bounded(one, ordinary)]
        if not times:
            continue
        expected = np.concatenate([usual[start:end] for start, end in times])
        seen = float(sum(totals[start:end].sum() for start, end in times))
        prior = PRIOR_DAYS * (float(expected.mean()) or 1.0)
        ratio = (seen + prior) / (float(expected.sum()) + prior)
        trust = len(times) / (len(times) + 1)
        found[kind] = round(min(max(ratio**trust, LEAST), MOST), 4)
    return found


def times_of(kind: str, marks: Sequence[str]) -> list[tuple[int, int]]:
    """Return where days of a kind follow each other, as (first, beyond the last)."""
    edges = np.diff(np.array([False, *(mark == kind for mark in marks), False]).astype(int))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def bounded(time: tuple[int, int], ordinary: NDArray[np.bool_]) -> bool:
    """Tell whether there are ordinary days within two weeks on both sides."""
    start, end = time
    before, after = ordinary[max(start - 14, 0) : start], ordinary[end : end + 14]
    return bool(before.sum() >= 3 and after.sum() >= 3)


def factors(marks: Sequence[str], learnt: dict[str, float]) -> Array:
    """Return the factor of each day: (t,)."""
    return np.array([learnt.get(kind, 1.0) for kind in marks], dtype=np.float64)


def shares(counts: Array, promoted: NDArray[np.bool_], usual: Array) -> float:
    """Return what a promotion of a single product does to it: (n, t), (n, t), (n, t) -> factor."""
    if not promoted.any():
        return 1.0
    expected = float(usual[promoted].sum())
    prior = max(expected * 0.1, 5.0)
    ratio = (float(counts[promoted].sum()) + prior) / (expected + prior)
    return round(min(max(ratio, LEAST), MOST), 4)
