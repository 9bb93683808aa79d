"""Numbers with units, and which attribute of a product they are about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from catalog.claims.numerals import NUMBER, value
from catalog.claims.patterns import worded
from catalog.text.units import UNITS

NAMES = Path(__file__).parent.parent / "presenting/attributes.toml"
# What `UNITS` does not have: time, warmth, cloth, speed; name → (base, factor).
_MORE = {
    "min": {"min": "1", "mins": "1", "minute": "1", "minutes": "1", "分钟": "1", "h": "60",
            "hr": "60", "hrs": "60", "hour": "60", "hours": "60", "小时": "60", "个小时": "60",
            "钟头": "60"},
    "day": {"day": "1", "days": "1", "天": "1", "week": "7", "weeks": "7", "周": "7",
            "星期": "7", "个工作日": "1", "工作日": "1"},
    "month": {"month": "1", "months": "1", "个月": "1", "year": "12", "years": "12", "年": "12"},
    "s": {"seconds": "1", "second": "1", "秒": "1"},
    "°c": {"°c": "1", "℃": "1", "度": "1", "摄氏度": "1", "degrees": "1", "degree": "1", "°": "1"},
    "gsm": {"g/m2": "1", "g/m²": "1", "gsm": "1", "克每平方米": "1", "克/平方米": "1"},
    "mm": {"km": "1000000", "公里": "1000000", "千米": "1000000", "mile": "1609344",
           "miles": "1609344"},
    "in": {"″": "1"}, "k": {"k": "1", "开尔文": "1"}, "dpi": {"dpi": "1"}, "hrc": {"hrc": "1"},
    "lm": {"lm": "1", "lumen": "1", "lumens": "1", "流明": "1"}, "bar": {"bar": "1"},
    "mesh": {"目": "1", "grit": "1"}, "ma": {"ma": "1"},
    "cal": {"kcal": "1", "千卡": "1", "大卡": "1"},
    "kpa": {"kpa": "1"}, "rpm": {"rpm": "1", "转": "1"}, "fold": {"倍": "1", "times": "1"},
}  # fmt: skip
MEASURES: dict[str, tuple[str, Decimal]] = dict(UNITS) | {
    name: (base, Decimal(factor)) for base, group in _MORE.items() for name, factor in group.items()
}
MEASURES.pop("''", None)
_SYSTEMS = {("oz", "g"): "28.349523", ("lb", "g"): "453.59237", ("in", "mm"): "25.4",
            ("ft", "mm"): "304.8", ("floz", "ml"): "29.573530"}  # fmt: skip
# What a number in one base unit is in that of another system.
FOREIGN = {pair: Decimal(factor) for pair, factor in _SYSTEMS.items()} | {
    (theirs, ours): 1 / Decimal(factor) for (ours, theirs), factor in _SYSTEMS.items()
}
_LATIN = sorted((n for n in MEASURES if n[0].isascii() and n[0].isalpha()), key=len, reverse=True)
_SIGNS = sorted((n for n in MEASURES if n not in _LATIN), key=len, reverse=True)
_UNIT = (
    rf"(?:(?:{'|'.join(re.escape(n) for n in _LATIN if n != 'in')}|in(?!\s?[a-z\d]))(?![a-z0-9])"
    rf"|{'|'.join(re.escape(n) for n in _SIGNS)})"
)
_JOIN = r"\s?(?:-|–|—|~|to|到|至|and)\s?"
QUANTITY = worded(
    rf"(?<![a-z0-9.])(?P<numbers>-?{NUMBER}(?:\s?(?:cm|mm|m|厘米)?\s?[x*×]\s?{NUMBER}){{0,2}})"
    rf"(?:(?:\s?{_UNIT})?{_JOIN}(?P<upper>{NUMBER}))?[\s-]?(?P<unit>{_UNIT})"
)
_SUFFIX = {
    "g": "g", "kg": "kg", "w": "w", "ml": "ml", "l": "l", "mah": "mah", "cm": "cm", "mm": "mm",
    "m": "m", "gsm": "gsm", "h": "h", "days": "day", "months": "month", "min": "min", "pct": "%",
    "c": "°c", "db": "db", "k": "k", "in": "in", "hrc": "hrc", "km": "km", "oz": "oz", "v": "v",
    "wh": "wh", "degrees": "degrees", "bar": "bar",
}  # fmt: skip
# What else an attribute is called, by the beginning of its code.
_CALLED: dict[str, tuple[str, ...]] = {
    "weight": ("weigh", "weight", "heavy", "light", "重", "净重", "轻"),
    "battery": ("battery", "last", "playtime", "playback", "run", "charge gives", "续航", "电池",
                "能用", "可用", "听", "电量"),
    "case_battery": ("with case", "with the case", "充电盒", "配合充电"),
    "gps_battery": ("gps",),
    "quick_charge": ("quick", "charging", "充电", "快充", "charge"),
    "refill": ("recharge", "full charge", "fully", "充满"),
    "capacity": ("capacity", "hold", "容量", "装", "可盛"),
    "power": ("power", "wattage", "output", "功率", "输出"),
    "height": ("height", "high", "tall", "高"), "length": ("length", "long", "长"),
    "width": ("width", "wide", "宽"), "depth": ("depth", "deep", "深"),
    "thickness": ("thick", "厚"), "diameter": ("diameter", "across", "直径", "口径"),
    "fabric": ("fabric", "cloth", "面料", "克重", "g/m", "布"),
    "noise": ("noise", "噪", "降低", "安静"),
    "heel": ("heel", "跟"), "drop": ("drop", "落差"), "lug": ("lug", "鞋齿", "齿"),
    "cable": ("cable", "线长"), "cord": ("cord", "电线"), "strap": ("strap", "带"),
    "cocoa": ("cocoa", "可可"),
    "screen": ("screen", "display", "屏"), "wash": ("wash", "洗"), "jack": ("jack", "插孔"),
    "keys": ("key", "键"), "ports": ("port", "口"), "pages": ("page", "页"),
    "pieces": ("piece", "件"), "pockets": ("pocket", "口袋"), "persons": ("person", "people", "人"),
    "layers": ("layer", "层"), "modes": ("mode", "模式", "档"), "shades": ("shade", "色号"),
    "sheets": ("sheet", "张"), "blades": ("blade", "刀片"),
    "waterproof": ("waterproof", "防水", "水"),
    "max_load": ("load", "bear", "承重", "承受"), "load": ("load", "承重", "承受"),
    "laptop": ("laptop", "笔记本"), "tablet": ("tablet", "平板"), "comfort": ("comfort", "舒适"),
    "kept": ("after six", "after 6", "6小时后", "仍有", "保持"),
    "filling": ("fill", "填充", "充绒"),
    "timer": ("timer", "定时"), "boil": ("boil", "烧开"), "drying": ("dri", "dry", "干"),
    "aged": ("aged", "ageing", "陈"), "grit": ("grit", "目"), "brew": ("brew", "冲泡"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """One number, or several (30 × 40), or a range, with a unit, in base units."""

    values: tuple[Decimal, ...]
    upper: Decimal | None
    base: str
    unit: str
    start: int
    end: int
    written: str

    @property
    def single(self) -> Decimal | None:
        """Return the only number."""
        return self.values[0] if len(self.values) == 1 and self.upper is None else None


def amounts(plain: str) -> Iterator[Amount]:
    """Yield the numbers with units of a plain form, in order."""
    for found in QUANTITY.finditer(plain):
        base, factor = MEASURES[found["unit"]]
        numbers = re.split(r"[x*×]", re.sub(r"[^\d.,x*×-]", "", found["numbers"]))
        upper = value(found["upper"]) * factor if found["upper"] else None
        values = tuple(value(one) * factor for one in numbers if one.strip("-"))
        if values:
            yield Amount(
                values, upper, base, found["unit"], found.start(), found.end(), found["numbers"]
            )


def unit_of(code: str, stated: str = "") -> str:
    """Return an attribute's unit, by its code or as it was stated; nothing for a plain count."""
    suffix = code.rpartition("_")[2] if "_" in code else ""
    if suffix in _SUFFIX:
        return _SUFFIX[suffix]
    plain = stated.casefold()
    return plain if plain in MEASURES else ""


@lru_cache(maxsize=1)
def _common() -> dict[str, dict[str, str]]:
    return tomllib.loads(NAMES.read_text("utf-8"))


@lru_cache(maxsize=2048)
def names_of(code: str, own: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return in folded words what an attribute is called, in both languages."""
    stem = code.rpartition("_")[0] if unit_of(code) else code
    common = _common().get(code, {})
    # What was only made of the code says less than the common name.
    told = [one for one in own if one.casefold() != code.replace("_", " ").casefold()]
    found = [*told, common.get("zh", ""), common.get("en", ""), *_CALLED.get(stem, ())]
    if not any(found):
        found = [stem.replace("_", " ")]
    return tuple(dict.fromkeys(one.casefold() for one in found if one))
