"""Decide what a message is for: the head's guess, the rules, and what was asked before.

The head sees one message; here it is set in its place. "300" is an answer where a budget was asked
for, "blue" narrows where something is being looked for, and "yes" is a yes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.understanding.cues import cues
from assistant.understanding.following import (
    leftover,
    moves,
    narrows,
    of_whole_shop,
    other_kinds,
)
from assistant.understanding.intents.names import MEANINGS, OUT_OF_SCOPE
from assistant.understanding.intents.rules import guess, plain_answer
from assistant.understanding.naming import (
    NOT_OF_A_NAME,
    asks_for_some,
    is_a_set,
    is_but_a_name,
    is_one_thing,
    names_a_thing,
)

if TYPE_CHECKING:
    from assistant.state import State
    from assistant.understanding.reading import Predictor
    from catalog.search.understanding import Kind, Need

# Below this chance nobody should act on a guess (docs/understanding-messages.md).
SURE = 0.40
# From here on rules do not correct a head: of 6,000 readings of voices left out they mended 15 and
# broke 160, of 1,500 below it 37 and 55.
HEARD = 0.6
RULED = 0.7  # what a rule is worth
CERTAIN = 0.9
SEARCHING = frozenset({"search", "refine", "recommend", "gift"})
AFTER_BUYING = frozenset({
    "cancel", "return", "exchange", "refund", "change_address", "invoice", "order_status",
})  # fmt: skip
WHEN = re.compile(r"什么时候|啥时候|几天|多久|几时|\bwhen\b|how (?:long|soon|fast)")
# "Buy me a kennel" looks for one; "add this to the cart" has found it.
POINTS = re.compile(
    r"购物车|加购|下单|这|那|它|\b(?:cart|basket|bag|this|these|it|the|that|those)\b"
)
# Of something bought: 换成衬衫 is no exchange before.
BOUGHT = re.compile(r"订单|买的|买了|收到|到货|\b(?:order\w*|bought|received|arrived)\b")
# What questions about a shop are mistaken for.
OF_NO_SHOP = frozenset({
    "search", "account", "reviews", "complaint", "out_of_scope", "small_talk", "gift", "refine",
    "greeting", "human", "compatibility", "suitability",
})  # fmt: skip
NOT_BUYING = re.compile(r"不买了")
LEAVES = cues("asides")["leaves"]
_ASKS = cues("naming")["asks"]
# What only goods are said to be.
OF_GOODS: tuple[Kind, ...] = ("brand", "colour", "material", "pattern", "style", "fit")
DESCRIBING = ("category", "brand", "colour", "material", "occasion", "audience", "feature", "price",
              "pattern", "style", "season", "size")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """An intent and how sure; ``abstained``: better ask than act; ``heard``: a head is sure."""

    intent: str
    confidence: float
    abstained: bool = False
    heard: bool = False


def decide(text: str, said: Need, state: State, predict: Predictor) -> Decision:
    """Decide the intent of a message. ``predict`` may answer None: then rules decide."""
    answer = _as_answer(text, said, state)
    if answer is None and of_whole_shop(text, said):
        answer = Decision("search", RULED)
    if answer is not None:
        return answer
    told = predict(text)
    if told is None or told[0] not in MEANINGS:
        return _placed(_by_rules(guess(text), text, said, state), text, said, state)
    if told[1] >= HEARD:
        return _named(_plainly(*told, text, said, state), text, said, state)
    return _placed(_weighed(*told, text, said), text, said, state)


def _plainly(intent: str, confidence: float, text: str, said: Need, state: State) -> Decision:
    """Decide by a head that is sure; only a bare name and how many kinds are named outweigh it."""
    if counted := _by_kinds(text, said, intent):
        intent = counted
    elif intent not in SEARCHING and said.of("category") and asks_for_some(text):
        intent = "recommend"
    elif intent in NOT_OF_A_NAME and state.pending is None and is_but_a_name(said):
        intent = "search"
    return Decision(intent, confidence, heard=True)


def _weighed(intent: str, confidence: float, text: str, said: Need) -> Decision:
    """Decide by what a head guesses without being sure, and by rules."""
    if meant := _meant(text, said, intent):
        intent, confidence = meant, max(confidence, RULED)
    if confidence >= SURE:
        return Decision(intent, confidence)
    if (ruled := guess(text)) is not None:
        return Decision(_meant(text, said, ruled) or ruled, max(confidence, RULED))
    # 食品能退不 names a kind and asks for a rule, in whatever words.
    if said.of("category") and intent not in AFTER_BUYING | {"policy"}:
        return Decision("search", max(confidence, SURE))
    return Decision(intent, confidence, abstained=True)


def _meant(text: str, said: Need, intent: str) -> str:
    """Return what is meant by a message that sounds like ``intent``; "" for just that."""
    if names_a_thing(text, said, intent):
        return "search"
    if (intent, guess(text)) == ("price", "policy"):  # "do you price match"
        return "policy"
    if counted := _by_kinds(text, said, intent):
        return counted
    if intent == "cart_add" and WHEN.search(text.casefold()):
        return "delivery"
    return ""


def _by_kinds(text: str, said: Need, intent: str) -> str:
    """Return what is meant by how many kinds are named; "" where that says nothing."""
    if intent in SEARCHING and is_a_set(text, said):
        return "bundle"
    return "search" if intent == "bundle" and is_one_thing(text, said) else ""


def _as_answer(text: str, said: Need, state: State) -> Decision | None:
    """Read a message as the answer to what was asked, where it is one."""
    plain = plain_answer(text)
    if state.pending is None:
        return Decision(plain, CERTAIN) if plain and not said.slots else None
    if plain:
        return Decision(plain, 1.0)
    if any(slot.kind == state.pending.kind for slot in said.slots):
        return Decision("refine", CERTAIN)
    return None


def _by_rules(ruled: str | None, text: str, said: Need, state: State) -> Decision:
    """Decide where no head hears: plain signs of a follow-up, the rule, what goods are like."""
    if (state.slots or state.topic) and (narrows(text) or moves(text)):
        return Decision("refine", RULED)
    if ruled is not None:
        return Decision(ruled, RULED)
    if any(said.of(kind) for kind in DESCRIBING):  # type: ignore[arg-type]
        return Decision("search", RULED if said.of("category") else SURE)
    return Decision(OUT_OF_SCOPE, 0.2, abstained=True)


def _placed(found: Decision, text: str, said: Need, state: State) -> Decision:
    """Set a message that no head is sure of in its place."""
    here = {slot.surface for slot in said.of("category")}
    new = other_kinds(said, state)
    if other := _going_on(found, text, said, state):
        return Decision(other, max(found.confidence, RULED))
    if (named := _named(found, text, said, state)) is not found:
        return named
    beside = found.intent == "cart_add" and new and guess(text) != "cart_add"
    if beside or _looks(found, text, said, state) or (new and _declines(found, text)):
        return Decision("refine" if here - new else "search", max(found.confidence, SURE))
    return found


def _named(found: Decision, text: str, said: Need, state: State) -> Decision:
    """Tell looking for something new from narrowing what is being looked for."""
    here = {slot.surface for slot in said.of("category")}
    something = bool(state.slots or state.topic)
    goes_on = something and said.slots and (not here or here - other_kinds(said, state))
    if found.intent == "search" and goes_on:
        return replace(found, intent="refine")
    if found.intent == "refine" and not something and not state.visible:
        return replace(found, intent="search")
    return replace(found, intent="search") if _buys_unseen(found, text, said, state) else found


def _buys_unseen(found: Decision, text: str, said: Need, state: State) -> bool:
    """Tell whether something is to be bought where nothing was shown: 给狗狗买个窝."""
    shown = state.visible or state.focus or state.page
    thing = bool(said.of("category")) or bool(leftover(said))
    return found.intent == "cart_add" and thing and not shown and not POINTS.search(text.casefold())


def _going_on(found: Decision, text: str, said: Need, state: State) -> str:
    """Return what goes on with what was talked of, whatever it sounds like; "" for nothing."""
    wanted = {one.slot.value for one in state.slots if one.slot.kind == "category"}
    here = {slot.value for slot in said.of("category")}
    if other := _aside(found, text, said, state):
        return other
    # "They are for my husband"; 我妈说不锈钢的好，你觉得呢
    rewords = found.intent == "gift" and wanted and not here and guess(text) != "gift"
    agrees = found.intent == "praise" and (state.slots or state.topic) and _asks(text)
    return "refine" if rewords or (agrees and said.slots) else ""


def _aside(found: Decision, text: str, said: Need, state: State) -> str:
    """Return what a message is for that looks for nothing: to think it over, to ask of the shop."""
    if not state.owned and NOT_BUYING.search(text):
        return "thanks"
    if LEAVES.search(text.casefold()) and guess(text) not in AFTER_BUYING - {"cancel"}:
        return "thanks"
    kinds = any(one.known for one in said.of("category"))
    of_shop = found.intent in OF_NO_SHOP and not kinds
    return "policy" if of_shop and guess(text) == "policy" else ""


def _declines(found: Decision, text: str) -> bool:
    """Tell whether a message only begins with a no: "hmm no, sandals"."""
    return found.intent == "not_interested" and guess(text) != "not_interested"


def _asks(text: str) -> bool:
    return bool(_ASKS.search(text.casefold()))


def describes_goods(said: Need) -> bool:
    """Tell whether what goods are to be like is said, or their order: "what's new this week"."""
    return said.sort != "relevance" or any(said.of(kind) for kind in OF_GOODS)


def _looks(found: Decision, text: str, said: Need, state: State) -> bool:
    """Tell whether a message that names a thing looks for one, whatever it sounds like."""
    if found.intent == OUT_OF_SCOPE and describes_goods(said):
        return found.confidence < CERTAIN or found.abstained
    if found.intent == OUT_OF_SCOPE:
        return bool(said.of("category")) and found.confidence < CERTAIN and not found.abstained
    changes = bool(said.of("category")) and bool(state.slots or state.visible)
    return found.intent == "exchange" and changes and not BOUGHT.search(text.casefold())
