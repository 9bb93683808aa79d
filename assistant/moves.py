"""What can be decided about a message, and what deciding must know: plain values for planning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "talk", "find", "others", "more", "like", "recommend", "clarify", "product", "order", "bundle",
    "compare", "choose", "pair", "know", "aspect", "promotion", "hand_over", "refuse", "confirm",
    "decline", "complain", "gift", "unsure", "recall", "explain", "sum", "cart", "put", "alter",
]  # fmt: skip
OF_PRODUCT = frozenset(
    ("attribute", "suitability", "sizing", "compatibility", "stock", "price", "reviews", "cart_add")
)
OF_ORDER = frozenset(
    ("order_status", "change_address", "cancel", "return", "exchange", "refund", "invoice")
)
GIVING_BACK = frozenset(("return", "exchange", "refund"))
CHAT = frozenset(("greeting", "small_talk", "out_of_scope"))
# What a question has in it, and the name of a thing has not.
ASKS = re.compile(
    r"[?？吗么呢多几哪什怎谁]|\b(?:what|how|which|who|when|does|do|is|are|can|will|it|this|them|they)\b"
    r"|这|那|它"
)
# What asks, whatever else it says: no answer to a question of ours.
QUESTION = re.compile(
    r"[?？]|[吗么呢几哪什怎谁咋]|多[少久长重大]|有没有|可不可以|([\u4e00-\u9fff])不\1|^(?:what|how|which|who|when|where|why|does|do|is|are|can"
    r"|could|will|would|should|may (?:i|we)|am i|did|has)\b"
)
# What asks beside something else: "I want to return it, who pays for that".
ASKS_ASIDE = re.compile(
    r"不$|没$|吧$|还是|是不是|要不要|能不能|行不行"
    r"|不知道|想(?:问|知道)|请问|\b(?:wonder\w*|whether|could you tell|let me know|may i ask)\b"
    r"|\b(?:did|has|was|were) (?:my|the|it|you|they|that)\b"
    r"|\b(?:who|then what|what if|how (?:long|many|do|does)|when|where|do i|does it"
    r"|can i|is it|is that|must i"
    r"|should i)\b"
)
# A question that may be about a thing; who and where are asked of the shop.
QUESTION_OF_IT = re.compile(
    r"^(?!.*(?:谁|老板|你们|\b(?:who|you|your|where)\b)).*(?:[?？吗么呢]|[能会可]\S{0,6}不$|不$|没$|(\S{1,2})不\1|几|多[少久长重大]"
    r"|^(?:what|how|which|does|do|is|are|can|could|will|would)\b)"
)


# Asking what other buyers say, as against complaining oneself.
OTHERS_SAY = re.compile(
    r"(?:buyers?|customers?|people|reviews?|others)\b.{0,24}\b(?:complain|say|think|find|dislike|praise)"
    r"|(?:买家|大家|别人|顾客|其他人|评价).{0,8}(?:说|抱怨|吐槽|反映|怎么样|评价|不满)|有什么差评|差评多"
)
_FILLER = re.compile(
    r"^(?:(?:so|and|but|ok(?:ay)?|well|then|hmm+|um+|wait|right|also|oh|no wait|hang on"
    r"|那|那么|所以|可是|但是?|不过|等等|等下|对了|嗯+|好的?)[\s,，、:：]+)+"
)


# What bids, though it begins as a question does: "do it".
_BIDS = re.compile(r"do (?:it|that|so|them|the|this|an?)\b[^?]*$")


def asks(words: str) -> bool:
    """Tell whether any part of a folded message is a question: "never mind. what's your policy"."""
    parts = (one.strip() for one in re.split(r"[.!;。！；]\s*", words))
    bare = (_FILLER.sub("", one) for one in parts)
    return any(QUESTION.search(one) and not _BIDS.match(one) for one in bare)


@dataclass(frozen=True)
class Situation:
    """What the plan must know besides: products that can be meant, and what waits for a yes.

    ``page``: the SKU of the product page; ``waiting``: whether a confirmation is open, ``tool``:
    for what;
    ``asked_back``: the intent for which something was asked that this message may say;
    ``hint``: what the page's product could answer of it (`assistant.doing.hint`).
    """

    page: str = ""
    waiting: bool = False
    tool: str = ""
    forced: str = ""
    asked_back: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Move:
    """What is to be done. ``why`` is the rule that decided, for the trace and the "why" button."""

    kind: Kind
    why: str
    act: str = ""
    about: str = ""
    skus: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
