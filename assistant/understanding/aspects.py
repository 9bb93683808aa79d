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
COVERED = (("place", "deadline"), ("lost", "answers"), ("place", "refund_way"),
           ("later", "weekend"), ("later", "late"), ("later", "readdresses"),
           ("swap_time", "swap_lacking"), ("answers", "damaged"), ("answers", "late"),
            ("warranty", "proof"),
           ("refund_time", "progress"))  # fmt: skip
BACK, PARCEL, INVOICE = "back", "parcel", "invoice"
# Words for giving something back, by themselves.
GIVES_BACK = re.compile(
    r"坏了|断了|退|换货|换一?[个件双条台]|寄回|保修|质保|修"
    r"|\b(?:return\w*|refund\w*|exchang\w+|send(?:ing)? (?:[\w-]+ ){1,3}back|money back"
    r"|go back|goes back|replace\w*|warrant\w+|repair\w*|covered)\b"
    r"|\b(?:if|when|once|suppose)\b.{0,24}\b(?:dies?|breaks?|stops?|fails?|snaps?|goes wrong)\b"
)


_SWAPS = re.compile(r"(?<!退)换|\b(?:exchang\w+|swap\w*|replace\w*|another (?:size|colou?r|one))\b")


# Whether something may be given back at all: 能退吗, "could I still return it?".
_WHETHER = re.compile(
    r"(?:能|可以|可|给|支持|接受|允许)(?:不能|不可以|不)?(?:再|申请)?(?:退(?!烧|色|热)"
    r"|换(?=别的|其他|其它|货|吗|么|不|[?？]|$|大|小|码|尺|颜色))|包退|包换|退得了|退换吗"
    r"|\b(?:can|could|may|would|able to|possible to|allowed to|do you|will you)\b.{0,24}"
    r"\b(?:return|exchange|swap|refund|(?:send|take|give|bring)"
    r" (?:it|them|this|that|one|\w*things?|goods) back"
    r"|(?:it|they|this|that|these) (?:go|come) back)\b"
    r"|\breturnable\b|\brefundable\b"
)
_SUPPOSES = re.compile(
    r"如果|要是|万一|假如|的话|(?:收到|到货|到了|拿到|买回来|买了)(?:以后|之后|后|再)?.{0,6}(?:不|没)"
    r"|\b(?:if|in case|suppose|once|when) (?:it|they|i|she|he|we|the|my)\b"
)


# Of any order, not of one that was placed: "after I've paid", "an order", 付了款还能取消吗.
_IN_GENERAL = re.compile(
    r"\b(?:an|any|some) (?:order|purchase|parcel|delivery)\b|\borders\b(?! i )"
    r"|\b(?:after|once|when) (?:i'?ve |i have |i |you'?ve )?(?:paid|pay|paying|order(?:ed|ing)?"
    r"|bought|buying|placed)\b|\bif i (?:order|buy|bought)\b"
    r"|(?:付|交)(?:了|完)?[款钱](?:以后|之后|后|了)?|付(?:了|过|完)?款的(?:订?单|单子)|下(?:了|完)?单(?:以后|之后|后|了)|一般|通常|平时"
)
_OF_MINE = re.compile(
    r"\b(?:my|that|this|the|these|those) (?:order|parcel|package|one|purchase)\b"
    r"|我的|我[^，。]{0,4}买的|[这那它刚]|昨天|今天|前天|上[周次个]"
)


_ALL_SHOPS = re.compile(
    r"\b(?:all|each|every|any|which|both|most)(?: of)?(?: your| the)? (?:shops?|stores?|sellers?)\b"
    r"|(?:各家?|每家?|所有的?|哪[家些个]|几家)店"
)


def of_all_shops(text: str) -> bool:
    """Tell whether something is asked of every shop: "do all your shops charge the same?"."""
    return bool(_ALL_SHOPS.search(fold(text)))


def in_general(text: str) -> bool:
    """Tell whether something is asked of orders as such, and of none that was placed."""
    folded = fold(text)
    return bool(_IN_GENERAL.search(folded)) and not _OF_MINE.search(folded)


def asks_whether(text: str) -> bool:
    """Tell whether it is asked if something may be given back."""
    return bool(_WHETHER.search(fold(text))) and not of_a_part(text)


def supposes(text: str) -> bool:
    """Tell whether a message asks what would be: "if I don't like it", 收到后不喜欢."""
    return bool(_SUPPOSES.search(fold(text)))


def swaps(text: str) -> bool:
    """Tell whether a message would have something else in its place, rather than money."""
    return bool(_SWAPS.search(fold(text))) and not of_a_part(text)


# A part is changed at home, and nothing is sent back for it: 灯泡能换吗.
_PART = re.compile(
    r"(?:灯泡|滤芯|滤网|滤棉|电池|表带|耳[塞套罩]|鞋[垫带]|内胆|刀[片头]|刷头|笔芯|墨[水囊]|密封圈|硅胶圈"
    r"|轮子|拉链|肩带|枕[套芯]|被套|布套|灯罩|海绵|喷头|吸管|键帽|镜片|磨芯|钢圈|弦)"
    r"(?:可不可以|能不能|是不是|可以|能|会|要)?(?:自己|单独|经常)?(?:换|更换|拆换|替换)"
    r"|(?:换|更换)(?:灯泡|滤芯|滤网|电池|表带|耳[塞套]|鞋垫|刀片|刷头|笔芯|灯罩|海绵)"
    r"|\b(?:replace|change|swap) (?:the|its|a) (?:bulb|filter|batter(?:y|ies)|strap|blade|refill"
    r"|head|cover|wick|nib|pads?|cushions?|wheels?)\b"
    r"|\b(?:bulb|filter|battery|strap|blade|refill|wick|nib|pads?) (?:be )?(?:replac\w+|chang\w+)"
)


def of_a_part(text: str) -> bool:
    """Tell whether a part of a thing is to be changed, rather than the thing given back."""
    return bool(_PART.search(fold(text)))


def aspects_in(text: str, family: str) -> tuple[str, ...]:
    """Return the aspects of giving back or of a parcel that a message names, in its order."""
    folded = fold(text)
    if family == BACK and _PART.search(folded):
        return ()
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
    return bool(GIVES_BACK.search(fold(text))) and not of_a_part(text)


def all_of(family: str) -> frozenset[str]:
    """Return the names of all aspects of a family."""
    names = (one.split(".", 1) for one in cues("aspects"))
    return frozenset(name for kind, name in names if kind == family)
