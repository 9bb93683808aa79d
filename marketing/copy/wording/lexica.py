"""Classes of words for the frames of the rules, and the forms of English adjectives.

A frame is a pattern in which ``{NAME}`` stands for any word of a class in ``lexica.toml``, so that
a sentence nobody thought of is known by its build: a denial, a verb of finding, a comparative.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "lexica.toml"
_NAME = re.compile(r"\{([A-Z_]+)\}")
_VOWELS = "aeiou"


@cache
def _page() -> dict[str, dict[str, Any]]:
    return tomllib.loads(PAGE.read_text("utf-8"))


@cache
def classes(language: str) -> dict[str, str]:
    """Return the classes of a language, "zh" or "en", each as a pattern."""
    if language == "zh":
        return _page()["chinese"]
    words = _page()["adjectives"]
    short, long = words["short"], "|".join(words["long"])
    comparative = [*(graded(one, "er") for one in short), *words["irregular_comparative"]]
    superlative = [*(graded(one, "est") for one in short), *words["irregular_superlative"]]
    return {
        **_page()["english"],
        "COMPARATIVE": f"(?:{'|'.join(comparative)}|more (?:{long}))",
        "SUPERLATIVE": f"(?:{'|'.join(superlative)}|most (?:{long}))",
        "ADJECTIVE": f"(?:{'|'.join(short)}|{long}|good)",
    }


def graded(adjective: str, ending: str) -> str:
    """Return an adjective with "er" or "est": soft, softer; cosy, cosier; hot, hotter."""
    if adjective.endswith("e"):
        return adjective + ending[1:]
    if adjective.endswith("y") and adjective[-2] not in _VOWELS:
        return adjective[:-1] + "i" + ending
    short = sum(one in _VOWELS for one in adjective) == 1 and adjective[-1] not in "wxy"
    if short and adjective[-2] in _VOWELS and adjective[-1] not in _VOWELS:
        return adjective + adjective[-1] + ending
    return adjective + ending


def filled(pattern: str, language: str) -> str:
    """Return a frame with its classes put in; KeyError for a class that is not there."""
    known = classes(language)
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda one: known[one[1]], pattern)
    return pattern
