"""Less or more of something is wished for: what is found, in the order of that measure.

For replying. 别太大 of cups puts the small ones first, with what they hold; what states no number
comes after. After a list it is meant of what was shown: only what goes beyond that is offered, or
it is said that nothing does. Nothing is said of a measure that nobody states.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.doing.choosing import measured
from assistant.doing.qualities import BY_LESS, Quality, quality_of
from assistant.doing.telling import codes_told, dimension_values, live
from assistant.finding import SHOWN, Found, Wish, find
from assistant.reasons import Pick
from assistant.slots import rebuilt
from assistant.turns import Reply, Turn, offered, wish_of
from assistant.understanding.cues import cues
from catalog.assembling import Whole
from catalog.models import SearchDocument
from catalog.text import fold

_CUES = cues("leaning")
FEWEST = 2
IN_TITLES = frozenset("高厚轻软静宽薄短长")
SMALL = r"\b(?:mini|small|compact|pocket|lipstick-size)\b|迷你|小巧|小号|口袋|口红大小"
LARGE = r"\b(?:large|big|extra-large|family)\b|大容量|大号|超大|加大"
MOST, MOST_LEANED = SHOWN, 30
NOT_MEASURED = frozenset(("price", "rating", "popular"))


@dataclass(frozen=True)
class Leaning:
    """What is wished for less or more, and the words that said so."""

    quality: Quality
    words: str


def leaning_of(text: str) -> Leaning | None:
    """Return what a message wants less or more of, None where nothing that is measured."""
    folded = fold(text).strip()
    for name, turned in (("less_of", True), ("of_a_matter", False), ("more_of", False)):
        match = _CUES[name].search(folded)
        word = next((one for one in match.groups() if one), "") if match else ""
        if match is None or not word or (re.match(r"less ", word) and turned):
            continue
        turns = turned or word.startswith("less ") or bool(match.groupdict().get("little"))
        quality = quality_of(re.sub(r"^(?:less|more) ", "", word))
        if (
            quality is not None
            and (quality.codes or quality.features)
            and quality.name not in NOT_MEASURED
        ):
            return Leaning(
                replace(
                    quality,
                    least=quality.least != turns,
                    names=("", "") if turns else quality.names,
                ),
                match[0].strip(" ，,。?？!"),
            )
    return None


def of_what_is_shown(turn: Turn, found: Found, leaning: Leaning) -> Reply | None:
    """Offer what has more of a measure than what was shown, or say that nothing has.

    None where too few state it. A search, or two, and a few queries.
    """
    quality = leaning.quality
    held = [
        one for one in turn.state.slots
        if one.slot.kind != "feature" or one.slot.value not in quality.features
    ]  # fmt: skip
    need = rebuilt(held, turn.state.topic, turn.state.sort, turn.language, turn.language)
    said = {one.as_text() for one in turn.reading.wishes}  # they tell why
    wish = wish_of(turn)
    before = tuple(one for one in wish.phrases if one.as_text() not in said)
    wish = replace(wish, need=need, vector=None, phrases=before)
    picks = alike(wish, found)
    shown = [one.sku for one in turn.state.visible if one.sku in turn.state.focus]
    shown = shown or [one.sku for one in turn.state.visible]
    first = next(iter(turn.products(shown)), None)
    if first is not None and first in {one.hit.product for one in picks}:
        known = is_measured_beside(first, picks, quality)
        ahead = beyond(picks, first, quality) if known else ()
        if ahead:
            return told(turn, replace(found, picks=ahead[:MOST]), leaning)
        if named := called_so(picks, first, leaning):
            return told(turn, replace(found, picks=named[:MOST]), leaning)
        if len(picks) == 1 or stated_of(first, quality):
            itself = tuple(one for one in picks if one.hit.product == first)
            order = (leaned(picks, leaning) if known else itself) or itself
            one = with_value(order[0], quality)
            return told(turn, replace(found, picks=(one,)), leaning, edge=True)
    order = leaned(picks, leaning)
    return told(turn, replace(found, picks=order[:MOST]), leaning) if order else None


def called_so(picks: Sequence[Pick], anchor: int, leaning: Leaning) -> tuple[Pick, ...]:
    """Return those that are called what is wished for, where no measure does: 高脚, of 高一点的."""
    signs = "|".join(sorted(set(leaning.words) & IN_TITLES))
    if leaning.quality.name == "capacity":
        signs = SMALL if leaning.quality.least else LARGE
    return tuple(
        one for one in picks
        if signs and one.hit.product != anchor
        and any(re.search(signs, fold(each)) for each in one.hit.titles.values())
    )  # fmt: skip


def told(turn: Turn, found: Found, leaning: Leaning, *, edge: bool = False) -> Reply:
    """Return what was found in the order of a measure. ``edge``: nothing goes beyond it."""
    rows = [one.row(turn.language) for one in found.picks]
    name = leaning.quality.names[turn.language != "zh-hans"]
    plan = turn.plan("leaning", products=rows, words=leaning.words, name=name, edge=edge)
    return offered(turn, found, plan)


def is_measured_beside(product: int, picks: Sequence[Pick], quality: Quality) -> bool:
    """Tell whether a product states the measure that most of some things state. One query."""
    others = (one.hit.product for one in picks if one.hit.product != product)
    return 0 in measured(live([product, *others]), quality)[0]


def with_value(pick: Pick, quality: Quality) -> Pick:
    """Return a thing told with its measure, where it states it. One query."""
    values = measured(live([pick.hit.product]), quality)[0]
    return replace(pick, reason=values[0][1]) if values else pick


def stated_of(product: int, quality: Quality) -> bool:
    """Tell whether a product states a measure. One query."""
    return bool(measured(live([product]), quality)[0])


def alike(wish: Wish, found: Found) -> list[Pick]:
    """Return all that fits of the kinds that come first. Two queries and a search."""
    more = find(wish, most=MOST_LEANED).picks
    ids = [one.hit.product for one in (*more, *found.picks)]
    kinds = dict(SearchDocument.objects.filter(pk__in=ids).values_list("pk", "categories"))
    first = {str(kinds.get(one.hit.product)) for one in found.picks}
    return [one for one in more if str(kinds.get(one.hit.product)) in first]


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
