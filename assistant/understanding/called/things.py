"""Which things a message calls by name, of those that were shown or bought or are sold at all.

For referring. Each phrase that a message is about is held against what was shown, what was talked
of, what stands in earlier lists and what the shopper has bought; what none of these is called is
looked for in the catalogue. Several that fit alike are all meant where it is only asked, as long as
they are few; for anything that is written they are no answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.slots import Seen
from assistant.understanding.called.likeness import (
    KIND,
    SAME,
    TOLD,
    Likeness,
    goes_by,
    kinds_in,
    likeness,
    names_of,
    worth_of,
)
from assistant.understanding.called.phrases import Phrase, dimensions_of, names_nothing, phrases_in
from assistant.understanding.cues import COUNTERS
from catalog.lexicon.naming import named
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State

# Words of a phrase, and things of whose kind it is to be: what is sold under such a name.
Lookup = Callable[[Sequence[str], Sequence[str]], Sequence[Seen]]

SURE, SURE_UNSEEN, CERTAIN = (
    0.66,
    0.74,
    0.95,
)  # shares of a phrase's words, of what was shown and of what was not
ALIKE = 0.08  # nearer than this two things fit alike
MOST_ALIKE = 3  # more things that fit alike are a kind, and none of them is meant
# What was talked of last is meant before what else was shown, and so on; what was bought first of
# all where the message is about something bought.
FOCUS, SHOWN, EARLIER, BOUGHT, OWN = 0.2, 0.1, 0.0, 0.0, 0.3
OF_A_WORD = 0.05


# What stands for a thing right after its name: "the leather *one*", 护眼*那个*.
_STANDING = re.compile(rf"\s*(?:ones?\b|的?[那这]一?[{COUNTERS}]|的)", re.IGNORECASE)


def nobody(words: Sequence[str], like: Sequence[str]) -> Sequence[Seen]:
    """Find nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Called:
    """Things that were called by name, in order; how many of each; which were never shown.

    ``unclear``: what bears a name that several things bear, one of which must be meant.
    ``sought``: a kind is asked for that nothing that was shown is. ``pointed``: each is pointed at,
    ``ones``: by a word that stands for a thing that was shown ("the split one"). ``words``: what
    was said for each.
    """

    skus: tuple[str, ...] = ()
    amounts: tuple[tuple[str, int], ...] = ()
    found: tuple[Seen, ...] = ()
    unclear: tuple[Seen, ...] = ()
    sought: bool = False
    pointed: bool = False
    ones: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """A thing, how well a phrase calls it, and with what its place adds."""

    thing: Seen
    like: Likeness
    value: float


def called_in(
    text: str, state: State, *, own: bool = False, writes: bool = False, lookup: Lookup = nobody
) -> Called:
    """Return what a message calls by name.

    ``own``: it is about what the shopper has bought; ``writes``: something is to be done with it,
    so that it must be one. ``lookup``: who knows what else is sold.
    """
    chosen: list[tuple[Phrase, list[Seen]]] = []
    unclear: list[Seen] = []
    pool = pooled(state, own=own)
    phrases = phrases_in(text)
    for phrase in phrases:
        if not phrase.topic or phrase.kind_only or (chosen and not follows(phrase)):
            continue
        things = named_by(phrase, pool, state, lookup, text)
        if not things or whole_list(things, state):
            continue
        if len(things) > 1 and (writes or phrase.count):
            unclear += things
            continue
        chosen.append((phrase, things))
    if not chosen and not unclear:
        aside = (one for one in phrases if not (one.topic or one.kind_only))
        for phrase in aside:
            things = named_by(phrase, pool, state, nobody, text)
            if len(things) == 1 and not whole_list(things, state):
                chosen.append((phrase, things))
                break
    there = {one.sku for one, _place in pool}
    if len(chosen) > 1:  # what was never shown goes by the one that is known best
        chosen = [
            (phrase, each if {one.sku for one in each} & there else each[:1])
            for phrase, each in chosen
        ]
    doubtful = [one for _phrase, each in chosen for one in each if len(each) > 1]
    if doubtful and len(chosen) > 1:  # "both the shirt and the shoes", of two shirts
        chosen, unclear = [], [*unclear, *doubtful]
    all_called = [one for _phrase, each in chosen for one in each]
    counts = {one.sku: phrase.count for phrase, each in chosen for one in each if phrase.count}
    return Called(
        tuple(dict.fromkeys(one.sku for one in all_called)),
        tuple(counts.items()),
        tuple({one.sku: one for one in all_called if one.sku not in there}.values()),
        tuple(unclear),
        not all_called and any(is_sought(one, pool) for one in phrases),
        bool(chosen) and all(phrase.pointed or phrase.stands for phrase, _things in chosen),
        any(phrase.stands and phrase.topic for phrase, _things in chosen),
        tuple(said_for(text, phrase, things[0]) for phrase, things in chosen),
    )


