"""Made-up shops with a known truth: what tests and the demo forecast. Deterministic by seed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from marketing.stocking.demand.calendar import events_of
from marketing.stocking.demand.choosing import HORIZON, History
from marketing.stocking.demand.methods import Array

# What festivals do to the simulated shops.
TRUTH = {
    "singles_day": 3.2, "double_twelve": 1.8, "midyear_sale": 2.1, "black_friday": 1.7,
    "spring_shopping": 1.4, "spring_festival": 0.35, "christmas_shopping": 1.35,
    "christmas_rest": 0.6,
}  # fmt: skip
PROMOTED = 1.8
WEEKDAYS = np.array([0.9, 0.88, 0.92, 0.95, 1.1, 1.2, 1.05])


@dataclass(frozen=True)
class Shop:
    """A simulated history, with the mean that each day really had: (n, t + horizon)."""

    history: History
    means: Array


def simulate(
    products: int, days: int, *, seed: int, ends: datetime.date = datetime.date(2026, 6, 30)
) -> Shop:
    """Draw a shop: rates from a log-normal, weekdays, the year, festivals, promotions, drift.

    A fifth of the products sell in fits; counts are negative binomial.
    """
    draw = np.random.default_rng(seed)
    length = days + HORIZON
    begins = ends - datetime.timedelta(days=days - 1)
    time = np.arange(length)
    rate = np.clip(draw.lognormal(-0.4, 1.1, products), 0.03, 20.0)
    drift = np.cumsum(draw.normal(0, 0.006, (products, length)), axis=1)
    phase, size = draw.uniform(0, 365, products), draw.uniform(0, 0.35, products)
    year = 1 + size[:, None] * np.sin(2 * np.pi * (time[None, :] - phase[:, None]) / 365)
    weekday = WEEKDAYS[(begins.weekday() + time) % 7]
    festival = np.array([TRUTH.get(kind, 1.0) for kind in events_of(begins, length)])
    promoted = np.zeros((products, length), dtype=bool)
    for row in range(0, products, 4):
        for start in draw.integers(20, length - 10, 5):
            promoted[row, start : start + 7] = True
    means = rate[:, None] * np.exp(drift) * year * weekday * festival
    means = np.where(promoted, means * PROMOTED, means)
    shape = np.where(draw.random(products) < 0.2, 0.35, 4.0)[:, None]
    lumps = draw.gamma(shape, 1 / shape, (products, length))
    counts = draw.poisson(means * lumps).astype(np.float64)
    return Shop(History(counts[:, :days], begins, promoted), means)
