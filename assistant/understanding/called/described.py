"""Which thing is meant by what is told of it: "the one with the lid", 带吸管的那个.

For referring. The words of the description are held against title, stated facts and page of what
was shown; where none of that bears them, against others of the same kind. What fits best by far is
meant. No database of its own: who knows what is told of things comes as an argument.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.slots import Seen
from assistant.understanding.called.things import Called, Lookup
from assistant.understanding.cues import cues
from assistant.understanding.wishing import content_of
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State

_CUES = cues("described")
_ENGLISH, _CHINESE, _NOTHING = _CUES["english"], _CUES["chinese"], _CUES["nothing"]
_LEAD = _CUES["leading"]
_DENIES = _CUES["denies"]
# How much of a description must be told of a shown thing, how near to the best another is meant as
# well, and how much more than all that was shown another of the kind must bear.
BORNE, AS_WELL, CLEARLY = 0.6, 0.15, 0.3
UNBORNE = 0.3  # less than so much: a thing is without it
OF_THE_KIND = 0.5


class Telling(Protocol):
    """Who knows what is told of things, and what else is of their kind."""

    def told(self, content: frozenset[str], skus: Sequence[str]) -> Mapping[str, float]:
        """Return for each thing how much of some words is told of it, 0 to 1."""
        ...

    def first(self, words: str, skus: Sequence[str]) -> str:
        """Return the one of some things that has most, or least, of what words measure; or ""."""
        ...

    def beside(self, skus: Sequence[str]) -> Sequence[Seen]:
        """Return other things of the same kind."""
        ...


@dataclass(frozen=True, slots=True)
class Description:
    """What is told of the thing that is meant; ``without``: that it has it not."""

    words: str
    content: frozenset[str]
    without: bool = False


def description_in(text: str) -> Description | None:
    """Return what a message tells of the one it means; None where it does not describe one."""
    folded = fold(text)
    match = _CHINESE.search(folded) or _ENGLISH.search(folded)
    if match is None:
        return None
    said = next(one for name, one in match.groupdict().items() if one and name != "lead")
    lead = match.groupdict().get("lead") or ""
    if _NOTHING.search(said):
        return None
    without = bool(_DENIES.match(said) or _DENIES.match(lead))
    bare = _LEAD.sub("", _DENIES.sub("", said)) or said
    content = content_of(bare) or (frozenset((bare,)) if len(bare) <= 2 else frozenset())
    return Description(match[0], content, without) if content else None


def described_in(text: str, state: State, lookup: Lookup) -> Called | None:
    """Return the things that a message describes; None where nothing shown or sold is so.

    Four queries, or none.
    """
    told = description_in(text)
    telling: Telling | None = lookup if hasattr(lookup, "told") else None  # type: ignore[assignment]
    if told is None or telling is None or not state.visible:
        return None
    shown = [one.sku for one in (*state.visible, *state.before)]
    scores = telling.told(told.content, shown)
    listed = {one.sku: scores.get(one.sku, 0.0) for one in state.visible}
    best = max(listed.values())
    if best >= BORNE:
        meant = chosen(listed, best, without=told.without)
        return of_them(meant, told) if meant and len(meant) < max(2, len(listed)) else None
    earlier = {one.sku: scores.get(one.sku, 0.0) for one in state.before}
    if earlier and max(earlier.values()) >= BORNE and not told.without:
        return of_them(chosen(earlier, max(earlier.values()))[:1], told)
    return None if told.without else of_the_kind(told, state, telling, best)


def measured_in(text: str, state: State, lookup: Lookup) -> tuple[str, ...]:
    """Return the one of what was compared, or shown, that has most or least of something said.

    "The heavier one", of two whose weights are stated; all that was compared where that decides
    nothing, () where nothing was. Some queries.
    """
    match = _CUES["measured"].search(fold(text))
    telling: Telling | None = lookup if hasattr(lookup, "first") else None  # type: ignore[assignment]
    if match is None or telling is None:
        return ()
    shown = tuple(one.sku for one in state.visible)
    pool = state.compared if len(state.compared) > 1 else shown
    first = telling.first(match[0], pool) if len(pool) > 1 else ""
    return (first,) if first else state.compared


def chosen(scores: Mapping[str, float], best: float, *, without: bool = False) -> list[str]:
    """Return the things that bear a description best, or those that do not bear it."""
    if without:
        return [sku for sku, score in scores.items() if score < UNBORNE]
    return [sku for sku, score in scores.items() if score >= best - AS_WELL]


def of_the_kind(
    told: Description, state: State, telling: Telling, shown_best: float
) -> Called | None:
    """Return the one thing of the kind that was never shown and bears a description."""
    others = telling.beside([one.sku for one in state.visible])
    scores = telling.told(told.content, [one.sku for one in others])
    best = max(scores.values(), default=0.0)
    if best < max(OF_THE_KIND, shown_best + CLEARLY):
        return None
    meant = chosen(scores, best)
    found = [one for one in others if one.sku in meant]
    return of_them(meant, told, found) if len(meant) == 1 else None


def of_them(skus: Sequence[str], told: Description, found: Sequence[Seen] = ()) -> Called:
    """Return things that were described as things that were called."""
    words = (told.words,)
    return Called(tuple(skus), found=tuple(found), pointed=True, ones=True, words=words)