def said_for(text: str, phrase: Phrase, thing: Seen) -> str:
    """Return the words of a message that call a thing."""
    count = max(1, likeness(phrase.words, thing, phrase.joints).words)
    end = phrase.ends[count - 1]
    behind = _STANDING.match(text, end)
    return text[phrase.start : behind.end() if behind else end]


def is_sought(phrase: Phrase, pool: Sequence[tuple[Seen, float]]) -> bool:
    """Tell whether a kind is asked for that nothing known is called by: 猫粮有吗."""
    asked = phrase.kind_only or (phrase.bare and not phrase.one)
    asked = asked and any(map(kinds_in, phrase.words))
    return asked and all(likeness(phrase.words, one).share <= KIND for one, _worth in pool)


def follows(phrase: Phrase) -> bool:
    """Tell whether a further name is meant beside the first: joined to it, or counted."""
    return phrase.joined or phrase.count > 0


def pooled(state: State, *, own: bool) -> list[tuple[Seen, float]]:
    """Return what may be called, each once, with what its place is worth."""
    places: dict[str, tuple[Seen, float]] = {}
    for one in state.visible:
        places[one.sku] = (one, FOCUS if one.sku in state.focus else SHOWN)
    for one in (*state.before, *state.earlier):
        places.setdefault(one.sku, (one, FOCUS if one.sku in state.focus else EARLIER))
    for one in state.owned:
        known = places.get(one.sku)
        worth = OWN if own else BOUGHT
        if known is None or known[1] < worth:
            places[one.sku] = (one, worth)
    return list(places.values())


def named_by(
    phrase: Phrase,
    pool: Sequence[tuple[Seen, float]],
    state: State,
    lookup: Lookup,
    text: str,
) -> list[Seen]:
    """Return the things that a phrase names, of the pool or else of the catalogue."""
    fits = [fit_of(phrase, one, worth) for one, worth in pool]
    fits = [one for one in fits if one.like.share >= SURE and not only_sought(phrase, one.like)]
    best = max((one.value for one in fits), default=0.0)
    words = max((one.like.words for one in fits), default=0)
    sure = any(one.like.share >= CERTAIN for one in fits) and words >= min(2, len(phrase.words))
    unseen = [] if sure and best else looked_up(phrase, pool, state, lookup)
    if unseen and (top := max(one.value for one in unseen)) > best:
        fits, best = unseen, top
    alike = [one for one in fits if one.value >= best - ALIKE]
    if len(alike) > 1:
        alike = told_apart(ending_so(alike, phrase), text)
    if len(alike) > MOST_ALIKE:
        return []
    strange = fits is unseen and not stands_for_one(phrase)
    return [one.thing for one in alike if not strange or bears(phrase, one.thing)]


def looked_up(
    phrase: Phrase, pool: Sequence[tuple[Seen, float]], state: State, lookup: Lookup
) -> list[Fit]:
    """Return what of the catalogue a phrase names: of the kind that is talked of, for "one"."""
    like = tuple(one.sku for one in state.visible) if stands_for_one(phrase) else ()
    there = {one.sku for one, _worth in pool}
    of_the_page = bool(state.page) and not (phrase.pointed or phrase.stands)
    if of_the_page or not named_so(phrase):
        return []
    found = [one for one in lookup(phrase.words, like) if one.sku not in there]
    every = [fit_of(phrase, one, 0.0) for one in found]
    fits = [one for one in every if one.like.share >= SURE_UNSEEN]
    words = phrase.words[: max((one.like.words for one in fits), default=0)]
    if len(every) > MOST_ALIKE and all(map(kinds_in, words)) and not phrase.pointed:
        return []  # 毛衣有哪些推荐: a kind of which there are many, whatever one of them is called
    return [one for one in fits if not only_sought(phrase, one.like)]


