"""Write quantities in one way: "500 ml", "５００毫升" and "0.5L" are all 500ml.

For index and query terms and for extraction. It never converts between systems (inch and cm).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

# unit → (base unit, factor); the base unit is what query terms use
UNITS: dict[str, tuple[str, Decimal]] = {
    name: (base, Decimal(factor))
    for base, group in {
        "ml": {"ml": "1", "毫升": "1", "milliliter": "1", "milliliters": "1", "cl": "10",
               "l": "1000", "升": "1000", "liter": "1000", "liters": "1000", "litre": "1000",
               "litres": "1000", "公升": "1000"},
        "g": {"g": "1", "克": "1", "gram": "1", "grams": "1", "kg": "1000", "公斤": "1000",
              "千克": "1000", "kilo": "1000", "kilos": "1000", "kilogram": "1000",
              "kilograms": "1000", "kgs": "1000", "斤": "500"},
        "mg": {"mg": "1", "毫克": "1"},
        "lb": {"lb": "1", "lbs": "1", "pound": "1", "pounds": "1", "磅": "1"},
        "oz": {"oz": "1", "ounce": "1", "ounces": "1", "盎司": "1"},
        "floz": {"fl oz": "1", "fl. oz": "1", "fluid ounce": "1", "fluid ounces": "1"},
        "mm": {"mm": "1", "毫米": "1", "cm": "10", "厘米": "10", "公分": "10", "m": "1000",
               "米": "1000", "meter": "1000", "meters": "1000", "metre": "1000",
               "metres": "1000", "millimeter": "1", "millimeters": "1", "centimeter": "10",
               "centimeters": "10", "cms": "10"},
        "in": {"in": "1", "inch": "1", "inches": "1", "英寸": "1", "寸": "1", '"': "1",
               "”": "1", "吋": "1", "''": "1"},
        "ft": {"ft": "1", "feet": "1", "foot": "1", "英尺": "1"},
        "w": {"w": "1", "瓦": "1", "watt": "1", "watts": "1", "kw": "1000", "千瓦": "1000"},
        "v": {"v": "1", "伏": "1", "volt": "1", "volts": "1", "伏特": "1"},
        "mah": {"mah": "1", "毫安": "1", "毫安时": "1"},
        "wh": {"wh": "1", "瓦时": "1"},
        "gb": {"gb": "1", "tb": "1024", "mb": "0.0009765625"},
        "hz": {"hz": "1", "赫兹": "1", "khz": "1000", "mhz": "1000000", "ghz": "1000000000"},
        "db": {"db": "1", "分贝": "1"},
        "mp": {"mp": "1", "megapixel": "1", "megapixels": "1"},
        "l-min": {"l/min": "1"},
        "%": {"%": "1"},
    }.items()
    for name, factor in group.items()
}  # fmt: skip
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NAMES = sorted(UNITS, key=len, reverse=True)
_LATIN = "|".join(re.escape(n) for n in _NAMES if n[0].isascii() and n[0].isalpha() and n != "in")
_SIGNS = "|".join(re.escape(n) for n in _NAMES if not (n[0].isascii() and n[0].isalpha()))
UNIT = rf"(?:(?:{_LATIN}|in(?!\s?\d|-\d|\s?[a-z]))(?![a-z0-9])|{_SIGNS})"
QUANTITY = re.compile(
    rf"(?<![a-z0-9.])(?P<numbers>{NUMBER}(?:\s?[x*×]\s?{NUMBER}){{0,2}})[\s-]?(?P<unit>{UNIT})"
)
_TIMES = re.compile(r"\s?[x*×]\s?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One or more numbers with a unit, as found in folded text."""

    numbers: tuple[str, ...]
    unit: str
    start: int
    end: int

    @property
    def base(self) -> tuple[str, ...]:
        """Return the quantity in base units, one term for each number."""
        base, factor = UNITS[self.unit]
        return tuple(plain(Decimal(number) * factor) + base for number in self.numbers)

    @property
    def written(self) -> tuple[str, ...]:
        """Return the quantity in its own unit, in one spelling."""
        return tuple(number + _spelling(self.unit) for number in self.numbers)


def plain(number: Decimal) -> str:
    """Write a number without exponent and trailing zeros."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@lru_cache(maxsize=256)
def _spelling(unit: str) -> str:
    base, factor = UNITS[unit]
    for name, (other, same) in UNITS.items():  # the first name of equal worth is the spelling
        if other == base and same == factor:
            return name
    return base


def without_thousands(folded: str) -> str:
    """Remove thousands separators: "5,000" becomes "5000"."""
    return _THOUSANDS.sub("", folded) if "," in folded else folded


def quantities(folded: str) -> list[Quantity]:
    """List numbers with units in folded text, dimensions such as 30x40cm as one."""
    return [quantity_of(match) for match in QUANTITY.finditer(folded)]


def quantity_of(match: "re.Match[str]") -> Quantity:
    """Read one match of QUANTITY, also where that is part of a larger pattern."""
    numbers = tuple(_TIMES.split(match["numbers"].replace(",", "")))
    return Quantity(numbers, match["unit"], match.start(), match.end())
