"""Less or more of something is wished for: what is found, in the order of that measure.

For replying. 别太大 of cups puts the small ones first, with what they hold; what states no number
comes after. Nothing is left out by it, and nothing is said of a measure that nobody states.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.doing.choosing import measured
from assistant.doing.qualities import BY_LESS, Quality, quality_of
from assistant.doing.telling import codes_told, dimension_values, live
from assistant.reasons import Pick
from assistant.understanding.cues import cues
from catalog.assembling import Whole
from catalog.text import fold

_CUES = cues("leaning")
FEWEST = 2
NOT_MEASURED = frozenset(("price", "rating", "popular"))


@dataclass(frozen=True)
class Leaning:
    """What is wished for less or more, and the words that said so."""

    quality: Quality
    words: str


def leaning_of(text: str) -> Leaning | None:
    """Return what a message wants less or more of, None where nothing that is measured."""
    folded = fold(text).strip()
    for name, turned in (("less_of", True), ("more_of", False)):
        match = _CUES[name].search(folded)
        word = next((one for one in match.groups() if one), "") if match else ""
        if match is None or not word or (re.match(r"less ", word) and turned):
            continue
        turns = turned or word.startswith("less ")
        quality = quality_of(re.sub(r"^(?:less|more) ", "", word))
        if (
            quality is not None
            and (quality.codes or quality.features)
            and quality.name not in NOT_MEASURED
        ):
            return Leaning(
                replace(quality, least=quality.least != turns), match[0].strip(" ，,。?？!")
            )
    return None


def stating(picks: Sequence[Pick], things: Sequence[Whole], quality: Quality) -> tuple[Pick, ...]:
    """Return those that state the feature that a wish comes to: quiet, soft; () for none."""
    wanted = set(quality.features) if not quality.least or quality.name in BY_LESS else set()
    having = {
        thing.product.pk for thing in things
        if wanted & set(dimension_values(thing, "feature"))
    }  # fmt: skip
    told = codes_told([("feature", one) for one in quality.features[:1]])
    return tuple(replace(one, reason=told) for one in picks if one.hit.product in having)


def beyond(picks: Sequence[Pick], anchor: int, quality: Quality) -> tuple[Pick, ...]:
    """Return those that have more of a measure than a product does, the most first, told with it.

    Less, where less is wished for. One query.
    """
    things = live([anchor, *(one.hit.product for one in picks if one.hit.product != anchor)])
    values, _name = measured(things, quality)
    by_id = {one.hit.product: one for one in picks}
    sign = -1 if quality.least else 1
    start = sign * values[0][0] if 0 in values else None
    better = [
        place for place in values
        if place and (start is None or sign * values[place][0] > start)
    ]  # fmt: skip
    better.sort(key=lambda place: sign * values[place][0], reverse=True)
    return tuple(
        replace(by_id[things[place].product.pk], reason=values[place][1]) for place in better
    )


def leaned(picks: Sequence[Pick], leaning: Leaning) -> tuple[Pick, ...]:
    """Return what was found in the order of the measure, with its value; () where few state it.

    One query.
    """
    things = live(one.hit.product for one in picks)
    values, _name = measured(things, leaning.quality)
    if len(values) < FEWEST:
        return stating(picks, things, leaning.quality)
    by_id = {one.hit.product: one for one in picks}
    order = sorted(values, key=lambda place: values[place][0], reverse=not leaning.quality.least)
    first = [things[place].product.pk for place in order]
    rest = [one for one in by_id if one not in set(first)]
    told = {things[place].product.pk: values[place][1] for place in order}
    return tuple(
        replace(by_id[one], reason=told[one]) if one in told else by_id[one]
        for one in [*first, *rest] if one in by_id
    )  # fmt: skip
