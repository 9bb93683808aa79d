"""Decide what is done about goods that are talked of: told, put together, paired, more of them.

For planning. Pure code over what was read and what was said before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.moves import ASKS, OF_ORDER, Kind, Move, Situation
from assistant.rereading import asks_of_them
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.following import OUTINGS
from assistant.understanding.intents.rules import guess
from assistant.understanding.pairing import adds, asks_what_goes_with
from assistant.wanting import finding

# Questions that can be answered for each of a few at once, where nobody said which is meant.
OF_LIST = frozenset(("attribute", "suitability", "compatibility", "stock", "reviews", "price",
                     "sizing"))  # fmt: skip
MOST_AT_ONCE = 3
MOST_ASKED_OF = 4
# One is to be like another that was shown, whatever else it is to be.
LIKENED = re.compile(r"类似|像|差不多|一样|同款|相似|\b(?:like|similar|same|resembl\w+)\b")
OF_RULES = frozenset(("policy", "account"))


def further(reading: Reading, state: State, situation: Situation) -> Move:
    """Return what is told of a thing, more of what is looked for, or things like one."""
    if reading.intent != "more_like":
        return of_product(reading, state, situation, "product")
    likened = reading.references and LIKENED.search(reading.text.casefold())
    if reading.wishes and state.slots and not likened:
        return Move("find", "others-so")  # 有没有夹子那种的
    if not reading.references and (state.visible or state.slots):
        return Move("more", "others-of-it", about="more_like")
    return of_product(reading, state, situation, "like")


def together(reading: Reading, state: State, situation: Situation) -> Move | None:
    """Return what goes with what is talked of, or a set; None for anything else."""
    if pairs(reading, state, situation):
        return Move("pair", "goes-with", about="pair", skus=anchors(reading, state, situation))
    if reading.intent != "bundle":
        return None
    if not wants_a_set(reading):
        return of_no_set(reading, state, situation)
    skus = reading.references
    if not skus and not reading.said.of("category"):
        skus = tuple(one.sku for one in (*state.visible[:1], *state.earlier))
    return Move("bundle", "bundle", about="bundle", skus=skus)


def added(reading: Reading, state: State) -> Move | None:
    """Return a set of what was chosen and of what is added to it: 再加个杯子一共别超过四百."""
    limited = reading.said.price is not None and bool(reading.said.of("category"))
    if not (limited and state.visible and adds(reading.text)):
        return None
    chosen = reading.references or state.focus or (state.visible[0].sku,)
    return Move("bundle", "bundle:added", about="bundle", skus=chosen[:MOST_AT_ONCE])


def wants_a_set(reading: Reading) -> bool:
    """Tell whether several things are wanted: words say so, kinds, a budget or a use."""
    said = reading.said
    outing = any(one.value in OUTINGS for one in said.of("occasion"))
    return bool(guess(reading.text) == "bundle" or said.price or said.of("category") or outing)


def of_no_set(reading: Reading, state: State, situation: Situation) -> Move:
    """Return what a message comes to that only sounds like a set."""
    if skus := meant(reading, state, situation):
        return Move("product", "bundle:of-what-is-talked-of", about="attribute", skus=skus)
    if state.visible:
        return Move("pair", "bundle:goes-with", about="pair", skus=(state.visible[0].sku,))
    if reading.said.slots or reading.said.text:
        return finding(reading, state)
    return Move("bundle", "bundle", about="bundle")


def pairs(reading: Reading, state: State, situation: Situation) -> bool:
    """Tell whether what is looked for is to go with what is talked of."""
    if reading.intent in OF_ORDER | OF_RULES or not asks_what_goes_with(reading.text):
        return False
    return bool(anchors(reading, state, situation))


def anchors(reading: Reading, state: State, situation: Situation) -> tuple[str, ...]:
    """Return what something is to go with: what is meant, else what was shown first."""
    return meant(reading, state, situation) or tuple(one.sku for one in state.visible[:1])


def meant(reading: Reading, state: State, situation: Situation) -> tuple[str, ...]:
    """Return the products a question is about: those named, talked of last, the page, the only."""
    if reading.references:
        return reading.references
    if reading.unresolved:
        return ()
    if state.focus:
        return state.focus
    if situation.page:
        return (situation.page,)
    return (state.visible[0].sku,) if len(state.visible) == 1 else ()


def first_of(state: State) -> tuple[str, ...]:
    """Return the first things on the list, as many as are answered for at once."""
    return tuple(one.sku for one in state.visible[:MOST_AT_ONCE])


def names_kind(reading: Reading) -> bool:
    """Tell whether a message names a kind of product that the shop has."""
    return any(one.known for one in reading.said.of("category"))


def mere_kind(reading: Reading) -> bool:
    """Tell whether a set or praise is but a kind of product: no budget, nobody glad."""
    if reading.intent == "bundle":
        return reading.need.price is None and len(reading.said.of("category")) == 1
    return reading.intent == "praise" and reading.emotion != "glad"


def of_product(reading: Reading, state: State, situation: Situation, kind: Kind) -> Move:
    """Return what a question about one product comes to; which one is asked if it is not clear."""
    if skus := meant(reading, state, situation):
        several = reading.intent == "cart_add" and len(skus) > 1 and not reading.references
        told = Move(kind, reading.intent, about=reading.intent, skus=skus)
        return which_of(state, skus) if several else told
    asks = ASKS.search(reading.text.casefold())
    if reading.intent == "cart_add" and state.visible and not names_kind(reading):
        return of_nothing_shown(reading, state)
    kind_named = names_kind(reading) and not asks_of_them(reading.text)
    if reading.intent in OF_LIST and not kind_named and len(state.visible) > 1:
        listed = Move(kind, "of-the-list", about=reading.intent, skus=first_of(state))
        so_many = reading.intent == "price" and (reading.quantity or 1) > 1
        return which_of(state, first_of(state)) if so_many else listed  # 要两个，一共多少
    named = names_kind(reading) or (reading.said.text and not asks and reading.need.text)
    if not reading.unresolved and named:
        if reading.asked_attribute == "warranty":
            return Move("know", "of-a-kind", about="policy")  # each shop's rule tells
        return Move("find", f"{reading.intent}:names-a-kind")
    return of_nothing_shown(reading, state)


def which_of(state: State, skus: Sequence[str]) -> Move:
    """Return the question which of some things is meant, by their names."""
    titles = [one.title for one in (*state.visible, *state.before) if one.sku in skus]
    options = tuple(dict.fromkeys(titles))[:MOST_ASKED_OF]
    return Move("clarify", "which-product", about="product", facts={"options": options})


def of_nothing_shown(reading: Reading, state: State) -> Move:
    """Return what a question comes to that is about no product that can be told."""
    names_a_kind = reading.said.slots or reading.said.text
    if state.visible or reading.unresolved:
        options = tuple(one.title for one in (reading.unclear or state.visible)[:MOST_ASKED_OF])
        return Move("clarify", "which-product", about="product", facts={"options": options})
    if reading.intent in ("price", "stock", "cart_add", "suitability") and names_a_kind:
        return Move("find", f"{reading.intent}:nothing-shown")
    if reading.intent in ("sizing", "compatibility", "attribute"):
        return Move("know", reading.intent, about=reading.intent)
    return Move("clarify", "which-product", about="product")
