"""Shops that talk at random: quiet weeks with weekdays, clusters and sales, and planted bursts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from marketing.listening.bursts import RULES, Burst, bursts


@dataclass
class QuietShop:
    """So many days of complaints and voices, without anything that went wrong."""

    bad: NDArray[np.int64]  # (products, aspects, days)
    heard: NDArray[np.int64]  # (products, days)

    @classmethod
    def talking(
        cls, seed: int, *, products: int = 30, aspects: int = 16, days: int = 30
    ) -> QuietShop:
        """Let a shop's people talk for the baseline and so many days more."""
        chance = np.random.default_rng(seed)
        length = RULES.span - 1 + days
        volume = chance.gamma(0.7, 1.5, products)[:, None] * np.ones(length)
        volume *= np.array([0.8, 0.8, 0.9, 1.0, 1.1, 1.3, 1.1])[np.arange(length) % 7]
        for start in chance.integers(0, length, 3):  # sales: three times as much of everything
            volume[:, start : start + 4] *= 3
        volume *= np.linspace(0.7, 1.4, length)  # a shop that grows
        heard = chance.poisson(volume * chance.gamma(4.0, 0.25, (1, length)))
        shares = chance.dirichlet(np.full(aspects, 0.6), products) * 0.35
        bad = chance.binomial(heard[:, None, :], shares[:, :, None])
        return cls(bad, heard)

    def plant(self, product: int, aspect: int, day: int, count: int) -> None:
        """Add complaints on one day, counted from the first day after the baseline."""
        self.bad[product, aspect, RULES.span - 1 + day] += count
        self.heard[product, RULES.span - 1 + day] += count

    def on(self, day: int) -> list[Burst]:
        """Return what stands out on one day after the baseline."""
        cut = slice(day, day + RULES.span)
        return bursts(self.bad[:, :, cut], self.heard[:, cut], weekday=(day + RULES.span - 1) % 7)
