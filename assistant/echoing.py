"""Say back what is looked for, as a person would: the shopper's own phrase, or one made of parts.

For replying. What was said in one message is told in its words and their order; what came together
over several is put into the order of speech, what describes before what is described.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from assistant.reasons import wording
from assistant.state import State
from assistant.understanding import Reading
from assistant.understanding.following import leftover
from catalog.search.understanding import Need, Slot

LONGEST = 60  # characters
# What stands before the thing, in this order, and what a thing is for.
BEFORE = ("colour", "pattern", "material", "feature", "style", "fit", "neckline", "sleeve", "heel",
          "season", "brand")  # fmt: skip
PURPOSES = ("audience", "occasion")
_HAN = re.compile(r"[\u3400-\u9fff]")
_EDGES = " \t\n,.;:!?、，。；：！？~～-的"
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
# A story or two clauses, and no name of a thing.
_TALKS = re.compile(
    r"[,.;!?，。；！？]|\b(?:i|i'm|we|my|our|just|can|those|it|them|is|are)\b|[我你您他她]",
    re.IGNORECASE,
)
# A preposition whose limit was cut: "laptop with [16gb] for programming".
_DANGLING = re.compile(r"\b(?:with|of|under|over|at)(?= (?:for|with|in|from|to|by)\b)", re.I)
_RELATION = re.compile(r"^(?:for|in|with|made of|by) (?:my |the |an? )?|的$", re.IGNORECASE)


def wished(reading: Reading, state: State) -> str:
    """Return what is wanted in a few words; empty where nothing is, or not briefly."""
    said = reading.said
    now = all(one.turn == state.turn for one in state.slots) and topic_of(said) >= topic_of(state)
    phrase = in_own_words(said) if now else ""
    plain = 0 < len(phrase) <= LONGEST and not (_TALKS.search(phrase) and state.slots)
    return phrase if plain else composed(reading.need, state.topic)


def topic_of(source: Need | State) -> set[str]:
    """Return the free words of what is wanted."""
    words = leftover(source) if isinstance(source, Need) else source.topic
    return set(words.casefold().split())


def in_own_words(said: Need) -> str:
    """Return the part of a message that names what is wanted, limits left out."""
    if said.corrections:
        return ""
    kept = [
        (one.start, one.end)
        for one in said.slots
        if not one.negated and not any(a <= one.start and one.end <= b for a, b in said.cuts)
    ]
    free = [*said.cuts, *said.fillers, *((one.start, one.end) for one in said.slots)]
    kept += [
        match.span()
        for match in re.finditer(r"[a-z0-9'″-]{3,}|[\u3400-\u9fff]{2,}", said.query.casefold())
        if not any(match.start() < end and start < match.end() for start, end in free)
    ]
    if not kept:
        return ""
    start, end = min(one[0] for one in kept), max(one[1] for one in kept)
    words = "".join(
        " " if any(a <= place < b for a, b in said.cuts) else said.query[place]
        for place in range(start, end)
    )
    told = " ".join(_DANGLING.sub("", " ".join(words.split())).split()).strip(_EDGES)
    return _BETWEEN_HAN.sub("", told)


def composed(need: Need, topic: str) -> str:
    """Return what is wanted, put together of its parts."""
    kinds = [one for one in need.of("category") if not one.negated]
    things = list(dict.fromkeys(one.surface for one in kinds if one.surface))
    before = named(need, BEFORE)
    purposes = named(need, PURPOSES)
    sizes = named(need, ("size", "measure"))
    free = [] if kinds or before or purposes else topic.split()
    if need.language.startswith("zh") or _HAN.search("".join(things)):
        return within(_(", "), [*free, *purposes, *before, *sizes, *things])
    kind = " / ".join(things)
    before = [one for one in before if one not in kind]
    thing = " ".join([*free, *before, kind]).strip()
    told = f"{thing} for {', '.join(purposes)}" if thing and purposes else thing
    return within(", ", [one for one in (told or ", ".join(purposes), *sizes) if one])


def named(need: Need, kinds: Iterable[str]) -> list[str]:
    """Return the names of the wishes of some kinds, each once."""
    slots: list[Slot] = [one for kind in kinds for one in need.of(kind)]  # type: ignore[arg-type]
    return list(dict.fromkeys(word_of(one, need.locale) for one in slots))


def word_of(slot: Slot, locale: str) -> str:
    """Return a wish as the shopper said it, where that is in the reader's script."""
    said = _RELATION.sub("", slot.surface.strip())
    return said if said and slot.kind != "size" else wording(slot, locale)


def within(between: str, words: Sequence[str]) -> str:
    """Return as many words as are told briefly, each once."""
    found: list[str] = []
    whole = list(dict.fromkeys(words))
    for one in whole:
        if any(one != other and one in other for other in whole):
            continue
        if len(between.join([*found, one])) <= LONGEST:
            found.append(one)
    return between.join(found)
