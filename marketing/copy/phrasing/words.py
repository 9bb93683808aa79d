"""The words of copy, read from ``words/*.toml``: what features do, when and for whom things are."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"
SPELT = {"abs", "eva", "tpe", "pvc", "tpu", "pu", "pp", "pc", "pet"}
_BASE = {"is": "are", "has": "have", "does": "do"}


@cache
def table(name: str) -> dict[str, dict[str, Any]]:
    """Return one table of words by code."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def word(name: str, code: str, field: str) -> str:
    """Return one word of a table, nothing where the table has none."""
    return str(table(name).get(code, {}).get(field, ""))


def agreeing(phrase: str, *, plural: bool) -> str:
    """Return a verb phrase for its subject: "dries quickly", "they dry quickly"."""
    if not plural or not phrase:
        return phrase
    verb, space, rest = phrase.partition(" ")
    if verb in _BASE:
        return _BASE[verb] + space + rest
    if verb.endswith("ies"):
        verb = verb[:-3] + "y"
    elif re.search(r"(?:sh|ch|ss|x|z|o)es$", verb):
        verb = verb[:-2]
    elif verb.endswith("s") and not verb.endswith("ss"):
        verb = verb[:-1]
    return verb + space + rest


def spelt(text: str) -> str:
    """Return a text with the short names of plastics in capitals."""
    return re.sub(r"[A-Za-z]+", lambda one: _capitals(one[0]), text)


def _capitals(word_: str) -> str:
    return word_.upper() if word_.casefold() in SPELT else word_
