"""What a title says of a thing as well as a fact would: its season, its style, whom it is for.

For bearing and heeding. Pure code over folded titles; shops state little that a title says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from catalog.lexicon import lexicon

# What a title says as well as a fact would.
IN_TITLES = frozenset(
    ("season", "style", "pattern", "fit", "occasion", "neckline", "sleeve", "heel")
)
SEXES = frozenset(("men", "women"))
# Titles of goods name them by one sign anywhere: 百搭短靴子女.
SIGNS_OF_SEX = {"女(?!儿)": "women", "男(?!友|朋)": "men"}
# Who else a thing for one of them may be for, as titles say it.
EITHER = frozenset(("unisex", "couple"))


def with_named(facts: Mapping[str, object], title: str) -> dict[str, object]:
    """Return facts with what a folded title names besides, of what is stated nowhere: 秋冬."""
    return {**{name: list(codes) for name, codes in named_in(title).items()}, **facts}


@lru_cache(maxsize=8192)
def named_in(title: str) -> Mapping[str, tuple[str, ...]]:
    """Return the uses, seasons, styles and their like that a folded title names, by dimension."""
    found: dict[str, tuple[str, ...]] = {}
    for one in lexicon().match(title):
        if one.dimension in IN_TITLES:
            found[one.dimension] = (*found.get(one.dimension, ()), one.code)
    return found


@lru_cache(maxsize=4096)
def sexes_in(title: str) -> frozenset[str]:
    """Return the sexes that a folded title names; both for what is for either."""
    codes = {one.code for one in lexicon().match(title) if one.dimension == "audience"}
    codes |= {code for sign, code in SIGNS_OF_SEX.items() if re.search(sign, title)}
    return SEXES if codes & EITHER else frozenset(codes & SEXES)
