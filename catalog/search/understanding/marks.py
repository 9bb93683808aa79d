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
from catalog.search.understanding.pieces import Piece, is_han, surface_pieces
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
_NOT_INSIDE = frozenset({("occasion", "skiing"), ("occasion", "home"), ("audience", "friend")})
# One character that says what a thing is made of, or for whom: 皮衣, 铁锅, 童鞋.
_SINGLE_INSIDE = frozenset("男女童皮棉铁木瓷竹")
_NOT_MADE_OF = frozenset("皮带 皮夹 棉衣 棉服 棉袄 棉拖 棉拖鞋 棉外套 铁观音 木马 皮鞋".split())
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
_MODEL_EN = re.compile(r"(?:[ -](?:[0-9]{1,4}[a-z]{0,3}|pro|max|plus|mini|ultra|air|se|gen|note|lite|[a-z][0-9]{1,3}))*")
_FOR_EN = re.compile(r"(?<![a-z])(?:for|with|of|inside|fits?|to (?:go with|match|wear with|hold|carry|put))(?![a-z])")
_FOR_ZH = re.compile(r"(?:专用|能?用|可用|上?用)的?$|^的?(?:专用|配套)")
_HOLDS_ZH = re.compile(r"(?:装|放|搭配|配|给|适合|搭|支持|用于|兼容)$")
_ALTERNATIVE = re.compile(r"[,，、/;；]|(?<![a-z])(?:or|and|also|plus)(?![a-z])|&|或|和|还有|以及|跟|与")
_LETTER = re.compile(r"[a-z]$")
_SIZE_WORDS = frozenset({"small", "medium", "large", "mini", "extra-large"})


# The same word, another thing, by what stands around it.
_TURNS = (
    ("notebook", "laptop", re.compile(
        r"内存|固态|处理器|显卡|酷睿|锐龙|骁龙|cpu|gpu|ssd|(?<![a-z0-9])(?:i[3579]|r[579]|m[1-4]|rtx|win(?:dows)?|\d+ ?gb?|ryzen|core|macbook"
        r"|thinkpad|lenovo|dell|asus|acer|hp|gaming|laptop|inch)(?![a-z])|电脑|办公|轻薄|续航|游戏|联想|华为|戴尔|惠普|华硕|宏碁|小米|荣耀|\d寸|英寸"
        r"|(?<![0-9.])[1-9][0-9]{3}(?![0-9])|[一二两三四五六七八九]千|万")),
    ("toner", "ink", re.compile(r"print|cartridge|laser|(?<![a-z])(?:hp|brother|canon|epson|xerox)(?![a-z])|打印|墨")),
)  # fmt: skip
# Things that hold or serve a device: "backpack laptop" looks for a backpack.
_HELPERS = frozenset(
    "backpack bag laptop-bag handbag tote-bag crossbody-bag school-bag duffel-bag suitcase phone-case screen-protector phone-holder "
    "charger cable power-bank usb-hub mouse mouse-pad keyboard desk office-chair watch-strap tripod usb-drive ink lens headphones earbuds speaker".split()
)
_DEVICES = frozenset("laptop phone tablet desktop camera smartwatch e-reader printer ram hard-drive".split())
_SPECIFICATIONS = frozenset({"ram", "hard-drive", "processor", "graphics-card", "memory-card"})


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
            marks.extend(_beside(pieces, match, sense, vocabulary))
    marks.extend(_given(text, marks))
    return _headed(text, _without_wider(marks, vocabulary))


_GIVING = re.compile(r"(?<![赠配运包附护传递奉呈断播])送(?![货餐达水料气风审修检装电积])给?|作为礼物|当礼物")


