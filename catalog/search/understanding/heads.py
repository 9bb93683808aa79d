"""Tell which product type a phrase is about: "phone charger" is a charger, 冰箱贴 no refrigerator.

For `marks`. It reads word order and little words; it does not know what fits what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.search.understanding.matching import Match
from catalog.search.understanding.pieces import is_han

# What follows a product name and makes it the name of a part or a helper of that product.
_PART_ZH = re.compile(
    r"(?:保护|钢化|专用|收纳|清洁|置物|防尘|替换)?(?:壳|套(?!装)|膜|支架|架|盒|罩|贴|垫|挂?绳"
    r"|扣|刷|油|液|剂|配件|零件|维修|滤芯|滤网|耗材|轮子|支撑|座|挂件|底座|遥控器?|壁纸)"
)

_PART_EN = re.compile(
    r"[ -](?:cases?|covers?|stands?|holders?|straps?|stickers?|mounts?|adapters?|adaptors?"
    r"|protectors?"
    r"|sleeves?|cleaners?|filters?|replacements?|parts?|accessor(?:y|ies)|batter(?:y|ies)"
    r"|trays?|pads?"
    r"|skins?|kits?|organi[sz]ers?|hangers?|liners?|polish|repair|lids?|hooks?|chargers?"
    r"|cables?|docks?"
    r"|brackets?|wall|games?|wraps?|charms?|clips?|decor|patterns?|ink|cartridges?|lens(?:es)?"
    r"|bulbs?)"
    r"(?![a-z])"
)

_MODEL_EN = re.compile(
    r"(?:[ -](?:[0-9]{1,4}[a-z]{0,3}|pro|max|plus|mini|ultra|air|se|gen|note|lite"
    r"|[a-z][0-9]{1,3}))*"
)

_FOR_EN = re.compile(
    r"(?<![a-z])(?:for|with|of|inside|fits?|to|that|which|who|whose|while|when|where)(?![a-z])"
)

_FOR_ZH = re.compile(r"(?:专用|能?用|可用|上?用)的?$|^的?(?:专用|配套)")

_HOLDS_ZH = re.compile(
    r"(?:[装放搭配给上接连套]|适合|适配|适用|适用于|支持|用于|兼容)(?:在|于|得下|下|我的?|你的?)?$"
)
# What joins one thing that a product is for to the next: "for my phone and laptop".
_JOINED = re.compile(
    r" ?(?:,|，|、|/|&|and|or|plus|和|或者?|与|跟|以及)+ ?(?:(?:my|our|the|an?) )?"
)

ALTERNATIVE = re.compile(
    r"[,，、/;；]|(?<![a-z])(?:or|and|also|plus)(?![a-z])|&|或|和|还有|以及|跟|与"
)


def is_category(match: Match) -> bool:
    """Say whether a name can be a product type."""
    return any(kind in ("category", "shop-category") for kind, _ in match.senses)


def is_ambiguous(match: Match) -> bool:
    """Say whether a name has meanings of several kinds."""
    return len({kind for kind, _ in match.senses}) > 1


def heads_of(text: str, matches: Sequence[Match]) -> list[Match]:
    """Return the matches of product types that are what is looked for."""
    types = [match for match in matches if is_category(match)]
    kept: list[Match] = []
    served: Match | None = None  # the last one that something else is for
    for place, match in enumerate(types):
        following = types[place + 1] if place + 1 < len(types) else None
        if not is_ambiguous(match) and _is_part_of(text, match, following, matches):
            continue
        if kept and _belongs_to(text[kept[-1].end : match.start]):
            served = match
            continue
        if served and _JOINED.fullmatch(text, served.end, match.start):
            served = match
            continue
        if kept and _held(text, kept[-1], match):
            kept.pop()
        kept.append(match)
    return kept


def _is_part_of(text: str, match: Match, following: Match | None, matches: Sequence[Match]) -> bool:
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
    part = _PART_ZH.match(text, match.end) or _PART_EN.match(
        text, model.end() if model else match.end
    )
    return part is not None and not any(
        other.start < part.end() and part.start() < other.end
        for other in matches
        if other is not match
    )


_RUN_ZH = re.compile(r"[\u3400-\u9fff]{1,5}")

_PRODUCT_ENDS = frozenset(
    "机器皂芯仪剂液膏油粉纸线管板盒架柜箱套罩垫贴膜壳扣链绳刷锁泵阀钳刀锯钉轮桶篮夹秤炉枪饼糕汤糖粥"
)


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
    if len(gap) > 32 or ALTERNATIVE.search(gap):
        return False
    return bool(_FOR_EN.search(gap) or _HOLDS_ZH.search(gap))


def _held(text: str, holder: Match, match: Match) -> bool:
    """Say whether ``match`` is made for ``holder``: 放电脑的包, 给手机充电的线."""
    gap = text[holder.end : match.start]
    clause = _CLAUSE_ZH.match(gap)
    return clause is not None and bool(_HOLDS_ZH.search(text[: holder.start])) and len(gap) < 8


# The rest of a clause that describes what follows: 充电的, 用的大
_CLAUSE_ZH = re.compile(r"[\u3400-\u9fff]{0,4}?的")
