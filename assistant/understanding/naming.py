"""Tell the name of a thing from talk about one: 毛巾, "a knife that stays sharp".

For deciding. A trained head has heard more questions about towels than the bare word, and hears
"cancel" in "noise cancelling"; grammar knows better. No database, no guess where a sign of a
question stands.
"""

from __future__ import annotations

import re

from assistant.understanding.cues import cues
from assistant.understanding.following import leftover
from assistant.understanding.intents.rules import guess
from assistant.understanding.mentioning import asked_attribute_of
from catalog.search.understanding import Need, Slot
from catalog.text import fold

_CUES = cues("naming")
# What a bare name is taken for by mistake, and what a whole phrase that ends in a noun is.
NOT_OF_A_NAME = frozenset({
    "attribute", "suitability", "sizing", "compatibility", "praise", "delivery", "promotion",
    "order_status", "cancel", "return", "exchange", "refund", "invoice", "policy", "account",
    "reviews", "out_of_scope", "small_talk", "greeting", "thanks", "price", "cart_add", "human",
    "complaint",
})  # fmt: skip
NOT_OF_A_PHRASE = frozenset({
    "attribute", "suitability", "compatibility", "praise", "out_of_scope", "small_talk", "policy",
})  # fmt: skip
_EDGES = " \t\n.,!;:~。，！；：、…～"
FEWEST_OF_A_SET = 2
# Beside a kind's name: "and sleeping bags?", 睡袋呢.
_ONLY_ASKED_FOR = re.compile(
    r"(?:(?:and|also|what about|how about|any|some|an?|the|那|还有|再看看|看看|有没有|有)\W*)*"
    r"(?:呢|有吗|吗|有没有|too|as well)?[\W]*"
)


def names_a_thing(text: str, said: Need, intent: str) -> bool:
    """Tell whether a message that sounds like ``intent`` is but the name of what is wanted."""
    kinds = said.of("category")
    beside = fold(text)
    for one in kinds:
        beside = beside.replace(fold(one.surface), " ")  # the 多 of 多肉植物 asks nothing
    if kinds and intent in NOT_OF_A_NAME and _ONLY_ASKED_FOR.fullmatch(beside.strip()):
        return True
    if not kinds or intent not in NOT_OF_A_NAME or _CUES["asks"].search(beside):
        return False
    if not leftover(said):
        return True
    return intent in NOT_OF_A_PHRASE and _is_phrase(text, said.query, kinds[-1])


def asks_for_some(text: str) -> bool:
    """Tell whether things of a kind are to be recommended, whatever it sounds like."""
    return bool(_CUES["recommends"].search(fold(text).strip()))


def is_but_a_name(said: Need) -> bool:
    """Tell whether a message says a kind of thing and what it is like, and no other word."""
    beside = fold(said.query)
    for one in said.slots:
        beside = beside.replace(fold(one.surface), " ")
    return bool(said.of("category")) and not re.search(r"\w", beside)


def _is_phrase(text: str, query: str, kind: Slot) -> bool:
    """Tell whether a message is one noun with what describes it."""
    folded = fold(text).strip(_EDGES)
    after = query[kind.end :].strip(_EDGES)
    if _CUES["talks"].search(folded) or asked_attribute_of(after):
        return False
    return not after or folded.endswith("的") or bool(_CUES["one_of"].match(folded))


def is_a_set(text: str, said: Need) -> bool:
    """Tell whether several kinds of things are wanted for one budget: 耳机加充电宝，预算600."""
    surfaces = {one.surface for one in said.of("category")}
    price = said.price
    if len(surfaces) < FEWEST_OF_A_SET or price is None or price.maximum is None:
        return False
    folded = fold(text)
    return bool(_CUES["joins"].search(folded) and _CUES["in_all"].search(folded))


def is_one_thing(text: str, said: Need) -> bool:
    """Tell whether what sounds like a set names one kind of thing: 加绒的裤子，男的，150以内."""
    surfaces = {fold(one.surface) for one in said.of("category")}
    joined = _CUES["joins"].search(fold(text))
    return len(surfaces) == 1 and not joined and guess(text) != "bundle"
