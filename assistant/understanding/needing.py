"""What goods a message asks for: the need in it, without what only tells of somebody or something.

For interpreting and for training. "A case for my phone" is no phone, a 20 kg dog weighs no goods.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.understanding.apart import PETS, apart_from_parts, apart_from_setting, is_owned
from assistant.understanding.asides import plainly_wished
from assistant.understanding.following import budgeted, leftover
from assistant.understanding.languages import ZH
from assistant.understanding.mentioning import asked_attribute_of
from assistant.understanding.retelling import retold
from assistant.understanding.superlatives import asks_for_the_most
from catalog.lexicon import lexicon
from catalog.search.understanding import Need, Slot, Vocabulary, understand
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State

_AMOUNT = re.compile(
    r"\s*[¥$￥]?\s*\d{1,6}(?:\.\d{1,2})?\s*(?:元|块|左右|吧|以内|or so|max|bucks)?\s*[.。!]?"
)
_ACCESSORY = re.compile(
    r"\b(?P<thing>cases?|covers?|sleeves?|stands?|holders?|mounts?|chargers?|cables?|straps?|"
    r"protectors?|tripods?|batter(?:y|ies)|lids?|filters?|bags?)"
    r" for (?:(?:my|our|his|her|the|a|an) )(?P<whose>[a-z]+)\b",
    re.IGNORECASE,
)
_CART = re.compile(
    r"\b(?:in|into|to) (?:my |the |our )?(?:shopping )?(?:cart|basket|bag)\b(?! (?:for|with|under))"
    r"|(?:加入|加到|放进|放到|添加到)(?:我的)?购物车",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"(?:能|可以?)?(?:放|装|容纳)(?:得下|下|进|得了)?(?P<what>[^，,。！？的]{1,12})的"
    r"|\b(?:that|which|to|can|and|must|should|has to|needs to) (?:will |can )?"
    r"(?:fits?|holds?|carry|carries|takes?)"
    r" (?P<what_en>(?:\S+ ){0,4}\S+)",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\s*\d{2,3}(?:\.5)?\s*[.。!]?")


def headed(text: str) -> str:
    """Put a thing's purpose before it, and leave the cart out.

    "A case for my phone" is a phone case; a shopping basket is no basket that is looked for.
    """
    text = _CART.sub(" ", text)
    return _ACCESSORY.sub(r"\g<whose> \g<thing>", text)


def understood(text: str, state: State, vocabulary: Vocabulary, locale: str, currency: str) -> Need:
    """Understand a message; a bare number is what was asked for."""
    asked = state.pending.kind if state.pending else ""
    if asked in ("price", "budget") and _AMOUNT.fullmatch(text):
        text = (
            f"预算{text.strip()}" if re.search("[元块左吧以]", text) else f"budget {text.strip()}"
        )
    elif asked == "size" and _SIZE.fullmatch(text):
        text = f"size {text.strip()}"
    text = headed(budgeted(plainly_wished(retold(kind_asked(_WORN_SIZE.sub(r"\1 size \2", text))))))
    if (pet := pet_of(state)) and _OF_A_PET.search(fold(text)):
        text = f"{pet}{text}" if re.search("[\u3400-\u9fff]", text) else f"{pet} {text}"
    need = understand(text, vocabulary=vocabulary, locale=locale, currency=currency)
    need = served(measured_whole(need))
    wanted = any(one.slot.kind == "category" for one in state.slots)
    if wanted or state.topic:
        need = apart_from_parts(apart_from_setting(need), state)
    return unburdened(need, wanted=wanted)


# Sizes as they are said of clothes: "men's large".
_WORN_SIZE = re.compile(
    r"\b((?:wo)?men'?s|ladies'?|boys'?|girls'?|kids'?) (small|medium|(?:extra |x-?)?large|xx?l)\b",
    re.IGNORECASE,
)
# What there is of a kind: 你们有什么茶.
_WHAT_THERE_IS = re.compile(
    r"(?:请问)?(?:你们?家?|店里|这里|这儿|咱们?家?)?(?:店里?)?(?:都|还)?(?:有|卖)(?:什么|啥|哪些)(?:好)?"
    r"(?P<what>[\u4e00-\u9fff]{1,6}?)(?:吗|呢|啊|卖的?|可以?买|推荐)?[?？。]?"
)


def kind_asked(text: str) -> str:
    """Return the kind of goods of which it is asked what there is; else the text as it is."""
    found = _WHAT_THERE_IS.fullmatch(text.strip())
    kind = found["what"] if found else ""
    return kind if kind and lexicon().canonical("category", kind) else text


# Of what a measure is: 16 GB *of RAM*, "500 GB hard drive", 16G内存.
_OF_WHAT = re.compile(
    r" ?(?:of )?(?:ram|memory|storage|ssd|hdd|hard (?:disk|drive)|capacity|screens?|displays?"
    r"|batter(?:y|ies))\b|的?(?:运行内存|内存|运存|存储|硬盘|屏幕|显示屏|屏|容量|电池)",
    re.IGNORECASE,
)
# What serves another thing: a *privacy filter* for a monitor. Words that name no thing before it.
_SERVES = re.compile(
    r"(?P<thing>[a-z]{3,}) (?:for|to fit|that fits|to go with) (?:an?|my|our|the|his|her) "
    r"(?P<other>[^,.;!?]{2,40})",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"(?:look|search|shop|hunt|brows)ing|something|anything|things?|ones?|need|want|gifts?|presents?"
    r"|it|this|that|these|those|good|great|best|perfect|suitable|ideal|okay|fit|work|works|them|is"
    r"|are|ask|asking|wait|pay|buy|shop|idea|ideas",
    re.IGNORECASE,
)


def measured_whole(need: Need) -> Need:
    """Take into a measure what it is of, so that both are held and said together."""
    slots, cuts = list(need.slots), list(need.cuts)
    for place, slot in enumerate(slots):
        found = _OF_WHAT.match(need.query, slot.end) if slot.kind == "measure" else None
        if found is None or any(one.kind == "category" and one.start < found.end()
                                and found.start() < one.end for one in slots):  # fmt: skip
            continue
        words = need.query[slot.start : found.end()]
        slots[place] = replace(slot, surface=words, end=found.end())
        cuts.append((slot.start, found.end()))
    return replace(need, slots=tuple(slots), cuts=tuple(cuts))


def served(need: Need) -> Need:
    """Leave out a kind that what is wanted is only for: "a privacy filter for a monitor"."""
    found = _SERVES.search(need.query)
    if found is None or _NO_THING.fullmatch(found["thing"]):
        return need
    start, end = found.span("thing")
    spoken = any(one.start < end and start < one.end for one in need.slots)
    hosts = [
        one for one in need.of("category")
        if found.start("other") <= one.start and one.end <= found.end("other")
    ]  # fmt: skip
    if spoken or not hosts or len(hosts) < len(need.of("category")):
        return need
    return replace(need, slots=tuple(one for one in need.slots if one not in hosts))


# What a thing is to fit, with its measure: 1米8的床, "laptop 15 inch".
_HOST = re.compile(
    r"(?:\d[\d.]*\s?(?:inch(?:es)?|in|\"|″|英寸|寸|米|m|cm)\s?\d?\s?的?)\s?(?P<a>laptop|tablet|bed|电脑|笔记本|平板|床)"
    r"|(?P<b>laptop|tablet|bed|电脑|笔记本|平板|床)(?:\s?(?:is|of|,))?\s?\d",
    re.IGNORECASE,
)
_OF_A_PET = re.compile(
    r"^(?!.*[猫狗]).*(?:玩具|窝|碗|床|包|零食)|\b(?:toys?|beds?|bowls?|carrier|treats?)\b"
)


def pet_of(state: State) -> str:
    """Return the pet that things are looked for, by name; "" where it is none."""
    held = [one.slot.value for one in state.slots if one.slot.kind == "audience"]
    names = next((PETS[one] for one in held if one in PETS), ("", ""))
    return names[0 if state.language == ZH else 1]


def is_of_somebody(kind: Slot, need: Need) -> bool:
    """Tell whether a slot only tells of somebody: a piano teacher, a dog of 20 kilos, "for him".

    What somebody weighs is no weight of goods, and a dog that is spoken of as he is no man.
    """
    if kind.kind == "measure":
        told = _OF_A_BEING.finditer(need.query)
        return any(match.start() <= kind.start and kind.end <= match.end() for match in told)
    if kind.kind == "audience":
        if fold(kind.surface) in ("for him", "for her", "him", "her"):
            return any(one.value in PETS for one in need.of("audience"))
        beside = _after(kind, need)
        return (
            bool(re.fullmatch(r"(?:.*'s? |.*的)[a-z ]*", kind.surface + beside))
            and "." not in beside
        )
    if kind.kind == "category" and is_owned(kind, need.query):
        return True
    return kind.kind == "category" and any(
        not need.query[kind.end : one.start].strip() and one.start >= kind.end
        for one in need.of("audience") if one.value in OF_A_TRADE
    )  # fmt: skip


def _after(one: Slot, need: Need) -> str:
    """Return what stands between a person and the next who is named; a full stop for none."""
    others = [each.start for each in need.of("audience") if each.start >= one.end]
    return need.query[one.end : min(others)] if others else "."


# What somebody weighs or measures: "she's about 20 kilos", 金毛三十公斤, 我身高一米九.
_OF_A_BEING = re.compile(
    r"(?:\b(?:he|she|i|who|(?:my|our|his|her) [a-z]+|someone|somebody)(?:'s|'m| is| am| weighs?)?"
    r"|\b(?:dog|cat|puppy|kitten|labrador|retriever)(?: is| weighs?|,)?)"
    r"(?: (?:only|about|around|roughly|nearly|almost|some|a|tall,?))* ?(?:about |around )?"
    r"\d[\d.]* ?(?:kg|kgs|kilos?|lbs?|pounds|cm|m)\b"
    r"|(?:[我你他她它]|体重|身高|狗狗?|猫咪?|金毛|拉布拉多|泰迪|柯基|边牧|哈士奇)[^，。\d]{0,6}?[，,]?"
    r"(?:大概|大约|差不多|有|是|重|才|快)?[\d一二两三四五六七八九十百.]+ ?(?:多)?"
    r"(?:公斤|斤|千克|kg|厘米|cm|米)",
    re.IGNORECASE,
)
# Who is named by what they do.
OF_A_TRADE = frozenset(("teacher", "students", "beginners", "office-workers", "gamers"))
# Words for how a thing comes, which are a kind of their own only where none is looked for.
OF_ANY_KIND = frozenset(("套装", "三件套", "礼盒", "set", "kit", "gift set", "sets"))


def unburdened(need: Need, *, wanted: bool = False) -> Need:
    """Leave out kinds that the wanted one is to hold: 能放笔记本的双肩包 is no notebook.

    ``wanted``: a kind is looked for already ("it must fit a 15 inch laptop").
    """
    held = [
        match.span("what" if match["what"] else "what_en") for match in _HOLDS.finditer(need.query)
    ]
    held += [match.span("a" if match["a"] else "b") for match in _HOST.finditer(need.query)]
    told = [one for one in need.slots if is_of_somebody(one, need)]
    if told:
        need = replace(need, slots=tuple(one for one in need.slots if one not in told),
                       cuts=(*need.cuts, *((one.start, one.end) for one in told)))  # fmt: skip
    kinds = need.of("category")
    if asks_for_the_most(need.query):  # "which has the best battery?" looks for no battery
        kinds = tuple(one for one in kinds if not (wanted and asked_attribute_of(one.surface)))
        need = replace(
            need,
            slots=tuple(
                one for one in need.slots if one.kind != "category" or one.negated or one in kinds
            ),
        )
    told_besides = wanted or bool(leftover(need))
    loose = [one for one in kinds if told_besides and fold(one.surface) in OF_ANY_KIND]
    if loose and len(loose) == len(kinds):
        return replace(need, slots=tuple(one for one in need.slots if one not in loose))
    within = [one for one in kinds if any(a <= one.start and one.end <= b for a, b in held)]
    if not within or (len(within) == len(kinds) and not wanted):
        return need
    return replace(need, slots=tuple(one for one in need.slots if one not in within))