def stands_for_one(phrase: Phrase) -> bool:
    """Tell whether a phrase stands for one of the kind that is talked of: "the unscented one"."""
    return phrase.one and not any(map(kinds_in, phrase.words))


def bears(phrase: Phrase, thing: Seen) -> bool:
    """Tell whether a word names what a thing is, or is of its very title and of no vocabulary.

    平时 and 香精 only tell of goods: 每日坚果 and a soap without perfume are not called so.
    """
    names = names_of(thing)

    def calls(word: str) -> bool:
        if kinds_in(word) & names.heads:
            return True
        plain = not dimensions_of(word) and len(word) > 1 and worth_of(word, names) == SAME
        return plain and not re.search(rf"(?:[无不非免]|no ){re.escape(word)}", names.text)

    fits = likeness(phrase.words, thing, phrase.joints)
    all_there = fits.share >= CERTAIN and fits.words == len(phrase.words) > 1
    if all_there and any(not dimensions_of(one) for one in phrase.words):
        return True
    head = title_head(thing.title)
    return any(map(calls, phrase.words)) or any(
        found.thing and (phrase.words[place] in head or goes_by(found, names, within=head))
        for place in range(len(phrase.words))
        if (found := named(phrase.words[place:]))
    )


def named_so(phrase: Phrase) -> bool:
    """Tell whether a phrase may be a name of what was never shown, and no person or measure."""
    people = dimensions_of(phrase.words[0]) == {"audience"} and len(phrase.words) == 1
    first = phrase.words[0]
    sign = len(first) == 1 and len(phrase.words) == 1  # 茶, of 想喝茶
    if all(map(names_nothing, phrase.words)):
        return False
    if first[0].isdigit():  # "the 26 cm skillet", but not "40 litres"
        return len(phrase.words) > 2 and any(map(kinds_in, phrase.words))
    return not (sign or (people and not phrase.one))


def fit_of(phrase: Phrase, thing: Seen, worth: float) -> Fit:
    """Return how well a phrase calls a thing that stands in a place of some worth."""
    like = likeness(phrase.words, thing, phrase.joints)
    return Fit(thing, like, valued(like, worth))


def valued(like: Likeness, worth: float) -> float:
    """Return what a likeness and a place come to: more words that fit say more."""
    return like.share + OF_A_WORD * like.weight + worth


def only_sought(phrase: Phrase, like: Likeness) -> bool:
    """Tell whether a message is but the name of a kind that is looked for: "sleeping bags?"."""
    return phrase.bare and like.words == len(phrase.words) and not phrase.one


def ending_so(fits: list[Fit], phrase: Phrase) -> list[Fit]:
    """Return those of things that fit alike whose title ends in the name: no fountain *pen*."""
    last = fold(phrase.words[min(fit.like.words for fit in fits) - 1])
    ending = [fit for fit in fits if title_head(fit.thing.title).endswith(last)]
    return ending or fits


def title_head(title: str) -> str:
    """Return a folded title up to what is told beside: "cast-iron skillet"."""
    return TOLD.split(fold(title))[0].strip()


def told_apart(fits: list[Fit], text: str) -> list[Fit]:
    """Return those of things that fit alike to which the rest of a message fits best."""
    words = [word for one in phrases_in(text) for word in one.words]
    scores = [sum(likeness((word,), fit.thing).weight for word in words) for fit in fits]
    best = max(scores)
    return [fit for fit, score in zip(fits, scores, strict=True) if score >= best - ALIKE]


def whole_list(things: Sequence[Seen], state: State) -> bool:
    """Tell whether a name is that of all that was shown, which tells none of them apart."""
    shown = {one.sku for one in state.visible}
    return len(shown) > 1 and {one.sku for one in things} >= shown
