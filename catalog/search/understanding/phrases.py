"""Load the phrases of the grammar: what polite, empty, wishing and denying words look like.

For the readers of this package; the phrases themselves are in ``phrases.toml``.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "phrases.toml"


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def _section(name: str) -> dict[str, list[str]]:
    section: dict[str, Any] = _phrases()
    for part in name.split("."):
        section = section[part]
    return section


def chinese(name: str) -> re.Pattern[str]:
    """Compile the Chinese phrases of a section; the first that fits wins."""
    return re.compile("|".join(_section(name)["zh"]))


def english(name: str, *, ending: str = "") -> re.Pattern[str]:
    """Compile the English phrases of a section as whole words, with an optional ``ending``."""
    words = "|".join(_section(name)["en"])
    return re.compile(rf"(?<![a-z0-9])(?:{words}){ending}(?![a-z0-9'])")


def words(name: str) -> frozenset[str]:
    """Return the English entries of a section as plain words."""
    return frozenset(_section(name)["en"])
