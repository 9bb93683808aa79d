"""Which question about the site itself a message asks: who answers, what is kept, who may buy.

For planning. These have one answer, whatever shop or product is talked of.
"""

from __future__ import annotations

from assistant.understanding.cues import cues
from catalog.text import fold

LONGEST = 200  # a longer message tells a story, and is about that


def site_topic(text: str) -> str:
    """Return the topic of a question about the site or its assistant; "" for any other."""
    folded = fold(text)
    if len(folded) > LONGEST:
        return ""
    return next((name for name, cue in cues("site").items() if cue.search(folded)), "")
