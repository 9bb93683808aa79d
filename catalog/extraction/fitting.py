"""Fit a value to the kind of product: heels belong to shoes, "acrylic" yarn is not acrylic glass.

For `propose`. Where the kind is unknown everything may stand.
"""

import re
from dataclasses import replace

from catalog.extraction.schema import Found
from catalog.lexicon import lexicon

_WORN = ("clothing", "shoes", "accessory")
_EATEN = ("food", "drink", "health")
_CARED = ("beauty", "personal-care")
_TENDED = (*_CARED, "health", "appliance", "home")
# attribute → widest kinds it can belong to
_ONLY = {
    "heel": ("shoes",),
    "sleeve": ("clothing",),
    "neckline": ("clothing",),
    "fit": ("clothing", "shoes", "accessory"),
}
_FEATURES_ONLY = {
    "slip-on": _WORN, "lace-up": _WORN, "arch-support": ("shoes", "clothing"),
    "height-increasing": ("shoes",), "smoothing": (*_CARED, "appliance"),
    "volumising": (*_CARED, "appliance"), "fresh": _EATEN, "instant": _EATEN,
    "spicy": _EATEN, "wet-dry-separation": ("bag", "appliance"), "slimming": ("clothing",),
    "wire-free": ("clothing",), "moisturising": _TENDED, "whitening": _TENDED,
    "anti-ageing": _TENDED, "oil-control": _TENDED, "acne": _TENDED, "soothing": _TENDED,
    "exfoliating": _TENDED, "deep-cleansing": _TENDED,
}  # fmt: skip
# "picked in spring" tells of the harvest, 红枸杞 of the fruit
_NEVER = {"season": _EATEN, "colour": ("food", "drink")}
_TEXTILE = ("clothing", "shoes", "bag", "accessory", "bedding")
_BEDS = {
    "king": "king-bed", "queen": "queen-bed", "twin": "single-bed", "full": "double-bed",
    "california king": "king-bed",
}  # fmt: skip
_BED = re.compile(r"(?<![a-z])(california king|king|queen|twin)(?! of)(?![a-z])")
_ENDING_SIZE = re.compile(r"(?<=[a-z,)\u4e00-\u9fff] )(s|m|l)$")


def shelf(kind: str | None) -> str | None:
    """Return the widest product type above ``kind``."""
    if kind is None:
        return None
    return (lexicon().dimension("category").ancestors(kind) or (kind,))[-1]


def fitted(found: Found, kind: str | None, surface: str) -> Found | None:
    """Keep, change or drop a finding for a product of ``kind``; ``surface`` is its folded text."""
    wide = shelf(kind)
    if wide is None:
        return found
    if wide not in _ONLY.get(found.attribute, (wide,)) or wide in _NEVER.get(found.attribute, ()):
        return None
    if found.attribute == "feature":
        return _feature(found, wide, surface)
    if found.attribute == "material":
        return _material(found, wide)
    if found.attribute == "size" and found.value == "mini" and wide == "clothing":
        return replace(found, attribute="fit", value="mini-length")
    return found


def _feature(found: Found, wide: str, surface: str) -> Found | None:
    if wide not in _FEATURES_ONLY.get(found.value, (wide,)):
        return None
    if wide in _CARED and (surface == "long lasting" or found.value == "colourfast"):
        return replace(found, value="long-wear")
    return found


def _material(found: Found, wide: str) -> Found | None:
    if found.value == "acrylic" and wide in _TEXTILE:
        return replace(found, value="acrylic-fibre")
    if found.value == "softshell" and wide == "electronics":
        return None
    return found


def sizes(folded: str, kind: str | None) -> list[Found]:
    """Read bed sizes of bedding and a letter at the end of a garment's title."""
    wide = shelf(kind)
    if wide == "home" or kind in ("mattress", "bed"):
        beds = _BED.finditer(folded) if _bedding(kind) else ()
        return [Found("size", _BEDS[m[1]], None, m.start(), m.end(), 0.85) for m in beds]
    if wide in ("clothing", "shoes") and (match := _ENDING_SIZE.search(folded)):
        return [Found("size", match[1], None, match.start(), match.end(), 0.75)]
    return []


def _bedding(kind: str | None) -> bool:
    within = lexicon().dimension("category").within
    return kind in ("mattress", "bed") or (kind is not None and within(kind, "bedding"))
