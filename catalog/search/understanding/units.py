"""The units a number can carry: currencies, measures, sizes, stars and things counted.

For the amount grammar: a table per kind, compiled to one anchored pattern each. Never looks at
more than the few characters next to the number.
"""

import re
from dataclasses import dataclass
from typing import Literal

UnitKind = Literal["money", "measure", "size", "star", "count"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What was read next to a number, and where it ends (or, before the number, begins)."""

    kind: UnitKind
    code: str
    edge: int


# Words after the number, longest first; "|" stands for a space inside one. A Latin unit ends where
# its letters do.
MONEY = {
    "CNY": "元钱 元人民币 元 块钱 块人民币 块大洋 块 圆 人民币 软妹币 大洋 rmb cny yuan kuai ¥",
    "USD": "us|dollars u.s.|dollars usd dollars dollar bucks buck 美元 美金 美刀 刀 us$ $",
    "EUR": "euros euro eur 欧元 欧 €",
    "GBP": "pounds|sterling quid gbp pounds pound 英镑 £",
    "HKD": "hk|dollars hong|kong|dollars hkd hk$ 港币 港元 港纸 港幣 蚊",
    "JPY": "yen jpy 日元 日圆 円",
    "TWD": "nt|dollars twd ntd nt$ 新台币 台币",
    "KRW": "won krw 韩元 韩币 ₩",
    "AUD": "aud a$ 澳元 澳币",
    "CAD": "cad c$ 加元 加币",
    "SGD": "sgd s$ 新加坡元 新币",
    "INR": "rupees rupee inr rs ₹ 卢比",
    "CHF": "francs chf 瑞郎",
}
BEFORE = {
    "CNY": "人民币 rmb cny yuan cn¥ ¥",
    "USD": "us$ u.s.$ usd$ usd 美元 美金 us|dollars",
    "EUR": "€ eur euro euros 欧元",
    "GBP": "£ gbp 英镑",
    "HKD": "hk$ hkd$ hkd 港币 港元",
    "JPY": "jpy jp¥ 日元",
    "TWD": "nt$ ntd twd 台币 新台币",
    "KRW": "₩ krw",
    "AUD": "a$ au$ aud",
    "CAD": "c$ ca$ cad",
    "SGD": "s$ sg$ sgd",
    "INR": "₹ rs. rs inr",
    "CHF": "chf",
}
DOLLARS = frozenset({"USD", "HKD", "AUD", "CAD", "SGD", "TWD"})

# code: words; the code is what a chip shows.
MEASURES = {
    "kg": "公斤 千克 kg kgs kilograms kilogram kilos kilo",
    "g": "克 grams gram gr g",
    "mg": "毫克 mg",
    "jin": "市斤 斤",
    "t": "吨 t",
    "lb": "lbs lb 磅",
    "oz": "ounces ounce oz 盎司",
    "ml": "毫升 ml cc milliliters millilitres",
    "l": "公升 升 liters litres liter litre ltr l",
    "gal": "gallons gallon 加仑",
    "mm": "毫米 mm",
    "cm": "厘米 公分 cm centimeters centimetres",
    "m": "米 meters metres meter metre m",
    "km": "公里 千米 km kilometers kilometres",
    "inch": "英寸 寸 吋 inches inch in \" ″ '' ′′",
    "ft": "英尺 feet foot ft",
    "gb": "gigabytes gigs gig gb 个g",
    "tb": "terabytes tb",
    "mb": "mb",
    "mah": "毫安时 毫安 mah",
    "wh": "wh",
    "w": "瓦特 瓦 watts watt w",
    "v": "伏特 伏 volts volt v",
    "hz": "赫兹 hz",
    "khz": "khz",
    "ghz": "ghz",
    "db": "分贝 db",
    "dpi": "dpi",
    "mp": "百万像素 megapixels megapixel mp",
    "pixels": "像素",
    "lm": "流明 lumens lumen lm",
    "h": "个小时 小时 hours hour hrs hr h",
    "min": "分钟 minutes minute mins min",
    "sqm": "平方米 平米 平方 sqm",
}
SIZE = "码 碼 号 yards|size"
STAR = "颗星 星级 星 stars star ★ ☆"
COUNT = (
    "件套 件 个月 个 只 双 条 张 人份 人座 人 位 片 支 瓶 盒 包 套 台 箱 袋 层 格 档 头 孔 口 "
    "本 册 "
    "根 卷 枚 颗 粒 杯 门 抽 倍 折 次 年 月 日 天 周岁 周 岁 代 版 楼 扇 轮 键 轴 核 线 股 节 "
    "罐 桶 "
    "把 部 款 种 样 分袖 分裤 分 度 点 味 尺 % ° "
    "packs pack pcs pc pieces piece people persons person seater seats ports port pairs pair sets "
    "sheets count ct x years|old year|olds year|old years year months|old months month weeks week "
    "days day yrs yr yo y/o mo items item pockets pocket slots slot layers layer speeds speed "
    "buttons keys drawers drawer compartments compartment shelves tiers tier players player ply "
    "slices slice pages page times settings modes colors colours ways way cores core off percent "
    "burners burner legs channels channel reviews review man|tent person|tent degrees degree "
    "th st nd rd"
)
_NOT_AFTER = {
    "圆": "(?![领形点桌筒])",
    "块": "(?!装|表|布|肥皂|手表)",
    "元": "(?!素|旦|宝)",
    "刀": "(?!片|头|架|具|锋)",
    "欧": "(?!元|码|式|美)",
    "号": "(?!电池|楼|店|线)",
    "星": "(?!期|空|巴|辰)",
    "包": "(?!邮)",
    "套": "(?!装)",
    # "14in" and "14-in" are inches; in "14 in red" it is a preposition.
    "in": "(?<! in)(?![a-z0-9])",
}


def _word(word: str) -> str:
    """Make one unit word a pattern; Latin words must end where a letter or digit does not go on."""
    pattern = re.escape(word).replace(r"\|", " ")
    if word in _NOT_AFTER:
        return pattern + _NOT_AFTER[word]
    if word[-1] in "$€£¥₩₹":
        return pattern + "(?! ?[0-9])"  # in "$20-$30" the sign belongs to the number after it
    return pattern + "(?![a-z0-9])" if word[-1].isascii() and word[-1].isalnum() else pattern


def _compiled(words: str, *, apart: bool = True) -> re.Pattern[str]:
    """Compile space-separated words, longest first; ``apart``: a space may precede Chinese ones."""
    ordered = sorted(words.split(), key=len, reverse=True)
    latin = "|".join(_word(word) for word in ordered if word[0].isascii() or apart)
    han = "|".join(_word(word) for word in ordered if not (word[0].isascii() or apart))
    return re.compile(f"[ -]?(?:{latin})" + (f"|(?:{han})" if han else ""))


_AFTER: tuple[tuple[UnitKind, str, re.Pattern[str]], ...] = (
    *(("money", code, _compiled(words)) for code, words in MONEY.items()),
    *(("measure", code, _compiled(words)) for code, words in MEASURES.items()),
    ("size", "", _compiled(SIZE)),
    ("star", "", _compiled(STAR)),
    ("count", "", _compiled(COUNT, apart=False)),
)
ANY_UNIT = re.compile("|".join(f"(?:{pattern.pattern})" for _, _, pattern in _AFTER))
_SYMBOLS = "|".join(
    re.escape(symbol).replace(r"\|", " ")
    for symbol in sorted(
        {word for words in BEFORE.values() for word in words.split()} | {"$"}, key=len, reverse=True
    )
)
_BEFORE = re.compile(rf"(?<![a-z])({_SYMBOLS})[ :]?$")
_CODE_OF = {
    word.replace("|", " "): code for code, words in BEFORE.items() for word in words.split()
}


def unit_after(text: str, end: int) -> Unit | None:
    """Read the longest unit that begins at ``end``; 日元 wins over 日, 分钟 over 分."""
    best: Unit | None = None
    for kind, code, pattern in _AFTER:
        match = pattern.match(text, end)
        if match and (best is None or match.end() > best.edge):
            best = Unit(kind, code, match.end())
    return best


def currency_before(text: str, start: int, *, home: str) -> Unit | None:
    """Read a currency sign or code that ends at ``start``; a bare $ is the home dollar, or USD."""
    match = _BEFORE.search(text[max(0, start - 12) : start])
    if match is None:
        return None
    code = _CODE_OF.get(match[1]) or (home if home in DOLLARS else "USD")
    if match[1] == "¥" and home == "JPY":
        code = "JPY"
    return Unit("money", code, max(0, start - 12) + match.start())
