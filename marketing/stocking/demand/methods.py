"""Ways to go on with daily counts: each takes (n, t) of cleaned counts and says (n, h).

Counts come divided by what festivals and promotions did to them. Every method is an array
computation over all products at once: cost grows with days, not with products.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
WEEK = 7


def profile(counts: Array, weight: float = 40.0) -> Array:
    """Return each product's share of a weekday against its mean day: (n, 7), the last day's last.

    Shrunk to the shop's own profile by ``weight`` pieces: few sales say little about weekdays.
    """
    weeks = min(counts.shape[1] // WEEK, 26)
    if not weeks:
        return np.ones((counts.shape[0], WEEK))
    each = counts[:, -weeks * WEEK :].reshape(counts.shape[0], weeks, WEEK).sum(axis=1)
    total = each.sum()
    shop = each.sum(axis=0) / total if total else np.full(WEEK, 1 / WEEK)
    mixed = each + weight * shop
    return np.asarray(WEEK * mixed / mixed.sum(axis=1, keepdims=True), dtype=np.float64)


def life(counts: Array, least: int = 28) -> Array:
    """Return 1 for days since a product first sold, at least the last ``least``: (n, t).

    What was not there yet was not unwanted; but five good days are no history either.
    """
    begun = np.maximum.accumulate(counts > 0, axis=1)
    begun[:, -least:] = True
    return begun.astype(np.float64)


def onwards(level: Array, counts: Array, days: int) -> Array:
    """Spread a level per day over coming days by weekday: (n,) -> (n, h)."""
    shape = profile(counts)
    return np.asarray(level[:, None] * shape[:, np.arange(days) % WEEK], dtype=np.float64)


def seasonal_naive(counts: Array, days: int) -> Array:
    """Say the last week again."""
    return np.asarray(counts[:, -WEEK:][:, np.arange(days) % WEEK])


def moving(counts: Array, days: int) -> Array:
    """Say the mean of the last eight weeks, by weekday."""
    there = life(counts)[:, -8 * WEEK :].sum(axis=1)
    return onwards(counts[:, -8 * WEEK :].sum(axis=1) / there, counts, days)


def smoothing(alpha: float) -> Callable[[Array, int], Array]:
    """Return exponential smoothing of weekday-adjusted counts. Source: Brown 1959, Winters 1960."""

    def method(counts: Array, days: int) -> Array:
        shape = np.maximum(profile(counts), 0.05)
        length = counts.shape[1]
        places = np.arange(-length, 0) % WEEK
        adjusted = counts / shape[:, places]
        weights = (1 - alpha) ** np.arange(length - 1, -1, -1)
        return onwards(adjusted @ weights / (life(counts) @ weights), counts, days)

    return method


def intermittent(counts: Array, days: int, alpha: float = 0.08, beta: float = 0.05) -> Array:
    """Smooth how often something sells apart from how much: TSB.

    Source: Teunter, Syntetos & Babai 2011; unlike Croston's, the chance falls while nothing sells.
    """
    sold, length = counts > 0, counts.shape[1]
    adjusted = counts / np.maximum(profile(counts), 0.05)[:, np.arange(-length, 0) % WEEK]
    often = sold.sum(axis=1) / life(counts).sum(axis=1)
    much = adjusted.sum(axis=1) / np.maximum(sold.sum(axis=1), 1)
    for day in range(max(length - 182, 0), length):
        now = sold[:, day]
        often = often + beta * (now - often)
        much = np.where(now, much + alpha * (adjusted[:, day] - much), much)
    return onwards(often * much, counts, days)


def pooled(counts: Array, days: int, half_life: float = 56.0) -> Array:
    """Shrink a product's recent rate to its shop's: the mean of a negative binomial.

    The prior is a gamma distribution of rates, fitted to the shop's products by moments.
    """
    length = counts.shape[1]
    weights = 0.5 ** (np.arange(length - 1, -1, -1) / half_life)
    seen = life(counts) @ weights
    rates = counts @ weights / seen
    mean = max(float(rates.mean()), 1e-6)
    spread = max(float(rates.var()) - mean / float(seen.mean()), mean * mean * 0.05)
    prior = mean / spread  # days that the shop's mean counts for
    return onwards((rates * seen + prior * mean) / (seen + prior), counts, days)


def yearly(counts: Array, days: int) -> Array:
    """Move the recent level as the shop as a whole moved at this time a year ago."""
    year = 364
    level = onwards(counts[:, -6 * WEEK :].mean(axis=1), counts, days)
    if counts.shape[1] < year + 6 * WEEK:
        return level
    shop = counts.sum(axis=0)
    now = shop[-year - 6 * WEEK : -year].mean()
    stop = -year + days
    then = shop[-year : stop if stop < 0 else None]
    factors = np.ones(days)
    for week in range(0, days, WEEK):
        part = then[week : week + WEEK]
        if len(part) and now > 0:
            factors[week : week + WEEK] = min(max(part.mean() / now, 0.4), 2.5)
    return np.asarray(level * factors, dtype=np.float64)


METHODS: dict[str, Callable[[Array, int], Array]] = {
    "seasonal_naive": seasonal_naive,
    "moving": moving,
    "slow": smoothing(0.02),
    "steady": smoothing(0.05),
    "quick": smoothing(0.15),
    "intermittent": intermittent,
    "pooled": pooled,
    "yearly": yearly,
}
