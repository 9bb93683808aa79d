"""What goes with a thing is asked for: "a knife to go with it", 配什么茶叶好, 还缺什么.

For reading and planning. Whether two things that are known go together is another question.
"""

from __future__ import annotations

from assistant.understanding.cues import cues
from catalog.text import fold

_CUES = cues("pairing")


def asks_what_goes_with(text: str) -> bool:
    """Tell whether things are looked for that go with what is talked of."""
    folded = fold(text).strip()
    if _CUES["still_needed"].search(folded):
        return True
    return bool(_CUES["goes_with"].search(folded)) and not _CUES["judges"].search(folded)


def adds(text: str) -> bool:
    """Tell whether something is put beside what was chosen, for one sum: 再加个杯子."""
    return bool(_CUES["adds"].search(fold(text).strip()))
