"""What of a matter is asked about: how long, who pays, in which state, where to, what if.

For planning. A question of an aspect is answered by that aspect, whatever else a rule says; which
matter it is of (an order, a product, a shop) is decided where facts are.
"""

from __future__ import annotations

import re

from assistant.understanding.cues import cues
from catalog.text import fold

MOST = 2
# What another aspect tells already, where both are named.
COVERED = (("lost", "answers"), ("place", "refund_way"), ("later", "weekend"), ("later", "late"),
           ("warranty", "proof"), ("refund_time", "progress"))  # fmt: skip
BACK, PARCEL, INVOICE = "back", "parcel", "invoice"
# Words for giving something back, by themselves.
GIVES_BACK = re.compile(
    r"坏了|断了|退|换货|换一?[个件双条台]|寄回|保修|质保|修"
    r"|\b(?:return\w*|refund\w*|exchang\w+|send(?:ing)? (?:[\w-]+ ){1,3}back|money back"
    r"|go back|goes back|replace\w*|warrant\w+|repair\w*|covered)\b"
    r"|\b(?:if|when|once|suppose)\b.{0,24}\b(?:dies?|breaks?|stops?|fails?|snaps?|goes wrong)\b"
)


def aspects_in(text: str, family: str) -> tuple[str, ...]:
    """Return the aspects of giving back or of a parcel that a message names, in its order."""
    folded = fold(text)
    found = [
        (match.start(), name.removeprefix(f"{family}."))
        for name, cue in cues("aspects").items()
        if name.startswith(f"{family}.") and (match := cue.search(folded))
    ]
    names = tuple(name for _start, name in sorted(found))
    covered = {less for less, more in COVERED if more in names}
    return tuple(one for one in names if one not in covered)[:MOST]


def gives_back(text: str) -> bool:
    """Tell whether a message itself is about giving something back."""
    return bool(GIVES_BACK.search(fold(text)))


def all_of(family: str) -> frozenset[str]:
    """Return the names of all aspects of a family."""
    names = (one.split(".", 1) for one in cues("aspects"))
    return frozenset(name for kind, name in names if kind == family)
