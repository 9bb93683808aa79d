"""Which options of a product a question names: "the blue one in L", 黑色42码."""

from __future__ import annotations

import re
from collections.abc import Mapping

from catalog.choosing import code_of
from catalog.feeds.naming import name_code
from catalog.lexicon import DIMENSIONS, lexicon
from catalog.models import Product
from catalog.presenting.naming import value_name
from catalog.search.understanding.sizing import read_sizes
from catalog.text import fold

# A size that is asked for as one: 43码, "size M".
_SIZED = re.compile(
    r"(?<![\d.])(\d{2,3}(?:\.5)?|\d?x{0,4}[sl]|m) ?[码号]"
    r"|\bsizes? (?:eu |uk |us )?(\d{1,3}(?:\.5)?|\d?x{0,4}[sl]|m)\b"
    r"|\beu ?(\d{2}(?:\.5)?)\b"
)


def named_options(
    product: Product, question: str, besides: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return option name → value for each option that the question names one value of.

    Two values of one option name none: it is not known which is meant. ``besides``: values that do
    not count where another is named, as those of what was bought.
    """
    text, codes, sizes = fold(question), _codes(question), _sizes(question)
    found: dict[str, str] = {}
    for name in product.option_names:
        dimension = name_code(name)
        values: dict[str, str] = {}
        for variant in product.variants.all():
            if variant.active and name in variant.options:
                values.setdefault(str(variant.options[name]), code_of(variant, name))
        if dimension == "size":
            named = [v for v, code in values.items() if _is_size(v, code, sizes)]
            named = named or [v for v in values if len(v) > 3 and fold(v) in text]
            named = named or [v for v, code in values.items() if code and _labelled(code, text)]
        else:
            named = [v for v, code in values.items() if code and (dimension, code) in codes]
            named = named or only_shade(dimension, values, codes)
            named = named or [v for v in values if _says(text, fold(v))]
        if len(named) > 1 and besides:
            named = [v for v in named if v != besides.get(name)]
        if len(named) == 1:
            found[name] = named[0]
    return found


def only_shade(dimension: str, values: Mapping[str, str], codes: set[tuple[str, str]]) -> list[str]:
    """Return the one value that is a kind of what was named: dark gray, of "grey"."""
    table = lexicon().dimensions.get(dimension)
    if table is None:
        return []
    wider = {code for kind, code in codes if kind == dimension}
    shades = [v for v, code in values.items() if code and wider & set(table.ancestors(code))]
    return shades if len(shades) == 1 else []


def unheard_of(product: Product, question: str) -> list[tuple[str, str]]:
    """Return (dimension, code) of what a question names and no variant has."""
    dimensions = {name_code(name): name for name in product.option_names}
    there = {
        (dimension, code_of(variant, name))
        for dimension, name in dimensions.items()
        for variant in product.variants.all()
        if variant.active and name in variant.options
    }
    asked = {one for one in _codes(question) if one[0] in dimensions}
    lacking = [] if asked & there else sorted(asked)
    return lacking or _unmade_sizes(product, dimensions.get("size", ""), question)


def _unmade_sizes(product: Product, name: str, question: str) -> list[tuple[str, str]]:
    """Return the size that a question names and no variant has; nothing where none is named."""
    active = [one for one in product.variants.all() if one.active and name in one.options]
    said = _SIZED.search(fold(question))
    sizes = _sizes(question) if said else set()
    made = any(_is_size(str(one.options[name]), code_of(one, name), sizes) for one in active)
    shown = next((group for group in said.groups() if group), "") if said else ""
    return [("size", shown.upper())] if active and sizes and not made else []


def _codes(question: str) -> set[tuple[str, str]]:
    spans = lexicon().match(question, set(DIMENSIONS) - {"category", "size"})
    return {(span.dimension, span.code) for span in spans}


def _sizes(question: str) -> set[str]:
    folded = fold(question)
    upper = frozenset(place for place, char in enumerate(question) if char.isupper())
    places = upper if len(folded) == len(question) else frozenset()
    found = {code for _start, _end, code in read_sizes(folded, places)}
    return found | {match[0] for match in re.finditer(r"(?<![\d.])\d{2,3}(?![\d.])", folded)}


def _is_size(value: str, code: str, sizes: set[str]) -> bool:
    plain = {fold(value), code, code.rpartition("-")[2]} - {""}
    return bool(plain & sizes)


def _labelled(code: str, text: str) -> bool:
    """Tell whether a text has a size's name in the reader's language: 大号."""
    label = fold(value_name("size", code))
    return not label.isascii() and len(label) > 1 and label in text


def _says(text: str, value: str) -> bool:
    if not value:
        return False
    if value.isascii():
        return bool(re.search(rf"(?<![a-z0-9]){re.escape(value)}(?![a-z0-9])", text))
    return value in text
