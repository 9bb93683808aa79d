"""Things together for a budget, and gifts within one: live, in stock, never above it.

Chosen by code: of each wanted category the best liked that fits the shopper's words, put together
so that as much as possible is within the budget. The total is exact and of the goods alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product as combinations
from typing import Any

from django.db import connection

from assistant.doing.arguments import Wanted
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.rules.suiting import AGAINST, WIDER
from assistant.doing.telling import codes_told, phrase
from catalog.presenting.money import money, number
from catalog.presenting.naming import reader

CANDIDATES = 6
GIFTS = ("gift", "birthday", "christmas", "mothers-day", "fathers-day", "valentines", "wedding")
# One row a product: its cheapest offer in stock in the currency, and what speaks for it.
SEEK = """
SELECT d.product_id, d.merchant_id, d.card, c.path, o.amount, o.variant_id, coalesce(d.rating, 0),
       d.reviews, p.attributes
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
  AND (%(anywhere)s OR c.path LIKE ANY(%(paths)s))
ORDER BY d.rating DESC NULLS LAST, d.reviews DESC, d.product_id
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
    worth: Decimal = Decimal(0)

    @property
    def title(self) -> str:
        """Return its name in the reader's language, or in the one there is."""
        return self.titles.get(reader()) or next(iter(self.titles.values()), "")


def bundle(asker: Asker, wanted: Wanted) -> Outcome:
    """Put one thing of each wanted kind together within the budget. One query."""
    found = choices(asker, wanted)
    kinds = wanted.paths or themed(found, wanted)
    groups = [group for path in kinds if (group := best_of(found, path))][: wanted.most]
    told = money(wanted.budget, wanted.currency)
    if len(groups) < min(2, len(kinds)) or not groups:
        return impossible(asker, wanted, told)
    taken = best_set(groups, wanted.budget)
    if taken is None:
        least = sum((min(one.amount for one in group) for group in groups), Decimal(0))
        return too_dear(told, least, wanted)
    total = sum((one.amount for one in taken), Decimal(0))
    facts: dict[str, Any] = {
        "items": [
            {"name": one.title, "price": money(one.amount, wanted.currency)} for one in taken
        ],
        "total": money(total, wanted.currency),
        "budget": told,
        "left": money(wanted.budget - total, wanted.currency) if total < wanted.budget else "",
    }
    return Outcome(
        "bundle",
        facts,
        tuple(one.product for one in taken),
        merchants=tuple(dict.fromkeys(one.merchant for one in taken)),
        actions=("cart_add",),
        trace={"total": str(total), "budget": str(wanted.budget)},
    )


def impossible(asker: Asker, wanted: Wanted, told: str) -> Outcome:
    """Return that the budget does not reach, and what the cheapest of each kind would cost."""
    from dataclasses import replace

    wider = choices(asker, replace(wanted, budget=Decimal(10) ** 9))
    kinds = wanted.paths or themed(wider, wanted)
    groups = [group for path in kinds if (group := best_of(wider, path))][: wanted.most]
    least = sum((min(one.amount for one in group) for group in groups), Decimal(0))
    return too_dear(told, least, wanted)


def too_dear(told: str, least: Decimal, wanted: Wanted) -> Outcome:
    """Return that the budget does not reach; the cheapest set, where there is one."""
    facts = {"budget": told, "least": money(least, wanted.currency) if least else ""}
    return Outcome("bundle_impossible", facts, trace={"least": str(least)})


def gift(asker: Asker, wanted: Wanted) -> Outcome:
    """Offer a few gifts within the budget that suit the person, of different kinds. One query."""
    found = [one for one in choices(asker, wanted) if not against(one, wanted.audience)]
    fitting = [one for one in found if gives(one, wanted)]
    picked: dict[str, Choice] = {}
    for one in sorted(fitting or found, key=lambda one: (-one.worth, one.product)):
        picked.setdefault(one.path, one)
        if len(picked) >= min(wanted.most, 3):
            break
    if not picked:
        return Outcome("nothing_found", {"wish": wanted.question[:60]})
    rows = list(picked.values())
    facts: dict[str, Any] = {
        "products": [
            {
                "name": one.title,
                "price": money(one.amount, wanted.currency),
                "reason": gift_reason(asker, one, wanted),
            }
            for one in rows
        ],
        "person": codes_told(("audience", code) for code in wanted.audience[:1]),
        "occasion": codes_told(("occasion", code) for code in wanted.occasion[:1]),
    }
    return Outcome(
        "recommend",
        facts,
        tuple(one.product for one in rows),
        merchants=tuple(dict.fromkeys(one.merchant for one in rows)),
        trace={"budget": str(wanted.budget), "amounts": [str(one.amount) for one in rows],
               "fitting": len(fitting)},
    )  # fmt: skip


