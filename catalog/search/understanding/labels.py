"""Name a slot as a chip in Chinese or English: "≤ ¥300", "红色", "not leather".

For pages and `manage.py search`. Never translates what the shop named itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from catalog.lexicon import lexicon

if TYPE_CHECKING:
    from catalog.search.understanding.need import Slot

SYMBOLS = {
    "CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$",
    "KRW": "₩", "AUD": "A$", "CAD": "C$", "SGD": "S$", "INR": "₹", "CHF": "CHF ",
}  # fmt: skip
_SPACED = {"inch": "″", "sqm": "m²", "jin": "斤"}
_ACRONYMS = {"gb", "tb", "mb", "w", "v", "l"}
_NUMBERED = re.compile(r"(eu|us|uk|size|height)-([0-9.]+)")


def label_of(slot: Slot, locale: str) -> str:
    """Return the chip text of a slot."""
    chinese = locale.lower().startswith("zh")
    name = _name(slot, chinese=chinese)
    if not slot.negated:
        return name
    if chinese:
        return f"不要{name}"
    proper = slot.kind in _PROPER or name[:2].isupper()
    return f"not {name if proper else name[:1].lower() + name[1:]}"


_PROPER = {"brand", "sku", "size", "word"}


def _name(slot: Slot, *, chinese: bool) -> str:
    if slot.kind == "price":
        return _limits(slot, lambda limit: SYMBOLS.get(slot.currency, f"{slot.currency} ") + limit)
    if slot.kind == "measure":
        return _limits(slot, lambda limit: limit + _unit(slot.unit))
    if slot.kind == "rating":
        return _rating(slot, chinese=chinese)
    if slot.kind == "word":
        return f"“{slot.value}”"
    if slot.kind == "size" and (numbered := _numbered_size(slot.value, chinese=chinese)):
        return numbered
    return (slot.name_zh if chinese else _capital(slot.name_en)) or _lexicon_name(slot, chinese)


def _lexicon_name(slot: Slot, chinese: bool) -> str:
    dimension = lexicon().dimensions.get(slot.kind)
    value = dimension.values.get(slot.value) if dimension else None
    if value is None:
        return slot.value.upper() if slot.kind == "size" else slot.value
    if slot.kind == "category" and _names(slot.surface, slot.value, chinese):
        # A type has names that say more than its first one: "doormat" among rugs.
        return slot.surface if chinese else _capital(slot.surface)
    return value.display("zh-hans") if chinese else _capital(value.display("en"))


def _names(surface: str, code: str, chinese: bool) -> bool:
    """Say whether the words are a name of this product type in this language."""
    han = any("\u3400" <= char <= "\u9fff" for char in surface)
    return han is chinese and lexicon().canonical("category", surface) == code


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _number(limit: Decimal) -> str:
    return f"{limit:,f}"


def _limits(slot: Slot, written: Callable[[str], str]) -> str:
    low, high = slot.minimum, slot.maximum
    if low is None and high is None:
        return slot.surface
    if low is None or high is None:
        sign, limit = ("≤", high) if low is None else ("≥", low)
        return f"{sign} {written(_number(limit or Decimal(0)))}"
    if low == high:
        return written(_number(low))
    return f"{written(_number(low))} – {written(_number(high))}"


def _unit(unit: str) -> str:
    if unit in _SPACED:
        return _SPACED[unit]
    return f" {unit.upper() if unit in _ACRONYMS else unit}"


def _rating(slot: Slot, *, chinese: bool) -> str:
    if slot.minimum is None:
        return f"★ ≤ {slot.maximum}"
    return f"{slot.minimum} 星及以上" if chinese else f"{slot.minimum} stars and up"


def _numbered_size(code: str, *, chinese: bool) -> str | None:
    match = _NUMBERED.fullmatch(code)
    if match is None:
        return None
    system, number = match.groups()
    if system == "height":
        return f"{number} cm"
    if system == "size":
        return f"{number} 码" if chinese else f"Size {number}"
    return f"{system.upper()} {number}"
