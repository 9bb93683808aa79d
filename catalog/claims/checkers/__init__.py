"""Those who find claims, each of its kind, in the order in which they may take a stretch of text.

A checker yields what it finds in a sentence; whatever is free at the end and is a number belongs to
`leftovers`, so that no figure passes unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalog.claims.checkers import (
    absolutes,
    counts,
    delivery,
    discounts,
    extras,
    leftovers,
    measures,
    named,
    names,
    praises,
    prices,
    ranks,
    relations,
    reviews,
    statements,
    stock,
    terms,
)
from catalog.claims.claim import Found
from catalog.claims.sentences import Sentence

Checker = Callable[[Sentence], Iterator[Found]]
CHECKERS: dict[str, Checker] = {
    "names": names.find,
    "ranks": ranks.find,
    "discounts": discounts.find,
    "prices": prices.find,
    "terms": terms.find,
    "delivery": delivery.find,
    "reviews": reviews.find,
    "stock": stock.find,
    "counts": counts.find,
    "measures": measures.find,
    "absolutes": absolutes.find,
    "extras": extras.find,
    "named": named.find,
    "relations": relations.find,
    "leftovers": leftovers.find,
    "praises": praises.find,
    "statements": statements.find,
}
