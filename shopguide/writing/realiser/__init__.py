"""The default writer: grammatical Chinese and English sentences made of facts, and nothing else.

It says what the plan holds and is silent about what it does not hold; it never guesses, and it
needs neither a model nor a network. Acts are in families, a module each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from shopguide.writing.plan import Holds, Plan
from shopguide.writing.realiser import (
    caring,
    choosing,
    finding,
    hosting,
    lacking,
    meeting,
    offering,
    reckoning,
    sending,
    serving,
    several,
    sizing,
    telling,
    together,
    tracking,
    weighing,
)

FAMILIES: dict[str, Callable[[Plan], Iterator[str]]] = {
    **meeting.SENTENCES,
    **caring.SENTENCES,
    **finding.SENTENCES,
    **lacking.SENTENCES,
    **together.SENTENCES,
    **telling.SENTENCES,
    **offering.SENTENCES,
    **weighing.SENTENCES,
    **choosing.SENTENCES,
    **several.SENTENCES,
    **sizing.SENTENCES,
    **reckoning.SENTENCES,
    **serving.SENTENCES,
    **tracking.SENTENCES,
    **sending.SENTENCES,
    **hosting.SENTENCES,
}


class Realiser:
    """Write by rules. An act that nobody knows is answered as something not understood."""

    name = "realiser"

    def holding(self, holds: Holds) -> Realiser:
        """Return itself: it has no wordings but the facts' own."""
        return self

    def write(self, plan: Plan) -> Iterator[str]:
        """Yield the plan's sentences; at least one, if only that it is not known."""
        family = FAMILIES.get(plan.act, meeting.not_understood)
        said = False
        for sentence in family(plan):
            if sentence.strip(" \n-"):
                said = True
                yield sentence
        if not said:
            yield from meeting.unknown(replace(plan, facts={}))

    def reworded(self, sentences: Sequence[str], plan: Plan) -> Iterator[str]:
        """Yield the sentences as they are."""
        yield from sentences


def write(plan: Plan) -> Iterator[str]:
    """Yield the plan's sentences by the realiser."""
    return Realiser().write(plan)
