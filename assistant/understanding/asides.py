"""Words of a message that say nothing of the goods: who hurries, what is taken back, who guesses.

For reading. "Forget sandals, back to the running shoes" looks for running shoes, 急！明天要用的插排
for a power strip, "a quieter one" for a quiet one. What a message is for is told by all its words,
only what is looked for without these.
"""

from __future__ import annotations

import re

from assistant.understanding.cues import cues
from catalog.lexicon import lexicon
from catalog.text import fold

_CUES = cues("asides")
_HAN = re.compile("[\u3400-\u9fff]")
_COMPARATIVE = re.compile(r"\b(?P<word>[a-z]{3,12}er)\b(?= (?:ones?|pairs?)\b)", re.IGNORECASE)


def plainly_wished(text: str) -> str:
    """Return a message without what is only talk; as it is where nothing else would be left."""
    left = text
    for name in ("taken_back", "talk"):
        cut = _CUES[name].sub(" ", left)
        if name == "taken_back" and not names_a_kind(cut):
            continue  # "not cast iron, too heavy" still looks for the same
        left = cut if re.search(r"\w", cut) else left
    return _COMPARATIVE.sub(_positive, left)


def names_a_kind(text: str) -> bool:
    """Tell whether any kind of goods is named."""
    return any(one.dimension == "category" for one in lexicon().match(fold(text)))


def _positive(match: re.Match[str]) -> str:
    """Return the feature that a comparative asks more of: quiet for "quieter"."""
    word = match["word"].lower()
    for base in (word[:-2], word[:-1], f"{word[:-3]}y", word[:-3]):
        spans = lexicon().match(base)
        if any(
            span.dimension == "feature" and span.end - span.start == len(base) for span in spans
        ):
            return base
    return match["word"]


def tells_of_somebody(text: str, *, named: bool = False) -> bool:
    """Tell whether a message says what somebody else likes: 他爱打球, "she's into drawing".

    ``named``: who it is was said before.
    """
    folded = fold(text)
    likes = cues("naming")["likes"].search(folded)
    return bool(likes and (named or _CUES["somebody"].search(folded)))


def asks_to_be_told(text: str) -> bool:
    """Tell whether a thing is to be described: 介绍一下第二款, "tell me about it"."""
    return bool(_CUES["described"].search(fold(text)))
