"""How far people agree who rated the same texts: share, Cohen's and Fleiss' kappa. Plain numbers.

1 is full agreement, 0 what chance alone would give. None where nothing can be said: fewer than two
opinions of anything, or only one grade ever given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

Pairs = Sequence[tuple[Hashable, Hashable]]


def share(rows: Sequence[Sequence[Hashable]]) -> float | None:
    """Return how many pairs of opinions of the same thing are the same, 0 to 1."""
    same = total = 0
    for row in rows:
        n = len(row)
        total += n * (n - 1)
        same += sum(many * (many - 1) for many in Counter(row).values())
    return same / total if total else None


def cohen(pairs: Pairs) -> float | None:
    """Return the agreement of two people beyond chance.

    Source: Cohen 1960, equation 1.
    """
    n = len(pairs)
    if not n:
        return None
    seen = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _b in pairs), Counter(b for _a, b in pairs)
    chance = sum(left[one] * right[one] for one in left) / (n * n)
    return None if chance == 1 else (seen - chance) / (1 - chance)


def fleiss(rows: Sequence[Sequence[Hashable]]) -> float | None:
    """Return the agreement of several people beyond chance; each row one thing's opinions.

    Rows may have different numbers of opinions; those with one say nothing and are left out.
    Source: Fleiss 1971, with pairs weighted alike (Fleiss & Cuzick 1979 for unequal rows).
    """
    told = [row for row in rows if len(row) > 1]
    seen = share(told)
    if seen is None:
        return None
    grades = Counter(one for row in told for one in row)
    total = sum(grades.values())
    chance = sum((many / total) ** 2 for many in grades.values())
    return None if chance == 1 else (seen - chance) / (1 - chance)
