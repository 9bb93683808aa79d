"""Read material percentages: "80% cotton, 20% polyester", "棉78% 聚酯纤维20%", "(75/25)".

For `propose`. Shares are bound to the material beside them, on the side this text writes them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from catalog.extraction.schema import Found

_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d)?)\s?%")
_GAP_RIGHT = re.compile(r"^(?:\s?[a-z]+){0,2}\s?$|^[^\d,.;,。;%]{0,4}$")
_GAP_LEFT = re.compile(r"^[\s::]{0,2}$")
_SLASHED = re.compile(r"\s?\(?(\d{1,3})\s?/\s?(\d{1,3})\)?")


def composition(folded: str, materials: Sequence[Found]) -> Iterator[Found]:
    """Yield the share of each material that has one; ``materials`` as found in ``folded``."""
    shares = [(m.start(), m.end(), m[1]) for m in _PERCENT.finditer(folded) if float(m[1]) <= 100]
    rights = [_right(folded, share[1], materials) for share in shares]
    lefts = [_left(folded, share[0], materials) for share in shares]
    # The last share tells the order: "棉60%聚酯纤维40%" has nothing to its right.
    sides = rights if rights and rights[-1] is not None else lefts
    for (start, end, number), material in zip(shares, sides, strict=True):
        if material is not None:
            yield _share(material, number, min(start, material.start), max(end, material.end))
    yield from _slashed(folded, materials)


def _share(material: Found, number: str, start: int, end: int) -> Found:
    return Found("composition", f"{material.value} {number}", "%", start, end, 0.95)


def _right(folded: str, place: int, materials: Sequence[Found]) -> Found | None:
    near = [m for m in materials if m.start >= place and _GAP_RIGHT.match(folded[place : m.start])]
    return min(near, key=lambda m: m.start, default=None)


def _left(folded: str, place: int, materials: Sequence[Found]) -> Found | None:
    near = [m for m in materials if m.end <= place and _GAP_LEFT.match(folded[m.end : place])]
    return max(near, key=lambda m: m.end, default=None)


def _slashed(folded: str, materials: Sequence[Found]) -> Iterator[Found]:
    """Read "nylon/spandex (75/25)"."""
    for one, other in pairwise(materials):
        match = _SLASHED.match(folded, other.end)
        side_by_side = folded[one.end : other.start].strip() == "/"
        if side_by_side and match and int(match[1]) + int(match[2]) == 100:
            yield _share(one, match[1], one.start, match.end())
            yield _share(other, match[2], other.start, match.end())
