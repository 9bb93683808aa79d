"""What questions about goods are about, and where an answer can stand: data, features, words.

For stating, opining and telling of several. Written down in ``topics.toml``; what stands in no
line there may still be a fact that a shop states by its name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from catalog.text import fold

WRITTEN = Path(__file__).parent / "topics.toml"


@dataclass(frozen=True)
class Topic:
    """One matter. ``says``: how texts and reviews speak of it; ``names``: zh and en.

    ``alone``: where it is asked for, wider matters are not.
    """

    name: str
    asks: re.Pattern[str]
    names: tuple[str, str]
    codes: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    says: re.Pattern[str] | None = None
    aspect: str = ""
    alone: bool = False


@lru_cache(maxsize=1)
def written() -> tuple[Topic, ...]:
    """Return what is written down, in its order."""
    rows = tomllib.loads(WRITTEN.read_text("utf-8"))
    return tuple(
        Topic(
            name,
            re.compile(row["asks"]),
            (row["zh"], row["en"]),
            tuple(row.get("codes", ())),
            tuple(row.get("feature", ())),
            re.compile(row["says"]) if "says" in row else None,
            str(row.get("aspect", "")),
            row.get("alone") is True,
        )
        for name, row in rows.items()
    )


def topics_of(question: str) -> tuple[Topic, ...]:
    """Return what a question is about, in the order written down; () where no line has its words.

    A narrow matter stands alone: how long charging takes is not asked for the battery's life.
    """
    text = fold(question)
    found = {one.name: match for one in written() if (match := one.asks.search(text))}
    topics = tuple(one for one in written() if one.name in found)
    narrow = [one for one in topics if one.alone]
    longest = max(narrow, key=lambda one: len(found[one.name][0]), default=None)
    return (longest,) if longest else topics
