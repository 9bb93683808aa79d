"""Find figures with a unit in a text, so that they can be held against a product's attributes."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

# How a unit is written in a text → the ending of the attributes that may hold it.
UNITS = {
    "gsm|g": ("g/m²", "g", "克"),
    "kg": ("kg", "公斤", "千克"),
    "oz": ("oz", "盎司", "安(?=帆布)"),
    "ml": ("ml", "毫升"),
    "l": ("L", "升"),
    "mah": ("mAh", "毫安时"),
    "wh": ("Wh", "瓦时"),
    "w": ("W", "瓦(?!时)"),
    "cm": ("cm", "厘米"),
    "mm": ("mm", "毫米"),
    "m": ("m(?!m|l|A|in)", "(?<!毫|厘)米(?!白|色|粒|饭|汤|油)"),
    "km": ("km", "公里"),
    "c": ("°C", "℃"),
    "pct": ("%",),
    "db": ("dB", "分贝"),
    "in": ("inch", "inches", "英寸"),
    "h": ("hours", "hour", "小时"),
    "min": ("minutes", "分钟"),
    "days": ("days", "天(?!丝|然)"),
    "v": ("V", "伏"),
    "k": ("K",),
    "dpi": ("DPI",),
    "hrc": ("HRC",),
}
FIGURE = re.compile(
    r"(?<![A-Za-z0-9.])(?P<number>-?\d[\d,]*(?:\.\d+)?)[\s-]?(?:"
    + "|".join(
        f"(?P<u{i}>(?:{'|'.join(names)})(?![A-Za-z²]))" for i, names in enumerate(UNITS.values())
    )
    + ")"
)


def figures(text: str) -> Iterator[tuple[Decimal, str]]:
    """Yield each number with a unit: its value and the attribute endings that may hold it."""
    for match in FIGURE.finditer(text):
        unit = next(i for i in range(len(UNITS)) if match[f"u{i}"])
        yield Decimal(match["number"].replace(",", "")), list(UNITS)[unit]


def stated(product: dict[str, Any], endings: str) -> set[Decimal]:
    """Return the values that a product's attributes and options give for a unit."""
    names = tuple(endings.split("|"))
    values: set[Decimal] = set()
    for name, value in product["attributes"].items():
        if name.rpartition("_")[2] in names:
            values |= {Decimal(str(v)) for v in (value if isinstance(value, list) else [value])}
    for variant in product["variants"]:
        for option in variant["options"].values():
            values |= {number for number, unit in figures(option) if unit == endings}
    return values