def _given(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Read 送女朋友 as a gift, unless it is said anyway."""
    if any((mark.kind, mark.value) == ("occasion", "gift") for mark in marks):
        return []
    taken = {place for mark in marks for place in range(mark.start, mark.end)}
    found = (m for m in _GIVING.finditer(text) if taken.isdisjoint(range(*m.span())))
    return [Mark("occasion", "gift", *match.span()) for match in found][:1]


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
    if _names_machine(text, match.end, matches):
        return True
    model = _MODEL_EN.match(text, match.end)
    part = _PART_ZH.match(text, match.end) or _PART_EN.match(text, model.end() if model else match.end)
    return part is not None and not any(
        other.start < part.end() and part.start() < other.end for other in matches if other is not match
    )


_RUN_ZH = re.compile(r"[\u3400-\u9fff]{1,5}")
_PRODUCT_ENDS = frozenset("机器皂芯仪剂液膏油粉纸线管板盒架柜箱套罩垫贴膜壳扣链绳刷锁泵阀钳刀锯钉轮桶篮夹秤炉枪饼糕汤糖粥")


def _names_machine(text: str, end: int, matches: Sequence[Match]) -> bool:
    """Say whether the word glued behind a Chinese product type is another product: 玉米粉碎机."""
    run = _RUN_ZH.match(text, end)
    if run is None or run[0][0] in "的和或与要不有男女":
        return False
    stop = min((m.start for m in matches if m.start >= end), default=len(text))
    word = run[0][: max(0, stop - end)]
    return len(word) > 1 and word[-1] in _PRODUCT_ENDS


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

    Not where the type is called so itself: jeans are 牛仔裤, whatever they are made of.
    """
    path = tuple(piece.text for piece in pieces[match.first : match.last])
    for cut in range(len(path) - 1, 0, -1):
        codes = _types_of(vocabulary, path[cut:])
        leather = cut == 1 and path[0] == "皮"  # 皮衣: nothing else is called 衣
        if not (codes or leather) or _is_shown(path, cut, match, vocabulary):
            continue
        same = bool(codes & set(match.of("category")))
        senses = [s for s in vocabulary.exact(path[:cut]) if s[0] in _INSIDE or (same and s[0] == "occasion")]
        single = cut == 1 and is_han(path[0]) and path[0] not in _SINGLE_INSIDE
        single = single or "".join(path) in _NOT_MADE_OF
        if senses and not single and path[:cut] not in _GUARDS.bound_en and senses[0] not in _NOT_INSIDE:
            end = pieces[match.first + cut - 1].end
            rest = replace(match, first=match.first + cut, start=pieces[match.first + cut].start)
            return [Mark(*senses[0], match.start, end), *_inside(pieces, rest, vocabulary)]
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


def _beside(pieces: Sequence[Piece], match: Match, sense: Sense, vocabulary: Vocabulary) -> list[Mark]:
    """Return what else a longer name says: 大码女装 are for women, 生日礼物 for a birthday."""
    path = tuple(piece.text for piece in pieces[match.first : match.last])
    for cut in range(1, len(path)):
        left, right = vocabulary.exact(path[:cut]), vocabulary.exact(path[cut:])
        if not left or not right or (sense in left) == (sense in right):
            continue
        other = right[0] if sense in left else left[0]
        middle = pieces[match.first + cut].start
        start, end = (middle, match.end) if sense in left else (match.start, middle)
        if other[0] not in ("category", "brand", "size"):
            return [Mark(*other, start, end)]
    return []


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
        helped = mark.value in _DEVICES and bool(named & _HELPERS) and not _alternatives(text, types)
        if helped or (mark.value in _SPECIFICATIONS and specified):
            dropped.add(mark)
    return [mark for mark in turned if mark not in dropped]


def _alternatives(text: str, types: Sequence[Mark]) -> bool:
    ordered = sorted(types, key=lambda mark: mark.start)
    return any(
        _ALTERNATIVE.search(text[left.end : right.start])
        for left, right in zip(ordered, ordered[1:], strict=False)
    )


def _turned(text: str, mark: Mark) -> Mark:
    for said, meant, context in _TURNS:
        around = text[: mark.start] + " " + text[mark.end :]
        if mark.kind == "category" and mark.value == said and context.search(around):
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
