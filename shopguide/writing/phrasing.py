"""The craft of both languages: choosing among wordings, filling them, lists, plurals, measures.

For the realiser. A wording is chosen by a hash of the plan's seed, so nothing is left to chance.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter

from shopguide.writing.plan import Plan

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z0-9¥$€£]")
_FIRST = re.compile(r"[^\W\d_]")
# Said with a vowel first, however it is written: "an hour", "an LED lamp", "an 8 cm heel".
_VOWEL = re.compile(
    r"(?!one\b|once|eu|ewe|uni(?!n)|us[aeiu]|uk\b|uti)[aeiou]|hour|honou?r|heir|8|11\b|18\b",
    re.IGNORECASE,
)
_SPELT = re.compile(r"[AEFHILMNORSX](?:[A-Z0-9]|\b|-)")
_IRREGULAR = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet",
    "this": "these", "is": "are", "has": "have", "was": "were", "it": "them", "knife": "knives",
    "scarf": "scarves", "shelf": "shelves", "match": "matches", "does": "do",
    "mouse": "mice",
}  # fmt: skip
_PLURAL_ONLY = re.compile(
    r"(?:trousers|jeans|shorts|pants|leggings|headphones|earphones|earbuds|scissors|shoes|boots|"
    r"socks|gloves|sneakers|sandals|slippers|earrings|glasses|sheep|series|clothing|gear|food|"
    r"jewellery|tea|luggage|furniture|equipment)$", re.IGNORECASE,
)  # fmt: skip
# What is counted with which measure word; the first that stands at the end of the name decides.
_MEASURES = (
    ("双", "鞋 靴 袜 手套 筷"), ("条", "裤 裙 围巾 项链 毛巾 毯 皮带 数据线 手链 被 丝巾"),
    ("副", "耳机 眼镜 墨镜 耳钉 耳环 球拍"), ("件", "衣 衫 恤 外套 夹克 背心 羽绒服"),
    ("顶", "帽 帐篷"), ("把", "伞 椅 刀 梳 壶"), ("台", "电脑 风扇 相机 投影仪 咖啡机"),
    ("部", "手机"), ("本", "书 笔记本 手账"), ("支", "笔 口红 牙刷"), ("盏", "灯"),
    ("张", "床 桌 垫 卡 纸"), ("瓶", "水 精华 乳 油 醋"), ("盒", "茶 面膜 礼盒"),
    ("套", "套装 餐具 茶具 四件套"), ("块", "皂 手表"), ("盆", "植物 绿植 盆栽"),
    ("只", "杯 碗 包 箱 表 盘 锅 音箱 玩偶 袋"),
)  # fmt: skip


def chosen(plan: Plan, what: str, wordings: Sequence[str]) -> str:
    """Return one of the wordings, always the same for a plan's seed, act and place."""
    key = f"{plan.seed}\x1f{plan.act}\x1f{what}".encode()
    place = int.from_bytes(hashlib.blake2b(key, digest_size=4).digest(), "big")
    return wordings[place % len(wordings)]


def filled(wording: str, values: Mapping[str, str], *, chinese: bool) -> str:
    """Put values into a wording; Chinese gets a space between Han and Latin at a slot's edges."""
    text = ""
    for literal, name, _spec, _conversion in Formatter().parse(wording):
        text = _beside(text, literal, chinese=chinese and bool(text))
        if name is not None:
            text = _beside(text, values.get(name, ""), chinese=chinese)
    return text if chinese else capital(text)


def _beside(text: str, following: str, *, chinese: bool) -> str:
    if not (chinese and text and following):
        return text + following
    left, right = text[-1], following[0]
    apart = (_HAN.match(left) and _LATIN.match(right)) or (
        re.match(r"[A-Za-z0-9%]", left) and _HAN.match(right)
    )
    return f"{text} {following}" if apart else text + following


def say(
    plan: Plan, place: str, chinese: Sequence[str], english: Sequence[str], /, **values: str
) -> str:
    """Return one sentence in the plan's language, filled; nothing where a fact is missing."""
    wordings = [one for one in (chinese if plan.chinese else english) if complete(one, values)]
    return filled(chosen(plan, place, wordings), values, chinese=plan.chinese) if wordings else ""


