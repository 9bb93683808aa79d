"""Guess an intent by its commonest words, where no weights are and where the head abstains.

Plain patterns, the first that matches wins. They know the usual ways to say a thing and stay silent
on the rest; docs/understanding-messages.md has their figures beside the head's.
"""

from __future__ import annotations

from assistant.understanding.cues import cues
from catalog.text import fold

_CUES = cues("intents")
_PLAIN = {name: cue for name, cue in _CUES.items() if name.startswith("plain.")}
_RULES = {name: cue for name, cue in _CUES.items() if name not in _PLAIN}
_EDGES = " \t\n.,!?;:~。，！？；：、…～"
LONGEST = 500  # characters that rules look at


def plain_answer(text: str) -> str | None:
    """Return ``confirm`` or ``decline`` where a message says nothing but yes or no."""
    folded = fold(text[:40]).strip(_EDGES)
    for name, cue in _PLAIN.items():
        if cue.fullmatch(folded):
            return name.removeprefix("plain.")
    return None


def guess(text: str) -> str | None:
    """Return the intent that the words stand for, None where no rule knows them. About 0.1 ms."""
    if (plain := plain_answer(text)) is not None:
        return plain
    folded = fold(text[:LONGEST])
    return next((name for name, cue in _RULES.items() if cue.search(folded)), None)
