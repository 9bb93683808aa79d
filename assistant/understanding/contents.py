"""Hear what goods are asked to hold: 里面有坚果吗, "any parabens?", "do they contain latex".

For reading, and for the tool that answers. It asks of what is talked of and looks for nothing; what
is also sold by itself must be said to be *in* it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from catalog.text import fold

WRITTEN = Path(__file__).parent / "words" / "contents.toml"
# Something is said to be in it, or to have it.
_WITHIN = re.compile(
    r"里面?|里头|配料|成分|含|添加|加了|过敏"
    r"|\b(?:in (?:it|them|this|these|that|there|here)|inside|contain\w*|ingredients?|made with"
    r"|free (?:of|from)|allerg\w+)\b"
)
# It is asked whether there is some, and no more.
_WHETHER = re.compile(
    r"^(?:那|请问|这个?|这款|这些|它们?|会不会|会|是不是)*(?:有没有|含不含|含有?|有|加|添加|放)[了过]?"
    r"(?:任何|什么)?\S{1,10}(?:吗|么|嘛|没有?|不|呢)?[?？]?$"
    r"|^(?:so |and |but |ok |is there |are there |got |has it |have they "
    r"|does it have |do they have )*any (?:[a-z]+ ){0,2}[a-z]+"
    r"(?: in (?:it|them|this|these|there|here)| inside)?\W*$"
)


_ASKS = re.compile(
    r"[?？吗么]|没有?$|有没有|含不含|^(?:so |and |but |ok )*"
    r"(?:any|is|are|does|do|has|have|what|which)\b"
)
# Others are looked for: 有没有不含酒精的, "do you have one without nuts".
_LOOKS = re.compile(
    r"的[吗么呢?？]*$|(?<!含)不含|无(?!锡)|别的|其他|推荐|换"
    r"|\b(?:do you|have you|you got|some ?thing|any ?thing|ones?|others?|without|instead|show"
    r"|find)\b"
)


@dataclass(frozen=True, slots=True)
class Substance:
    """What may be in goods. ``free``: features that state that it is not."""

    name: str
    words: re.Pattern[str]
    free: Sequence[str] = ()
    sold: bool = False


@lru_cache(maxsize=1)
def written() -> tuple[Substance, ...]:
    """Return what is written down, in its order."""
    rows = tomllib.loads(WRITTEN.read_text("utf-8"))
    return tuple(
        Substance(
            name, re.compile(row["words"]), tuple(row.get("free", ())), row.get("sold", False)
        )
        for name, row in rows.items()
    )


def asked_inside(text: str) -> Substance | None:
    """Return what is asked to be in what is talked of, None where nothing is."""
    folded = fold(text).strip()
    within = _WITHIN.search(folded)
    asks = _ASKS.search(folded) and not _LOOKS.search(folded)
    if not asks or not (within or _WHETHER.search(folded)):
        return None
    found = (one for one in written() if one.words.search(folded))
    return next((one for one in found if within or not one.sold), None)
