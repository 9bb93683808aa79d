"""A made-up market for random encoders: digits say what a text is about, letters are noise."""

from __future__ import annotations

import numpy as np

from shopguide.inference.contrast.pairs import Pair
from shopguide.inference.contrast.teaching import Recipe

QUICK = Recipe(
    layers=1, rounds=8, batch=16, rate=5e-3, keep=0.1, level=0.1, temperature=0.1, most=40, saved=5
)


def market(groups: int = 120, *, seed: int = 1, family: str = "title") -> list[Pair]:
    """Return pairs whose texts share three digits among letters that say nothing."""
    chance = np.random.default_rng(seed)

    def text(code: str) -> str:
        noise = [*chance.choice([*"abcdefghij"], 4)]
        for digit in code:
            noise.insert(int(chance.integers(0, len(noise) + 1)), digit)
        return "".join(noise)

    codes = [f"{number:03d}" for number in chance.permutation(1000)[:groups]]
    return [Pair(text(one), text(one), one, family) for one in codes]
