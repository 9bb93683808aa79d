"""What a message wants put into the cart: by which name, how many, beside or instead of what waits.

For planning. "Could you add a grey beanie to my cart?", 再来两袋牛肉干, "make it one pack". Plain
Python; which thing bears the name is found by whoever carries it out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.understanding.cues import number_of
from assistant.understanding.mentioning import quantity_of
from catalog.lexicon import lexicon
from catalog.text import fold

Way = Literal["put", "set", "drop"]
_CART = r"(?:shopping )?(?:cart|basket|trolley)"
_VERBS = r"(?:add|put|place|pop|stick|throw|chuck|toss|drop|include)"
_COUNT = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple(?: of)?|another)"
)
_PIECES = (
    r"(?:packs?|packets?|pairs?|boxe?s?|bags?|bottles?|jars?|tins?|pieces?|sets?|tubes?|pots?)"
)
_ZH_COUNT = r"[一二两三四五六七八九十俩仨\d]{1,3}"
_ZH_UNIT = r"[个件条双只包盒袋瓶罐把支套块张本盆株箱份顶台床副对款](?:装)?"
_ZH_CART = r"(?:我的)?购物[车篮](?:里面?|中)?"
# The cart is named; nothing else is said of it than that something is to be in it.
_INTO = re.compile(
    rf"\b{_VERBS} .{{2,60}}\b(?:in|into|to|on) (?:my |the |our )?{_CART}\b"
    rf"|\b{_VERBS} (?:in|into|to) (?:my |the |our )?{_CART}\b"
    r"|\b(?:i (?:need|want)|i'?d like|(?:can|could|may) i (?:have|get)|let'?s (?:have|get)|get me) "
    rf".{{2,60}}\b(?:in|into) (?:my |the |our )?{_CART}\b"
    rf"|(?:加|放|丢|添|扔)(?:入|进|到|上|在)?(?:去)?{_ZH_CART}|{_ZH_CART}(?:再|帮我|也)?(?:加|放|添|来)"
)
# One more thing, while something is being put in.
_MORE = re.compile(
    rf"\b(?:(?:could|can|would|will) you |please |and |also |then |now |let'?s )*{_VERBS} "
    r"(?!(?:it|that|them|this) (?:all )?up)\w"
    r"|^(?:ok(?:ay)?|yes|great|fine|thanks|thank you|right|oh|[.,! ])*"
    rf"\b(?:and|also|plus|as well as)\b[, ]*(?:{_COUNT}|the|some) "
    rf"|\b(?:i'?ll|i will|i'?d|i would) (?:also )?(?:like |take|have|need|want|get|grab)"
    rf"|\b(?:give|get) me\b"
    rf"|^(?:对了|嗯|哦|[，,])*(?:还有|另外|以及)(?:[那这]|{_ZH_COUNT}){_ZH_UNIT}(?!.*[吗么呢?？])"
    rf"|^(?:那|好的?|嗯|哦|对了|麻烦|请|[，,])*(?:另外|顺便|再|还|也|同时)+(?:帮我|给我|要|想要)*"
    rf"(?:来|加|拿|放|添|买|带|要|配)(?:上|个)?|^(?:给我|帮我)?(?:来|加|拿|添)(?:上)?{_ZH_COUNT}{_ZH_UNIT}"
)
# So many of something are ordered, where nothing was before: 来两个泡沫轴, "I'll take two ...".
_BIDS = re.compile(
    rf"^(?:先|那|麻烦|请|[，,])*(?:给我|帮我)?(?:来|拿|加|下单|订)(?:上)?{_ZH_COUNT}{_ZH_UNIT}\S"
    rf"|^(?:ok(?:ay)?|so|then|well|right|[, ])*i(?:'?ll| will) (?:take|have|get) (?:{_COUNT}|the) "
)
_ALSO = re.compile(
    r"\b(?:also|too|as well|another|more|and|plus|besides)\b|再|还(?!是)|另外|顺便|也|又"
)
# So many instead of what was said.
_SETS = re.compile(
    r"\b(?:make|change|switch|set) (?:it|that|them|this)(?: to| into)? "
    rf"(?:just |only )?(?P<a>{_COUNT})\b(?: {_PIECES})?(?: of (?P<of>[^,.?!]+))?"
    rf"|\b(?:make|change|switch|set) (?:the )?(?P<name>[^,.?!]{{2,40}}?) (?:to|into) "
    rf"(?P<b>{_COUNT})\b(?! (?:size|colou?r))"
    rf"|^(?:hm+|actually|no|sorry|wait|oh|ok(?:ay)?|well|on second thoughts?|[, .])*"
    rf"(?:just|only) (?P<c>{_COUNT})\b(?: {_PIECES})?(?P<of2> [^,.?!]+?)?(?: actually| after all|"
    r" please| is enough| will do| then)*\W*$"
    rf"|^(?:actually|no|sorry|wait|hm+|[, .])+(?P<d>{_COUNT})\b(?: {_PIECES})?(?: of them| please"
    r"| is enough| will do| instead)*\W*$"
    rf"|(?P<name_zh>[^，,。]{{0,10}}?)(?:改成|改为|改到|变成|换成|减到|减成)(?P<e>{_ZH_COUNT}){_ZH_UNIT}"
    rf"|(?:^|[，,])(?P<name_zh2>[^，,。]{{0,10}}?)(?:只要|就要|要)?(?P<g>{_ZH_COUNT}){_ZH_UNIT}就?(?:够|行|好)了?\W*$"
    rf"|^(?:算了|不对|不|等等|那|嗯|[，,])*(?:还是|只要|就要|只|就)(?:要|来|买|拿)?"
    rf"(?P<f>{_ZH_COUNT}){_ZH_UNIT}(?P<of_zh>[^，,。？?吗]{{0,10}}?)(?:就?[行好够](?:了|吧)?|吧|算了)?\W*$"
)
_DROPS = re.compile(
    r"\b(?:leave|take) (?:the |my )?(?P<d>[^,.?!]{2,40}?) out\b"
    r"|\b(?:leave out|take out|drop|remove|scrap|ditch|lose|forget(?: about)?|skip|cancel|without"
    r"|don'?t need|not) "
    r"(?:the |my |any )?(?P<a>[^,.?!]{2,40}?)(?: (?:then|again|please|after all|for now|out"
    r"|though))*\W*$"
    r"|(?:^|[，,])(?:那|算了|还是|把)*(?P<b>[^，,。]{1,10}?)(?:就|先|还是|我)?"
    r"(?:不要了?|不用了|算了|去掉|拿掉|删掉|删了|不买了)(?:吧)?\W*$"
    r"|(?:不要|去掉|拿掉|删掉|不买)(?P<c>[^，,。]{2,10}?)了?(?:吧)?\W*$"
)
# What goods are named beside.
_BARE = re.compile(
    rf"\b(?:(?:could|can|would|will) you|(?:i'?d|i would) like(?: to (?:order|buy|get|have|add))?"
    rf"|i'?ll (?:take|have|get|grab|also take)|i (?:want|need)(?: to (?:buy|order|get|add))?"
    rf"|let me (?:have|get)|(?:give|get) me|please|pls|also|as well|too|then|thanks|thank you|now"
    rf"|{_VERBS}|(?:in|into|to|on) (?:my |the |our )?{_CART}|for me|and|plus|actually|just|in$"
    rf"|(?:{_COUNT} )?{_PIECES} of|{_COUNT} of|{_COUNT}|of (?:them|those|these)|ok(?:ay)?"
    rf"|oh|hey|hi|well|(?:can|could|may) i (?:have|get)|let'?s (?:have|get)"
    rf"|i will (?:take|have|get)|the|some|my|order|buy|in size \w+"
    rf"|(?:i (?:wear|take|am)|i'?m)(?: a| an)?(?: size)? \w+|size \w+)(?![\w'-])"
    rf"|[那这]{_ZH_UNIT}(?=[^的，,]{{2}})|^还有"
    rf"|{_ZH_CART}|(?:加|放|丢|添|扔)(?:入|进|到|上|在)(?:去)?|帮我|给我|麻烦|请|另外|顺便|谢谢|对了"
    rf"|(?:再|还|也)?(?:想要|要|来|加|拿|放|添|买|带|配)?(?:上)?{_ZH_COUNT}{_ZH_UNIT}"
    r"|^(?:那|就|我|再|还|也|把|将|往|要|来|加|拿|放|添|买)+|(?:吧|呗|哈|啊|哦|了)$|(?<=.)(?:也|都|一起)$"
)
_POINTS = re.compile(
    r"\b(?:it|this|that|these|those|them|both|all)\b|\b(?:an?|the) (?:\w+ ){0,2}ones?\b"
    r"|\bthe (?:first(?! aid)|second(?![- ]hand)|third|fourth|fifth|last|latter|former|other)\b"
    r"|[这那它]|第[一二三四五]|最后一"
)
_JOINED = re.compile(r" and | & |[和跟、]|以及")
# That thing, by its name: 那条美利奴围巾.
_DEMONSTRATIVE = re.compile(rf"[那这]{_ZH_UNIT}(?=[^的，,]{{2}})")
_SPLIT = re.compile(r"[,，.。;；!！?？]\s*")
_NO_GOODS = re.compile(
    r"\b(?:gift ?wrap\w*|wrapping|note|card|message|coupons?|codes?|address|invoice)\b"
    r"|贺卡|包装|备注|优惠|券|地址|发票|留言|单子|订单"
)


@dataclass(frozen=True, slots=True)
class Putting:
    """``name``: what the thing is called by, "" where it is only pointed at; ``count``: how many,
    None where nobody said; ``also``: beside what is there already, not in its place; ``loose``:
    no cart is named, and nothing was being put in; ``more``: what else is told of it; ``names``:
    each of several things that are named together, and how many of it."""

    way: Way
    name: str = ""
    count: int | None = None
    also: bool = False
    loose: bool = False
    more: str = ""
    names: tuple[tuple[str, int], ...] = ()


def putting_in(text: str, *, going_on: bool = False) -> Putting | None:
    """Return what is to be put into the cart; None where nothing is.

    ``going_on``: something is being put in, so that the cart need not be named.
    """
    folded = fold(text).strip()
    if going_on and (found := recounted(folded) or dropped(folded)):
        return found
    into = _INTO.search(folded)
    loose = not (into or going_on) and bool(_BIDS.search(folded))
    if not (into or loose or (going_on and _MORE.search(folded))):
        return None
    parts = [one for one in _SPLIT.split(folded) if one.strip()]
    said, name = next(((one, told) for one in parts if (told := bare(one))), ("", ""))
    if _NO_GOODS.search(name):
        return None
    more = " ".join(bare(one) for one in parts if one != said)
    count = next((one for part in parts if (one := count_of(part))), None)
    each = [(told, count_of(one) or 1) for one in _JOINED.split(said) if (told := bare(one))]
    said = _DEMONSTRATIVE.sub("", said)
    name = "" if _POINTS.search(said) or only_options(name) else name
    return Putting("put", name, count, bool(_ALSO.search(folded)), loose, more,
                   names=tuple(each) if len(each) > 1 and name else ())  # fmt: skip


def only_options(name: str) -> bool:
    """Tell whether a name is but a colour or a size of what is talked of: 白色L码, "black in M"."""
    for span in sorted(lexicon().match(name, {"colour"}), key=lambda one: -one.start):
        name = name[: span.start] + " " + name[span.end :]
    return not re.sub(
        r"\b(?:in|size)\b|(?<![a-z])(?:\d?x{0,4}[sl]|m|\d{2})(?![a-z\d])|[码号色的\s]", "", name
    )


def recounted(folded: str) -> Putting | None:
    """Return how many there are to be instead, of what; None where none is told."""
    match = _SETS.search(folded)
    if match is None:
        return None
    said = match.groupdict()
    count = next(value for name, value in said.items() if value and len(name) == 1)
    names = (value for name, value in said.items() if value and len(name) > 1)
    name = next((bare(one) for one in names), "")
    name = "" if _POINTS.search(name) else name
    return Putting("set", name, count_of(count) or 1)


def dropped(folded: str) -> Putting | None:
    """Return what is left out again, by its name; None where nothing is."""
    match = _DROPS.search(folded)
    name = next((bare(one) for one in match.groups() if one), "") if match else ""
    return Putting("drop", name) if name and not _POINTS.search(name) else None


def bare(words: str) -> str:
    """Return the name in folded words, without what asks for the thing and how many of it."""
    before = ""
    while words != before:
        before, words = words, _BARE.sub(" ", words.strip(" ,，.。!！?？吧"))
        words = re.sub(r"\s+", " ", words).strip()
    return re.sub(r"^(?:的|of |in )|的$", "", words)


def count_of(words: str) -> int | None:
    """Return the number that folded words say, None where they say none."""
    words = words.strip()
    if words in ("a", "an", "another"):
        return 1
    if words.startswith("a couple"):
        return 2
    pieces = re.search(rf"\b(?P<n>{_COUNT}) (?:{_PIECES}\b|of\b)", words)
    zh = re.search(rf"(?P<n>{_ZH_COUNT}){_ZH_UNIT}", words)
    lead = re.search(rf"\b(?:{_VERBS}|and|also|take|have|get|me|like) (?P<n>{_COUNT})\b", words)
    for match in (pieces, zh, lead):
        if match:
            said = match["n"]
            return 1 if said in ("a", "an", "another") else count_of(said)
    return number_of(words) or quantity_of(words)


# What everything comes to that is in the cart or on its way there.
_TOTAL = re.compile(
    r"\b(?:come|comes|came) to\b|\b(?:total|altogether|in all|all in|all together|everything"
    r"|the lot|delivered)\b"
    r"|\bwhat (?:do|will|would|must) i (?:pay|owe)\b"
    r"|一共|总共|合计|总价|总计|加起来|全部多少|一起多少"
)
_COSTS = re.compile(r"\b(?:how much|what|total|pay|owe|cost)\b|多少|几[块元]|总价|合计")


def asks_the_total(text: str) -> bool:
    """Tell whether it is asked what all of it comes to."""
    folded = fold(text)
    return bool(_TOTAL.search(folded) and _COSTS.search(folded))


_TOGETHER = re.compile(r"一起|一并|\b(?:both|together|all of (?:them|it))\b")


def takes_together(text: str) -> bool:
    """Tell whether what was talked of is taken, too: 再来一个逗猫棒，一起加购物车."""
    return bool(_TOGETHER.search(fold(text)))
