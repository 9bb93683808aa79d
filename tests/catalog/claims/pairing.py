"""What fills a wording truly and wrongly, and numbers that are nearly right."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from catalog.claims.facts import ProductFacts


@dataclass(frozen=True)
class Pair:
    """What fills a wording: truly, and wrongly; None where it can only be one of them."""

    true: dict[str, str] | None
    wrong: dict[str, str] | None
    others: tuple[ProductFacts, ...] = ()


def other(true: Decimal, chance: random.Random, taken: set[Decimal]) -> Decimal:
    """Return a number like the true one, and none of those taken."""
    while True:
        factor = chance.choice(["0.5", "0.8", "0.9", "1.1", "1.2", "1.5", "2", "10"])
        found = (true * Decimal(factor)).quantize(Decimal(1) if true == int(true) else true)
        found = found if found != true else true + chance.choice([1, 2, 3, 7])
        if found > 0 and found not in taken:
            return found
