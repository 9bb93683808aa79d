"""Hear once more what a message about goods is for, in the light of what is shown and wanted.

For interpreting. "Which is the lightest" chooses among what is shown, "what goes with it" looks for
something beside it, "any waterproof ones?" narrows the list. Grammar and the list decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.intents.rules import guess
from assistant.understanding.pairing import asks_what_goes_with
from assistant.understanding.referring import Referred
from assistant.understanding.superlatives import asks_for_a_pick, asks_for_the_most, asks_which_one
from catalog.search.understanding import Kind, Need
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State

# Beside an order's number anything else is about that order.
OF_ORDERS = frozenset({
    "order_status", "change_address", "cancel", "return", "exchange", "refund", "invoice",
    "complaint", "human", "praise", "thanks", "confirm", "decline",
})  # fmt: skip
OF_NO_CHOICE = OF_ORDERS - {"praise", "complaint"} | {"delivery", "policy", "account", "cart_add"}


def reheard(
    text: str, said: Need, state: State, intent: str, referred: Referred, *, heard: bool = False
) -> str:
    """Return what a message about goods is for, "" where it is what it sounds like.

    ``heard``: a head is sure of the intent. Then only a question which one is best still becomes a
    choice, and what goes with a thing is still looked for, for they are answered as such.
    """
    if narrows_anew(text, said, state, intent):
        return "refine"
    if of_one := _of_the_one(text, state, intent, referred):
        return of_one
    if heard and intent in OF_THINGS_BESIDE and said.price is None and _goes_with(text, state):
        return "recommend"
    if heard:
        if of_several(state, referred) and which_of_them(text, intent):
            return "compare"
        picks = intent in OF_A_PICK
        return _of_a_choice(text, said, state, intent, referred) if picks else ""
    chosen = _of_a_choice(text, said, state, intent, referred)
    return _of_what_goes_with(text, said, state, chosen or intent, referred) or chosen


_BARE_SIZE = re.compile(
    r"(?:我?要|那|就)?(?:\d{2}(?:\.5)?|x{0,3}[sl]|m) ?[码号](?:的)?(?:呢|有吗|有没有)?[?？。]?"
    r"|(?:and |what about |how about )?(?:in )?(?:a )?size (?:\d{1,2}(?:\.5)?|x{0,3}[sl]|m)\W*"
)
_THAN = re.compile(r"比|\b(?:than|versus|vs|compared (?:to|with))\b")
# What a question for one of several is mistaken for, however sure a head is.
OF_WHICH = frozenset({
    "attribute", "suitability", "compatibility", "delivery", "recommend", "small_talk",
    "out_of_scope", "policy", "praise",
})  # fmt: skip
# Others are asked for, within a limit or for somebody else: "any under $30?", "how about for men".
_ANY_WITHIN = re.compile(r"^(?:and |is there |are there |do you have |got )?(?:any(?:thing)?\b|有)")
_FOR_OTHERS = re.compile(
    r"^(?:and|what about|how about|any(?:thing)?|something)(?: ones?)? for \w+\W*$"
)


def narrows_anew(text: str, said: Need, state: State, intent: str) -> bool:
    """Tell whether others of the kind are asked for, though it sounds asked of the one shown."""
    if not state.slots or said.of("category") or intent in OF_ORDERS:
        return False
    folded = fold(text).strip()
    limited = intent == "price" and said.price is not None and _ANY_WITHIN.search(folded)
    return bool(limited or (said.of("audience") and _FOR_OTHERS.search(folded)))


OF_A_PICK = frozenset({"recommend", "attribute"})
OF_THINGS_BESIDE = frozenset({"search", "refine", "bundle", "recommend", "out_of_scope"})


def _of_the_one(text: str, state: State, intent: str, referred: Referred) -> str:
    """Return what is asked of the one thing talked of, or of it and another; "" for none."""
    folded = fold(text).strip()
    one = len(state.focus) == 1 or bool(state.page)
    if one and intent == "sizing" and _BARE_SIZE.fullmatch(folded):
        return "stock"  # 40码: is there any?
    against = beside_the_page(state, referred) and _THAN.search(folded)
    # "is this better than the wireless earbuds?", on a page
    return "compare" if against and intent not in OF_ORDERS else ""


def _of_a_choice(text: str, said: Need, state: State, intent: str, referred: Referred) -> str:
    why = state.visible and intent not in OF_ORDERS and WHY_DEARER.search(fold(text))
    which = of_several(state, referred) and which_of_them(text, intent)
    return "compare" if why or which or chooses(text, said, state, intent) else ""


def of_several(state: State, referred: Referred) -> bool:
    """Tell whether a question can be about one of several things that are known."""
    if len(referred.skus) > 1 or beside_the_page(state, referred):
        return True
    return not referred.skus and len(state.visible) > 1


def beside_the_page(state: State, referred: Referred) -> bool:
    """Tell whether one thing is named on the page of another."""
    return bool(state.page) and len(referred.skus) == 1 and state.page not in referred.skus


def which_of_them(text: str, intent: str) -> bool:
    """Tell whether one of them is asked for, where the words sound like another question."""
    ruled = intent in ("policy", "delivery") and guess(text) == intent
    return intent in OF_WHICH and not ruled and asks_which_one(text)


def _of_what_goes_with(text: str, said: Need, state: State, intent: str, referred: Referred) -> str:
    if _goes_with(text, state):
        return "" if intent in OF_ORDERS else "recommend"
    how = ASKS_HOW.search(fold(text))
    return "refine" if not how and narrows_the_list(said, state, intent, referred) else ""


def _goes_with(text: str, state: State) -> bool:
    return asks_what_goes_with(text) and bool(state.visible or state.focus or state.page)


# What makes one of them dearer or better is asked: 贵的那个贵在哪里.
WHY_DEARER = re.compile(
    r"[贵好差强]在(?:哪|什么)|为(?:什么|啥).{0,8}(?:更?贵|便宜)"
    r"|\bwhy (?:is|are|does)\b.{0,40}\b(?:more|so (?:expensive|cheap)|cheaper|dearer|pricier)\b"
    r"|\bwhat makes\b.{0,40}\b(?:more expensive|better|worth)\b"
)


def chooses(text: str, said: Need, state: State, intent: str) -> bool:
    """Tell whether one of what is shown, or looked for, is to be named: the lightest, the best."""
    rules = intent in ("policy", "delivery") and guess(text) != intent
    if intent in OF_NO_CHOICE and not rules:
        return False
    if state.visible and asks_for_a_pick(text):
        return True
    wanted = state.visible or any(one.slot.kind == "category" for one in state.slots)
    return bool(wanted or said.of("category")) and asks_for_the_most(text)


# What is asked of a list by naming a wish: 有黑色的吗, "are any waterproof?", "works on induction?"
OF_A_LIST = frozenset({
    "attribute", "suitability", "compatibility", "stock", "out_of_scope", "small_talk", "search",
    "recommend", "promotion", "more_like",
})  # fmt: skip
TELLS_APART: tuple[Kind, ...] = (
    "colour", "feature", "material", "pattern", "size", "style", "season", "neckline", "sleeve",
    "fit", "heel",
)  # fmt: skip


# How, how long or why something is so: none of a list is asked for by that.
ASKS_HOW = re.compile(r"多[少久长大重高远快]|怎么|咋|为(?:什么|啥)|几|\b(?:how|why|when)\b")


def narrows_the_list(said: Need, state: State, intent: str, referred: Referred) -> bool:
    """Tell whether a question asks which of a list have something, rather than about one."""
    meant = referred.skus or referred.unresolved or state.focus
    looked_for = any(one.slot.kind == "category" for one in state.slots)
    if intent not in OF_A_LIST or meant or len(state.visible) < 2 or not looked_for:
        return False
    return not said.of("category") and any(said.of(kind) for kind in TELLS_APART)
