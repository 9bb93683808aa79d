"""What a product shares with the products of deeds: kind, brand, colour, price.

For `finding`, which asks it of some hundreds of products a list: deeds are put in order once, so
that each product touches only the deeds it shares something with.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from profiles.models import Signal
from profiles.sources.arranging import Term
from profiles.sources.switching import Source, Sources


@dataclass(frozen=True)
class Facts:
    """What of a product is compared. ``amounts``: currency → its lowest price."""

    category: int | None
    brand: str
    colours: Sequence[str]
    amounts: Mapping[str, float]


@dataclass
class Kinship:
    """A shopper's deeds by what their products are; a deed is its number and what it weighs."""

    brands: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    colours: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[int, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    prices: dict[int, Mapping[str, float]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)

    def terms(self, one: Facts) -> list[Term]:
        """Return a product's part of each deed it shares something with.

        Prices are compared within one category only: a dear kettle says nothing of shoes.
        """
        kind = self.kinds.get(one.category, []) if one.category is not None else []
        dear = [(number, weight * nearness(one.amounts, self.prices[number]))
                for number, weight in kind]  # fmt: skip
        return [
            Term(source, self.weights[source] * amount, number)
            for source, shared in (
                (Source.BRAND, self.brands.get(one.brand, [])),
                (Source.COLOUR, self.coloured(one.colours)),
                (Source.KIND, kind),
                (Source.PRICE, dear),
            )
            if self.weights[source]
            for number, amount in shared
            if amount > 0
        ]

    def coloured(self, colours: Iterable[str]) -> list[tuple[int, float]]:
        """Return the deeds with one of some colours, each once."""
        found = {number: weight for one in colours for number, weight in self.colours.get(one, ())}
        return sorted(found.items())


def kinship(signals: Sequence[Signal], sources: Sources, fade: float) -> Kinship:
    """Return deeds in order. ``fade``: what a deed has lost since the taste was made."""
    kin = Kinship(weights={
        one: sources.weight(one)
        for one in (Source.BRAND, Source.COLOUR, Source.KIND, Source.PRICE)
    })  # fmt: skip
    for signal in signals:
        facts: Mapping[str, Any] = signal.facts
        deed = signal.number, fade * signal.weight
        if facts.get("brand"):
            kin.brands[facts["brand"]].append(deed)
        for colour in facts.get("colours", ()):
            kin.colours[colour].append(deed)
        if facts.get("category") is not None:
            kin.kinds[facts["category"]].append(deed)
        kin.prices[signal.number] = facts.get("amounts", {})
    return kin


def nearness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return 1 for the same price, less the further apart, 0 at three times as much."""
    shared = [code for code in one if code in other and one[code] > 0 and other[code] > 0]
    if not shared:
        return 0.0
    apart = abs(math.log(one[shared[0]] / other[shared[0]]))
    return max(0.0, 1 - apart / math.log(3))
