"""Which of several is asked for: "which is the lightest", 最大的是哪款, "which would you pick?"

For reading and planning. What is compared is found out by `assistant.doing.choosing`; here it is
only told that one is to be named, and out of which.
"""

from __future__ import annotations

from assistant.understanding.cues import cues
from catalog.text import fold

_CUES = cues("superlatives")


def asks_for_the_most(text: str) -> bool:
    """Tell whether the one is asked for that has most, or least, of something."""
    return bool(_CUES["most"].search(fold(text).strip()))


def asks_for_a_pick(text: str) -> bool:
    """Tell whether the reader is to choose: "which would you pick?", 哪款好."""
    return bool(_CUES["pick"].search(fold(text).strip()))


def asks_which_one(text: str) -> bool:
    """Tell whether one of several is asked for by anything at all: 哪个占地方."""
    return bool(_CUES["which"].search(fold(text).strip()))


def of_all_sold(text: str) -> bool:
    """Tell whether all of a kind are meant, not only those that were shown."""
    folded = fold(text)
    return bool(_CUES["everywhere"].search(folded)) and not _CUES["shown"].search(folded)


def word_of(text: str) -> str:
    """Return the word that says in what somebody is to be first, as it was said; "" for none."""
    match = _CUES["word"].search(fold(text))
    return next((one for one in match.groups() if one), "") if match else ""
