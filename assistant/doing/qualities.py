"""In what products are set against each other: words, and what stands behind them.

For choosing. Written down in ``qualities.toml``; what stands in no line there may still be a fact
that a shop states by name (SPF, cocoa) or a feature of the vocabulary (breathable).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.doing.rules.measures import dimension_of
from catalog.lexicon import lexicon
from catalog.text import fold

WRITTEN = Path(__file__).parent / "qualities.toml"


@dataclass(frozen=True)
class Quality:
    """One thing to be first in. ``codes``: numbers, a minus before one of which less is better.

    ``least``: whether the least of it is asked for. ``names``: of the first, zh and en.
    """

    name: str
    names: tuple[str, str] = ("", "")
    codes: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    aspect: str = ""
    least: bool = False

    @property
    def groups(self) -> list[list[str]]:
        """Return the codes in groups whose numbers can be compared: weight_g and weight_kg."""
        found: dict[tuple[str, str], list[str]] = {}
        for code in self.codes:
            stem = code.rsplit("_", 1)[0]
            found.setdefault((stem, dimension_of(code)), []).append(code)
        return list(found.values())


@lru_cache(maxsize=1)
def written() -> tuple[tuple[str, dict[str, list[str]], re.Pattern[str], re.Pattern[str]], ...]:
    """Return what is written down: name, row, words for the least and for the most."""
    rows = tomllib.loads(WRITTEN.read_text("utf-8"))
    return tuple(
        (name, row, re.compile(row.get("less", r"(?!)")), re.compile(row["more"]))
        for name, row in rows.items()
    )


def quality_of(question: str) -> Quality | None:
    """Return in what a question wants one to be first; None where no line has its words."""
    return next(qualities_of(question), None)


def qualities_of(question: str) -> Iterator[Quality]:
    """Yield in what a question can want one to be first, by its first word that says so.

    Lasting is of batteries, or of use: one word may mean several.
    """
    text = fold(question)
    first = -1
    for name, row, less, more in written():
        few = less.search(text)
        found = few or more.search(text)
        if found and first in (-1, found.start()):
            first, least = found.start(), bool(few)
            side = 0 if least else 1
            features = row.get("feature", ()) if not least or name in BY_LESS else ()
            yield Quality(
                name,
                (row["zh"][side], row["en"][side]),
                tuple(row.get("codes", ())),
                tuple(features),
                str(row.get("aspect", "")) if not least else "",
                least,
            )


# Whose feature states that there is little of it.
BY_LESS = frozenset(("noise", "weight", "sugar"))
_LEAST = re.compile(r"最(?:低|少|小)|\b(?:least|lowest|fewest|smallest|less|fewer|lower)\b")


def asks_least(question: str) -> bool:
    """Tell whether the least of something is asked for."""
    return bool(_LEAST.search(fold(question)))


def features_in(words: str) -> tuple[str, ...]:
    """Return the features that a superlative's word names: breathable of "most breathable"."""
    for form in forms(fold(words)):
        spans = [one for one in lexicon().match(form) if one.dimension == "feature"]
        if spans:
            return tuple(dict.fromkeys(one.code for one in spans))
    return ()


def forms(word: str) -> list[str]:
    """Return what a superlative is made of: "most breathable", "softest" → soft."""
    bare = re.sub(r"^(?:most|least|more|less) ", "", word)
    made = [bare]
    if (bare.endswith("est") and bare != word) or re.fullmatch(r"[a-z]{3,}est", bare):
        stem = bare[:-3]
        made += [stem, f"{stem}e", stem[:-1], f"{stem[:-1]}y"]
    return made