def complete(wording: str, values: Mapping[str, str]) -> bool:
    """Tell whether there is something to put into every slot of a wording."""
    return all(values.get(name) for _, name, _, _ in Formatter().parse(wording) if name)


def capital(text: str) -> str:
    """Return a sentence with a capital at its beginning, unless a name is written otherwise."""
    found = _FIRST.search(text)
    if not found or found.start() > 2 or text[found.start() + 1 : found.start() + 2].isupper():
        return text
    return text[: found.start()] + text[found.start()].upper() + text[found.start() + 1 :]


def ended(text: str, *, chinese: bool) -> str:
    """Return a text with a full stop where it has no end."""
    plain = text.strip()
    if not plain or plain.endswith(("。", ".", "！", "!", "？", "?", "”", "：", ":")):
        return plain
    return plain + ("。" if chinese else ".")


def whole(plan: Plan, name: str) -> Iterator[str]:
    """Yield a fact's sentences as they are said: begun with a capital, ended with a stop."""
    for one in plan.texts(name):
        text = ended(one, chinese=plan.chinese)
        yield text if plan.chinese else capital(text)


def listed(items: Sequence[str], *, chinese: bool, word: str = "") -> str:
    """Return a list as it is read: "a, b and c", 「甲、乙和丙」; ``word`` instead of "and"."""
    if len(items) < 2:
        return "".join(items)
    if chinese:
        last = word or "和"
        return _beside(_beside("、".join(items[:-1]), last, chinese=True), items[-1], chinese=True)
    comma = "," if len(items) > 2 and any(" and " in one for one in items) else ""
    return f"{', '.join(items[:-1])}{comma} {word or 'and'} {items[-1]}"


def plural(noun: str, count: int) -> str:
    """Return an English noun for a count: "1 T-shirt", "2 T-shirts", "2 pairs of shoes" as is."""
    if count == 1 or not noun or _PLURAL_ONLY.search(noun):
        return noun
    head, space, last = noun.rpartition(" ")
    if last.casefold() in _IRREGULAR:
        return head + space + _IRREGULAR[last.casefold()]
    if re.search(r"(?:s|x|z|ch|sh)$", last):
        return noun + ("" if last.endswith("s") and not last.endswith("ss") else "es")
    return noun[:-1] + "ies" if re.search(r"[^aeiou]y$", last) else noun + "s"


def counted(count: int, noun: str) -> str:
    """Return a count with its English noun: "1 review", "1,204 reviews"."""
    return f"{count:,} {plural(noun, count)}"


def article(noun: str) -> str:
    """Return an English noun with "a" or "an"; what is only plural has none."""
    if _PLURAL_ONLY.search(noun):
        return noun
    spelt = noun[:2].isupper() or (noun[:1].isupper() and not noun[1:2].isalpha())
    vowel = _SPELT.match(noun) if spelt else _VOWEL.match(noun)
    return f"{'an' if vowel else 'a'} {noun}"


def measured(count: int, noun: str) -> str:
    """Return a count with its Chinese measure word: 「两双跑鞋」「3 件外套」."""
    number = {1: "一", 2: "两"}.get(count, f" {count:,} ".lstrip() if count > 2 else str(count))
    return f"{number.strip()}{' ' if number.strip()[-1:].isdigit() else ''}{measure(noun)}{noun}"


def measure(noun: str) -> str:
    """Return the measure word of a Chinese noun; 款 where none is known."""
    for word, endings in _MEASURES:
        if noun.endswith(tuple(sorted(endings.split(), key=len, reverse=True))):
            return word
    return "款"


def quoted(text: str) -> str:
    """Return the words of somebody else in quotation marks, without those they have."""
    return f"“{text.strip().strip('“”')}”"


def named(name: str, *, chinese: bool) -> str:
    """Return a product's name as it stands in a sentence: 「」 in Chinese, plain in English."""
    return f"「{name}」" if chinese and name else name
