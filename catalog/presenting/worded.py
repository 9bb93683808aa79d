"""What a form holds as codes, in the reader's words and back: attributes, options, their names.

A shop's own words stay as they are, both ways, so that an untouched form changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import pgettext

from catalog.editing.checking import COMMA
from catalog.feeds.naming import name_code
from catalog.lexicon import DIMENSIONS, lexicon
from catalog.models import Product
from catalog.presenting.naming import DIMENSION_NAMES, value_name


def in_words(key: str, text: str, names: Sequence[str]) -> str:
    """Return a field's text with codes as their names; ``names``: the product's options."""
    if key == "option_names":
        return _joined(str(DIMENSION_NAMES.get(one, one)) for one in text.split(", "))
    dimension = dimension_of(key, names)
    if not dimension:
        return text
    parts = [text] if key.startswith("option:") else text.split(", ")
    if not all(one in lexicon().dimension(dimension).values for one in parts):
        return text
    return _joined(value_name(dimension, one) for one in parts)


def in_codes(key: str, text: str, product: Product) -> str:
    """Return a field's text with the vocabulary's names as their codes, as the sheet has them.

    An option takes codes only where the product's other variants have them.
    """
    names = product.option_names
    if key == "option_names" and any(one in DIMENSION_NAMES for one in names):
        codes = {str(name).casefold(): code for code, name in DIMENSION_NAMES.items()}
        parts = [one.strip() for one in COMMA.split(text)]
        return ", ".join(codes.get(one.casefold(), one) for one in parts)
    dimension = dimension_of(key, names)
    if dimension and key.startswith("fact:"):
        parts = [one.strip() for one in COMMA.split(text) if one.strip()]
        return ", ".join(lexicon().canonical(dimension, one) or one for one in parts)
    if dimension and _coded(product, dimension, names[int(key.rpartition(":")[2])]):
        known = lexicon().dimension(dimension).values
        codes = {value_name(dimension, code).casefold(): code for code in known}
        return codes.get(text.strip().casefold(), text)
    return text


def dimension_of(key: str, names: Sequence[str]) -> str:
    """Return the vocabulary's dimension that a field's text belongs to, nothing if none."""
    kind, _colon, rest = key.partition(":")
    code = rest if kind == "fact" else ""
    place = rest.rpartition(":")[2]
    if kind == "option" and place.isascii() and place.isdecimal() and int(place) < len(names):
        code = name_code(names[int(place)])
    return code if code in DIMENSIONS else ""


def _coded(product: Product, dimension: str, name: str) -> bool:
    known = lexicon().dimension(dimension).values
    return any(one.options.get(name) in known for one in product.variants.all())


def _joined(words: Iterable[str]) -> str:
    return pgettext("in a list", ", ").join(words)
