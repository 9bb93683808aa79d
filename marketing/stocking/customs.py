"""Texts for customs: what a parcel's goods are, of what, for what, from where, in two languages.

For the page of a product's customs text. Every word comes from the product's facts by a glossary,
or is typed by a person; a person approves. It never proposes a customs code: a wrong one is a false
declaration, so the field stays empty until somebody who knows fills it in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.models import Product
from catalog.presenting.naming import value_name
from marketing.models import CustomsText
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_merchant

FILE = Path(__file__).with_name("parcels") / "goods.txt"
LOCALES = ("zh-hans", "en")
PARTS = ("goods", "material", "use", "brand", "origin", "weight")
NEEDED = ("goods", "material", "use", "origin")
LONGEST = 120
CODE = re.compile(r"\d{6}(?:\d{2}){0,3}|\d{4}\.\d{2}(?:\.\d{2}){0,3}")
WIDE = re.compile(r"[\u3400-\u9fff]")
VAGUE = re.compile(
    r"^\W*(?:gifts?|samples?|goods|items?|things?|parts|accessor(?:y|ies)|merchandise|stuff|products?"
    r"|礼品|礼物|样品|物品|货物|商品|东西|配件|日用品|其他|个人物品)\W*$",
    re.IGNORECASE,
)
PRAISE = re.compile(
    r"\b(?:best|premium|luxury|amazing|perfect|must-have|free)\b|最|顶级|爆款|奢华|完美|包邮|特价",
    re.IGNORECASE,
)


@dataclass
class Declared:
    """The parts of a text in one language, and what is to be looked at before it is approved."""

    parts: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@cache
def glossary() -> dict[str, tuple[str, str, str, str]]:
    """Return what goods are called and what they are for, by category path."""
    rows = [line.split("|") for line in FILE.read_text(encoding="utf-8").splitlines()
            if line and not line.startswith("#")]  # fmt: skip
    return {path: (zh, en, use_zh, use_en) for path, zh, en, use_zh, use_en in rows}


def word_for(path: str) -> tuple[str, str, str, str] | None:
    """Return the words for a category, or for the nearest above it."""
    while path:
        if path in glossary():
            return glossary()[path]
        path = path.rpartition("/")[0]
    return None


def propose(product: Product, locale: str) -> Declared:
    """Write what the product's facts say in one language, and name what they do not say."""
    chinese, facts = locale.startswith("zh"), product.attributes
    word = word_for(product.category.path if product.category else "")
    parts = dict.fromkeys(PARTS, "")
    if word is not None:
        parts["goods"], parts["use"] = (word[0], word[2]) if chinese else (word[1], word[3])
    said, unknown = translated(facts.get("material"), "material", locale)
    parts["material"] = said
    parts["origin"], lacking = translated(
        facts.get("origin") or facts.get("country_of_origin"), "origin", locale
    )
    parts["brand"] = product.brand
    parts["weight"] = weight_of(facts)
    declared = Declared(parts, check(parts, locale))
    declared.problems += [
        _("No word in the glossary for “%(value)s”: write it yourself.") % {"value": value}
        for value in unknown + lacking
    ]
    return declared


def translated(values: Any, dimension: str, locale: str) -> tuple[str, list[str]]:
    """Return values in a language by the shared vocabulary, and those that it does not know."""
    said: list[str] = []
    unknown: list[str] = []
    for value in values if isinstance(values, list) else [values] if values else []:
        with override(locale):
            name = value_name(dimension, str(value))
        foreign = bool(WIDE.search(name)) != locale.startswith("zh")
        (unknown if foreign else said).append(str(value) if foreign else name)
    return ("、" if locale.startswith("zh") else ", ").join(said), unknown


def weight_of(facts: dict[str, Any]) -> str:
    """Return the weight as the facts state it."""
    for code, unit in (("weight_g", "g"), ("weight_kg", "kg")):
        if isinstance(facts.get(code), int | float):
            return f"{facts[code]:g} {unit}"
    return ""


def part_label(part: str) -> str:
    """Name a part of the text."""
    return {
        "goods": _("What it is"),
        "material": _("Made of"),
        "use": _("What for"),
        "brand": _("Brand"),
        "origin": _("Country of origin"),
        "weight": _("Weight"),
    }[part]


def check(parts: dict[str, str], locale: str, code: str = "") -> list[str]:
    """Return what stands against a text: parts missing, vague, praising, or in the other language.

    Applied to what was proposed and to what a person typed.
    """
    problems = [
        _("%(part)s is missing.") % {"part": part_label(part)}
        for part in NEEDED
        if not parts.get(part)
    ]
    if VAGUE.match(parts.get("goods", "")):
        problems.append(_("Customs do not accept so general a word. Say what it is."))
    for part in PARTS:
        said = parts.get(part, "")
        if PRAISE.search(said):
            problems.append(
                _("%(part)s praises the goods. Customs want facts only.")
                % {"part": part_label(part)}
            )
        wide = bool(WIDE.search(said))
        if part not in ("brand", "weight") and said and wide != locale.startswith("zh"):
            problems.append(
                _("%(part)s is not in the language of this text.") % {"part": part_label(part)}
            )
    if code and not CODE.fullmatch(code):
        problems.append(_("A customs code has 6, 8, 10 or 12 digits."))
    return problems


def approve(
    product: Product, locale: str, parts: dict[str, str], *, code: str, by: User
) -> CustomsText:
    """Keep a text that a person has read, as of the product's present facts."""
    with as_merchant(product.merchant_id):
        kept, _new = CustomsText.objects.update_or_create(
            merchant_id=product.merchant_id, product=product, locale=locale,
            defaults={"parts": parts, "code": code, "revision": product.revision,
                      "approved_by": by, "approved_at": timezone.now()},
        )  # fmt: skip
    return kept


def stale(text: CustomsText, product: Product) -> bool:
    """Tell whether the product has changed since the text was approved."""
    return text.revision != product.revision
