"""What is asked of a shop in other words than its pages use: how one pays, whether it is wrapped.

For planning and consulting. Pure code over folded words.
"""

from __future__ import annotations

from assistant.understanding.aspects import gives_back
from assistant.understanding.cues import cues
from catalog.text import fold

TOPICS = ("payment", "wrapping", "invoicing")


def topic_in(text: str) -> str:
    """Return what of `TOPICS` a message asks about, "" for nothing of them."""
    folded = fold(text)
    if gives_back(folded):
        return ""  # to which card money goes back
    return next((one for one in TOPICS if cues("topics")[one].search(folded)), "")


def named_in(text: str, topic: str) -> list[str]:
    """Return what a message names of a topic, as it was written: PayPal, 花呗."""
    cue = cues("topics").get(f"named.{topic}")
    folded = fold(text)
    same = text if len(text) == len(folded) else folded
    found = [same[m.start() : m.end()] for m in cue.finditer(folded)] if cue else []
    return list(dict.fromkeys(found))
