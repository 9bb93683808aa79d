"""The same question about another thing: "and the second one?", 那第三个呢.

For answering. What was asked last is asked again, of what is pointed at now, or of another state
of the same thing (那拆开以后呢).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.understanding.cues import COUNTERS, ORDINALS
from assistant.understanding.intents.rules import guess
from assistant.understanding.mentioning import asked_attribute_of
from catalog.lexicon import lexicon
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State

# Questions about one thing, which can be asked of another.
REPEATED = frozenset({
    "attribute", "suitability", "sizing", "compatibility", "stock", "price", "reviews",
})  # fmt: skip
_POINTS = rf"第[一二三四五六七八九十\d]+[{COUNTERS}]?|(?:另外?|剩下|最后)(?:一|那)?[{COUNTERS}]"
_POINTS_EN = rf"the (?:{ORDINALS}|last|other)(?: one)?"
_ONLY = re.compile(
    rf"(?:那|那么)?(?:{_POINTS})(?:呢|怎么样)?"
    rf"|(?:and |what about |how about |and what about |and how about ){{1}}(?:{_POINTS_EN})"
)
_POINTED = re.compile(
    rf"{_POINTS}|它|[这那][一]?[{COUNTERS}]|\b(?:{_POINTS_EN}|it|this one|that one)\b"
)
LONGEST_BEFORE = 60  # characters of a question that is asked again
_EDGES = " \t\n.,!?;:~。，！？；：、…～"


# Questions about an order, which can be asked of another thing that was bought.
OF_ORDERS = frozenset({"order_status", "refund", "delivery", "return", "exchange", "cancel"})
_FRAGMENT = re.compile(
    r"(?:那|那么|还有)?[^，。,.?？]{1,12}呢"
    r"|(?:and |what about |how about |and what about |and how about )(?:the |my |that |this )?"
    r"[^,.?]{2,32}"
)
# What asks something of its own, however short: "and where's my t-shirt".
_OTHERWISE = re.compile(
    r"哪|什么时候|多久|怎么|\b(?:where|when|who|why|can|is|are|was|has|have|did|does|do)\b"
)


def goes_on(text: str, state: State, references: Sequence[str]) -> bool:
    """Tell whether a message asks the last question again, of something else that was bought."""
    own = {one.sku for one in state.owned}
    asked = state.intent in OF_ORDERS and bool(references) and set(references) <= own
    words = fold(text).strip(_EDGES)
    return asked and bool(_FRAGMENT.fullmatch(words)) and not _OTHERWISE.search(words)


def repeated(text: str, before: str, intent: str) -> str:
    """Return the question meant by a message that only points; the message where it says more.

    ``before``: the shopper's message before this one, read as ``intent``.
    """
    pointing = fold(text).strip(_EDGES)
    if intent not in REPEATED or not before:
        return text
    if _whom(pointing) and (left := _without_whom(before)):
        return f"{text.strip(_EDGES).removesuffix('呢')} {left}"
    if not _ONLY.fullmatch(pointing):
        beside = _beside(pointing) if len(before) <= LONGEST_BEFORE else ""
        return f"{beside} {before}" if beside else text
    asked = _POINTED.sub("", before).strip()
    return f"{text.strip(_EDGES).removesuffix('呢')} {asked}"


# What is asked of another part, state or time of the same thing, and says no more than that.
_BESIDE = re.compile(
    r"(?:那|那么|要是|如果)?(?P<zh>[^，。,.?？]{0,8}"
    r"(?:以后|之后|[完后]|的?时候?|[春夏秋冬][天季]|晚上|白天|开[盖封了]|[拆打]开了?))(?:的话)?呢"
    r"|(?:(?:and|but|so|then) )?(?:(?:what|how) about )(?:the |its )?(?P<about>[^,.?]{2,32})"
    r"|(?:(?:and|but|so|then) )?"
    r"(?P<en>(?:for|after|before|once|when|in|on|with|without) [^,.?]{2,32})"
)
# What names something else to look at: another kind, a colour, a size.
_NAMES = {"category", "colour", "size", "brand"}


def _beside(fragment: str) -> str:
    """Return what a folded fragment asks of besides: 拆开以后 of 那拆开以后呢; "" for no such."""
    found = _BESIDE.fullmatch(fragment)
    beside = next((one for one in found.groups() if one), "") if found else ""
    if beside == "for how long":
        return beside
    if not beside or _OTHERWISE.search(beside):
        return ""
    of_its_own = guess(fragment) or guess(beside) or asked_attribute_of(beside)
    named = any(span.dimension in _NAMES for span in lexicon().match(beside))
    return "" if of_its_own or named or _POINTED.search(beside) else beside


# For whom, when, for what: 孕妇呢, "and for winter?" asks the same of another.
_WHOM = {"audience", "occasion", "season"}


def _whom(fragment: str) -> bool:
    """Tell whether a folded message only names another person, use or season."""
    return bool(_FRAGMENT.fullmatch(fragment) or fragment.startswith(("and for ", "for "))) and any(
        span.dimension in _WHOM for span in lexicon().match(fragment)
    )


def _without_whom(before: str) -> str:
    """Return a question without whom, when and for what it was asked; "" if it named none."""
    spans = [one for one in lexicon().match(fold(before)) if one.dimension in _WHOM]
    left = fold(before)
    for one in sorted(spans, key=lambda span: -span.start):
        left = left[: one.start] + left[one.end :]
    return left.strip() if spans else ""
