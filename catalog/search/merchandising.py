"""Let shops say what stands first for a query, and what words mean in their own search.

For searching, pages and the portal's preview, which all call the same functions. Rules never break
a constraint and never move another shop's product: in the market place a shop's products change
places among themselves; in the shop's own search a pinned product that fulfils what is demanded
comes in even if the words had not found it. A sort wish goes before all rules.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from catalog.models import SearchRule, SearchSynonym
from catalog.text import fold

PIN, BOOST, BURY = "pin", "boost", "bury"
MOST_RULES = 500
MOST_SYNONYMS = 1_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One product of one shop for the query that is asked; ``position`` orders pinned ones."""

    merchant: int
    product: int
    action: str
    position: int = 1


@dataclass(frozen=True, slots=True)
class Synonym:
    """A word that shoppers say, and the word that the shop's products use. Both folded."""

    said: str
    meant: str


def key_of(query: str) -> str:
    """Return the form under which a query's rules are kept: folded, one space between words."""
    return " ".join(fold(query).split())[:200]


def rules_for(
    query: str, merchant: int | None, *, at: datetime.datetime | None = None
) -> tuple[Rule, ...]:
    """Return the rules for a query in the market place or one shop, at a moment. One query."""
    key = key_of(query)
    if not key:
        return ()
    rows = SearchRule.objects.at(at or timezone.now()).filter(key=key)
    if merchant is not None:
        rows = rows.filter(merchant=merchant)
    found = rows.order_by("position", "pk").values_list(
        "merchant_id", "product_id", "action", "position"
    )
    return tuple(Rule(*row) for row in found[:MOST_RULES])


def synonyms_for(
    merchant: int | None, *, at: datetime.datetime | None = None
) -> tuple[Synonym, ...]:
    """Return a shop's synonyms at a moment; the market place has none. One query."""
    if merchant is None:
        return ()
    rows = SearchSynonym.objects.at(at or timezone.now()).filter(merchant=merchant)
    found = rows.values_list("said", "meant")[:MOST_SYNONYMS]
    return tuple(Synonym(said, meant) for said, meant in found)


def translated(query: str, synonyms: Sequence[Synonym]) -> str:
    """Return a query in the shop's own words; each place is replaced once, longest word first."""
    if not synonyms or not query:
        return query
    meant = {key_of(one.said): one.meant for one in synonyms}
    words = sorted(filter(None, meant), key=len, reverse=True)
    if not words:
        return query
    pattern = re.compile("|".join(bounded(word) for word in words))
    folded = " ".join(fold(query).split())
    replaced = pattern.sub(lambda match: meant[match[0]], folded)
    return query if replaced == folded else replaced


def bounded(word: str) -> str:
    """Return a pattern of a whole word; Chinese needs no space around it."""
    left = r"(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    right = r"(?![a-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return f"{left}{re.escape(word)}{right}"


def pinned(rules: Sequence[Rule], merchant: int | None) -> tuple[int, ...]:
    """Return the products that are to be found whatever the words: a shop's own, in its search."""
    return tuple(
        rule.product
        for rule in rules
        if rule.action == PIN and merchant is not None and rule.merchant == merchant
    )


def arranged(ranked: Sequence[int], rules: Sequence[Rule], merchants: dict[int, int]) -> list[int]:
    """Return the same products with each shop's own in the order that its rules want.

    ``merchants``: whose each product is. A shop's products take the places they had together.
    """
    order = list(ranked)
    for merchant in {rule.merchant for rule in rules}:
        places = [place for place, one in enumerate(ranked) if merchants.get(one) == merchant]
        mine = [ranked[place] for place in places]
        told = {rule.product: rule for rule in rules if rule.merchant == merchant}
        for place, product in zip(places, moved(mine, told), strict=True):
            order[place] = product
    return order


def moved(mine: Sequence[int], told: dict[int, Rule]) -> list[int]:
    """Return one shop's products: pinned first, boosted halfway up, buried last."""

    def where(place: int) -> tuple[int, float, int]:
        rule = told.get(mine[place])
        if rule is None:
            return (1, place, 1)
        if rule.action == PIN:
            return (0, rule.position, place)
        # Halfway to the top, before the one that stands there.
        return (1, place // 2, 0) if rule.action == BOOST else (2, place, 0)

    return [mine[place] for place in sorted(range(len(mine)), key=where)]
