"""Facts of a list as words that stand in a sentence: 表壳材质 精钢 is 精钢表壳, 8 outlets.

A catalogue without descriptions states what its goods are in rows alone; told as a row each of them
is a table, told like this some are text. What has no good wording stays a row.
"""

from __future__ import annotations

import re

# Names of rows that are of the offer, or that say again what the goods are.
_UNSAID_ZH = re.compile(
    r"品名|款式品名|产品.*|.*品类|护发用品|型号|成色|组合形式|生产企业|套餐.*|功效|适用年龄|毛重|上市.*"
    r"|厚薄|流行元素|采购地|区县|安装说明.*|配送.*|.*备案.*|附加功能|储存条件|保修期|批准.*|系列|颜色|风格"
    r"|人造板.*|可冲杯数|是否.*|有无.*|.*含量表|款式定位|种类|版本.*|.*销.*|适用对象|适用性别"
)
_SAID_BY_VALUE = ("通勤", "工艺", "元素", "结构", "焦段", "厚度分类")
_OF = re.compile(r"(.{1,6}?)(?:材质|材料|面料)")
_KIND = re.compile(r"(.{1,6}?)(?:款式|类型|形状|方式|型|形|式|高|长|工艺|深度|屏幕)")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
MOST_VALUES = 2  # of one row; more are a list
LONGEST_VALUE = 12

_COUNT = re.compile(r"number of (.+)|(.+?)s? (?:quantity|count|number)")
_WEATHER = {"cool", "cold", "mild", "warm", "hot", "rainy", "windy", "snowy", "humid", "dry"}
_ACRONYMS = re.compile(r"\b(?:ac|dc|usb|led|lcd|emi|rfi|oem|hdmi|vga|dvi|lan|rj|pc|cd|dvd)\b")
_UNSAID_EN = re.compile(
    r"number of \d.*|.*per (?:pallet|carton|box|pack).*|.*transistors|status|.*units|type"
    r"|model|oem code|package.*|product type|.*gear|features? .*|strap .*|master .*"
    r"|certification|.*compliance|quantity per .*|pattern|printing colou?rs?|size|colou?r"
    r"|material|.*humidity.*|.*temperature.*|series|dimensions?.*|style bags?"
    r"|.*compatibility"
)


def trait(name: str, value: str, *, chinese: bool) -> str:
    """Return a row as words for a sentence, nothing where it has no good wording."""
    return _chinese(name.strip(), value.strip()) if chinese else _english(name.strip(), value)


def _chinese(name: str, value: str) -> str:
    value = _BRACKETS.sub("", value).strip()
    several = len(re.split(r"[、，,/]", value)) > MOST_VALUES
    if not value or _UNSAID_ZH.fullmatch(name) or several or len(value) > LONGEST_VALUE:
        return ""
    if re.match(r"\d", value):
        return value if name[:2] in value else ""  # figures are told as such
    if name == "产地":
        return f"产自{value}"
    made = _OF.fullmatch(name)
    if made:
        joint = " " if re.search(r"[A-Za-z]$", value) else ""
        return value if made[1][-1] in value else f"{value}{joint}{made[1]}"
    kind = _KIND.fullmatch(name)
    if kind and (kind[1][-1] in value or name[-2:] in ("方式", "工艺")):
        return value
    return value if name in _SAID_BY_VALUE or name[-1] == value[-1] else ""


def _english(name: str, value: str) -> str:
    told = name.casefold()
    counted = _COUNT.fullmatch(told)
    if told == "climate":
        said = _weather(value)
    elif counted and value.isdigit() and value != "1":
        said = f"{value} {_plural(_capitals(counted[1] or counted[2]))}"
    elif _UNSAID_EN.fullmatch(told) or not re.fullmatch(r"[^,\d][^,]{1,29}", value):
        said = ""  # lists stay lists, and figures are told as such
    elif told == "country of origin":
        said = f"made in {value}"
    else:
        said = _named(told, value)
    return said


def _named(told: str, value: str) -> str:
    """Return a value that says by itself what it is of, with the kind where it does not."""
    if told.endswith(" technology"):
        kind = told.removesuffix(" technology")
        return _low(value) if kind in value.casefold() else f"{_low(value)} {kind}"
    if told.endswith(" type") or told in ("neckline", "sleeve", "fit", "style bottom"):
        return _low(value)
    return ""


def _weather(value: str) -> str:
    """Return for what weather it is, of a list of climates."""
    days = [one for one in re.split(r",\s*", value.casefold()) if one in _WEATHER]
    if not days:
        return ""
    row = f"{', '.join(days[:-1])} and {days[-1]}" if len(days) > 1 else days[0]
    return f"for {row} weather"


def _plural(noun: str) -> str:
    return noun if noun.endswith("s") else f"{noun}s"


def _capitals(text: str) -> str:
    return _ACRONYMS.sub(lambda one: one[0].upper(), text)


def _low(value: str) -> str:
    """Return a value with a small first letter, unless it is spelt in capitals."""
    return value if value[1:2].isupper() else value[:1].lower() + value[1:]
