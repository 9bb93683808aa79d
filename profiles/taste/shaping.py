"""From deeds with vectors to interests: plain arithmetic, for `refreshing` and for tests.

A product's likeness to a deed is its cosine to what the deed was about, counted from the cosine
that any product has to it (0) up to sameness (1). That is linear in the product, so a sum over
deeds is one dot product with one stored vector, and each deed's part of it can be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
# Interests that count, the strongest: more than six and nobody would call them that.
MOST_INTERESTS = 6
# What lies so near to everything that dividing by the rest would be noise.
LEAST_ROOM = 0.02


@dataclass
class Deed:
    """What was done with one product, or the words of one search, before it is a `Signal`.

    ``group``: the category it belongs to. ``vector``: (dimensions,) or None where it has none yet.
    """

    kind: str
    product: int | None
    words: str
    weight: float
    group: int | None = None
    vector: Vector | None = None
    facts: dict[str, object] = field(default_factory=dict)
    offset: float = 0.0
    interest: int | None = None


@dataclass(frozen=True)
class Shaped:
    """One interest as it is stored."""

    number: int
    category: int | None
    weight: float
    offset: float
    vector: Vector


def unit(vector: Vector) -> Vector | None:
    """Return a vector at length one; None for one without a direction."""
    length = float(np.linalg.norm(vector))
    return vector / length if np.isfinite(length) and length > 0 else None


def shape(deeds: Sequence[Deed], middle: Vector) -> list[Shaped]:
    """Scale each deed's vector by what it weighs and sum them by kind of thing.

    ``middle``: (dimensions,), the mean of the products. Changes the deeds: their vectors become
    terms, (deed · product) - offset. Deeds without a vector take no part.
    """
    for deed in deeds:
        direction = unit(deed.vector) if deed.vector is not None else None
        if direction is None:
            deed.vector = None
            continue
        usual = float(direction @ middle)
        scale = deed.weight / max(1 - usual, LEAST_ROOM)
        deed.vector, deed.offset = scale * direction, scale * usual
    groups: dict[int | None, list[Deed]] = {}
    for deed in deeds:
        if deed.vector is not None:
            groups.setdefault(deed.group, []).append(deed)
    strongest = sorted(groups.items(), key=lambda pair: -sum(one.weight for one in pair[1]))
    return [
        summed(number, group, together)
        for number, (group, together) in enumerate(strongest[:MOST_INTERESTS], 1)
    ]


def summed(number: int, group: int | None, together: Sequence[Deed]) -> Shaped:
    """Return the interest of deeds of one kind, and tell each that it belongs to it."""
    for deed in together:
        deed.interest = number
    return Shaped(
        number,
        group,
        sum(deed.weight for deed in together),
        sum(deed.offset for deed in together),
        np.sum([deed.vector for deed in together if deed.vector is not None], axis=0),
    )
