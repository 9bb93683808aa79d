"""A need that was met is none: who bought a printer is not shown printers, but what goes with it.

For `recommending`. Once something of a kind was bought, and nothing of that kind was looked at
since, likeness to deeds of that kind counts little, to what was bought nothing; what others took
with it counts on. Kinds of things that are used up and bought again stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max

from profiles.models import Event, Kind, Signal
from profiles.sources.arranging import Candidate
from profiles.sources.switching import Source, Sources
from shopguide.accounts.models import Shopper

# What is left of likeness to what is settled.
LEFT = 0.15
ALIKE = (Source.CONTENT, Source.KIND, Source.BRAND, Source.COLOUR, Source.PRICE, Source.SEQUENCE)
# Who still looks so soon after buying has the page open from before.
AFTER = timedelta(hours=1)

USED_UP_SQL = """
SELECT DISTINCT d.categories[1] FROM profiles_neighbour n
JOIN catalog_searchdocument d ON d.product_id = n.anchor
WHERE n.trained_id = %(trained)s AND n.source = 'again' AND d.categories[1] = ANY(%(kinds)s)
"""


def with_needs_met(
    shopper: Shopper, candidates: Sequence[Candidate], signals: Sequence[Signal], sources: Sources
) -> None:
    """Take most of the likeness to what is settled off the terms. Their rows are visible.

    One query, one more for who bought something.
    """
    done = settled(shopper, signals)
    for kind in used_up(done, sources) if done else ():
        del done[kind]
    if not done:
        return
    deeds = {one.number: one for one in signals}

    def left(category: int, number: int) -> float:
        deed = deeds.get(number)
        if deed is None or deed.facts.get("category") != category:
            return 1.0
        return 0.0 if deed.product in done[category] else LEFT

    for one in candidates:
        if one.category in done:
            one.terms = [
                replace(term, amount=left(one.category, term.signal) * term.amount)
                if term.source in ALIKE
                else term
                for term in one.terms
            ]


def settled(shopper: Shopper, signals: Sequence[Signal]) -> dict[int, set[int]]:
    """Return kinds of which something was bought and nothing looked at since, and what it was.

    One query.
    """
    kinds = {
        one.product: int(one.facts["category"])
        for one in signals
        if one.product is not None and one.facts.get("category")
    }
    rows = Event.objects.filter(shopper=shopper, product__in=kinds).exclude(kind=Kind.IMPRESSION)
    things: dict[int, set[int]] = defaultdict(set)
    bought: dict[int, datetime] = {}
    looked: dict[int, datetime] = {}
    for product, kind, at in rows.values_list("product", "kind").annotate(last=Max("at")):
        last = bought if kind == Kind.PURCHASE else looked
        category = kinds[product]
        if kind == Kind.PURCHASE:
            things[category].add(product)
        last[category] = max(last.get(category, at), at)
    return {
        category: things[category]
        for category, at in bought.items()
        if category not in looked or looked[category] <= at + AFTER
    }


def used_up(kinds: Iterable[int], sources: Sources) -> set[int]:
    """Return those of some kinds that are bought again and again. One query."""
    with connection.cursor() as cursor:
        cursor.execute(USED_UP_SQL, {"trained": sources.trained, "kinds": sorted(kinds)})
        return {row[0] for row in cursor.fetchall()}
