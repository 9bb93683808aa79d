"""Other forms of an utterance, made by code: typos, pinyin, traditional letters, mixed tongues.

For training, which shows the head faulty copies of each utterance, and for measuring what other
forms cost. The same text always gets the same faults.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import opencc
from pypinyin import lazy_pinyin

from assistant.understanding.hearing import Ear
from assistant.understanding.sounding import chinese_of

FORMS = {
    "zh-hans": ("traditional", "pinyin", "joined_pinyin", "homophone", "mixed"),
    "en": ("swapped", "dropped", "shouted", "bare", "mixed"),
}
WORDS = {
    "订单": "order", "退款": "refund", "发票": "invoice", "优惠券": "coupon", "尺码": "size",
    "价格": "price", "颜色": "color", "快递": "delivery", "地址": "address", "客服": "service",
    "购物车": "cart", "礼物": "gift", "推荐": "recommend", "评价": "review", "账号": "account",
    "质量": "quality", "库存": "stock", "密码": "password", "便宜": "cheap", "谢谢": "thanks",
    "你好": "hello", "取消": "cancel", "会员": "VIP", "好的": "OK", "手机": "phone",
}  # fmt: skip
SAME_SOUND = ["在再", "的地得", "做作", "像向象", "那哪", "以已", "他她它", "买卖", "定订", "帐账",
              "元员圆", "换幻", "件建", "退腿", "货获", "单丹", "款宽", "码马", "号好"]  # fmt: skip


def faults(text: str, language: str, listener: Ear | None = None) -> tuple[str, ...]:
    """Write ``text`` as people do in a hurry: English with a typo, Chinese by its sound, twice.

    ``listener``: who reads pinyin back; one that has never heard ``text`` errs as with strangers.
    """
    if language == "en":
        form = random.Random(text).choice(("swapped", "dropped"))  # noqa: S311 - no secret
        return (in_form(text, form, seed=7),)
    read = chinese_of(in_form(text, "pinyin"), listener) or text
    return read, in_form(text, "homophone", seed=7)


def in_form(text: str, form: str, seed: int = 1) -> str:
    """Write ``text`` in another form; the same each time."""
    chance = random.Random(f"{seed} {form} {text}")  # noqa: S311
    ways: dict[str, Callable[[], str]] = {
        "traditional": lambda: opencc.OpenCC("s2t").convert(text),
        "pinyin": lambda: " ".join(lazy_pinyin(text, v_to_u=False)),
        "joined_pinyin": lambda: "".join(lazy_pinyin(text, v_to_u=False)),
        "homophone": lambda: misheard(text, chance),
        "mixed": lambda: mixed(text),
        "shouted": text.upper,
        "bare": lambda: re.sub(r"[^\w\s]", "", text.lower()),
    }
    return ways[form]() if form in ways else misspelt(text, form, chance)


def misheard(text: str, chance: random.Random) -> str:
    """Put one character of the same sound, or nearly so, in the place of another."""
    places = [(i, group) for i, one in enumerate(text) for group in SAME_SOUND if one in group]
    if not places:
        return text
    place, group = chance.choice(places)
    return text[:place] + chance.choice(group.replace(text[place], "")) + text[place + 1 :]


def mixed(text: str) -> str:
    """Say one known word in the other language."""
    for chinese, english in WORDS.items():
        if chinese in text:
            return text.replace(chinese, f" {english} ", 1).strip()
        if re.search(rf"\b{english}\b", text, re.IGNORECASE):
            return re.sub(rf"\b{english}\b", chinese, text, count=1, flags=re.IGNORECASE)
    return text


def misspelt(text: str, form: str, chance: random.Random) -> str:
    """Swap two neighbours inside a word of five letters or more, or drop one."""
    words = list(re.finditer(r"[A-Za-z]{5,}", text))
    if not words:
        return text
    word = chance.choice(words)
    place = chance.randrange(word.start() + 1, word.end() - 2)
    if form == "dropped":
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
