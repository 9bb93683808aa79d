"""Turn matched names into marks: which of a name's meanings counts in this query.

For `understand`. It decides between meanings by what else is said, never by what is popular.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from catalog.lexicon import lexicon
from catalog.lexicon.values import load_guards
from catalog.search.understanding.compounds import beside, inside
from catalog.search.understanding.heads import ALTERNATIVE, heads_of, is_ambiguous
from catalog.search.understanding.mark import Mark
from catalog.search.understanding.matching import Match
from catalog.search.understanding.pieces import Piece, is_han
from catalog.search.understanding.trie import Sense
from catalog.search.understanding.vocabulary import WORN_BY, Vocabulary

_GUARDS = load_guards()

_LETTER = re.compile(r"[a-z]$")

_SIZE_WORDS = frozenset({"small", "medium", "large", "mini", "extra-large"})

# The same word, another thing, by what stands around it: (type, its word, other type, around).
_TURNS = (
    ("notebook", re.compile(r"notebooks?|笔记本"), "laptop", re.compile(
        r"内存|固态|处理器|显卡|酷睿|锐龙|骁龙|cpu|gpu|ssd|(?<![a-z0-9])(?:i[3579]|r[579]"
        r"|m[1-4]|rtx|win(?:dows)?|\d+ ?gb?|ryzen|core|macbook"
        r"|thinkpad|lenovo|dell|asus|acer|hp|gaming|laptop|inch)(?![a-z])|电脑|办公|轻薄|续航"
        r"|游戏|联想|华为|戴尔|惠普|华硕|宏碁|小米|荣耀|\d寸|英寸"
        r"|(?<![0-9.])[1-9][0-9]{3}(?![0-9])|[一二两三四五六七八九]千|万")),
    ("toner", re.compile("toner"), "ink", re.compile(
        r"print|cartridge|laser|(?<![a-z])(?:hp|brother|canon|epson|xerox)(?![a-z])|打印|墨")),
)  # fmt: skip

# Things that hold or serve a device: "backpack laptop" looks for a backpack.
_HELPERS = frozenset(
    [
        "backpack",
        "bag",
        "laptop-bag",
        "handbag",
        "tote-bag",
        "crossbody-bag",
        "school-bag",
        "duffel-bag",
        "suitcase",
        "phone-case",
        "screen-protector",
        "phone-holder",
        "charger",
        "cable",
        "power-bank",
        "usb-hub",
        "mouse",
        "mouse-pad",
        "keyboard",
        "desk",
        "office-chair",
        "watch-strap",
        "tripod",
        "usb-drive",
        "ink",
        "lens",
        "headphones",
        "earbuds",
        "speaker",
    ]
)

_DEVICES = frozenset(
    [
        "laptop",
        "phone",
        "tablet",
        "desktop",
        "camera",
        "smartwatch",
        "e-reader",
        "printer",
        "ram",
        "hard-drive",
    ]
)

_SPECIFICATIONS = frozenset({"ram", "hard-drive", "processor", "graphics-card", "memory-card"})


def marks_of(
    text: str, pieces: Sequence[Piece], matches: Sequence[Match], vocabulary: Vocabulary
) -> list[Mark]:
    """Give every match its meaning and keep the product types that head their phrase."""
    marks: list[Mark] = []
    heads = heads_of(text, matches)
    sure = any(match in heads and not is_ambiguous(match) for match in matches)
    for match in matches:
        sense = _sense(text, pieces, match, sure=sure)
        if sense is None:
            continue
        kind, value = sense
        if kind in ("category", "shop-category"):
            if match in heads:
                marks.extend(inside(pieces, match, vocabulary))
                values = match.of(kind) if kind == "shop-category" else (value,)
                marks.extend(Mark(kind, one, match.start, match.end) for one in values)
        elif kind == "audience" and value in WORN_BY:
            marks.append(Mark(kind, WORN_BY[value], match.start, match.end))
        elif (kind, value) != ("audience", "friend"):
            marks.append(Mark(kind, value, match.start, match.end))
            marks.extend(beside(pieces, match, sense, vocabulary))
    marks.extend(_given(text, marks))
    return _headed(text, marks)


_GIVING = re.compile(
    r"(?<![赠配运包附护传递奉呈断播])送(?![货餐达水料气风审修检装电积])给?|作为礼物|当礼物"
)


def _given(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Read 送女朋友 as a gift, unless it is said anyway."""
    if any((mark.kind, mark.value) == ("occasion", "gift") for mark in marks):
        return []
    taken = {place for mark in marks for place in range(mark.start, mark.end)}
    found = (m for m in _GIVING.finditer(text) if taken.isdisjoint(range(*m.span())))
    return [Mark("occasion", "gift", *match.span()) for match in found][:1]


def _sense(text: str, pieces: Sequence[Piece], match: Match, *, sure: bool) -> Sense | None:
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


def _possible(text: str, sense: Sense, match: Match, path: tuple[str, ...], *, sure: bool) -> bool:
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


def without_wider(marks: Sequence[Mark], vocabulary: Vocabulary) -> list[Mark]:
    """Drop "shoes" beside "sneakers", "child" beside "boy"; "shoes but not sneakers" keeps both."""
    within = {"category": vocabulary.within, "audience": lexicon().dimension("audience").within}
    return [
        mark
        for mark in marks
        if mark.kind not in within
        or not any(
            other.kind == mark.kind
            and other.value != mark.value
            and other.negated is mark.negated
            and within[mark.kind](other.value, mark.value)
            for other in marks
        )
    ]


def _headed(text: str, marks: list[Mark]) -> list[Mark]:
    """Give words their meaning in this query, and drop devices beside what is made for them."""
    turned = [_turned(text, mark) for mark in marks]
    types = [mark for mark in turned if mark.kind == "category"]
    if len(types) < 2:
        return turned
    named = {mark.value for mark in types}
    specified = named - _SPECIFICATIONS
    dropped = set()
    for mark in types:
        helped = (
            mark.value in _DEVICES and bool(named & _HELPERS) and not _alternatives(text, types)
        )
        if helped or (mark.value in _SPECIFICATIONS and specified):
            dropped.add(mark)
    return [mark for mark in turned if mark not in dropped]


def _alternatives(text: str, types: Sequence[Mark]) -> bool:
    ordered = sorted(types, key=lambda mark: mark.start)
    return any(
        ALTERNATIVE.search(text[left.end : right.start]) for left, right in pairwise(ordered)
    )


def _turned(text: str, mark: Mark) -> Mark:
    if mark.kind != "category":
        return mark
    around = text[: mark.start] + " " + text[mark.end :]
    for said, word, meant, context in _TURNS:
        itself = mark.value == said and word.search(text[mark.start : mark.end])
        if itself and context.search(around):
            return replace(mark, value=meant)
    return mark


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
