"""Does it fit, hold, charge, stand it? Decided by one stated number against one said number.

Each rule names the attribute, the words the question must be about, and which way the comparison
goes. Without the attribute, or without a measure to hold against it, the answer is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from assistant.doing.rules.measures import Heard, dimension_of, heard, stated
from catalog.text import fold

Answer = Literal["yes", "no", "unknown"]
Numbers = tuple[Decimal, ...]


@dataclass(frozen=True)
class Verdict:
    """What the facts say. ``codes``: attributes that decided; ``words``: what was held to them.

    ``needs``: what the shopper would have to say for an answer; ``listed``: features that decided.
    """

    answer: Answer
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


UNKNOWN = Verdict("unknown")


@dataclass(frozen=True)
class Rule:
    """``fits``: told the stated numbers and the said measure, whether it fits."""

    code: str
    about: re.Pattern[str]
    fits: Callable[[Numbers, Heard], bool]
    needs: str = ""
    # Another dimension than the attribute's own is never held against it.
    dimension: str = field(default="")


def at_most(limits: Numbers, said: Heard) -> bool:
    """The thing is no larger than the largest that is stated."""
    return said.high <= max(limits)


def at_least(limits: Numbers, said: Heard) -> bool:
    """The thing is no smaller than the smallest that is stated."""
    return said.low >= min(limits)


def between(limits: Numbers, said: Heard) -> bool:
    """The thing lies in the stated range; a single number is its upper end."""
    return said.within(min(limits) if len(limits) > 1 else Decimal(0), max(limits))


def one_of(limits: Numbers, said: Heard) -> bool:
    """The thing is one of the stated values, to two parts in a hundred."""
    return any(said.within(one, one, Decimal("0.02")) for one in limits)


def mains(limits: Numbers, said: Heard) -> bool:
    """Mains voltages differ by a tenth from place to place."""
    return any(said.within(one, one, Decimal("0.1")) for one in limits)


def about(words: str) -> re.Pattern[str]:
    """Return the pattern of what a question is about."""
    return re.compile(words)


CHILD = r"bab(?:y|ies)|child|kid|toddler|newborn|宝宝|孩子|娃|婴"
RULES: tuple[Rule, ...] = (
    Rule("case_mm", about(r"\bcases?\b|手机壳|保护壳|保护套"), at_most, "case_thickness"),
    Rule("laptop_in", about(r"laptop|macbook|notebook computer|chromebook|笔记本|电脑|手提"),
         at_most, "laptop_inches"),
    Rule("tablet_in", about(r"tablet|ipad|平板"), at_most, "tablet_inches"),
    Rule("phone_cm", about(r"phone|手机"), at_most, "phone_length"),
    Rule("clamp_cm", about(r"desk|table|board|shelf|桌|台面|板"), at_most, "desk_thickness"),
    Rule("cut_mm", about(r"branch|stem|twig|枝|茎"), at_most, "thickness"),
    Rule("cat_kg", about(r"\bcats?\b|kitten|猫"), at_most, "weight"),
    Rule("dog_kg", about(r"\bdogs?\b|pupp|狗|犬|泰迪|金毛|柯基"), at_most, "weight"),
    Rule("max_weight_kg", about(CHILD), at_most, "weight"),
    Rule("min_weight_kg", about(CHILD), at_least, "weight"),
    Rule("max_load_kg", about(r"."), at_most, "weight"),
    Rule("load_kg", about(r"."), at_most, "weight"),
    Rule("water_m", about(r"swim|div|depth|deep|underwater|snorkel|游泳|潜|水深|水下|防水"),
         at_most, "depth"),
    Rule("volt_v", about(r"."), mains, "voltage"),
    Rule("jack_mm", about(r"jack|plug|socket|aux|headphone|插孔|插头|接口|耳机"),
         one_of, "jack"),
    Rule("strap_mm", about(r"strap|band|lug|表带|表耳"), one_of, "strap_width"),
    Rule("bed_m", about(r"\bbeds?\b|mattress|床"), one_of, "bed_width"),
    Rule("comfort_c", about(r"."), at_least, "temperature"),
    Rule("lowest_c", about(r"."), at_least, "temperature"),
    Rule("weekly_km", about(r"week|周|星期"), at_most, "distance"),
    Rule("race_km", about(r"race|marathon|比赛|马拉松"), at_least, "distance"),
    Rule("power_w", about(r"charg|power|laptop|watt|充|供电|功率"), at_most, "watts"),
)  # fmt: skip
_PAIR = re.compile(r"(\d{2,3}) ?(?:cm)? ?[x×*乘] ?(\d{2,3})")
_PEOPLE = re.compile(
    r"(\d{1,2}|[一二两三四五六七八九十]|one|two|three|four|five|six|seven|eight) ?"
    r"(?:-person|个?人|口人|位|people|persons?|adults?|of us|campers?)"
)
_COUNTS = {
    **dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True)),
    **dict(zip(("one", "two", "three", "four", "five", "six", "seven", "eight"), range(1, 9),
               strict=True)),
}  # fmt: skip
_PAPER = re.compile(r"(?<![a-z0-9])([ab][3-6])(?![a-z0-9])")
_FLIGHT = re.compile(r"plane|flight|fly|carry[- ]on|cabin|airport|飞机|登机|航班|托运|随身带")
_CABIN_WH = Decimal(100)
_IP = re.compile(r"ip[x0-9]([0-9])$")
# What water does, the hardest first, and the second figure of the IP code that stands it.
_WATER: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"swim|snorkel|\bdiv(?:e|ing)|游泳|潜水"), 8),
    (re.compile(r"submerge|drop(?:ped)?(?: \w+)? in(?:to)? (?:the )?water|bath(?:tub)?\b"
                r"|under ?water|浸|泡水|掉进水|泡澡|水下"), 7),
    (re.compile(r"shower|rinse|under the tap|淋浴|洗澡|冲洗|水龙头"), 5),
    (re.compile(r"rain|sweat|splash|淋雨|下雨|雨天|汗|溅"), 4),
)  # fmt: skip
_DRY = frozenset(("waterproof", "rainproof", "water-resistant"))
_FLAGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"induction|电磁炉"), "induction-compatible"),
    (re.compile(r"microwave|微波"), "microwave-safe"),
    (re.compile(r"\boven|烤箱"), "oven-safe"),
    (re.compile(r"usb-?c|type-?c"), "type-c"),
    (re.compile(r"bluetooth|蓝牙"), "bluetooth"),
    (re.compile(r"nfc"), "nfc"),
    (re.compile(r"wireless(?:ly)? charg|无线充"), "wireless-charging"),
    (re.compile(r"hdmi"), "hdmi"),
)
_BLUETOOTH_PARTNERS = re.compile(r"phone|android|ipad|tablet|手机|平板|安卓|苹果")
_OTHER_PLUGS = re.compile(r"lightning|micro[- ]?usb|magsafe 2|dc plug|圆口|闪电|安卓口")


def fits(attributes: Mapping[str, Any], question: str) -> Verdict:
    """Decide whether what is asked about goes with a product, by the first rule that can."""
    text, said = fold(question), heard(question)
    for judge in (_named, _numbers, _charging, _pairs, _people, _paper, _water, _flight, _flags):
        verdict = judge(attributes, text, said)
        if verdict is not None:
            return verdict
    return Verdict("unknown", needs=_needed(attributes, text))


def _named(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    """A shop that lists what fits, or what does not, has decided by that."""
    for code, answer in (("not_compatible_with", "no"), ("compatible_with", "yes")):
        for one in names_of(a.get(code)):
            if fold(one) in text:
                return Verdict("yes" if answer == "yes" else "no", (code,), (one,))
    return None


def _numbers(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    answers: list[tuple[bool, str, str]] = []
    used: set[int] = set()
    for rule in RULES:
        if rule.code == "power_w" or not (limits := stated(a, rule.code)):
            continue
        if not rule.about.search(text):
            continue
        for one in said:
            same = one.dimension == dimension_of(rule.code)
            if same and (one.start not in used or rule.code.endswith("weight_kg")):
                used.add(one.start)
                answers.append((rule.fits(limits, one), rule.code, one.words))
                break
    if not answers:
        return None
    bad = [row for row in answers if not row[0]]
    shown = bad or answers
    codes, words = tuple(row[1] for row in shown), tuple(dict.fromkeys(row[2] for row in shown))
    return Verdict("no" if bad else "yes", codes, words)


def _charging(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    """A charger must give the watts, and have the plug if one is named."""
    power = stated(a, "power_w")
    rule = next(one for one in RULES if one.code == "power_w")
    watts = next((one for one in said if one.dimension == "power"), None)
    if not power or watts is None or not rule.about.search(text):
        return None
    if _OTHER_PLUGS.search(text):
        return Verdict("unknown", ("power_w",), (watts.words,), ("plug",))
    if not at_most(power, watts):
        return Verdict("no", ("power_w",), (watts.words,))
    if re.search(r"usb-?c|type-?c", text):
        there = "type-c" in names_of(a.get("feature"))
        return Verdict("yes" if there else "unknown", ("power_w", "feature"), (watts.words,))
    return Verdict("yes", ("power_w",), (watts.words,))


def _pairs(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    match, cover = _PAIR.search(text), stated(a, "cover_cm")
    if match is None or len(cover) != 2:
        return None
    asked = sorted((Decimal(match[1]) * 10, Decimal(match[2]) * 10))
    return Verdict("yes" if asked == sorted(cover) else "no", ("cover_cm",), (match[0],))


def _people(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    match, room = _PEOPLE.search(text), stated(a, "persons")
    if match is None or not room:
        return None
    count = int(match[1]) if match[1].isdigit() else _COUNTS[match[1]]
    return Verdict("yes" if count <= max(room) else "no", ("persons",), (match[0],))


def _paper(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    match, sizes = _PAPER.search(text), names_of(a.get("paper_size"))
    if match is None or not sizes:
        return None
    known = {one.casefold() for one in sizes}
    return Verdict("yes" if match[1] in known else "no", ("paper_size",), (match[1].upper(),))


def _water(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    need = next((figure for pattern, figure in _WATER if pattern.search(text)), 0)
    if not need:
        return None
    rating, depth = str(a.get("water_rating", "")).casefold(), stated(a, "water_m")
    if depth:
        enough = 50_000 if need == 8 else 10_000
        return Verdict("yes" if max(depth) >= enough else "no", ("water_m",))
    if match := _IP.match(rating):
        return Verdict("yes" if int(match[1]) >= need else "no", ("water_rating",))
    dry = [one for one in names_of(a.get("feature")) if one in _DRY]
    if need == 4 and dry:
        return Verdict("yes", ("feature",), listed=tuple(dry))
    return Verdict("unknown")


def _flight(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    """Airlines take batteries up to 100 Wh into the cabin without being asked."""
    energy = stated(a, "energy_wh")
    if not _FLIGHT.search(text) or not energy:
        return None
    return Verdict("yes" if max(energy) <= _CABIN_WH else "no", ("energy_wh",), ("100 Wh",))


def _flags(a: Mapping[str, Any], text: str, said: Sequence[Heard]) -> Verdict | None:
    """What a shop lists as a feature is there; what it does not list is not known."""
    features, asked = names_of(a.get("feature")), asked_flags(text)
    if asked:
        listed = all(code in features for code in asked)
        return Verdict("yes" if listed else "unknown", ("feature",), listed=tuple(asked))
    if "bluetooth" in features and _BLUETOOTH_PARTNERS.search(text):
        codes = ("bluetooth_version",) if "bluetooth_version" in a else ("feature",)
        return Verdict("yes", codes, listed=() if "bluetooth_version" in a else ("bluetooth",))
    return None


def asked_flags(text: str) -> list[str]:
    """Return the features that a folded question asks for by what it is to go into or with."""
    return [code for pattern, code in _FLAGS if pattern.search(text)]


def _needed(a: Mapping[str, Any], text: str) -> tuple[str, ...]:
    """Return what the shopper could say so that a stated number decides."""
    found = [
        rule.needs
        for rule in RULES
        if rule.about.pattern != "." and rule.about.search(text) and stated(a, rule.code)
    ]
    return tuple(dict.fromkeys(found))


def names_of(value: object) -> tuple[str, ...]:
    """Return an attribute's values as words; a single one is a list of one."""
    listed = value if isinstance(value, list) else [value]
    return tuple(one for one in listed if isinstance(one, str) and one)
