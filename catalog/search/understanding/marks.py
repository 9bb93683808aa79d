"""Turn matched names into marks: which of a name's meanings counts, and what heads the phrase.

For `understand`. "phone charger" is a charger, 冰箱贴 no refrigerator, "bag for laptop" a bag;
无线鼠标 is a mouse and wireless.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.lexicon.values import load_guards
from catalog.search.understanding.matching import Match
from catalog.search.understanding.pieces import Piece, is_han
from catalog.search.understanding.trie import Sense, forms
from catalog.search.understanding.vocabulary import WORN_BY, Vocabulary


@dataclass(frozen=True, slots=True)
class Mark:
    """A slot in the making, at [start, end) of the folded query."""

    kind: str
    value: str
    start: int
    end: int
    negated: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""
    stated: bool = False
    unit: str = ""


_GUARDS = load_guards()
# Attributes that a compound product name holds: cordless vacuum, 羊毛衫, 折叠伞.
_INSIDE = frozenset({"material", "feature", "colour", "audience", "pattern"})
_GAMING = frozenset({("occasion", "gaming")})
# What follows a product name and makes it the name of a part or a helper of that product.
_PART_ZH = re.compile(
    r"(?:保护|钢化|专用|收纳|清洁|置物|防尘|替换)?(?:壳|套(?!装)|膜|支架|架|盒|罩|贴|垫|挂?绳|扣|刷|油|液|剂|配件|零件|维修|滤芯|滤网|耗材|轮子|支撑|座|挂件|底座|遥控器?|壁纸)"
)
_PART_EN = re.compile(
    r"[ -](?:cases?|covers?|stands?|holders?|straps?|stickers?|mounts?|adapters?|adaptors?|protectors?"
    r"|sleeves?|cleaners?|filters?|replacements?|parts?|accessor(?:y|ies)|batter(?:y|ies)|trays?|pads?"
    r"|skins?|kits?|organi[sz]ers?|hangers?|liners?|polish|repair|lids?|hooks?|chargers?|cables?|docks?"
    r"|brackets?|wall|games?|wraps?|charms?|clips?|decor|patterns?|ink|cartridges?|lens(?:es)?|bulbs?)"
    r"(?![a-z])"
)
_FOR_EN = re.compile(r"(?<![a-z])(?:for|with|of|inside|fits?|to (?:go with|match|wear with|hold|carry|put))(?![a-z])")
_FOR_ZH = re.compile(r"(?:专用|能?用|可用|上?用)的?$|^的?(?:专用|配套)")
_HOLDS_ZH = re.compile(r"(?:装|放|搭配|配|给|适合|搭|支持|用于|兼容)$")
_ALTERNATIVE = re.compile(r"[,，、/;；]|(?<![a-z])(?:or|and|also|plus)(?![a-z])|&|或|和|还有|以及|跟|与")
_LETTER = re.compile(r"[a-z]$")
_SIZE_WORDS = frozenset({"small", "medium", "large", "mini", "extra-large"})


def marks_of(
    text: str, pieces: Sequence[Piece], matches: Sequence[Match], vocabulary: Vocabulary
) -> list[Mark]:
    """Give every match its meaning and keep the product types that head their phrase."""
    marks: list[Mark] = []
    heads = _heads(text, matches, vocabulary)
    sure = any(match in heads and not _ambiguous(match) for match in matches)
    for match in matches:
        sense = _sense(text, pieces, match, sure=sure)
        if sense is None:
            continue
        kind, value = sense
        if kind in ("category", "shop-category"):
            if match in heads:
                marks.extend(_inside(pieces, match, vocabulary))
                marks.append(Mark(kind, value, match.start, match.end))
        elif kind == "audience" and value in WORN_BY:
            marks.append(Mark(kind, WORN_BY[value], match.start, match.end))
        elif (kind, value) != ("audience", "friend"):
            marks.append(Mark(kind, value, match.start, match.end))
    return _without_wider(marks, vocabulary)


def _ambiguous(match: Match) -> bool:
    return len({kind for kind, _ in match.senses}) > 1


def _is_category(match: Match) -> bool:
    return any(kind in ("category", "shop-category") for kind, _ in match.senses)


def _sense(
    text: str, pieces: Sequence[Piece], match: Match, *, sure: bool
) -> Sense | None:
    """Choose among the meanings of a name; ``sure``: another word names the product type."""
    path = tuple(piece.text for piece in pieces[match.first : match.last])
    senses = [sense for sense in match.senses if _possible(text, sense, match, path, sure=sure)]
    if not senses:
        return None
    types = [sense for sense in senses if sense[0] in ("category", "shop-category")]
    others = [sense for sense in senses if sense not in types]
    if types and not (others and sure):
        return next((sense for sense in types if sense[0] == "shop-category"), types[0])
    return others[0] if others else types[0]


def _possible(
    text: str, sense: Sense, match: Match, path: tuple[str, ...], *, sure: bool
) -> bool:
    kind, value = sense
    if kind == "size":
        if all(_LETTER.fullmatch(word) for word in path):
            return False  # letters are read by `sizing`
        return value not in _SIZE_WORDS or is_han(path[0]) or _size_word(text, match)
    if kind == "colour" and path in _GUARDS.bound_en:
        return sure
    return True


def _size_word(text: str, match: Match) -> bool:
    """Take "large" for a size after "size" or at the end of a phrase, not in "a large room"."""
    after = text[match.end :].lstrip()
    return not after or after[0] in ",.;!?" or text[: match.start].rstrip().endswith("size")


def _heads(
    text: str, matches: Sequence[Match], vocabulary: Vocabulary
) -> list[Match]:
    """Return the matches of product types that are what is looked for."""
    types = [match for match in matches if _is_category(match)]
    kept: list[Match] = []
    for place, match in enumerate(types):
        following = types[place + 1] if place + 1 < len(types) else None
        if not _ambiguous(match) and _is_part_of(text, match, following, matches):
            continue
        if kept and _belongs_to(text[kept[-1].end : match.start]):
            continue
        if kept and _held(text, kept[-1], match):
            kept.pop()
        kept.append(match)
    return kept


def _is_part_of(
    text: str, match: Match, following: Match | None, matches: Sequence[Match]
) -> bool:
    """Say whether a product type only describes the next word: phone charger, 冰箱贴."""
    gap = text[match.end : following.start] if following else None
    if gap is not None and (gap == "" or (gap in (" ", "-") and not is_han(text[match.start]))):
        return True
    if following is not None and gap is not None and _FOR_ZH.fullmatch(gap):
        return True
    if any(other.start == match.end for other in matches):
        return False
    part = _PART_ZH.match(text, match.end) or _PART_EN.match(text, match.end)
    return part is not None and not any(
        other.start < part.end() and part.start() < other.end for other in matches if other is not match
    )


def _belongs_to(gap: str) -> bool:
    """Say whether what follows ``gap`` is what the product before is for: bag for a laptop."""
    return len(gap) < 32 and bool(_FOR_EN.search(gap)) and not _ALTERNATIVE.search(gap)


def _held(text: str, holder: Match, match: Match) -> bool:
    """Say whether ``match`` is made for ``holder``: 放电脑的包, 适合手机的支架."""
    gap = text[holder.end : match.start]
    return gap.startswith("的") and bool(_HOLDS_ZH.search(text[: holder.start])) and len(gap) < 6


def _inside(
    pieces: Sequence[Piece], match: Match, vocabulary: Vocabulary
) -> list[Mark]:
    """Return the attributes a compound product name holds: 无线鼠标 is wireless.

    Not where the name is what the type is called: jeans are 牛仔裤, whatever they are made of.
    """
    path = tuple(piece.text for piece in pieces[match.first : match.last])
    if len(path) < 2 or _is_display_name(path, match, vocabulary):
        return []
    for cut in range(len(path) - 1, 0, -1):
        head = path[cut:]
        if not any(_names_type(vocabulary, (*head[:-1], form)) for form, _ in forms(head[-1])):
            continue
        senses = [s for s in vocabulary.exact(path[:cut]) if s[0] in _INSIDE or s in _GAMING]
        if senses and (cut > 1 or not is_han(path[0]) or path[0] in _GUARDS.free_zh):
            end = pieces[match.first + cut - 1].end
            return [Mark(*senses[0], match.start, end)]
    return []


def _names_type(vocabulary: Vocabulary, path: tuple[str, ...]) -> bool:
    return any(kind == "category" for kind, _ in vocabulary.exact(path))


def _is_display_name(path: tuple[str, ...], match: Match, vocabulary: Vocabulary) -> bool:
    from catalog.search.understanding.pieces import surface_pieces

    for code in match.of("category"):
        value = vocabulary.shared.lexicon.value("category", code)
        for name in (value.zh[0], value.en[0]) if value else ():
            shown = surface_pieces(name)
            if path[:-1] == shown[:-1] and shown[-1] in dict(forms(path[-1])):
                return True
    return False


def _without_wider(marks: list[Mark], vocabulary: Vocabulary) -> list[Mark]:
    """Drop "shoes" beside "sneakers", and the same thing said twice."""
    kept: list[Mark] = []
    for mark in marks:
        wider = mark.kind == "category" and any(
            other.kind == "category"
            and other.value != mark.value
            and vocabulary.within(other.value, mark.value)
            for other in marks
        )
        if not wider:
            kept.append(mark)
    return kept


def unique(marks: Sequence[Mark]) -> list[Mark]:
    """Keep the first of marks that say the same thing; a wanted one beats an unwanted one."""
    seen: dict[tuple[object, ...], Mark] = {}
    for mark in marks:
        key = (mark.kind, mark.value, mark.unit, mark.minimum, mark.maximum)
        known = seen.get(key)
        if known is None:
            seen[key] = mark
        elif known.negated and not mark.negated:
            seen[key] = replace(mark)
    return sorted(seen.values(), key=lambda mark: (mark.start, mark.end))
