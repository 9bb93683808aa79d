"""Which things are meant together: "the pan and the knife, how much in all?", 这两样一共多少钱.

For referring. Of each kind that is named, what was talked of last; where only two things are spoken
of, what is talked of now and what was before, of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.slots import Seen
from assistant.understanding.wishing import content_of
from catalog.lexicon import lexicon
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from catalog.search.understanding import Need

_TOGETHER = re.compile(
    r"一起|一共|总共|合计|加起来|总价|全部|[两俩]样|一套下来|都买"
    r"|\b(?:together|in (?:all|total)|altogether|come to|total|both|all of it|combined|plus)\b"
)
PAIR = 2
_COSTS = re.compile(r"多少|几[块元]|钱|价|预算|\b(?:how much|cost|price|total|come to|pay|sum)\b")
_JOINS = re.compile(r"[和跟与加]|\band\b|\bplus\b|\+")


_SUM = re.compile(
    r"\b(?:total|altogether|how much|cost|price|sum)\b.*?\b(?:for|of|is|are|be|would|do)\s+"
    r"(?P<a>[^,?.!]{2,40}?)\s+(?:and|plus)\s+(?P<b>[^,?.!]{2,40}?)"
    r"(?: (?:together|in total|in all|altogether|cost|come to|be))*[?.!]*$"
    r"|^(?P<a_zh>[^，。？]{1,12}?)[和跟加]上?(?P<b_zh>[^，。？]{1,12}?)"
    r"(?:一共|总共|合计|加起来|加一起|一起)(?:要|是)?(?:多少|几)"
)
# What points at something that was shown, and need not be named.
_POINTED = re.compile(
    r"\b(?:it|this|that|these|those|them|first|second|third|last|cheaper|dearer|both|ones?$)\b"
    r"|\bthe (?:one|two)\b|[这那它]|第[一二三四五]"
)
_NO_GOODS = re.compile(
    r"\b(?:shipping|delivery|postage|tax(?:es)?|wrapping)\b|运费|邮费|快递|包装|税"
)
_AMOUNT = re.compile(
    r"^(?:(?:an?|the|one|two|three|four|some|\d+) )*(?:(?:bags?|packs?|boxe?s?|pairs?|pieces?|cups?"
    r"|bottles?|sets?) of )?|^[一两二三四五\d]+[个包盒袋瓶双件条只套罐]"
)


def summed(text: str, said: Need, state: State) -> tuple[str, ...]:
    """Return the SKUs of things of several kinds whose sum is asked for; none for anything else."""
    if said.price or not (_TOGETHER.search(text) and _COSTS.search(text)):
        return ()
    if len(state.visible) == PAIR == number_told(text) and not alike(*state.visible):
        return tuple(one.sku for one in state.visible)  # just put together
    pool = pooled(state)
    named = [one for slot in said.of("category") if (one := last_of(pool, slot.surface))]
    found = list(dict.fromkeys(one.sku for one in named))
    if len(found) > 1:
        return tuple(found)
    if not pool or not state.earlier or (found and not _JOINS.search(text)):
        return ()
    first = next((one for one in pool if one.sku in found), pool[0])
    before = [*(one for one in state.earlier if one.price is not None), *pool]
    other = next((one for one in before if not alike(one, first)), None)
    return (first.sku, other.sku) if other and first is not other else ()


def number_told(text: str) -> int:
    """Return how many things are spoken of as "these two", 0 where no number is said."""
    return PAIR if re.search(r"[这那就][两俩二]|\b(?:both|(?:these|those|the) two)\b", text) else 0


def pooled(state: State) -> Sequence[Seen]:
    """Return what was shown, what was talked of last first, one list after another."""
    priced = [one for one in state.earlier if one.price is not None]
    focus = [one for one in state.visible if one.sku in state.focus]
    return [*focus, *(one for one in state.visible if one not in focus and one.price), *priced]


def last_of(pool: Sequence[Seen], name: str) -> Seen | None:
    """Return the first of some things that is of a kind that is named."""
    kinds = kinds_of(name)
    for one in pool:
        if fold(name) in fold(f"{one.title} {one.words}") or kinds & widened(one):
            return one
    return None


def kinds_of(words: str) -> set[str]:
    """Return the product types that are named in words."""
    return {one.code for one in lexicon().match(words) if one.dimension == "category"}


def widened(one: Seen) -> set[str]:
    """Return what a thing is, by its name, with the wider kinds."""
    own = kinds_of(f"{one.title} {one.words}")
    wider = lexicon().dimension("category").ancestors
    return own | {code for each in own for code in wider(each)}


def alike(one: Seen, other: Seen) -> bool:
    """Tell whether two things are of one kind, as far as their names say."""
    own = [kinds_of(f"{each.title} {each.words}") for each in (one, other)]
    return one.sku == other.sku or bool(own[0] & own[1])


def parts_unknown(text: str, state: State) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return, of a sum of two named things, the names that nothing shown has, and the known SKUs.

    No names where all are known, or no such sum is asked for.
    """
    match = _SUM.search(fold(text).strip())
    parts = [words for words in match.groupdict().values() if words] if match else []
    named = [one for one in parts if not _POINTED.search(one) and not _NO_GOODS.search(one)]
    names = [_AMOUNT.sub("", one, count=1) for one in named]
    if not state.turn or not all(map(content_of, names)):
        return (), ()
    pool = pooled(state)
    seen = {name: last_of(pool, name) or called(pool, name) for name in names}
    unknown = tuple(name for name, one in seen.items() if one is None)
    known = tuple(one.sku for one in seen.values() if one is not None)
    return (unknown, known) if unknown else ((), ())


def called(pool: Sequence[Seen], name: str) -> Seen | None:
    """Return the first of some things whose name has the words of another name."""
    words = content_of(name)
    return next((one for one in pool if words and words <= content_of(one.title)), None)
