"""What is asked of a thing that is called by its name, where the words sound like a search.

For reading. 猫抓板掉屑吗 looks for nothing, 来一罐龙井 puts one into the cart, and 猫粮有吗 after
a list of fountains asks for something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.following import other_kinds
from assistant.understanding.intents.rules import guess
from assistant.understanding.naming import asks_for_some
from assistant.understanding.superlatives import asks_for_a_pick
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from assistant.understanding.referring import Referred
    from catalog.search.understanding import Need

# What can be asked of one thing.
OF_ONE = frozenset({
    "attribute", "suitability", "sizing", "compatibility", "stock", "price", "reviews", "delivery",
    "promotion", "cart_add",
})  # fmt: skip
# What is asked of a thing itself, and what asking for a kind is mistaken for.
OF_ITSELF = frozenset({"attribute", "suitability", "compatibility", "stock"})
# Asks for so many of what is called by name: 来一罐龙井, "two tins of the longjing please".
BIDS = re.compile(
    r"^(?:\d+|two|three|four|five|six|a couple|one) (?!of (?:them|these|those))"
    r"|^(?:那|就|我|给我|帮我|再|先)*(?:要|来|拿|买|整|加|下单)|[吧，,]?(?:要|来|拿|买|整)[一二两三四五六七八九十俩仨\d]"
    r"|\b(?:i'?ll (?:take|have|get|grab)|give me|i'?d take|put|add|grab|please|pls)\b"
)
# What a question of a thing that is called by its name is mistaken for.
MISHEARD = frozenset({
    "search", "refine", "recommend", "gift", "bundle", "out_of_scope", "small_talk", "praise",
    "more_like", "greeting", "delivery", "policy", "human",
})  # fmt: skip
# Of those, what is asked of a shop. A head that is sure of it is believed: "can I send it back if
# the baby won't take it" names a thing and asks for a rule.
OF_A_SHOP = frozenset({"delivery", "policy", "human"})
ASKS_OF_IT = re.compile(
    r"[?？吗么呢几哪怎啥谁咋什]|多[少久长重大高宽厚深]|[吧不没]$|(\S{1,2})[不没]\1"
    r"|(?:^|[,;.-] ?)(?:so |and |but |hmm+ |ok |right )*"
    r"(?:what|how|which|does|do|is|are|can|could|will|would|has)\b"
    r"|\b(?:what|how) (?:'?re|'?s|is|are|do|does|long|big|many|much|heavy|high)\b"
    r"|\b(?:does|do|is|are|will|would|can) (?:it|they|the|that)\b|\bwonder"
)
WHETHER = re.compile(
    r"(?:吗|么|不|没)$|(\S{1,2})[不没]\1|会不会|能不能|是不是"
    r"|^(?:so |and |but )*(?:does|do|is|are|can|could|will|would|has)\b"
)
# Whether the very thing does something, or holds it.
OF_THE_ONE = re.compile(
    r"^(?:so |and |but )*(?:is|are|does|do|will|would|can|could|has|have) (?:the|that|your) "
    r"|(?:能|可以?)?(?:放|装|塞|容)(?:得?下|进|得了)?.{1,10}[吗么不没][?？]?$"
)


def bids(text: str, referred: Referred) -> bool:
    """Tell whether so many are asked for of what is called by name, and was shown."""
    called = referred.called
    folded = fold(text).strip()
    counts = len(called.amounts) == len(called.skus) > 1
    if not (called.amounts or called.pointed) or (called.found and not counts):
        return False
    return bool(counts or BIDS.search(folded)) and not ASKS_OF_IT.search(folded)


def asked_of_the_named(
    text: str, said: Need, state: State, intent: str, referred: Referred, *, heard: bool = False
) -> str:
    """Return what is asked of a thing that was called by name and sounds sought: 猫抓板掉屑吗."""

    called, words = referred.called, fold(text).strip()
    # A sure head hears a question in 有尺码表吗 and "any bad ones"; only a kind outweighs it.
    doubtful = not heard or bool(other_kinds(said, state))
    if called.sought and doubtful and intent in OF_ITSELF and not referred.skus:
        return "search"  # 猫粮有吗
    own = {one.sku for one in state.owned} - {one.sku for one in state.visible}
    bought = own & set(referred.skus)
    sought = not called.skus or intent not in MISHEARD or bool(said.price)
    sought = sought or asks_for_some(text) or (asks_for_a_pick(text) and not state.visible)
    if sought or bought or (heard and intent in OF_A_SHOP):
        return ""
    if bids(text, referred) and (called.amounts or not heard):
        return "cart_add"
    asks = ASKS_OF_IT.search(words) or (called.ones and not heard)
    return asked(words) if asks else ""


def asked(words: str) -> str:
    """Return what a folded question asks of one thing."""
    if OF_THE_ONE.search(words):
        return "compatibility"
    ruled = guess(words)
    if ruled in OF_ONE:
        return ruled
    return "suitability" if WHETHER.search(words.strip(" ?？。.")) else "attribute"
