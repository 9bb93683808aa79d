"""Read one message in the light of the conversation: intent, need, references, emotion.

For answering, the `ask` command and the API. No database and no model of its own: ``predict`` asks
a trained head where there is one. It never raises, whatever is typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.understanding.altering import of_a_set
from assistant.understanding.apart import PETS, apart_from_parts, apart_from_setting, is_owned
from assistant.understanding.asides import asks_to_be_told, plainly_wished
from assistant.understanding.called.asking import MISHEARD, OF_ONE, asked_of_the_named
from assistant.understanding.called.things import Called, Lookup
from assistant.understanding.called.things import nobody as nothing_sold
from assistant.understanding.deciding import Decision, decide
from assistant.understanding.feeling import emotion_of
from assistant.understanding.following import budgeted, follow, leftover
from assistant.understanding.intents.rules import guess
from assistant.understanding.irony import earnest
from assistant.understanding.languages import ZH, spoken
from assistant.understanding.mentioning import asked_attribute_of, order_number_of, quantity_of
from assistant.understanding.narrowing import (
    counted_anew,
    narrows_at_last,
    people_in,
    refused_of,
    with_what_is_talked_of,
)
from assistant.understanding.reading import Reading
from assistant.understanding.referring import Referred, refer
from assistant.understanding.rehearing import OF_ORDERS, reheard
from assistant.understanding.several import several_in
from assistant.understanding.spelling import respelt
from assistant.understanding.superlatives import asks_for_the_most
from assistant.understanding.unseen import clean
from assistant.understanding.wishing import Phrase, places, plainer, wishes_in
from catalog.search.understanding import Need, Slot, Vocabulary, understand
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.state import State
    from assistant.understanding.reading import Predictor

LONGEST = 2_000  # characters of a message that are read
_IN_ALL = re.compile(
    r"一共|总共|合计|加起来|总价|\b(?:in (?:all|total)|altogether|come to|total)\b"
)
_AMOUNT = re.compile(
    r"\s*[¥$￥]?\s*\d{1,6}(?:\.\d{1,2})?\s*(?:元|块|左右|吧|以内|or so|max|bucks)?\s*[.。!]?"
)
# Kindness that says nothing of goods: 便宜点没关系.
_NO_MATTER = re.compile(r"(?<=[点些好行])(?:也|都)?没关系")
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


def nobody(text: str) -> None:
    """Predict nothing: rules decide."""


def read(
    text: str,
    state: State,
    *,
    locale: str,
    vocabulary: Vocabulary,
    predict: Predictor = nobody,
    currency: str = "",
    feeling: float | None = None,
    lookup: Lookup = nothing_sold,
) -> Reading:
    """Read a message.

    ``predict``: message to (intent, chance), or None where no worker answers. ``currency`` (ISO
    4217) holds where the shopper names none. ``feeling``: a trained head's score, -1 to 1.
    ``lookup``: what is sold under a name. Cost: about 3 ms beside ``predict`` and ``lookup``.
    """
    written = clean(text)[:LONGEST]
    speech = spoken(earnest(_NO_MATTER.sub("", written)), locale=locale, before=state.language)
    money = currency or ("CNY" if speech.language == ZH else "USD")
    written_so = of_a_liking(understood(speech.text, state, vocabulary, locale, money), state)
    # What refuses all that was shown (不感兴趣) is no quality that goods could have.
    wishes = tuple(one for one in wishes_in(written_so) if guess(one.words) != "not_interested")
    said = plainer(written_so)
    heard = decide(respelt(speech.text), said, state, predict)
    decision = by_wishes(heard, speech.text, said, wishes, state)
    order, unsure = order_number_of(written), not heard.heard
    intent, confidence, abstained = decision.intent, decision.confidence, decision.abstained
    if order and (abstained or intent not in OF_ORDERS):
        intent, confidence, abstained = "order_status", max(confidence, 0.7), False
    if intent == "bundle" and not abstained:
        said = several_in(said)
    referred = refer(speech.text, said, state, intent=intent, lookup=lookup)
    sure = decision.heard
    if other := asked_of_the_named(speech.text, said, state, intent, referred, heard=sure):
        intent, confidence, abstained = other, max(confidence, 0.6), False
    elif referred.called.found and intent in MISHEARD:
        referred = Referred()  # a kind is looked for that one thing is called by
    asked = asked_attribute_of(speech.text)
    if unsure and intent == "out_of_scope" and asked and (state.focus or state.visible):
        intent, confidence, abstained = "attribute", max(confidence, 0.6), False
    if one_to_describe(speech.text, referred, state, intent):
        intent, confidence, abstained = "attribute", max(confidence, 0.6), False
    if abstained and asked and (referred.skus or state.visible):
        intent, confidence, abstained = "attribute", max(confidence, 0.6), False
    if other := reheard(speech.text, said, state, intent, referred, heard=sure):
        intent, confidence, abstained = other, max(confidence, 0.6), False
    if intent == "exchange" and not state.owned and state.visible:
        intent, confidence, abstained = "refine", max(confidence, 0.6), False
    if narrows_at_last(speech.text, said, state, intent, heard=sure):
        intent, confidence, abstained = "refine", max(confidence, 0.6), False
    wishes = (*wishes, *counted_anew(speech.text, wishes, state, chinese=speech.language == ZH))
    of_set = of_a_set(speech.text, said, state, intent, chinese=speech.language == ZH)
    if of_set is not None:
        intent, confidence, abstained = of_set.intent, max(confidence, 0.6), False
        referred = Referred(of_set.skus, called=Called(amounts=of_set.amounts))
        wishes = of_set.wishes or wishes
    refused = refused_of(speech.text, referred, intent)
    referred = (
        Referred() if refused else with_what_is_talked_of(speech.text, referred, state, intent)
    )
    followed = of_set.followed if of_set else None
    followed = followed or follow(speech.text, said, state, intent=intent, referred=referred)
    return Reading(
        text=written,
        language=speech.language,
        intent=intent,
        confidence=round(confidence, 4),
        abstained=abstained,
        emotion=emotion_of(written if speech.text == written else speech.text,
                           intent=intent, feeling=feeling),
        need=followed.need(locale, speech.language),
        said=said,
        references=referred.skus,
        unresolved=referred.unresolved,
        order_number=order,
        quantity=quantity_of(speech.text) or said_before(speech.text, state),
        asked_attribute=asked,
        dropped=followed.dropped,
        held=followed.held,
        topic=followed.topic,
        wishes=wishes,
        amounts=referred.called.amounts,
        found=referred.called.found,
        unclear=referred.called.unclear,
        named=bool(referred.called.skus),
        called=referred.called.words,
        sought=referred.called.sought,
        change=of_set.change if of_set else None,
        people=people_in(wishes, state),
        refused=refused,
    )  # fmt: skip


def by_wishes(
    decision: Decision, text: str, said: Need, wishes: Sequence[Phrase], state: State
) -> Decision:
    """Decide what a message is for that tells whom with, what somebody likes, what it is not."""
    unsure = not decision.heard
    people = unsure and any(one.sort == "people" for one in wishes)
    if people and takes_along(decision, text):
        return Decision("refine" if state.slots or state.topic else "search", 0.7)
    liked = state.giving and any(one.sort == "likes" for one in wishes) and not said.slots
    if liked and decision.intent in ("praise", "small_talk"):
        return Decision("refine", 0.7)
    ruled_out = unsure and (liked or rules_out(wishes, said, state))
    if ruled_out and decision.intent in UNHEARD and not guess(text):
        return Decision("refine", 0.7)
    return decision


def takes_along(decision: Decision, text: str) -> bool:
    """Tell whether who comes along was mistaken for whom a present is for, or for talk."""
    return decision.intent in ("gift", "small_talk", "out_of_scope") and guess(text) != "gift"


def of_a_liking(said: Need, state: State) -> Need:
    """Leave out kinds that somebody likes, where a present of another kind is looked for."""
    if not state.giving or not any(one.slot.kind == "category" for one in state.slots):
        return said
    likes = [place for place, _whole in places("likes", fold(said.query))]
    kept = tuple(
        one for one in said.slots
        if one.kind != "category" or not any(a <= one.start and one.end <= b for a, b in likes)
    )  # fmt: skip
    return replace(said, slots=kept)


# What a message is taken for that only rules something out: "nothing that needs batteries".
UNHEARD = frozenset(("attribute", "suitability", "praise", "small_talk", "out_of_scope", "decline",
                     "not_interested", "compatibility"))  # fmt: skip


def rules_out(wishes: Sequence[Phrase], said: Need, state: State) -> bool:
    """Tell whether a message only says what it is not to be, of what is being looked for."""
    wanted = [one for one in said.slots if not one.negated]
    denied = any(one.negated for one in said.slots) or any(one.sort == "without" for one in wishes)
    return denied and not wanted and bool(state.slots or state.topic)


def one_to_describe(text: str, referred: Referred, state: State, intent: str) -> bool:
    """Tell whether one thing that was shown is to be described, whatever the words sound like."""
    one = len(referred.skus or state.focus) == 1 and not referred.unresolved
    return one and intent not in OF_ORDERS and asks_to_be_told(text) and guess(text) not in OF_ONE


def said_before(text: str, state: State) -> int | None:
    """Return how many pieces were said before, where a message asks what they come to in all."""
    return (state.quantity or None) if _IN_ALL.search(fold(text)) else None


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
    text = headed(budgeted(plainly_wished(retold(text))))
    if (pet := pet_of(state)) and _OF_A_PET.search(fold(text)):
        text = f"{pet}{text}" if re.search("[\u3400-\u9fff]", text) else f"{pet} {text}"
    need = understand(text, vocabulary=vocabulary, locale=locale, currency=currency)
    need = served(measured_whole(need))
    wanted = any(one.slot.kind == "category" for one in state.slots)
    if wanted or state.topic:
        need = apart_from_parts(apart_from_setting(need), state)
    return unburdened(need, wanted=wanted)


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


# What only plants are said to need, or not: 不用天天浇水的.
_OF_PLANTS = re.compile(
    r"^(?P<what>[^，。]{0,4}(?:不(?:用|需要|怎么|太)(?:天天|经常|太多|怎么|常)?"
    r"(?:晒太阳|晒|浇水|光照|阳光)|耐阴|喜阴|耐旱)(?:多)?)的?"
    r"(?![^，。]{0,4}(?:花|草|植|盆|绿|肉))"
)
_OF_PLANTS_EN = re.compile(
    r"\b(?:something|anything|one|ones) (?=(?:that|which) (?:(?:doesn't|does not|don't)"
    r" (?:need|want|like)|can (?:take|live with|do with(?:out)?)|(?:needs?|likes?|wants?)"
    r"|survives?|grows?)(?: too| so)?"
    r" ?(?:much|little|less|no|any|a lot of|direct|full|in)?"
    r" ?(?:sun(?:light)?|shade|watering)\b)",
    re.IGNORECASE,
)
# What is told of somebody and wished for of the thing: "I don't drink caffeine", 别送吃的.
_RETOLD: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:i|he|she|they|we) (?:don't|doesn't|do not|can't|cannot|mustn't) "
                r"(?:drink|eat|have|take|tolerate|like|want) (?:anything|things|stuff|drinks|food)"
                r" (?:with|containing|that has|made with) (?:any )?(?P<what>[a-z]+)\b",
                re.IGNORECASE), r"without \g<what>"),
    (re.compile(r"\b(?:for )?(?:someone|somebody|people) who (?:don't|doesn't|can't|cannot|mustn't)"
                r" (?:drink|eat|have|take|tolerate) (?:any |much )?(?P<what>[a-z]+)\b",
                re.IGNORECASE), r"without \g<what>"),
    (re.compile(r"\b(?:he|she|they) (?:doesn't|don't|can't|cannot|mustn't)"
                r" (?:drink|eat|have|take|tolerate) (?:any |much )?(?P<what>[a-z]+)\b",
                re.IGNORECASE), r"without \g<what>"),
    (re.compile(r"\bi (?:don't|do not|can't|cannot|mustn't) (?:drink|eat|have|take|tolerate|use|do)"
                r" (?:any |much )?(?P<what>[a-z]+)\b(?: (?:after|before|in|at) [a-z]+)?",
                re.IGNORECASE), r"without \g<what>"),
    (re.compile(r"\b(?:he|she|they|i|we|who)(?:'s|'ve)? already (?:has|have|got|own|owns)(?: got)?"
                r" (?:an? |some |the |lots of |plenty of )?(?P<what>[a-z]+)\b", re.IGNORECASE),
     r"no \g<what>"),
    (re.compile(r"\b(?:he|she|they|i|we)(?:'s|'ve)? (?:has|have|got|own|owns)(?: got)?"
                r" (?:enough|plenty of|too many|lots of|loads of|tons of) (?P<what>[a-z]+)\b",
                re.IGNORECASE), r"no \g<what>"),
    (re.compile(r"\b(?:he|she|they|i|we)(?:'s|'ve)? (?:has|have|got|own|owns)(?: got)?"
                r" (?:an? |some |the )?(?P<what>[a-z]+)(?: already| at home)\b", re.IGNORECASE),
     r"no \g<what>"),
    (re.compile(r"\bfor (?:an? |the |my |our )?[a-z' ]{2,20}?(?:\.\.\.|…|,| -) ?"
                r"(?:no|sorry|wait|actually|i mean)\b[, ]*(?=for )", re.IGNORECASE), ""),
    (re.compile(r"电磁炉(?:上)?(?:也)?(?:能|可以|可)(?:使)?用"), "电磁炉可用"),
    (re.compile(r"(?<=[脚掌皮肤脸发肩腰腿])(?:有点儿?|比较|偏|稍微|挺|很|特别|太)"
                r"(?=[宽胖肥窄干油薄瘦粗])"), ""),
    (re.compile(r"\b(?P<who>he|she|they) (?:drinks?|eats?|reads?|plays?|collects?|wears?)"
                r" (?:a lot of |lots of |only |mostly |much )?(?=[a-z])", re.IGNORECASE),
     r"\g<who> likes "),
    (re.compile(r"\b(?:nothing|not(?: anything)?|isn't|isn't anything|no) (?:that(?:'s| is) )?"
                r"(?:edible|eatable|to eat|(?:she|he|they|you|one) (?:can )?eats?)\b",
                re.IGNORECASE), "no food"),
    (re.compile(r"(?:不要|别送?|不是|不送|除了)(?:能|可以)?(?:食品|零食|吃的?喝的?|食物|食用的)"),
     "不要吃的"),
    (re.compile(r"\b(?:is |has |'s |just |about to )*turn(?:s|ed|ing)? (?P<age>\d{1,2}|one|two"
                r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
                r"(?! ?(?:%|on|off|into))",
                re.IGNORECASE), r" is \g<age> years old"),
    (re.compile(r"(?:别|不要|不想)(?:再)?(?:送|买)(?=[\u3400-\u9fff])"), "不要"),
    (re.compile(r"(?:已经|家里|他|她)(?:都)?有(?P<what>[\u3400-\u9fff]{1,4})了"), r"不要\g<what>"),
    (re.compile(r"(?<=[白黑灰红蓝绿粉黄紫色花领袖棉款女男])t(?![恤a-z血])", re.IGNORECASE), "T恤"),
    (_OF_PLANTS_EN, "plants "),
    (_OF_PLANTS, r"\g<what>的植物"),
    (re.compile(r"逗(?P<what>猫|狗)的?(?!棒)"), r"\g<what>"),
)  # fmt: skip


def retold(text: str) -> str:
    """Write what is told of a person, or of a pet's play, as the wish that it is."""
    for pattern, wish in _RETOLD:
        text = pattern.sub(wish, text)
    return text


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
