"""Order numbers, quantities and the property asked about, where a message names them."""

from __future__ import annotations

import re

from assistant.understanding.cues import cues, number_of
from catalog.text import fold

_CUES = cues("mentions")
# What is asked of what was shown, by the words that stand for it: "what processor does it have?"
_OF_IT = re.compile(
    r"^(?:and |so |but |ok(?:ay)?,? )*(?:what|which|how (?:many|much)|whose)\b(?: [\w'-]+){0,5}"
    r" (?:does|do|is|are|has|have|can|will) (?:it|they|this|that|these|those)\b"
    r"|^(?:那|请问)?(?:它们?|这[个款台件双条只]|那[个款台件双条只])的?[^，。]{0,10}"
    r"(?:是什么|什么样|多[少大长高宽深厚重久]|几)"
)
MOST = 999


def order_number_of(text: str) -> str | None:
    """Return an order's number as the shop writes it: "K7M2P-9XQ4T".

    Without its hyphen it counts only beside a word for orders, or where nothing else is said.
    """
    folded = fold(text)
    if found := _CUES["order"].search(folded):
        return found["n"].upper()
    loose = _CUES["order_loose"].search(folded)
    if loose and (_CUES["order_words"].search(folded) or loose[0] == folded.strip(" .。!?#")):
        letters = loose["n"].replace(" ", "").upper()
        return f"{letters[:5]}-{letters[5:]}"
    return None


def quantity_of(text: str) -> int | None:
    """Return how many pieces are asked for: 来两件, "three of them", x2."""
    for match in _CUES["quantity"].finditer(fold(text)):
        said = next(value for value in match.groupdict().values() if value)
        number = number_of(said.removeprefix("a ") if " " in said else said)
        if number and number <= MOST:
            return number
    return None


def asks_of_it(text: str) -> bool:
    """Tell whether what is asked is asked of what was shown, whatever kinds its words name."""
    return bool(_OF_IT.search(fold(text).strip()))


def asked_attribute_of(text: str) -> str | None:
    """Return the property a question is about, None where it names none of those known."""
    folded = fold(text)
    found = [
        (match.start(), name.removeprefix("attributes."))
        for name, cue in _CUES.items()
        if name.startswith("attributes.") and (match := cue.search(folded))
    ]
    return min(found)[1] if found else None
