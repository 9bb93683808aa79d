"""What was understood of one message, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.slots import Held, Seen
from assistant.understanding.altering import Change
from assistant.understanding.wishing import Phrase, content_of
from catalog.search.understanding import Need

Emotion = Literal["calm", "upset", "angry", "glad"]
# A message in, its intent and the chance that it is right out; None where nobody can tell.
Predictor = Callable[[str], "tuple[str, float] | None"]


@dataclass(frozen=True)
class Reading:
    """One message, read in the light of the state before it.

    ``text``: what was written, without invisible characters. ``language``: what to answer in,
    "zh-hans" or "en". ``need`` is the follow-up rewritten with the state, ready for retrieval;
    ``said`` what this message alone asks for. ``dropped``: kinds of slots the shopper took back.
    ``references``: SKUs of shown products that are meant, in the order they were named;
    ``wishes``: of this message, what no list of features knows.
    ``amounts``: how many of each; ``found``: those that were called by a name and never shown;
    ``unclear``: things that bear a name which only one of them can be meant by.
    ``named``: the references are what was called by name, ``called`` by which words;
    ``sought``: a kind is asked for that nothing shown is of.
    ``unresolved``: something shown was meant and it is not clear what. ``held`` and ``topic``: what
    the state is to hold from now on. ``change``: what is to be done to the set that is shown;
    ``people``: for how many it is, said now or before, 0 where nobody said. ``refused``: SKUs that
    were shown and are ruled out. ``site``: the topic of the site that a head hears, and its
    chance.
    """

    text: str
    language: str
    intent: str
    confidence: float
    abstained: bool
    emotion: Emotion
    need: Need
    said: Need
    references: tuple[str, ...] = ()
    unresolved: bool = False
    order_number: str | None = None
    quantity: int | None = None
    asked_attribute: str | None = None
    dropped: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    topic: str = ""
    wishes: tuple[Phrase, ...] = ()
    amounts: tuple[tuple[str, int], ...] = ()
    found: tuple[Seen, ...] = ()
    unclear: tuple[Seen, ...] = ()
    named: bool = False
    called: tuple[str, ...] = ()
    sought: bool = False
    change: Change | None = None
    refused: tuple[str, ...] = ()
    people: int = 0
    site: tuple[str, float] = ("", 0.0)

    @property
    def besides_names(self) -> str:
        """Return the message without the names that things are called by; whole if nothing is left.

        "Does the travel one fold?" asks for no travel. A single sign is asked about: 字大不大.
        """
        left = self.text
        for words in self.called:
            left = left.replace(words, " ", 1) if len(words) > 1 else left
        return left if content_of(left) else self.text
