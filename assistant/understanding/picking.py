"""Which of the orders that were just listed is meant: "it's the cup one", 第二个订单, 10月29号那单.

For answering, before anything is decided: an order that is picked goes on with the talk it was
asked for. Pure code over what each order holds, its place in the list, its shop and its day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.doing.owning import Owned
from assistant.doing.rules.reasons import reason_of
from assistant.moves import OF_ORDER, QUESTION
from assistant.understanding.intents.rules import guess
from assistant.understanding.owning import WISHING, named_words
from assistant.understanding.referring import places_in
from catalog.search.understanding import Need
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from assistant.understanding.reading import Reading

# A few words that name, as against a message of its own.
MOST_WORDS, MOST_HAN = 9, 14
_ORDER = re.compile(r"单|[那这]笔|\b(?:orders?|parcels?|packages?)\b")
ASKED_WHICH = frozenset(("order", "listing"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    rf"(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})[号日]"
    rf"|\b(?P<name>{'|'.join(_MONTHS)})[a-z]*\.? (?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|\b(?P<day3>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<name2>{'|'.join(_MONTHS)})[a-z]*\b"
    r"|\bthe (?P<day4>\d{1,2})(?:st|nd|rd|th)\b"
)
_NEWEST = re.compile(r"最近|最新|最后下|新的?那|\b(?:newe[rs]t?|latest|most recent|later|recent)\b")
_OLDEST = re.compile(r"最早|最旧|早的?那|旧的?那|\b(?:olde[rs]t?|earlie[rs]t?)\b")


def picked(text: str, said: Need, listed: Sequence[str], owned: Sequence[Owned]) -> tuple[str, ...]:
    """Return the numbers of the listed orders that a message means: one, several, or none."""
    folded = fold(text)
    orders = [one for one in listed if any(thing.order == one for thing in owned)]
    if not orders or not short(folded) or guess(folded) in WISHING | {"cart_add"}:
        return ()
    for way in (_by_goods, _by_day, _by_age, _by_place, _by_shop):
        if found := way(folded, said, orders, owned):
            return found
    return ()


def of_picked(
    reading: Reading, state: State, owned: Sequence[Owned], asked_back: str = ""
) -> tuple[Reading, tuple[str, ...]]:
    """Read a message that picks one of the listed orders as going on with it.

    ``asked_back``: what they were listed for. Returned beside it: several orders that may be meant,
    of which is to be asked.
    """
    folded = fold(reading.text)
    just = state.pending is not None and state.pending.kind in ASKED_WHICH
    if reading.order_number or not state.orders or not (just or _ORDER.search(folded)):
        return reading, ()
    intent = intent_of_pick(reading, asked_back)
    found = picked(reading.text, reading.said, state.orders, owned) if intent else ()
    if not found:
        return reading, ()
    within = {one.seen.sku for one in owned if one.order in found}
    meant = tuple(sku for sku in reading.references if sku in within) if len(found) == 1 else ()
    picks = replace(
        reading, intent=intent, abstained=False, references=meant, unresolved=False,
        order_number=found[0] if len(found) == 1 else None, held=state.slots, topic=state.topic,
    )  # fmt: skip
    return picks, found if len(found) > 1 else ()


def intent_of_pick(reading: Reading, asked_back: str) -> str:
    """Return what is wanted of a picked order; "" where a message is about something else."""
    ruled, asks = guess(reading.text) or "", QUESTION.search(reading.text.casefold().strip())
    if ruled == "order_status" and asked_back in OF_ORDER and not asks:
        return asked_back  # 第二个订单
    if ruled in OF_ORDER or ruled == "complaint":
        return ruled
    if reading.intent == "complaint" and reason_of(reading.text):
        return "complaint"
    if asks:
        return reading.intent if reading.intent in OF_ORDER else ""
    return asked_back if asked_back in OF_ORDER else "order_status"


def short(folded: str) -> bool:
    """Tell whether a message is but a few words."""
    return len(folded.split()) <= MOST_WORDS and len(re.findall(r"[\u3400-\u9fff]", folded)) <= (
        MOST_HAN
    )


def _by_goods(
    folded: str, said: Need, orders: Sequence[str], owned: Sequence[Owned]
) -> tuple[str, ...]:
    scores = {
        number: max(_said_of(folded, said, one) for one in owned if one.order == number)
        for number in orders
    }
    best = max(scores.values())
    return tuple(number for number, score in scores.items() if score == best > 0)


def _said_of(folded: str, said: Need, thing: Owned) -> int:
    shared, _of_all, kind = named_words(folded, said, thing.seen)
    return shared + kind


def _by_day(
    folded: str, said: Need, orders: Sequence[str], owned: Sequence[Owned]
) -> tuple[str, ...]:
    match = _DAY.search(folded)
    if match is None or (match["day4"] and int(match["day4"]) <= len(orders)):
        return ()  # "the 3rd" of five is a place
    day = int(next(match[name] for name in ("day", "day2", "day3", "day4") if match[name]))
    name = match["name"] or match["name2"]
    month = int(match["month"]) if match["month"] else _MONTHS.index(name) + 1 if name else None
    days = _days(orders, owned)
    return tuple(one for one in orders if days[one].day == day and month in (None, days[one].month))


def _by_age(
    folded: str, said: Need, orders: Sequence[str], owned: Sequence[Owned]
) -> tuple[str, ...]:
    days = _days(orders, owned)
    for words, of_all in ((_NEWEST, max), (_OLDEST, min)):
        if words.search(folded):
            wanted = of_all(days.values())
            return tuple(one for one in orders if days[one] == wanted)
    return ()


def _by_place(
    folded: str, said: Need, orders: Sequence[str], owned: Sequence[Owned]
) -> tuple[str, ...]:
    places = [one for one in places_in(folded, len(orders)) if one >= 0]
    return (orders[places[0]],) if len(places) == 1 else ()


def _by_shop(
    folded: str, said: Need, orders: Sequence[str], owned: Sequence[Owned]
) -> tuple[str, ...]:
    named = {one.order for one in owned if any(fold(name) in folded for name in one.shop if name)}
    return tuple(one for one in orders if one in named)


def _days(orders: Sequence[str], owned: Sequence[Owned]) -> dict[str, date]:
    return {one: next(thing.placed for thing in owned if thing.order == one) for one in orders}
