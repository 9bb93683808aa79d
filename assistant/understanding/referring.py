"""Which shown products a message means: "the second one", 那个便宜点的, "these two", 蓝色那个.

Decided by the list the shopper saw, in its order and with its prices, by what was talked of last
and by the page. Where that does not decide, it says so instead of guessing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.slots import Seen
from assistant.understanding.called.described import described_in, measured_in
from assistant.understanding.called.things import Called, Lookup, called_in, nobody
from assistant.understanding.cues import COUNTERS, cues, number_of
from assistant.understanding.owning import owned_in
from assistant.understanding.summing import PAIR, summed
from catalog.lexicon import lexicon
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from catalog.search.understanding import Kind, Need

_CUES = cues("pointing")
_ORDINALS = _CUES["ordinals"]
_BACKWARDS = _CUES["backwards"]
_LAST = _CUES["last"]
_RUN = _CUES["run"]
_GROUP = _CUES["group"]
_POINTING = _CUES["pointing"]
_ONES = re.compile(r"\bones?\b")
_CHEAP = _CUES["cheap"]
_DEAR = _CUES["dear"]
_RATED = _CUES["rated"]
_COMPARED = _CUES["compared"]
_OTHER = _CUES["other"]
_SINGLE = _CUES["single"]
_EXPLICIT = _CUES["explicit"]
_SAME = _CUES["same"]
_WISHING_EN = re.compile(r"\b(?:looking for|want a|need a|show me|search|find me|any)\b")
# What is about something bought, and what never means one thing by its name.
AFTER_BUYING = frozenset({"cancel", "return", "exchange", "refund", "change_address", "invoice",
                          "order_status", "complaint"})  # fmt: skip
LISTING = frozenset({"gift", "bundle", "search"})  # another is looked for by what is told of it
NOT_OF_A_NAME = frozenset({"gift", "more_like", "thanks", "human"})
_BY_SLOT: tuple[Kind, ...] = (
    "colour", "material", "brand", "category", "pattern", "style", "neckline", "sleeve",
    "feature", "fit", "heel", "season", "audience",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Referred:
    """SKUs that are meant, and whether something was meant that stays unclear.

    ``same``: more like them is meant; ``chosen``: they are the cheapest, dearest or best of a list.
    ``called``: what was called by name, with how many of each and what was never shown.
    """

    skus: tuple[str, ...] = ()
    unresolved: bool = False
    same: bool = False
    chosen: bool = False
    called: Called = field(default_factory=Called)


def refer(
    text: str, said: Need, state: State, *, intent: str = "", lookup: Lookup = nobody
) -> Referred:
    """Resolve what a message points at; nothing where it points at nothing.

    ``intent``: what it is for. ``lookup``: who knows what is sold under a name.
    """
    folded = fold(text)
    named = tuple(slot.value for slot in said.of("sku"))
    if named:
        return Referred(named)
    for way in _BY_LIST:
        found = way(folded, said, state)
        if found is not None:
            return found
    like_it = bool(_SAME.search(folded)) and bool(state.focus)  # "same but in black"
    told = None if like_it else told_of_one(text, state, intent, lookup)
    if told is not None:
        return told
    called = Called() if like_it else called_by(text, state, intent, lookup)
    together = summed(folded, said, state) if len(called.skus) < PAIR else ()
    if together:
        return Referred(together)
    if called.skus or called.unclear:
        if state.page in called.skus and not state.visible:
            called = Called((state.page,))  # "is this knife sharp", on the page of one of them
        return Referred(called.skus, unresolved=not called.skus, called=called)
    return replace(next(filter(None, (way(folded, said, state) for way in _WAYS)), Referred()),
                   called=called)  # fmt: skip


def told_of_one(text: str, state: State, intent: str, lookup: Lookup) -> Referred | None:
    """Return what a message means by telling of it: "the one with the lid", "the heavier one"."""
    told = None if intent in LISTING else described_in(text, state, lookup)
    if told is not None:
        return Referred(told.skus, called=told)
    first = measured_in(text, state, lookup)
    return Referred(first, chosen=len(first) == 1) if first else None


def called_by(text: str, state: State, intent: str, lookup: Lookup) -> Called:
    """Return what a message calls by name; what is sold counts where no kind is looked for."""
    bought = intent in AFTER_BUYING or (not state.visible and bool(state.owned))
    looks = intent in NOT_OF_A_NAME or (bought and bool(state.owned))
    writes = intent == "cart_add" or intent in AFTER_BUYING
    known = nobody if looks else lookup
    if _OTHER.search(fold(text)) and state.focus:  # "the other wooden one"
        rest = tuple(one for one in state.visible if one.sku not in state.focus)
        state, known = replace(state, visible=rest, focus=()), nobody
    return called_in(text, state, own=bought, writes=writes, lookup=known)


def _by_owning(text: str, said: Need, state: State) -> Referred | None:
    """Find what the shopper has bought; what was shown goes before it."""
    sku = owned_in(text, said, state.owned, talked_of=bool(state.order_number))
    return Referred((sku,)) if sku else None


def asks_what_was_shown(text: str) -> bool:
    """Tell whether all that was shown is asked for again: 刚才看过哪些."""
    return bool(_CUES["recall"].search(fold(text).strip()))


def beyond_the_only(text: str, state: State) -> bool:
    """Tell whether a second or third is meant where the list has but one: 第二个多重."""
    return len(state.visible) == 1 and -1 in places_in(fold(text), 1)


def _by_place(text: str, said: Need, state: State) -> Referred | None:
    places = places_in(text, len(state.visible))
    if not places:
        return None
    if len(state.visible) == 1 and len(places) == 1:
        places = [0]  # of a list that was narrowed to one nothing else can be meant
    skus = [state.visible[i].sku for i in places if 0 <= i < len(state.visible)]
    return Referred(tuple(dict.fromkeys(skus)), unresolved=len(skus) < len(places))


def places_in(text: str, count: int) -> list[int]:
    """Return places in the list, 0 first, in the order they are said; -1 where there is none."""
    found: list[tuple[int, int]] = []
    taken = bytearray(len(text))
    for match in _BACKWARDS.finditer(text):
        found.append((match.start(), count - (number_of(match["a"] or match["b"]) or count + 1)))
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _RUN.finditer(text):
        size = number_of(match["n"] or match["n2"]) or 0
        ahead = (match["side"] or match["side2"]) in ("前", "first", "top")
        places = range(size) if ahead else range(max(0, count - size), count)
        found += [(match.start(), place) for place in places]
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _LAST.finditer(text):
        if not taken[match.start()]:
            found.append((match.start(), count - 1))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _ORDINALS.finditer(text):
        if not any(taken[match.start() : match.end()]):
            said = next(value for value in match.groupdict().values() if value)
            number = number_of(said)
            found.append((match.start(), -1 if number is None else number - 1))
    if len(found) == 1 and "and" not in text and _only_and(text, found[0][0]):
        return []
    return [place if place < count else -1 for _start, place in sorted(found)]


def _only_and(text: str, start: int) -> bool:
    """Tell whether a lone ordinal stands after "to" or "with" and counts something else."""
    return bool(re.match(r"(?:to|with|or|,)\s+(?!the)", text[start:]))


def _by_comparison(text: str, said: Need, state: State) -> Referred | None:
    if not _COMPARED.search(text) or len(state.visible) < 2:
        return None
    pool = _pool(text, said, state)
    for wanted, key, best in (
        (_CHEAP, _price, min), (_DEAR, _price, max), (_RATED, _rating, max),
    ):  # fmt: skip
        if wanted.search(text):
            return _best(pool, key, best)
    return None


def _pool(text: str, said: Need, state: State) -> list[Seen]:
    """Return what is chosen from: "the cheaper of these two" chooses from what was compared."""
    spoken = state.compared if len(state.compared) > 1 else state.talked[:2]
    group = spoken if len(spoken) > 1 and _GROUP.search(text) else ()
    pool = [one for one in state.visible if not group or one.sku in group]
    narrowed = _matching(pool, said)
    return narrowed if 0 < len(narrowed) < len(pool) else pool


def _price(seen: Seen) -> Decimal | None:
    return seen.price


def _rating(seen: Seen) -> Decimal | None:
    return seen.rating


def _best(
    pool: Sequence[Seen],
    key: Callable[[Seen], Decimal | None],
    best: Callable[..., tuple[Decimal, str]],
) -> Referred:
    found = [(value, one.sku) for one in pool if (value := key(one)) is not None]
    if len(found) < 2:
        return Referred(unresolved=True)
    limit = best(found, key=lambda pair: pair[0])[0]
    return Referred(tuple(sku for value, sku in found if value == limit), chosen=True)


def _by_winning(text: str, said: Need, state: State) -> Referred | None:
    """Find the winner of the last comparison by what it won: 续航久的那个, "the lighter one"."""
    winners = dict(one.split(":", 1) for one in state.won)
    for name, sku in winners.items():
        if f"won.{name}" in _CUES and _CUES[f"won.{name}"].search(text):
            return Referred((sku,), chosen=True)
    return None


def _by_group(text: str, said: Need, state: State) -> Referred | None:
    match = _GROUP.search(text)
    if match is None:
        return None
    words = next((value for value in match.groupdict().values() if value), "")
    size = 2 if words == "both" or re.search("both|either", match[0]) else number_of(words) or 0
    shown = tuple(one.sku for one in state.visible)
    pair = state.talked[:2] if size == PAIR else ()  # of those that were spoken of one by one
    last = (*shown, *(one.sku for one in state.earlier))[:PAIR]
    if size == PAIR and len(shown) == 1:  # this one, and the one before it
        pair = pair if len(pair) > 1 else last
    for group in (state.focus, state.compared, pair, shown):
        if len(group) > 1 and size in (0, len(group)):
            return Referred(group)
    if not shown and not match.groupdict().get("n0"):
        return Referred(unresolved=True)
    return Referred(unresolved=True) if size and len(shown) > size else Referred(shown)


def _by_otherness(text: str, said: Need, state: State) -> Referred | None:
    if not _OTHER.search(text) or not state.visible:
        return None
    pool = state.compared if len(state.compared) > 1 else tuple(one.sku for one in state.visible)
    rest = tuple(sku for sku in pool if sku not in state.focus) if state.focus else ()
    if set(state.focus) >= set(pool):
        rest = tuple(one.sku for one in state.visible if one.sku not in state.focus)
    return Referred(rest) if rest else Referred(unresolved=True)


def _by_description(text: str, said: Need, state: State) -> Referred | None:
    """Find "the blue one", 蓝色那个, "the linen shirt", "the Nike ones" by what is shown."""
    if not state.visible or not _POINTING.search(text):
        return None
    if not _described(text) or _SAME.search(text):
        return None
    if not any(said.of(kind) for kind in _BY_SLOT):
        return None
    found = _matching(state.visible, said)
    several = bool(re.search(r"\bones\b|那几|这几|那些|这些", text))
    if len(found) == 1 or (found and several):
        return Referred(tuple(one.sku for one in found))
    if not found or len(found) == len(state.visible):
        return None
    return Referred(unresolved=True)


def _described(text: str) -> bool:
    chinese = re.search(rf"[这那][一]?[{COUNTERS}]|的(?:那|这)|[这那](?:些|几)|刚才|上面", text)
    english = re.search(r"\b(?:the|that|this|those|these)\b", text)
    if english and _WISHING_EN.search(text) and not _ONES.search(text):
        return False
    return bool(chinese or english)


def _matching(pool: Iterable[Seen], said: Need) -> list[Seen]:
    """Keep products for which every positive slot of some descriptive kind holds."""
    wanted = [(kind, {s.value for s in slots}) for kind in _BY_SLOT if (slots := said.of(kind))]
    if not wanted:
        return []
    return [one for one in pool if all(codes & _codes(one, kind, said) for kind, codes in wanted)]


def _codes(seen: Seen, kind: str, said: Need) -> set[str]:
    """Return what a shown product is, as codes of one kind, widened to its wider types."""
    if kind == "brand":
        return {seen.brand}
    text = f"{seen.title} {seen.words}"
    codes = {span.code for span in lexicon().match(text) if span.dimension == kind}
    if kind == "category":
        dimension = lexicon().dimension("category")
        codes |= {wider for code in codes for wider in dimension.ancestors(code)}
        folded = fold(text)
        codes |= {s.value for s in said.of("category") if s.surface and fold(s.surface) in folded}
    return codes


def _by_pointing(text: str, said: Need, state: State) -> Referred | None:
    same = bool(_SAME.search(text))
    if not (same or _SINGLE.search(text)):
        return None
    if len(state.focus) == 1:
        return Referred(state.focus, same=same)
    if state.page and not state.focus:
        return Referred((state.page,), same=same)
    if len(state.visible) == 1:
        return Referred((state.visible[0].sku,), same=same)
    if len(state.focus) > 1 and not _EXPLICIT.search(text):
        return Referred(state.focus, same=same)
    explicit = bool(_EXPLICIT.search(text)) and bool(state.visible or state.focus)
    return Referred(unresolved=explicit, same=same)


# What a list says before any name: "the cheapest", "the second one".
_BY_LIST = (_by_winning, _by_comparison, _by_place)
_WAYS = (_by_otherness, _by_group, _by_description, _by_owning, _by_pointing)
