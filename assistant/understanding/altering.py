"""What a message changes in a set that was put together: 台灯换个便宜的, "for four people".

For reading. Pure code over the words and the set; what it comes to is worked out in
`assistant/altering.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from assistant.slots import Held, Part
from assistant.understanding.company import company_in
from assistant.understanding.cues import cues, number_of
from assistant.understanding.following import Followed, kinds_in, kinds_named, leftover
from assistant.understanding.rehearing import OF_ORDERS
from assistant.understanding.wishing import SIZED, Phrase, content_of, for_so_many
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from catalog.search.understanding import Need

Way = Literal["swap", "drop", "add", "people", "budget"]
_CUES = cues("altering")
MOST_PEOPLE = 20
NOT_OF_A_THING = frozenset({"category", "price", "sku"})


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be done to a set: to which ``part`` of it, or for ``count`` people."""

    way: Way
    part: Part | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class OfSet:
    """What a message about a set is for: a change, or all of it that is bought or priced."""

    intent: str
    change: Change | None = None
    skus: tuple[str, ...] = ()
    amounts: tuple[tuple[str, int], ...] = ()
    followed: Followed | None = None
    wishes: tuple[Phrase, ...] = ()


def of_a_set(text: str, said: Need, state: State, intent: str, *, chinese: bool) -> OfSet | None:
    """Return what a message is about the set that is shown; None for anything else."""
    if not state.parts or intent in OF_ORDERS:
        return None
    if change := change_of(text, said, state):
        people = of_so_many(change.count, chinese=chinese) if change.way == "people" else ()
        return OfSet("bundle", change, followed=altered(change, said, state), wishes=people)
    taken = takes_all(text, state)
    if taken or (intent in ("cart_add", "price") and means_all(text, state)):
        skus = tuple(one.sku for one in state.parts)
        amounts = tuple((one.sku, one.pieces) for one in state.parts)
        return OfSet("cart_add" if taken else intent, None, skus, amounts)
    return None


def of_so_many(count: int, *, chinese: bool) -> tuple[Phrase, ...]:
    """Return the wish that something is for so many people."""
    found = for_so_many(f"{count}个人用" if chinese else f"for {count} people")
    return (found,) if found else ()


def change_of(text: str, said: Need, state: State) -> Change | None:
    """Return what a message changes in the set that is shown; None where it changes nothing."""
    folded = fold(text).strip()
    if _CUES["cart"].search(folded):
        return None
    if part := part_named(folded, said, state):
        return change_to(folded, said, part)
    count = so_many(folded) if said.price is None else 0
    if count:
        return Change("people", count=count)
    kinds = [one for one in said.of("category") if not one.negated]
    asks = _CUES["asks"].search(folded)
    if _CUES["adds"].search(folded) and not asks and (kinds or content_of(leftover(said))):
        return Change("add")
    return Change("budget") if said.price and not kinds and not asks else None


def change_to(folded: str, said: Need, part: Part) -> Change | None:
    """Return what is to be done to one thing of a set; None where it is only spoken of."""
    described = any(one.kind not in NOT_OF_A_THING and not one.negated for one in said.slots)
    described = described or any(one.search(folded) for one in cues("leaning").values())
    swaps = _CUES["swaps"].search(folded) or cheaper_or_dearer(folded)
    if _CUES["drops"].search(folded) and not (swaps or described):
        return Change("drop", part)
    denied = any(one.negated and one.kind != "category" for one in said.slots)
    if swaps or denied or (described and not _CUES["asks"].search(folded)):
        return Change("swap", part)
    return None


def cheaper_or_dearer(folded: str) -> bool:
    """Tell whether something cheaper or dearer is asked for."""
    return bool(_CUES["cheaper"].search(folded) or _CUES["dearer"].search(folded))


def part_named(folded: str, said: Need, state: State) -> Part | None:
    """Return the thing of the set that a message names, by its kind or its title."""
    kinds = set().union(*(kinds_in(one.surface) for one in said.of("category")))
    titles = {one.sku: fold(one.title) for one in state.visible}
    ranked = []
    for part in state.parts:
        kind, title = fold(part.kind), titles.get(part.sku, "")
        if kind and kind in folded:
            ranked.append((len(kind), part))
        elif kinds & (kinds_named(kind) | kinds_named(title)) or is_called(title, folded):
            ranked.append((1, part))
    return max(ranked, key=lambda one: one[0])[1] if ranked else None


def is_called(title: str, folded: str) -> bool:
    """Tell whether a title has a word that a message speaks of: 马灯, where 灯 is said."""
    return any(word in title for word in content_of(folded) - SIZED)


def so_many(folded: str) -> int:
    """Return for how many people a set is to be from now on, 0 where it is not said."""
    if match := _CUES["people"].search(folded):
        count = number_of(next(one for one in match.groups() if one)) or 0
        return count if count <= MOST_PEOPLE else 0
    company = company_in(folded)
    return company[1] if company else 0


def means_all(text: str, state: State) -> bool:
    """Tell whether all of a set is taken or asked for: 都加到购物车吧, "I'll take the lot"."""
    folded = fold(text)
    return bool(state.parts and _CUES["all"].search(folded))


def takes_all(text: str, state: State) -> bool:
    """Tell whether all of a set is to be bought, and nothing asked of it."""
    folded = fold(text).strip()
    takes = _CUES["takes"].search(folded) and not _CUES["asks"].search(folded)
    return bool(takes) and means_all(text, state)


def altered(change: Change, said: Need, state: State) -> Followed:
    """Return what is wanted once a set is changed: its kinds, limits and uses as they were."""
    held = list(state.slots)
    kinds = [one for one in said.of("category") if not one.negated]
    turn = state.turn + 1
    if change.way == "budget":
        price = [Held(one, turn, one.surface, cut=True) for one in said.of("price")]
        held = [one for one in held if one.slot.kind != "price"] + price
    elif change.way == "add":
        there = {fold(one.words) for one in held if one.slot.kind == "category"}
        held += [Held(replace(one, start=0, end=0), turn, one.surface)
                 for one in kinds if fold(one.surface) not in there]  # fmt: skip
    elif change.way == "drop" and change.part is not None:
        gone = fold(change.part.kind)
        held = [one for one in held if one.slot.kind != "category" or fold(one.words) != gone]
    return Followed(tuple(held), state.topic, state.sort)
