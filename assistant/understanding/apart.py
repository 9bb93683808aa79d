"""What a message only tells of: what somebody has, where a thing is to stand, who lives there.

For understanding a message: none of it is what is looked for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from catalog.search.understanding import Need, Slot
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State

PETS = {"cats": ("猫", "cat"), "dogs": ("狗", "dog"), "pets": ("宠物", "pet")}
# What somebody has: "my heels are narrow", 我家的床是1米8的.
_OWNED = re.compile(
    r"\b(?:my|his|her|our|their) (?:\w+ )?(?P<what>[a-z]+) (?:is|are|gets?|hurts?|aches?|feels?)"
    r"\b|(?:我|我们|我家|他|她|家里)的(?P<what_zh>[^，。,的]{1,4})(?:是|有|很|比较|太|偏)",
    re.IGNORECASE,
)


# Where a thing is to stand or be used, once something is looked for: "it's an open office".
_SETTING = re.compile(
    r"\b(?:it's|it is|that's|i'm|i am|we're|in|into|on|at|share|from|near)"
    r" (?:an?|the|my|our|his|her) (?:\w+ )?(?P<what>[a-z]+)\b"
    r"|^(?:要|用)?(?P<whose_zh>[^，。,的]{1,6})的[吧呢]?$"
    r"|(?:放|摆|搁)(?:在|进)?(?P<what_zh>[^，。,的]{1,6})(?:上|里|下|边)",
    re.IGNORECASE,
)
_LIVES_WITH = re.compile(
    r"家里?(?:还)?有|\b(?:i|we)(?:'ve)? (?:have|got|own|live with)\b|\bthere(?:'s| is| are)\b"
)


def apart_from_setting(need: Need) -> Need:
    """Leave out where a thing is to be and who lives there, of what goes on being looked for."""
    spans = [
        match.span(next(name for name, words in match.groupdict().items() if words))
        for match in _SETTING.finditer(need.query)
    ]
    lives = bool(_LIVES_WITH.search(fold(need.query)))
    kept = tuple(
        one for one in need.slots
        if not (one.kind == "category" and any(a <= one.start and one.end <= b for a, b in spans))
        and not (lives and one.kind == "audience" and one.value in PETS)
    )  # fmt: skip
    return replace(need, slots=kept)


def apart_from_parts(need: Need, state: State) -> Need:
    """Leave out kinds that the wanted one is not to have: "without a cable", of a lamp."""
    held = {one.slot.value for one in state.slots if one.slot.kind == "category"}
    kept = tuple(
        one for one in need.slots
        if not (one.kind == "category" and one.negated and one.value not in held
                and _NOT_WITH.search(need.query[max(0, one.start - 14) : one.start]))
    )  # fmt: skip
    return replace(need, slots=kept) if len(kept) < len(need.slots) else need


_NOT_WITH = re.compile(
    r"\b(?:without|no) (?:an? |any |the )?$|(?:不带|没有|不含|无)$", re.IGNORECASE
)


def is_owned(kind: Slot, query: str) -> bool:
    """Tell whether a kind is only told to be somebody's own, and how it is."""
    spans = (match.span("what" if match["what"] else "what_zh") for match in _OWNED.finditer(query))
    return any(start <= kind.start and kind.end <= end for start, end in spans)
