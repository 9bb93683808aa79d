"""Going on looking: one that is so or more so, one that is ruled out, for how many, with which.

For reading. Pure code over the words and what was shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.understanding.altering import of_so_many, so_many
from assistant.understanding.cues import cues
from assistant.understanding.referring import Referred
from assistant.understanding.wishing import Phrase
from catalog.search.understanding import Need
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State

# What a wish for another of the kind is mistaken for.
NOT_NARROWING = frozenset(("attribute", "stock", "suitability", "sizing", "compare", "out_of_scope",
                           "small_talk", "compatibility", "more_like", "recommend"))  # fmt: skip
_OF_THE_SHOWN = re.compile(
    r"\b(?:which|it|this|that|these|those|they|them|than)\b|哪|它|这|那[个款件条双]|最|比"
)
_LEANS = cues("leaning")


def narrows_at_last(text: str, said: Need, state: State, intent: str, *, heard: bool) -> bool:
    """Tell whether one of the kind is wished for that is so, or more so: 防水的有没有.

    Where a head is sure of something else, only words that can mean nothing else count.
    """
    folded = fold(text).strip()
    going_on = bool(state.visible and (state.slots or state.topic))
    if intent not in NOT_NARROWING or not going_on or _OF_THE_SHOWN.search(folded):
        return False
    of_goods = any(one.kind not in ("category", "size", "price") for one in said.slots)
    if of_goods and not said.of("category") and _THERE_IS_ONE.search(folded):
        return True
    leans = any(_LEANS[name].search(folded) for name in ("of_a_matter", "more_of"))
    return leans and not heard


_THERE_IS_ONE = re.compile(
    r"^[^，,。？?！!]{1,8}的(?:有没有|有吗|有么|有不有|有没)[呀啊呢]?[?？。]?$"
)


# One of those that were shown is ruled out: "not that floral one", 不要碎花那条.
_NOT_THAT = re.compile(
    r"^(?:no|nah|hm+|ok|but|and|just)?[,. ]*(?:not|anything but|except|without|i (?:don't|do not)"
    r" (?:like|want)|lose|drop|skip) (?:the|that|this|those|these)\b"
    r"|^(?:不要|不想要|不喜欢|除了|别要|换掉).{0,8}[那这第][一二三四五两几]?[个款件条双种只套]",
    re.IGNORECASE,
)
NARROWING = frozenset(("refine", "not_interested", "search", "decline"))


def refused_of(text: str, referred: Referred, intent: str) -> tuple[str, ...]:
    """Return what was shown and is ruled out by a message that goes on looking."""
    denied = intent in NARROWING and _NOT_THAT.search(text.strip())
    return referred.skus if denied and intent != "not_interested" else ()


_BOTH_IN = re.compile(
    r"一起|一块儿?|都|连同|\b(?:both|together|as well|too|all of it|the two|them all)\b",
    re.IGNORECASE,
)


def with_what_is_talked_of(text: str, referred: Referred, state: State, intent: str) -> Referred:
    """Return what is named with what was talked of, where both go into the cart: 一起加购物车."""
    both = intent == "cart_add" and referred.called.skus and _BOTH_IN.search(text)
    shown = state.focus if len(state.focus) == 1 else tuple(one.sku for one in state.visible[:2])
    if not both or len(shown) != 1:
        return referred
    return replace(referred, skus=tuple(dict.fromkeys((*shown, *referred.skus))))


def counted_anew(
    text: str, wishes: Sequence[Phrase], state: State, *, chinese: bool
) -> tuple[Phrase, ...]:
    """Return for how many it is to be now, where that was said before: "for two instead"."""
    count = so_many(fold(text).strip()) if people_in((), state) else 0
    if not count or any(one.sort == "people" for one in wishes):
        return ()
    return of_so_many(count, chinese=chinese)


def people_in(wishes: Sequence[Phrase], state: State) -> int:
    """Return for how many people something is, said now or before; 0 where nobody said."""
    before = (one for text in state.wishes if (one := Phrase.of(text)))
    counts = [int(min(one.content)) for one in (*before, *wishes) if one.sort == "people"]
    return counts[-1] if counts else 0
