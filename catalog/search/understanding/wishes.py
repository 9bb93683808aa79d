"""Read how results should be ordered, and ratings said in words: 最便宜, "best rated", 好评.

For `understand`. "cheap" and 别太贵 are wishes for an order, never bounds of a price. Wishes that
no shop field answers (free shipping, 性价比高) are noticed so that they do not disturb ranking.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from catalog.search.understanding import phrases

Meaning = Literal["nothing", "price_desc", "price_asc", "rating", "rated", "popular", "newest"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish at [start, end): an order, a least rating (``rated``), or nothing we can answer."""

    start: int
    end: int
    meaning: Meaning


GOOD_RATING = Decimal(4)
_WISHES: tuple[tuple[Meaning, re.Pattern[str]], ...] = tuple(
    (meaning, pattern)
    for meaning in get_args(Meaning)
    for pattern in (phrases.chinese(f"wish.{meaning}"), phrases.english(f"wish.{meaning}"))
)
_UNWISHED = re.compile(r"(?:不要|别要?|不想要|不喜欢|拒绝|非)(?:太|这种|那种)?$")


def read_wishes(text: str) -> list[Wish]:
    """Read every wish of folded ``text``, longer before shorter, in order of place."""
    found: list[Wish] = []
    taken: set[int] = set()
    for wish in sorted(_candidates(text), key=lambda wish: (wish.start - wish.end, wish.start)):
        if taken.isdisjoint(range(wish.start, wish.end)):
            taken.update(range(wish.start, wish.end))
            found.append(wish)
    return sorted(found, key=lambda wish: wish.start)


def _candidates(text: str) -> Iterator[Wish]:
    for meaning, pattern in _WISHES:
        for match in pattern.finditer(text):
            unwished = _UNWISHED.search(text[max(0, match.start() - 5) : match.start()])
            if unwished:  # 不要太便宜的, 不要网红款: the contrary cannot be sorted by
                yield Wish(match.start() - len(unwished[0]), match.end(), "nothing")
            else:
                yield Wish(match.start(), match.end(), meaning)
