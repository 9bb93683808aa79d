"""What is said where nothing fits: what giving a wish up would bring, or what comes nearest.

For replying. What was ruled out stays ruled out, and the kind of thing stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.echoing import wished
from assistant.finding import Found, find, without
from assistant.heeding import sold
from assistant.turns import Reply, Turn, offered, ways, wish_of
from catalog.lexicon import lexicon
from catalog.presenting.money import money
from catalog.search.market import Market
from catalog.search.understanding import Need, Slot, understand

MOST_WAYS = 2
MOST_TRIED = 4
# What is never given up unasked, and what says what is looked for.
FIRM = frozenset(("category", "price", "sku", "rating", "audience"))
THINGS = frozenset(("category", "brand"))
MOST_NAMES = 4


def departments(market: Market, language: str, *, most: int = 4) -> list[str]:
    """Return names of the market's top categories."""
    roots = [one for one in market.categories.values() if one.parent is None and not one.merchant]
    return [one.names[language] for one in roots[:most]]


def nothing(turn: Turn, found: Found) -> Reply:
    """Say that nothing fits, and what giving up would bring."""
    if near := nearest(turn, found):
        return near
    told, actions = found.ways, ways(found)
    if not told:
        told, actions = loosened(turn, ())
    suggestions = [] if told else departments(turn.market, turn.language)
    wish = wished(turn.reading, turn.state)
    plan = turn.plan("nothing_found", wish=wish, ways=told, examples=suggestions, least=least(turn))
    return Reply((plan,), turn.state, actions=actions, trace={"total": 0})


def nearest(turn: Turn, found: Found) -> Reply | None:
    """Offer what comes nearest where nothing fits: the same without the wish that hinders.

    What was ruled out stays ruled out, and the kind of thing stays. A search for each wish tried.
    """
    wish = wish_of(turn)
    places = {id(slot): place for place, slot in enumerate(wish.need.slots)}
    hinder = [
        slot for way in (found.results.relaxed if found.results else ())
        for one in way.without if len(way.without) == 1 for slot in slots_of(one, wish.need)
    ]  # fmt: skip
    tried = [*hinder, *(slot for slot in reversed(wish.need.slots) if slot not in hinder)]
    now = {(one.slot.kind, one.slot.value) for one in turn.state.slots
           if one.turn == turn.state.turn}  # fmt: skip
    soft = [
        one for one in tried
        if not one.negated and one.kind not in FIRM and (one.kind, one.value) not in now
    ]  # fmt: skip
    for slot in dict.fromkeys(soft[:MOST_TRIED]):
        if not any(one.kind in THINGS for one in wish.need.slots if one is not slot):
            continue
        loose = find(replace(wish, need=wish.need.without(places[id(slot)]), vector=None))
        if loose.picks and not loose.wider:
            rows = [one.row(turn.language) for one in loose.picks]
            plan = turn.plan(
                "nearest", products=rows, without=slot.label(turn.language), count=loose.total,
                wish=wished(turn.reading, turn.state),
            )  # fmt: skip
            return offered(turn, loose, plan)
    return of_its_use(turn)


def of_its_use(turn: Turn) -> Reply | None:
    """Offer what is for the same occasion where a kind of thing is not sold: camping stoves."""
    need = turn.reading.need
    unknown = [one for one in need.of("category") if not one.known and not sold(one, need)]
    words = " ".join(one.surface for one in unknown)
    uses = lexicon().match(words, {"occasion"})
    slots = [*need.of("occasion"), *(Slot("occasion", one.code) for one in uses[:1])]
    if not unknown or not slots:
        return of_the_wider_kind(turn, unknown)
    slot = replace(slots[-1], start=0, end=0)
    name = slot.label(turn.language)
    wish = replace(wish_of(turn), need=replace(need, query=name, slots=(slot,), cuts=(), fillers=(),
                                               corrections=()), vector=None)  # fmt: skip
    found = find(wish)
    if not found.picks:
        return None
    rows = [one.row(turn.language) for one in found.picks]
    plan = turn.plan("not_sold", products=rows, wish=words, use=name)
    return offered(turn, found, plan)


def of_the_wider_kind(turn: Turn, unknown: Sequence[Slot]) -> Reply | None:
    """Offer what there is of the wider kind where one is not sold: snacks for dried fruit."""
    chinese = turn.language == "zh-hans"
    for slot in unknown:
        for code in lexicon().dimension("category").ancestors(slot.value):
            value = lexicon().value("category", code)
            names = (value.zh if chinese else value.en) if value else ()
            for name in names[:MOST_NAMES]:
                need = understand(name, vocabulary=turn.market.vocabulary, locale=turn.language,
                                  currency=turn.asker.currency)  # fmt: skip
                if not any(one.known for one in need.of("category")):
                    continue
                limits = tuple(one for one in turn.reading.need.slots if one.kind == "price")
                wish = replace(wish_of(turn), vector=None,
                               need=replace(need, slots=(*need.slots, *limits)))  # fmt: skip
                found = find(wish)
                if found.picks:
                    rows = [one.row(turn.language) for one in found.picks]
                    plan = turn.plan("not_sold", products=rows, wish=slot.surface, kind=name)
                    return offered(turn, found, plan)
    return None


def least(turn: Turn) -> str:
    """Return the lowest price of what fits but for a limit; "" where no limit stands in the way."""
    need = turn.reading.need
    if need.price is None or need.price.maximum is None or not need.of("category"):
        return ""
    wish = replace(
        wish_of(turn), need=need.without_kind("price").sorted_by("price_asc"), vector=None
    )
    found = find(wish, most=1)
    hit = found.picks[0].hit if found.picks and not found.wider else None
    above = hit and hit.amount is not None and hit.amount > need.price.maximum
    return money(hit.amount, hit.currency) if hit and above else ""


def slots_of(constraint: object, need: Need) -> list[Slot]:
    """Return the wishes that a constraint of search stands for."""
    return [need.slots[place] for place in getattr(constraint, "slots", ())]


def no_more(turn: Turn) -> Reply:
    """Say that everything that fits has been seen, and what giving a wish up would bring."""
    told, actions = loosened(turn, turn.state.seen)
    plan = turn.plan("no_more", wish=wished(turn.reading, turn.state), ways=told)
    return Reply((plan,), turn.state, actions=actions, trace={"total": 0})


def loosened(
    turn: Turn, seen: Sequence[str]
) -> tuple[list[dict[str, object]], tuple[Mapping[str, Any], ...]]:
    """Return what giving one wish up would bring, as facts and to click. A search for each."""
    wish = wish_of(turn, gone=seen)
    found: list[tuple[Slot, int]] = []
    for place, slot in enumerate(wish.need.slots):
        if slot.kind != "category" and len(found) < MOST_WAYS:
            count = without(wish, place)
            found += [(slot, count)] * bool(count)
    told: list[dict[str, object]] = [
        {"without": one.label(turn.language), "count": count} for one, count in found
    ]
    actions = tuple(
        {"kind": "drop", "kinds": [one.kind], "text": one.label(turn.language), "count": count}
        for one, count in found
    )
    return told, actions
