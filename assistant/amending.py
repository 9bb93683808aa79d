"""Put other words in the place of something that is wanted: a chip that the shopper edits.

For pages and the API, by way of `asking`. What is written is read as search reads it; a bare number
in the place of a limit is that limit. Only the edited chip goes, the others stay.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.slots import Held
from assistant.state import CUT_KINDS, MOST_SLOTS, State
from assistant.understanding.following import LONGEST_TOPIC, TOGETHER, leftover
from catalog.search.understanding import understand

if TYPE_CHECKING:
    from catalog.search.understanding import Need, Slot, Vocabulary

TOPIC = -1  # the index of the chip of free words
_SIGNS = (
    (re.compile(r"^\s*(?:≤|<=?|＜|up to|至多|最多)\s*"), "at most "),
    (re.compile(r"^\s*(?:≥|>=?|＞|from|at least|至少)\s*"), "at least "),
)
_AMOUNT = re.compile(
    r"\s*(?:[¥￥$€£]|RMB|USD|CNY)?\s*\d[\d,]*(?:\.\d+)?\s*(?:元|块|dollars?)?\s*", re.I
)


def amended(
    state: State, index: int, text: str, *, locale: str, vocabulary: Vocabulary, currency: str
) -> State | None:
    """Return the state with ``text`` in the place of a chip; None where nothing is understood.

    Error: IndexError if there is no such chip.
    """
    before = state.slots[index].slot if index >= 0 else None
    rest = state.without(index)
    said = understand(
        spelt_out(text, before), vocabulary=vocabulary, locale=locale, currency=currency
    )
    mine = [_held(said, slot, state.turn) for slot in said.slots if slot.kind != "sku"]
    words = leftover(said)
    if not mine and not words:
        return None
    if index == TOPIC or not mine:
        topic = words if index == TOPIC else f"{rest.topic} {words}".strip()
        rest = replace(rest, topic=topic[:LONGEST_TOPIC])
    kept = [one for one in rest.slots if not any(_gives_way(one, new) for new in mine)]
    place = min(max(index, 0), len(kept))
    slots = (*kept[:place], *mine, *kept[place:])[:MOST_SLOTS]
    sort = said.sort if said.sort != "relevance" else rest.sort
    return replace(rest, slots=slots, sort=sort)


def spelt_out(text: str, before: Slot | None) -> str:
    """Write a limit's sign, or a bare number in a limit's place, in words."""
    if before is None or before.kind not in ("price", "rating", "measure"):
        return text
    for sign, words in _SIGNS:
        if sign.match(text):
            return sign.sub(words, text)
    if before.kind == "price" and _AMOUNT.fullmatch(text):
        low = before.maximum is None and before.minimum is not None
        return f"{'at least' if low else 'at most'} {text.strip()}"
    return text


def _held(said: Need, slot: Slot, turn: int) -> Held:
    words = slot.surface or said.query[slot.start : slot.end]
    return Held(
        replace(slot, surface=words, start=0, end=0), turn, words, cut=slot.kind in CUT_KINDS
    )


def _gives_way(old: Held, new: Held) -> bool:
    """Tell whether a wish is replaced by a new one: of its kind, or the very contrary."""
    if old.slot.kind != new.slot.kind:
        return False
    if old.slot.value == new.slot.value and old.slot.value:
        return True
    return old.slot.negated is new.slot.negated and old.slot.kind not in TOGETHER
