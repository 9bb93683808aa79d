"""What somebody likes, in talk of a present: "he's into coffee and hiking", 喜欢咖啡和徒步.

For planning and giving. A liking is a kind of thing or an occasion; what a present is given for (a
birthday) is none.
"""

from __future__ import annotations

from assistant.understanding.cues import cues
from catalog.search.understanding import Need, Slot
from catalog.text import fold

GIVING = frozenset({"gift", "birthday", "christmas", "mothers-day", "fathers-day", "valentines",
                    "wedding"})  # fmt: skip
# What says when something is liked, not what: 平时爱喝茶.
ANY_DAY = frozenset({"daily", "home"})
_LIKES = cues("naming")["likes"]


def likings(text: str, need: Need) -> tuple[Slot, ...]:
    """Return what is said to be liked; nothing where a message speaks of no liking."""
    if not _LIKES.search(fold(text)):
        return ()
    kinds = [one for one in need.of("category") if one.known]
    return (*kinds, *(one for one in need.of("occasion") if one.value not in GIVING | ANY_DAY))


def gives_by_liking(text: str, need: Need) -> bool:
    """Tell whether presents are to be chosen by likings: of several, or one that is no kind."""
    found = likings(text, need)
    return len(found) > 1 or any(one.kind == "occasion" for one in found)
