"""Names of dimensions, values and orders in the reader's language.

For facets, options and facts. A shop's own words stay its own; only the vocabulary is translated.
"""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.lexicon import DIMENSIONS, lexicon
from catalog.search.understanding import Slot

DIMENSION_NAMES = {
    "category": _("Category"),
    "brand": _("Brand"),
    "merchant": _("Shop"),
    "colour": _("Colour"),
    "size": _("Size"),
    "material": _("Material"),
    "occasion": _("Occasion"),
    "audience": _("For whom"),
    "season": _("Season"),
    "feature": _("Features"),
    "pattern": _("Pattern"),
    "fit": _("Fit"),
    "neckline": _("Neckline"),
    "sleeve": _("Sleeves"),
    "heel": _("Heel"),
    "style": _("Style"),
    "capacity": _("Capacity"),
    "weight": _("Weight"),
}
ORDER_NAMES = {
    "relevance": _("Best match"),
    "price_asc": _("Price, low to high"),
    "price_desc": _("Price, high to low"),
    "rating": _("Best rated"),
    "newest": _("Newest"),
}
# What a colour looks like beside its name.
SWATCHES = {
    "red": "#c93834", "burgundy": "#762436", "rust": "#b25838", "coral": "#ee7d6a",
    "pink": "#f0acb8", "hot-pink": "#e0478f", "dusty-pink": "#ce9c96", "peach": "#f7be9e",
    "orange": "#ec8334", "yellow": "#f5c84c", "light-yellow": "#fae49e", "mustard": "#ce9e3a",
    "green": "#689e5c", "dark-green": "#2e5444", "army-green": "#686e48", "mint": "#a8d4be",
    "teal": "#267a7e", "turquoise": "#76bab8", "blue": "#3e70b6", "light-blue": "#9cc2e2",
    "navy": "#283860", "royal-blue": "#344cac", "purple": "#7a589c", "lavender": "#bcaedc",
    "black": "#303036", "white": "#f8f6f2", "off-white": "#f2eada", "gray": "#969aa0",
    "light-gray": "#cccfd3", "dark-gray": "#585c64", "brown": "#7a5238", "coffee": "#62483a",
    "camel": "#c49664", "khaki": "#bcac86", "beige": "#e2ceb0", "nude": "#e6c4aa",
    "gold": "#d4ac60", "rose-gold": "#dea898", "silver": "#c8ccd2", "amber": "#bc7832",
}  # fmt: skip


def reader() -> str:
    """Return the reader's language as texts are stored by it."""
    return "zh-hans" if (get_language() or "").startswith("zh") else "en"


def html_lang(locale: str) -> str:
    """Return a stored language as HTML writes it, nothing if it is the page's own."""
    if not locale or locale == reader():
        return ""
    return "zh-Hans" if locale == "zh-hans" else locale


def dimension_name(code: str) -> str:
    """Return the name of a dimension or option; a shop's own name is shown as it is."""
    name = DIMENSION_NAMES.get(code)
    return str(name) if name else readable(code)


def value_name(dimension: str, code: str) -> str:
    """Return the name of a value: the vocabulary's in the reader's language, else its own."""
    if dimension == "brand" or dimension not in DIMENSIONS:
        return code
    label = Slot(dimension, code).label(reader())  # type: ignore[arg-type]
    return readable(code) if label == code else label


def option_value(dimension: str, code: str, text: str) -> str:
    """Return an option's value: the vocabulary's name for its code, else as the shop writes it."""
    return value_name(dimension, code) if code and dimension in DIMENSIONS else text


def readable(code: str) -> str:
    """Return a code of a shop's own as words."""
    words = code.replace("_", " ").replace("-", " ").strip() or code
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=1)
def size_order() -> dict[str, int]:
    """Return the place of each named size, small to large."""
    return {code: place for place, code in enumerate(lexicon().dimension("size").values)}


def size_key(code: str) -> tuple[int, float, str]:
    """Return what sizes are ordered by: named ones small to large, then numbers, then the rest."""
    if code in size_order():
        return (0, size_order()[code], "")
    digits = "".join(c for c in code.rsplit("-", 1)[-1] if c.isdigit() or c == ".")
    try:
        return (1, float(digits), code)
    except ValueError:
        return (2, 0.0, code)


def swatch(dimension: str, code: str) -> str:
    """Return what a colour looks like, nothing for anything else."""
    return SWATCHES.get(code, "") if dimension == "colour" else ""
