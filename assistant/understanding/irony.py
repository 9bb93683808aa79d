"""Mocking words: what they say in earnest. 呵呵，这价格可真"便宜"啊 is 太贵了.

For reading. Praise in quotation marks or after a scoff stands for its contrary; of a price that is
a wish, of anything else a bad mood. Where no sign stands, nothing is suspected.
"""

from __future__ import annotations

import re

from assistant.understanding.cues import cues
from catalog.text import fold

_CUES = cues("feeling")


def mocks(text: str) -> bool:
    """Tell whether praise is meant as its contrary."""
    folded = fold(text)
    quoted = _CUES["praise_in_quotes"].search(text)
    return bool(quoted or (_CUES["scoff"].search(folded) and _CUES["praise"].search(folded)))


def earnest(text: str) -> str:
    """Return what is meant by mocking words about a price; anything else as it is."""
    if not mocks(text) or not _CUES["cheapness"].search(fold(text)):
        return text
    return "太贵了" if re.search("[\u3400-\u9fff]", text) else "too expensive"
