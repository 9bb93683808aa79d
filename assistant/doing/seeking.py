"""What could be taken for a set or as a present: live, in stock, priced, and what speaks for it.

For bundling and gifting. One query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection

from assistant.doing.arguments import Wanted
from assistant.doing.outcome import Asker
from assistant.doing.rules.suiting import AGAINST, WIDER
from catalog.presenting.naming import reader

# What being called as its shelf is says beside stars.
CALLED = Decimal("1.5")
_BEYOND_HEAD = re.compile(r"[,(:（，]| with | for | in | by ")
GIFTS = ("gift", "birthday", "christmas", "mothers-day", "fathers-day", "valentines", "wedding")
YOUNG = frozenset(("kids", "baby", "toddlers", "boys", "girls", "pets", "dogs", "cats", "teens"))


# One row a product: its cheapest offer in stock in the currency, and what speaks for it.
SEEK = """
SELECT d.product_id, d.merchant_id, d.card, c.path, o.amount, o.variant_id, coalesce(d.rating, 0),
       d.reviews, d.facets, ARRAY(SELECT place FROM unnest(%(named)s::text[])
           WITH ORDINALITY AS one(words, place) WHERE words <> '' AND d.terms @@ words::tsquery)
FROM catalog_searchdocument d
JOIN catalog_product p ON p.id = d.product_id AND p.status = 'live'
JOIN accounts_merchant m ON m.id = d.merchant_id AND m.suspended_at IS NULL
LEFT JOIN catalog_category c ON c.id = p.category_id
JOIN LATERAL (
    SELECT o.amount, o.variant_id FROM catalog_searchoffer o
    WHERE o.product_id = d.product_id AND o.currency = %(currency)s AND o.in_stock
      AND o.amount > 0 ORDER BY o.amount, o.variant_id LIMIT 1) o ON TRUE
WHERE o.amount <= %(budget)s AND o.amount >= %(least)s AND NOT d.product_id = ANY(%(avoided)s)
  AND (%(merchant)s::bigint IS NULL OR d.merchant_id = %(merchant)s)
  AND (%(anywhere)s OR d.product_id = ANY(%(kept)s) OR c.path LIKE ANY(%(paths)s)
       OR (%(any_of)s <> '' AND d.terms @@ %(any_of)s::tsquery))
ORDER BY d.product_id = ANY(%(kept)s) DESC, d.rating DESC NULLS LAST, d.reviews DESC, d.product_id
LIMIT 400
"""


@dataclass(frozen=True)
class Choice:
    """A product that could be taken, and what speaks for it: higher is better."""

    product: int
    merchant: int
    titles: dict[str, str]
    path: str
    amount: Decimal
    rating: Decimal
    reviews: int
    audience: tuple[str, ...]
    occasion: tuple[str, ...]
    named: frozenset[int] = frozenset()  # places of the wanted things that its title names
    worth: Decimal = Decimal(0)
    persons: int = 0  # for how many it is stated to be
    pieces: int = 1

    @property
    def cost(self) -> Decimal:
        """Return what all pieces of it come to."""
        return self.amount * self.pieces

    @property
    def title(self) -> str:
        """Return its name in the reader's language, or in the one there is."""
        return self.titles.get(reader()) or next(iter(self.titles.values()), "")


def choices(asker: Asker, wanted: Wanted) -> list[Choice]:
    """Return what could be taken, the best first. One query."""
    paths = {*wanted.paths, *(one.path for one in wanted.things if one.path)}
    params: dict[str, Any] = {
        "currency": wanted.currency,
        "budget": wanted.budget,
        "least": wanted.least,
        "avoided": [one for one in wanted.avoided if one not in wanted.kept],
        "kept": list(wanted.kept),
        "merchant": asker.merchant,
        "anywhere": wanted.liked or not (wanted.paths or wanted.things),
        "named": [" | ".join(one.words) for one in wanted.things],
        "any_of": " | ".join(words for one in wanted.things for words in one.words),
        "paths": [pattern for path in sorted(paths) for pattern in (path, f"{path}/%")],
    }
    with connection.cursor() as cursor:
        cursor.execute(SEEK, params)
        rows = cursor.fetchall()
    found = [choice_of(row, wanted) for row in rows]
    found = [one for one in found if not any(stands_in(one, path=p) for p in wanted.without)]
    return sorted(found, key=lambda one: (-one.worth, one.product))


