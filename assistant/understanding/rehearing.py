"""Hear once more what a message about goods is for, in the light of what is shown and wanted.

For interpreting. The head hears one message; 有没有再便宜点的 over a list looks for others, "which
is the lightest" chooses, "the pan and the knife together?" asks for a sum. Grammar and the list
decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.cues import cues
from assistant.understanding.deciding import HAD, HAS_ANY
from assistant.understanding.following import asks_for_more, seeks_cheaper
from assistant.understanding.intents.rules import guess
from assistant.understanding.pairing import asks_what_goes_with
from assistant.understanding.referring import Referred
from assistant.understanding.summing import summed
from assistant.understanding.superlatives import asks_for_a_pick, asks_for_the_most
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
# What a question about one that was chosen from the list is taken for.
LOOKED_FOR = frozenset({"search", "refine", "recommend", "gift", "out_of_scope", "small_talk",
                        "greeting"})  # fmt: skip


def reheard(text: str, said: Need, state: State, intent: str, referred: Referred) -> str:
    """Return what a message about goods is for, "" where it is what it sounds like."""
    heard = misheard_of_goods(text, said, intent, state, referred)
    for way in (_of_others, _of_a_sum, _of_the_chosen, _of_a_choice, _of_what_goes_with):
        heard = way(text, said, state, heard or intent, referred) or heard
    return heard


def _of_others(text: str, said: Need, state: State, intent: str, referred: Referred) -> str:
    if not state.visible or intent in OF_ORDERS:
        return ""
    if seeks_cheaper(text) and intent != "gift":
        return "refine"
    return "more_like" if asks_for_more(text) and not (said.slots or referred.skus) else ""


def _of_a_sum(text: str, said: Need, state: State, intent: str, referred: Referred) -> str:
    several = len(referred.skus) > 1 and intent not in OF_ORDERS
    return "price" if several and summed(fold(text), said, state) else ""


def _of_the_chosen(text: str, said: Need, state: State, intent: str, referred: Referred) -> str:
    one = referred.chosen and len(referred.skus) == 1
    return "attribute" if one and intent in LOOKED_FOR else ""


def _of_a_choice(text: str, said: Need, state: State, intent: str, referred: Referred) -> str:
    why = state.visible and intent not in OF_ORDERS and WHY_DEARER.search(fold(text))
    return "compare" if why or chooses(text, said, state, intent) else ""


def _of_what_goes_with(text: str, said: Need, state: State, intent: str, referred: Referred) -> str:
    if asks_what_goes_with(text) and (state.visible or state.focus or state.page):
        return "" if intent in OF_ORDERS else "recommend"
    return "refine" if narrows_the_list(said, state, intent, referred) else ""


ASKS = cues("naming")["asks"]
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


# What is heard of a wish that is said in few words: "for one person", "anything without".
FOREIGN_TO_A_WISH = frozenset({
    "human", "small_talk", "cart_add", "not_interested", "out_of_scope", "praise", "bundle",
})  # fmt: skip
RULES_OUT = re.compile(r"别|不要|不能|过敏|\b(?:no|not|without|avoid|allergic)\b")
LEANT_AWAY = FOREIGN_TO_A_WISH - {"human", "cart_add", "praise"} | {"decline", "exchange", "sizing"}
_LEANS = cues("leaning")
SOMETHING = re.compile(r"^(?:and |or )?(?:something|anything) (?:to|for)\b")
WISHES = re.compile(
    r"^(?:and |or )?(?:for (?:one|two|three|a|an|my|the|his|her)\b|(?:something|anything)\b)"
    r"|\b(?:anything|something) (?:without|with|that|in|for)\b"
)


def misheard_of_goods(text: str, said: Need, intent: str, state: State, referred: Referred) -> str:
    """Return what a message is for that only sounds like a complaint or a question of offers.

    "No perfume please, she's allergic" narrows what is looked for; "does it come in a gift box?"
    asks about what is talked of.
    """
    ruled = guess(text)
    if not (state.visible or state.slots) or (ruled == intent and intent != "exchange"):
        return ""
    if intent == "bundle" and ruled in (None, "search") and HAS_ANY.search(fold(text)):
        return "refine"
    leans = any(_LEANS[name].search(fold(text).strip()) for name in _LEANS)
    if intent in LEANT_AWAY and leans and ruled in (None, "search", "refine", "exchange"):
        return "refine"  # 换一个，要小一点的; "not too sweet"
    wishes = WISHES.search(fold(text)) or said.of("feature")
    if intent in FOREIGN_TO_A_WISH and (wishes or any(one.negated for one in said.slots)):
        return "refine" if not SOMETHING.search(fold(text)) else "recommend"
    describes = bool(said.slots) and (
        (intent == "compare" and ruled is None and not ASKS.search(fold(text)))  # "wireless both"
        or (intent == "complaint" and RULES_OUT.search(fold(text)) and not HAD.search(fold(text)))
    )
    # "Do they come in pink?" sends nothing.
    asks = intent == "delivery" or (intent == "promotion" and (referred.skus or state.focus))
    return "refine" if describes else "attribute" if asks else ""


# What is asked of a list by naming a wish: 有黑色的吗, "are any waterproof?", "works on induction?"
OF_A_LIST = frozenset({
    "attribute", "suitability", "compatibility", "stock", "out_of_scope", "small_talk", "search",
    "recommend", "promotion", "more_like",
})  # fmt: skip
TELLS_APART: tuple[Kind, ...] = (
    "colour", "feature", "material", "pattern", "size", "style", "season", "neckline", "sleeve",
    "fit", "heel",
)  # fmt: skip


def narrows_the_list(said: Need, state: State, intent: str, referred: Referred) -> bool:
    """Tell whether a question asks which of a list have something, rather than about one."""
    meant = referred.skus or referred.unresolved or state.focus
    looked_for = any(one.slot.kind == "category" for one in state.slots)
    if intent not in OF_A_LIST or meant or len(state.visible) < 2 or not looked_for:
        return False
    return not said.of("category") and any(said.of(kind) for kind in TELLS_APART)
