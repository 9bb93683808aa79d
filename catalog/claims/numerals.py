"""Bring a text into plain form: folded, and every number in digits, with each character's place.

「三百九十九元」 becomes "399元", "thirty days" "30 days", 「百分之二十」 "20%", 「半年」 "6个月".
What only looks like a number stays: 十分, 万能, 第一, "one of them".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from catalog.lexicon.folding import align

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_D = "一二两三四五六七八九"
_COUNTED = (
    "元|块|%|折|件|条|双|个|款|只|台|支|张|本|瓶|盒|套|天|日|周|年|月|小时|分钟|秒|米|厘米|毫米"
    "|克|公斤|"
    "千克|斤|升|毫升|瓦|度|层|种|口袋|片|颗|枚|人|位|笔|次|星|倍|英寸|寸|把|副|顶|码|页|档|色"
    "|副|袋|days?|hours?|months?|years?|pairs?|pieces?|sizes?|colou?rs?|reviews?|stars?|"
    "块|节|段|伏|赫|分贝|成|工作日|名|句|家|包|斤|磅|盏|包邮|美元|美金|万|千|钱|欧元"
)
_CHINESE = re.compile(
    rf"百分之(?P<percent>[零〇{_D}十百点]+|{NUMBER})"
    rf"|(?P<point>[零〇{_D}十百千]+点[零〇{_D}]+)(?!十|半|分钟|钟)"
    rf"|(?P<pieces>[{_D}十百千零〇]+|{NUMBER})(?P<coin>块"
    rf"|元)(?P<tenths>[{_D}\d])(?P<hundredths>[{_D}\d]?)"
    rf"(?![{_D}\d十百千]|[起共件个双条盒单份套瓶只支台本张包袋斤次位])"
    rf"|(?<![{_D}十百千万第])(?P<off>[{_D}]{{1,2}})(?=折)"
    r"|(?P<year_half>[一两二三四五])年半|(?P<half>半)(?P<unit>年|个?小时|个月)"
    rf"|(?<![{_D}十百千万第统唯之])(?P<big>(?:[{_D}][十百千万]|十(?=[{_D}]"
    rf"|\s?(?:{_COUNTED})))[零{_D}十百千万]*)"
    rf"(?![分足全](?!钟)|几)"
    rf"|(?<![{_D}十百千万第统唯之\d])(?P<one>[{_D}])(?=\s?(?:{_COUNTED}))(?!一(?:个月内有|些|口"
    rf"|时|日三|家人))"
    rf"|(?P<many>{NUMBER})(?P<scale>万)(?!能|用|一)"
)
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_UNDER_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(list(_ONES)[:9])}))?|{'|'.join(_ONES)})"
_ENGLISH = re.compile(
    r"\b(?P<half>half a year|half an hour|a dozen|one dozen)\b"
    rf"|\b(?P<hundred>a|{_UNDER_100}) (?P<big>hundred"
    rf"|thousand)(?: (?:and )?(?P<rest>{_UNDER_100}))?\b"
    rf"|\b(?P<word>(?!one\b){_UNDER_100})\b"
    r"|\b(?P<one>one)(?=[- ](?:year|month|week|(?:working |business )?day|hour|minute|colou?r|size|"
    r"pack|star|percent|pair|pocket|left|inch|kilo|litre|liter|dollar|yuan|written|more left))"
    r"|\b(?:an?) (?P<single>year|month)(?=(?:'s|s)? (?:warranty|guarantee))"
)
_POINT = re.compile(
    rf"\b(?P<whole>{_UNDER_100}|zero|\d+) point "
    rf"(?P<part>(?:(?:zero|{'|'.join(list(_ONES)[:9])})\b ?)+)"
)
_CENTS = re.compile(r"(?P<dollars>\d+) dollars? (?:and )?(?P<cents>\d\d?) cents?\b")
_PERCENT = re.compile(r"(?<=\d)\s?(?:per ?cent\b|个百分点)", re.ASCII)
_BULLETS = dict.fromkeys(map(ord, "①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺"), "·")  # else ③ is the figure 3
_MARKUP = re.compile(r"\*\*|__|`|(?<=\n)#+ ")  # of a list or a page: **Price:** $9
_HALVES = {
    "half a year": "6 months", "half an hour": "30 minutes", "a dozen": "12", "one dozen": "12",
}  # fmt: skip


def chinese_number(written: str) -> Decimal:
    """Return what a Chinese numeral means: 三百五 is 350, 一千二百 is 1,200, 一点五 is 1.5."""
    whole, _, part = written.partition("点")
    total, section, digit, place = 0, 0, 0, 1
    for character in whole:
        if character in _DIGITS:
            digit = _DIGITS[character]
            place = 1 if digit == 0 or not section else place
        elif character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
            place = 10_000
        else:
            place = _PLACES[character]
            section += (digit or 1) * place
            digit = 0
    spoken_short = digit and place >= 100 and "零" not in whole and whole[-1] in _DIGITS
    total += section + (digit * place // 10 if spoken_short else digit)
    if part:
        return Decimal(f"{total}.{''.join(str(_DIGITS[c]) for c in part if c in _DIGITS)}")
    return Decimal(total)


def _chinese(found: re.Match[str]) -> str:
    if found["percent"]:
        written = found["percent"]
        return f"{written if written[0].isdigit() else chinese_number(written)}%"
    if found["point"]:
        return str(chinese_number(found["point"].replace("〇", "零")))
    if found["pieces"]:
        return _coins(found)
    if found["off"]:
        return ".".join(str(_DIGITS[c]) for c in found["off"])
    return _halved(found) or _counted(found)


def _halved(found: re.Match[str]) -> str:
    if found["year_half"]:
        return f"{_DIGITS[found['year_half']] * 12 + 6}个月"
    if found["half"]:
        return {"年": "6个月", "个月": "15天"}.get(found["unit"], "30分钟")
    return ""


def _counted(found: re.Match[str]) -> str:
    if found["many"]:
        return f"{(Decimal(found['many'].replace(',', '')) * 10_000).normalize():f}"
    return str(chinese_number(found["big"] or found["one"]))


def _coins(found: re.Match[str]) -> str:
    """Write 八十九块五 as 89.50元."""
    whole, written = found["pieces"], (found["tenths"], found["hundredths"])
    coins = "".join(str(_DIGITS.get(one, one)) for one in written if one)
    number = whole.replace(",", "") if whole[0].isdigit() else chinese_number(whole)
    return f"{number}.{coins:0<2}元"


def _english(found: re.Match[str]) -> str:
    if found["half"]:
        return _HALVES[found["half"]]
    if found["single"]:
        return f"1 {found['single']}"
    if found["hundred"]:
        many = 1 if found["hundred"] == "a" else _small(found["hundred"])
        rest = _small(found["rest"]) if found["rest"] else 0
        return str(many * (100 if found["big"] == "hundred" else 1000) + rest)
    return str(_small(found["word"] or found["one"]))


def _pointed(found: re.Match[str]) -> str:
    """Write "two point four" as 2.4."""
    whole = found["whole"]
    number = whole if whole.isdigit() else str(_small(whole))
    part = "".join(str(_ONES.get(one, 0)) for one in found["part"].split())
    return f"{number}.{part}" + (" " if found["part"].endswith(" ") else "")


def _with_cents(found: re.Match[str]) -> str:
    return f"{found['dollars']}.{int(found['cents']):02d} dollars"


def _small(words: str) -> int:
    return sum(_ONES.get(one, 0) + _TENS.get(one, 0) for one in re.split(r"[- ]", words))


def _replaced(
    text: str, places: list[int], pattern: re.Pattern[str], written: object
) -> tuple[str, list[int]]:
    out: list[str] = []
    moved: list[int] = []
    last = 0
    for found in pattern.finditer(text):
        said = written(found) if callable(written) else str(written)
        out += [text[last : found.start()], said]
        moved += places[last : found.start()] + [places[found.start()]] * len(said)
        last = found.end()
    return "".join([*out, text[last:]]), moved + places[last:]


@lru_cache(maxsize=512)
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    form, places = align(text.translate(_BULLETS))
    form, places = _replaced(form, places, _MARKUP, "")
    if "，" in text:  # a Chinese comma parts no thousands
        form = "".join(
            "，" if c == "," and text[at] == "，" else c
            for c, at in zip(form, places, strict=False)
        )
    if re.search(f"[{_D}十百半万]", form):
        form, places = _replaced(form, places, _CHINESE, _chinese)
    if re.search(r"[a-z]{3}", form):
        form, places = _replaced(form, places, _POINT, _pointed)
        form, places = _replaced(form, places, _ENGLISH, _english)
        form, places = _replaced(form, places, _CENTS, _with_cents)
        form, places = _replaced(form, places, _PERCENT, "%")
    return form, tuple(places)


def plain_form(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the plain form and, for each of its characters and the end, the place in ``text``."""
    return _plain(text)


def value(written: str) -> Decimal:
    """Return the number that digits write, whatever separates their thousands."""
    return Decimal(written.replace(",", ""))


def numbers_of(text: str) -> Iterator[Decimal]:
    """Yield every number of a text."""
    for found in re.finditer(NUMBER, plain_form(text)[0]):
        yield value(found[0])


def written(number: Decimal) -> str:
    """Return a number as plain digits: 99, 4.5, 14.90 as it is."""
    return f"{number:f}"
