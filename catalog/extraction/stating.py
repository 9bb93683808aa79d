"""Say a proposal as the fact it would become: the attribute's code and the value with its type.

For the merchant's review page and for what is written once a person confirms. Units stay as the
text writes them, so nothing is rounded: "1.5 lb" becomes ``weight_lb = 1.5``.
"""

from dataclasses import dataclass

from catalog.extraction.schema import NAMED
from catalog.lexicon import lexicon

LONGEST_VALUE = 200
# Code of a measured attribute by its name and unit, where it is not simply both of them.
_CODES = {
    ("battery", "mah"): "capacity_mah",
    ("screen_size", "in"): "screen_in",
    ("heel_height", "cm"): "heel_cm",
    ("heel_height", "mm"): "heel_mm",
    ("heel_height", "in"): "heel_in",
    ("water_resistance", "m"): "water_m",
}
_UNITS = {
    "w": "W", "kw": "kW", "v": "V", "mah": "mAh", "gb": "GB", "tb": "TB", "l": "L",
    "floz": "fl oz", "jin": "斤", "in": "″",
}  # fmt: skip
_NAMES = {
    "weight": ("重量", "Weight"),
    "capacity": ("容量", "Capacity"),
    "power": ("功率", "Power"),
    "battery": ("电池容量", "Battery capacity"),
    "voltage": ("电压", "Voltage"),
    "screen_size": ("屏幕尺寸", "Screen size"),
    "memory": ("内存", "Memory"),
    "storage": ("存储容量", "Storage"),
    "heel_height": ("跟高", "Heel height"),
    "dimensions": ("尺寸", "Dimensions"),
    "water_resistance": ("防水等级", "Water rating"),
    "bluetooth_version": ("蓝牙版本", "Bluetooth version"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What a product would state: ``kind`` is code, text or number, as `Attribute` has it."""

    code: str
    value: str | float
    kind: str
    unit: str = ""
    name_zh: str = ""
    name_en: str = ""


class NotAValue(ValueError):
    """What a person wrote is no value of this attribute."""


def stated(attribute: str, value: str, unit: str | None) -> Fact:
    """Return the fact that a proposal would become."""
    if attribute in NAMED:
        return Fact(attribute, value, "code")
    if attribute == "composition":
        return _share(value)
    chinese, english = _NAMES.get(attribute, ("", ""))
    if attribute == "dimensions":
        words = " × ".join(value.split("x"))
        return Fact(
            "dimensions", f"{words} {unit}" if unit else words, "text", "", chinese, english
        )
    number = _number(value) if unit else None
    if number is None:
        code = "water_rating" if attribute == "water_resistance" else attribute
        return Fact(code, value, "text", "", chinese, english)
    code = _CODES.get((attribute, unit or ""), f"{attribute}_{unit}")
    return Fact(code, number, "number", _UNITS.get(unit or "", unit or ""), chinese, english)


def named(code: str) -> tuple[str, str, str]:
    """Return the Chinese name, the English name and the unit of a code that `stated` makes.

    Empty for any other: before it is confirmed a shop has no attribute of such a code.
    """
    stem, _underscore, unit = code.rpartition("_")
    if unit == "pct":
        fact = _share(f"{stem.replace('_', '-')} 0")
        return fact.name_zh, fact.name_en, fact.unit
    if code in _NAMES or code == "water_rating":
        return *_NAMES.get(code, _NAMES["water_resistance"]), ""
    attribute, unit = next((pair for pair, made in _CODES.items() if made == code), (stem, unit))
    names = _NAMES.get(attribute)
    return (*names, _UNITS.get(unit, unit)) if names else ("", "", "")


def corrected(fact: Fact, words: str) -> Fact:
    """Return the fact with the value that a person wrote instead; `NotAValue` if it is none."""
    words = " ".join(words.split())
    if not words or len(words) > LONGEST_VALUE or "\0" in words:
        raise NotAValue
    value: str | float = words
    if fact.kind == "number":
        number = _number(words)
        if number is None or number < 0:
            raise NotAValue
        value = number
    elif fact.kind == "code":
        value = lexicon().canonical(fact.code, words) or words
    return Fact(fact.code, value, fact.kind, fact.unit, fact.name_zh, fact.name_en)


def _share(value: str) -> Fact:
    material, _space, share = value.rpartition(" ")
    entry = lexicon().value("material", material)
    names = (entry.display("zh-hans"), entry.display("en")) if entry else ("", "")
    return Fact(f"{material}_pct".replace("-", "_"), _number(share) or 0, "number", "%", *names)


def _number(words: str) -> float | int | None:
    try:
        number = float(words)
    except ValueError:
        return None
    if not abs(number) < 10**12:
        return None
    return int(number) if number == int(number) else number
