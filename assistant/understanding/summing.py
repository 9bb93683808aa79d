"""Which things are meant together: "the pan and the knife, how much in all?", 这两样一共多少钱.

For referring. Of each kind that is named, what was talked of last; where only two things are spoken
of, what is talked of now and what was before, of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.slots import Seen
from catalog.lexicon import lexicon
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from catalog.search.understanding import Need

_TOGETHER = re.compile(
    r"一起|一共|总共|合计|加起来|总价|全部|[两俩]样|一套下来|都买"
    r"|\b(?:together|in (?:all|total)|altogether|come to|total|both|all of it|combined|plus)\b"
)
PAIR = 2
_COSTS = re.compile(r"多少|几[块元]|钱|价|预算|\b(?:how much|cost|price|total|come to|pay|sum)\b")
_JOINS = re.compile(r"[和跟与加]|\band\b|\bplus\b|\+")


def summed(text: str, said: Need, state: State) -> tuple[str, ...]:
    """Return the SKUs of things of several kinds whose sum is asked for; none for anything else."""
    if said.price or not (_TOGETHER.search(text) and _COSTS.search(text)):
        return ()
    if len(state.visible) == PAIR == number_told(text) and not alike(*state.visible):
        return tuple(one.sku for one in state.visible)  # just put together
    pool = pooled(state)
    named = [one for slot in said.of("category") if (one := last_of(pool, slot.surface))]
    found = list(dict.fromkeys(one.sku for one in named))
    if len(found) > 1:
        return tuple(found)
    if not pool or not state.earlier or (found and not _JOINS.search(text)):
        return ()
    first = next((one for one in pool if one.sku in found), pool[0])
    before = [*(one for one in state.earlier if one.price is not None), *pool]
    other = next((one for one in before if not alike(one, first)), None)
    return (first.sku, other.sku) if other and first is not other else ()


def number_told(text: str) -> int:
    """Return how many things are spoken of as "these two", 0 where no number is said."""
    return PAIR if re.search(r"[这那就][两俩二]|\b(?:both|(?:these|those|the) two)\b", text) else 0


def pooled(state: State) -> Sequence[Seen]:
    """Return what was shown, what was talked of last first, one list after another."""
    priced = [one for one in state.earlier if one.price is not None]
    focus = [one for one in state.visible if one.sku in state.focus]
    return [*focus, *(one for one in state.visible if one not in focus and one.price), *priced]


def last_of(pool: Sequence[Seen], name: str) -> Seen | None:
    """Return the first of some things that is of a kind that is named."""
    kinds = kinds_of(name)
    for one in pool:
        if fold(name) in fold(f"{one.title} {one.words}") or kinds & widened(one):
            return one
    return None


def kinds_of(words: str) -> set[str]:
    """Return the product types that are named in words."""
    return {one.code for one in lexicon().match(words) if one.dimension == "category"}


def widened(one: Seen) -> set[str]:
    """Return what a thing is, by its name, with the wider kinds."""
    own = kinds_of(f"{one.title} {one.words}")
    wider = lexicon().dimension("category").ancestors
    return own | {code for each in own for code in wider(each)}


def alike(one: Seen, other: Seen) -> bool:
    """Tell whether two things are of one kind, as far as their names say."""
    own = [kinds_of(f"{each.title} {each.words}") for each in (one, other)]
    return one.sku == other.sku or bool(own[0] & own[1])
