"""The same question about another thing: "and the second one?", 那第三个呢.

For answering. What was asked last is asked again, of what is pointed at now.
"""

from __future__ import annotations

import re

from assistant.understanding.cues import COUNTERS, ORDINALS
from catalog.text import fold

# Questions about one thing, which can be asked of another.
REPEATED = frozenset({
    "attribute", "suitability", "sizing", "compatibility", "stock", "price", "reviews",
})  # fmt: skip
_POINTS = rf"第[一二三四五六七八九十\d]+[{COUNTERS}]?|(?:另外?|剩下|最后)(?:一|那)?[{COUNTERS}]"
_POINTS_EN = rf"the (?:{ORDINALS}|last|other)(?: one)?"
_ONLY = re.compile(
    rf"(?:那|那么)?(?:{_POINTS})(?:呢|怎么样)?"
    rf"|(?:and |what about |how about |and what about |and how about ){{1}}(?:{_POINTS_EN})"
)
_POINTED = re.compile(
    rf"{_POINTS}|它|[这那][一]?[{COUNTERS}]|\b(?:{_POINTS_EN}|it|this one|that one)\b"
)
_EDGES = " \t\n.,!?;:~。，！？；：、…～"


def repeated(text: str, before: str, intent: str) -> str:
    """Return the question meant by a message that only points; the message where it says more.

    ``before``: the shopper's message before this one, read as ``intent``.
    """
    pointing = fold(text).strip(_EDGES)
    if intent not in REPEATED or not before or not _ONLY.fullmatch(pointing):
        return text
    asked = _POINTED.sub("", before).strip()
    return f"{text.strip(_EDGES).removesuffix('呢')} {asked}"