def choice_of(row: Sequence[Any], wanted: Wanted) -> Choice:
    """Return one row as a choice with its worth."""
    import json

    product, merchant, card, path, amount, _variant, rating, reviews, facets, named = row
    stored = json.loads(card) if isinstance(card, str) else card
    stated = json.loads(facets) if isinstance(facets, str) else facets
    audience, occasion = listed(stated, "audience"), listed(stated, "occasion")
    one = Choice(
        int(str(product)),
        int(str(merchant)),
        dict(stored["titles"]),
        str(path or ""),
        Decimal(str(amount)),
        Decimal(str(rating)),
        int(str(reviews)),
        audience,
        occasion,
        frozenset(place - 1 for place in named),
        persons=room_of(stated),
    )
    return replace(one, worth=worth_of(one, wanted))


def listed(attributes: object, code: str) -> tuple[str, ...]:
    """Return the codes that are stated in a dimension."""
    value = attributes.get(code) if isinstance(attributes, dict) else None
    values = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in values if one)


def room_of(attributes: object) -> int:
    """Return for how many people something is stated to be, 0 where it is not."""
    found = [one for one in listed(attributes, "persons") if one.split(".")[0].isdigit()]
    return max((int(one.split(".")[0]) for one in found), default=0)


def worth_of(one: Choice, wanted: Wanted) -> Decimal:
    """Return what speaks for a product: its stars as far as they are many, person, occasion."""
    stars = (one.rating * one.reviews + Decimal(4) * 3) / (one.reviews + 3)
    worth = stars
    for code in wanted.audience:
        if code in one.audience:
            worth += 3
        elif set(WIDER.get(code, ())) & set(one.audience):
            worth += 1
    worth += 2 * sum(1 for code in wanted.occasion if code in one.occasion)
    if set(wanted.occasion) & set(GIFTS) and "gift" in one.occasion:
        worth += 1
    if YOUNG & set(one.audience) and not YOUNG & set(wanted.audience):
        worth -= 2  # who says a cup does not mean a child's
    worth += CALLED * called_so(one)
    worth += 2 * len(one.named)  # called what was asked for, not only beside it on the shelf
    # Of two as good, the one that makes more of the budget, a little.
    return worth + min(one.amount / wanted.budget, Decimal(1)) / 2


def called_so(one: Choice) -> bool:
    """Tell whether a product is called what its shelf is: a tent among the tents, not a tarp."""
    shelf = one.path.rpartition("/")[2].replace("-", " ")
    kind = shelf[:-2] if shelf.endswith("es") and shelf[-3:-2] in "sxh" else shelf.removesuffix("s")
    heads = (_BEYOND_HEAD.split(title.casefold())[0].strip() for title in one.titles.values())
    return bool(kind) and any(head.endswith(kind) for head in heads)


def against(one: Choice, audience: Sequence[str]) -> bool:
    """Tell whether a product is stated for others than the person, or for nobody's gift."""
    for code in audience:
        if code in one.audience or set(WIDER.get(code, ())) & set(one.audience):
            return False
    ruled_out = {other for code in audience for other in AGAINST.get(code, ())}
    return bool(set(one.audience) & ruled_out) or (
        bool(audience) and bool(set(one.audience) & YOUNG)
    )


def stands_in(one: Choice, *, path: str) -> bool:
    """Tell whether a product stands in a category or below it."""
    return f"{one.path}/".startswith(f"{path}/")
