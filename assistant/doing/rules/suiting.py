"""Is it for this person, use, season? By what the shop states, and only by that.

Yes: it is stated. No: something is stated that rules it out. Otherwise unknown, together with what
is stated instead, so that the shopper can judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.doing.rules.fitting import names_of
from catalog.lexicon import lexicon

ASKABLE = ("audience", "occasion", "season", "feature", "material", "fit", "style", "pattern")
# Who is meant by whom.
WIDER = {
    "mother": ("women", "adults", "unisex", "seniors", "family"),
    "father": ("men", "adults", "unisex", "seniors", "family"),
    "girlfriend": ("women", "adults", "unisex", "couple"),
    "boyfriend": ("men", "adults", "unisex", "couple"),
    "grandparents": ("seniors", "adults"),
    "women": ("unisex", "adults", "couple"), "men": ("unisex", "adults", "couple"),
    "boys": ("kids",), "girls": ("kids",), "toddlers": ("kids",),
    "dogs": ("pets",), "cats": ("pets",), "seniors": ("adults", "grandparents"),
    "students": ("adults", "teens", "unisex"), "office-workers": ("adults", "unisex"),
}  # fmt: skip
# What one value rules out: clothes for men alone are not for women.
AGAINST = {
    "women": ("men", "boys"), "men": ("women", "girls"), "mother": ("men", "boys"),
    "father": ("women", "girls"), "girlfriend": ("men", "boys"), "boyfriend": ("women", "girls"),
    "cats": ("dogs",), "dogs": ("cats",), "baby": ("adults", "teens"),
    "oily-skin": ("dry-skin",), "dry-skin": ("oily-skin",),
}  # fmt: skip
SEASONS = {
    "spring-summer": ("spring", "summer"), "autumn-winter": ("autumn", "winter"),
    "all-season": ("spring", "summer", "autumn", "winter"),
    "all-year": ("spring", "summer", "autumn", "winter"),
}  # fmt: skip
ALLERGY = ("allerg", "过敏", "avoid", "不能碰", "intoleran")


@dataclass(frozen=True)
class Suits:
    """``asked``: (dimension, code) that the question names; ``stated``: what the shop says."""

    answer: Literal["yes", "no", "partly", "unknown"]
    asked: tuple[tuple[str, str], ...] = ()
    listed: tuple[tuple[str, str], ...] = ()
    stated: tuple[tuple[str, str], ...] = ()


def asked_codes(question: str) -> tuple[tuple[str, str], ...]:
    """Return the values of the vocabulary that a question names."""
    found = [
        (span.dimension, span.code)
        for span in lexicon().match(question, set(ASKABLE))
        if span.dimension in ASKABLE
    ]
    return tuple(dict.fromkeys(found))


def suits(attributes: Mapping[str, Any], question: str) -> Suits:
    """Decide whether a product suits what a question names."""
    asked = asked_codes(question)
    if not asked:
        return Suits("unknown")
    if any(word in question.casefold() for word in ALLERGY):
        return _allergic(attributes, asked)
    listed = tuple(one for one in asked if is_listed(attributes, *one))
    told = tuple(
        (dimension, value)
        for dimension in dict.fromkeys(d for d, _code in asked)
        for value in names_of(attributes.get(dimension))
    )
    if len(listed) == len(asked):
        return Suits("yes", asked, listed, told)
    missing = [one for one in asked if one not in listed]
    if any(_is_against(attributes, *one) for one in missing):
        return Suits("no", asked, listed, told)
    return Suits("partly" if listed else "unknown", asked, listed, told)


def is_listed(attributes: Mapping[str, Any], dimension: str, code: str) -> bool:
    """Tell whether a product states a value, or one that holds it: all seasons hold winter."""
    values = names_of(attributes.get(dimension))
    if code in values:
        return True
    if dimension == "audience":
        return any(value in WIDER.get(code, ()) for value in values)
    if dimension == "season":
        return any(code in SEASONS.get(value, ()) for value in values)
    return False


def _is_against(attributes: Mapping[str, Any], dimension: str, code: str) -> bool:
    values = names_of(attributes.get(dimension))
    if dimension == "audience":
        return bool(values) and any(value in AGAINST.get(code, ()) for value in values)
    return False


def _allergic(attributes: Mapping[str, Any], asked: tuple[tuple[str, str], ...]) -> Suits:
    """What is in it rules it out; what is not listed may still be in it."""
    materials = tuple(("material", one) for one in names_of(attributes.get("material")))
    inside = tuple(one for one in asked if one in materials)
    return Suits("no" if inside else "unknown", asked, inside, materials)
