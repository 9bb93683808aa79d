"""A product's confirmed facts as a table: names, values and units in the reader's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalog.extraction.stating import named
from catalog.lexicon import DIMENSIONS
from catalog.models import Attribute, Product
from catalog.presenting.money import number
from catalog.presenting.naming import dimension_name, readable, reader, value_name

NAMES = Path(__file__).parent / "attributes.toml"
LONGEST = 300


@lru_cache(maxsize=1)
def common_names() -> dict[str, dict[str, str]]:
    """Return the names and units of facts that many shops state."""
    return tomllib.loads(NAMES.read_text("utf-8"))


def common(code: str) -> dict[str, str]:
    """Return the names and the unit that a code has with every shop, empty without any."""
    if found := common_names().get(code):
        return found
    chinese, english, unit = named(code)
    return {"zh": chinese, "en": english, "unit": unit} if english else {}


def facts_of(product: Product, definitions: Mapping[str, Attribute]) -> list[dict[str, str]]:
    """Return the product's facts, those of the shared vocabulary first."""
    codes = sorted(product.attributes, key=lambda code: (code not in DIMENSIONS, code))
    facts = [fact(code, product.attributes[code], definitions.get(code)) for code in codes]
    return [one for one in facts if one["value"]]


def source_of(facts: Sequence[Mapping[str, str]]) -> str:
    """Return where all facts come from, nothing if they differ."""
    sources = {one["source"] for one in facts}
    return sources.pop() if len(sources) == 1 else ""


def fact(code: str, value: Any, definition: Attribute | None) -> dict[str, str]:
    """Return one fact as a row of the table."""
    text = value_text(code, value, definition)
    return {
        "code": code,
        "name": fact_name(code, definition),
        "value": text,
        "source": _("Stated by the shop"),
        "lang": foreign(text),
    }


def fact_name(code: str, definition: Attribute | None) -> str:
    """Return a fact's name: the vocabulary's, the shop's in this language, the common one."""
    if code in DIMENSIONS:
        return dimension_name(code)
    chinese = reader() == "zh-hans"
    own = (definition.name_zh if chinese else definition.name_en) if definition else ""
    usual = common(code).get("zh" if chinese else "en", "")
    # What was only made of the code says less than the common name.
    made = own.casefold() == code.replace("_", " ").casefold()
    if own and not made:
        return own[:1].upper() + own[1:]
    return usual or readable(definition.name if definition else code)


def value_text(code: str, value: Any, definition: Attribute | None) -> str:
    """Return a value as the reader writes it, with its unit."""
    usual = common(code)
    values = value if isinstance(value, list) else [value]
    joint = usual.get("joint") or ("、" if reader() == "zh-hans" else ", ")
    text = joint.join(filter(None, (single(code, one, definition) for one in values)))[:LONGEST]
    unit = (definition.unit if definition else "") or usual.get("unit", "")
    if not unit or not any(isinstance(one, int | float) for one in values):
        return text
    return f"{text}{'' if unit in ('%', '°', '″') else ' '}{unit_name(unit)}"


def unit_name(unit: str) -> str:
    """Return a unit; only those of time differ by language."""
    times = {"h": _("h"), "d": _("days"), "mo": _("months"), "min": _("min")}
    return times.get(unit, unit)


def single(code: str, value: Any, definition: Attribute | None = None) -> str:
    """Return one value without a unit; one of the allowed values in the reader's language."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return str(value) if code == "year" or code.endswith("_year") else number(value)
    if isinstance(value, str):
        own = definition.value_name(value) if definition else value
        return value_name(code, value) if code in DIMENSIONS else own
    return ""


def foreign(text: str) -> str:
    """Return the language of a text that is plainly not in the page's, else nothing."""
    chinese = any("\u3400" <= c <= "\u9fff" for c in text)
    return "zh-Hans" if chinese and reader() == "en" else ""
