"""Find what a compound name says besides itself: cordless vacuum, 无线鼠标, 羊毛衫, 大码女装.

For `marks` and `negating`. A name that is what the type is called says nothing more: jeans are
牛仔裤, whatever they are made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.lexicon.values import load_guards
from catalog.search.understanding.mark import Mark
from catalog.search.understanding.matching import Match
from catalog.search.understanding.pieces import Piece, is_han, surface_pieces
from catalog.search.understanding.trie import Sense, forms
from catalog.search.understanding.vocabulary import Vocabulary

_GUARDS = load_guards()

# Attributes that a compound product name holds: cordless vacuum, 羊毛衫, 折叠伞.
_INSIDE = frozenset({"material", "feature", "colour", "audience", "pattern"})

_NOT_INSIDE = frozenset({("occasion", "skiing"), ("occasion", "home"), ("audience", "friend")})

# What is eaten or drunk has a colour in its name that is no colour of it: green tea, 红酒.
_EDIBLE = ("food", "drink", "tea", "coffee", "wine")

_NOT_BESIDE = frozenset({("feature", "reversible")})  # 双面羊绒 is a cloth
# One character that says what a thing is made of, or for whom: 皮衣, 铁锅, 童鞋.
_SINGLE_INSIDE = frozenset("男女童皮棉铁木瓷竹")

_NOT_MADE_OF = frozenset(
    ["皮带", "皮夹", "棉衣", "棉服", "棉袄", "棉拖", "棉拖鞋", "棉外套", "铁观音", "木马", "皮鞋"]
)


def inside(pieces: Sequence[Piece], match: Match, vocabulary: Vocabulary) -> list[Mark]:
    """Return the attributes a compound product name holds: 无线鼠标 is wireless.

    Not where the type is called so itself: jeans are 牛仔裤, whatever they are made of.
    """
    path = tuple(piece.text for piece in pieces[match.first : match.last])
    for cut in range(len(path) - 1, 0, -1):
        codes = _types_of(vocabulary, path[cut:])
        leather = cut == 1 and path[0] == "皮"  # 皮衣: nothing else is called 衣
        if not (codes or leather) or _is_shown(path, cut, match, vocabulary):
            continue
        same = bool(codes & set(match.of("category")))
        senses = [
            s
            for s in vocabulary.exact(path[:cut])
            if s[0] in _INSIDE or (same and s[0] == "occasion")
        ]
        if any(vocabulary.within(code, one) for code in codes for one in _EDIBLE):
            senses = [s for s in senses if s[0] != "colour"]
        single = cut == 1 and is_han(path[0]) and path[0] not in _SINGLE_INSIDE
        single = single or "".join(path) in _NOT_MADE_OF
        if (
            senses
            and not single
            and path[:cut] not in _GUARDS.bound_en
            and senses[0] not in _NOT_INSIDE
        ):
            end = pieces[match.first + cut - 1].end
            rest = replace(match, first=match.first + cut, start=pieces[match.first + cut].start)
            return [Mark(*senses[0], match.start, end), *inside(pieces, rest, vocabulary)]
    return []


def _types_of(vocabulary: Vocabulary, path: tuple[str, ...]) -> set[str]:
    """Return the product types a name stands for, in either number."""
    return {
        code
        for form, _ in forms(path[-1])
        for kind, code in vocabulary.exact((*path[:-1], form))
        if kind == "category"
    }


def _is_shown(path: tuple[str, ...], cut: int, match: Match, vocabulary: Vocabulary) -> bool:
    """Say whether the type's own display name begins with the attribute or is the same word."""
    for code in match.of("category"):
        value = vocabulary.shared.lexicon.value("category", code)
        for name in (value.zh[0], value.en[0]) if value else ():
            shown = surface_pieces(name)
            if shown[:cut] == path[:cut] or "".join(shown) == "".join(path):
                return True
    return False


def split_inside(path: tuple[str, ...], vocabulary: Vocabulary) -> tuple[int, Sense, str] | None:
    """Split "leather shoes" into its attribute and a wider type: (length, attribute, type)."""
    for cut in range(len(path) - 1, 0, -1):
        senses = [s for s in vocabulary.exact(path[:cut]) if s[0] in _INSIDE]
        codes = _types_of(vocabulary, path[cut:])
        if senses and codes:
            return cut, senses[0], sorted(codes)[0]
    return None


def beside(
    pieces: Sequence[Piece], match: Match, sense: Sense, vocabulary: Vocabulary
) -> list[Mark]:
    """Return what else a longer name says: 大码女装 are for women, 生日礼物 for a birthday."""
    path = tuple(piece.text for piece in pieces[match.first : match.last])
    for cut in range(1, len(path)):
        left, right = vocabulary.exact(path[:cut]), vocabulary.exact(path[cut:])
        if not left or not right or (sense in left) == (sense in right):
            continue
        other = right[0] if sense in left else left[0]
        middle = pieces[match.first + cut].start
        start, end = (middle, match.end) if sense in left else (match.start, middle)
        if other[0] not in ("category", "brand", "size") and other not in _NOT_BESIDE:
            return [Mark(*other, start, end)]
    return []