def gives(one: Choice, wanted: Wanted) -> bool:
    """Tell whether a product is stated for giving, or for the person by name."""
    said = set(one.occasion) & {*GIFTS, *wanted.occasion}
    return bool(said or set(one.audience) & set(wanted.audience))


def gift_reason(asker: Asker, one: Choice, wanted: Wanted) -> str:
    """Return why it is offered, by what the shop states and buyers gave."""
    said = []
    listed = [code for code in wanted.occasion if code in one.occasion]
    if listed:
        name = codes_told([("occasion", listed[0])])
        said.append(phrase(asker, "店家标注适合{name}", "the shop lists it for {name}", name=name))
    if one.reviews >= 3 and one.rating >= Decimal("4.3"):
        stars = number(Decimal(one.rating).quantize(Decimal("0.1")))
        said.append(
            phrase(
                asker,
                "{count} 条评价平均 {stars} 星",
                "{stars} stars from {count} reviews",
                count=one.reviews,
                stars=stars,
            )
        )
    return ("，" if asker.chinese else ", ").join(said)


def choices(asker: Asker, wanted: Wanted) -> list[Choice]:
    """Return what could be taken, the best first. One query."""
    params: dict[str, Any] = {
        "currency": wanted.currency,
        "budget": wanted.budget,
        "least": wanted.least,
        "avoided": list(wanted.avoided),
        "merchant": asker.merchant,
        "anywhere": not wanted.paths,
        "paths": [pattern for path in wanted.paths for pattern in (path, f"{path}/%")],
    }
    with connection.cursor() as cursor:
        cursor.execute(SEEK, params)
        rows = cursor.fetchall()
    found = [choice_of(row, wanted) for row in rows]
    return sorted(found, key=lambda one: (-one.worth, one.product))


def choice_of(row: Sequence[Any], wanted: Wanted) -> Choice:
    """Return one row as a choice with its worth."""
    import json

    product, merchant, card, path, amount, _variant, rating, reviews, attributes = row
    stored = json.loads(card) if isinstance(card, str) else card
    stated = json.loads(attributes) if isinstance(attributes, str) else attributes
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
    )
    from dataclasses import replace

    return replace(one, worth=worth_of(one, wanted))


def listed(attributes: object, code: str) -> tuple[str, ...]:
    """Return the codes that are stated in a dimension."""
    value = attributes.get(code) if isinstance(attributes, dict) else None
    values = value if isinstance(value, list) else [value]
    return tuple(str(one) for one in values if one)


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
    # Of two as good, the one that makes more of the budget, a little.
    return worth + min(one.amount / wanted.budget, Decimal(1)) / 2


def against(one: Choice, audience: Sequence[str]) -> bool:
    """Tell whether a product is stated for others than the person, or for nobody's gift."""
    for code in audience:
        if code in one.audience or set(WIDER.get(code, ())) & set(one.audience):
            return False
    ruled_out = {other for code in audience for other in AGAINST.get(code, ())}
    young = {"kids", "baby", "toddlers", "boys", "girls", "pets", "dogs", "cats", "teens"}
    return bool(set(one.audience) & ruled_out) or (
        bool(audience) and bool(set(one.audience) & young)
    )


def themed(found: Sequence[Choice], wanted: Wanted) -> tuple[str, ...]:
    """Return the kinds that the named occasion or person speaks for, the best first."""
    fitting = [
        one
        for one in found
        if set(wanted.occasion) & set(one.occasion)
        or (not wanted.occasion and set(wanted.audience) & set(one.audience))
    ]
    return tuple(dict.fromkeys(one.path for one in fitting if one.path))[: wanted.most + 2]


def best_of(found: Sequence[Choice], path: str) -> list[Choice]:
    """Return the few of a kind that are tried: the best liked and the cheapest."""
    inside = [one for one in found if f"{one.path}/".startswith(f"{path}/")]
    cheapest = sorted(inside, key=lambda one: (one.amount, one.product))[:2]
    return list({one.product: one for one in [*inside[:CANDIDATES], *cheapest]}.values())


def best_set(groups: Sequence[Sequence[Choice]], budget: Decimal) -> tuple[Choice, ...] | None:
    """Return one of each group, the most worth within the budget; None if nothing is."""
    best: tuple[Decimal, tuple[Choice, ...]] | None = None
    for taken in _within(groups, budget):
        worth = sum((one.worth for one in taken), Decimal(0))
        if best is None or worth > best[0]:
            best = (worth, taken)
    return best[1] if best else None


def _within(groups: Sequence[Sequence[Choice]], budget: Decimal) -> Iterator[tuple[Choice, ...]]:
    for taken in combinations(*groups):
        if len({one.product for one in taken}) == len(taken) and (
            sum((one.amount for one in taken), Decimal(0)) <= budget
        ):
            yield taken
