"""Things together for a budget, and gifts within one: live, in stock, never above it.

Chosen by code: of each wanted category the best liked that fits the shopper's words, put together
so that as much as possible is within the budget. The total is exact and of the goods alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import product as combinations
from itertools import zip_longest
from typing import Any

from django.db import connection

from assistant.doing.arguments import Thing, Wanted
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.rules.suiting import AGAINST, WIDER
from assistant.doing.telling import codes_told, phrase
from catalog.presenting.money import money, number
from catalog.presenting.naming import reader

CANDIDATES = 6
MOST_GIFTS = 3
FEWEST_KINDS = 2
# What being called as its shelf is says beside stars; what part of a kind must be for a use.
CALLED, OWN_KIND = Decimal("1.5"), 0.5
_BEYOND_HEAD = re.compile(r"[,(:（，]| with | for | in | by ")
ANY_DAY = ("daily", "home")
NO_LIMIT = Decimal(10) ** 6  # where no budget was said
GIFTS = ("gift", "birthday", "christmas", "mothers-day", "fathers-day", "valentines", "wedding")
YOUNG = frozenset(("kids", "baby", "toddlers", "boys", "girls", "pets", "dogs", "cats", "teens"))
# One row a product: its cheapest offer in stock in the currency, and what speaks for it.
SEEK = """
SELECT d.product_id, d.merchant_id, d.card, c.path, o.amount, o.variant_id, coalesce(d.rating, 0),
       d.reviews, p.attributes, ARRAY(SELECT place FROM unnest(%(named)s::text[])
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

    @property
    def title(self) -> str:
        """Return its name in the reader's language, or in the one there is."""
        return self.titles.get(reader()) or next(iter(self.titles.values()), "")


def bundle(asker: Asker, wanted: Wanted) -> Outcome:
    """Put one thing of each wanted kind together within the budget; say which are not to be had.

    What is kept is in it. One query, two where something is not found within the budget.
    """
    found, held = apart(choices(asker, wanted), wanted)
    groups = grouped(found, wanted)
    told = money(wanted.budget, wanted.currency) if limited(wanted) else ""
    lacking = [name for name, group in groups if not group]
    missing: list[str] = []
    if lacking or not groups:
        every, held = apart(choices(asker, replace(wanted, budget=Decimal(10) ** 9)), wanted)
        wider = dict(grouped(every, wanted))
        missing = [name for name in lacking if not wider.get(name)]
        if wanted.things and len(missing) == len(groups):
            return Outcome("nothing_found", {"wish": joined_names(asker, missing)})
        if not wanted.things or len(missing) < len(lacking):
            return too_dear(told, least_of(wider) + sum_of(held), wanted)
    there = [group for _name, group in groups if group]
    if wanted.whole and len(wanted.things) == 1:
        there = by_kind(found, wanted) or there
    if len(there) == 1 and limited(wanted) and (wanted.whole or not wanted.things):
        there = several(there[0], wanted.budget)
    taken = best_set([*([one] for one in held), *there], wanted.budget)
    if taken is None or len(held) < len(wanted.kept):
        return too_dear(told, least_of(dict(groups)) + sum_of(held), wanted)
    total = sum((one.amount for one in taken), Decimal(0))
    facts: dict[str, Any] = {
        "items": [
            {"name": one.title, "price": money(one.amount, wanted.currency)} for one in taken
        ],
        "total": money(total, wanted.currency),
        "budget": told,
        "left": money(wanted.budget - total, wanted.currency)
        if limited(wanted) and total < wanted.budget
        else "",
        "missing": missing,
    }
    return Outcome(
        "bundle",
        facts,
        tuple(one.product for one in taken),
        merchants=tuple(dict.fromkeys(one.merchant for one in taken)),
        actions=("cart_add",),
        trace={"total": str(total), "budget": str(wanted.budget), "missing": missing},
    )


def apart(found: Sequence[Choice], wanted: Wanted) -> tuple[list[Choice], list[Choice]]:
    """Return what can be chosen, and what is in the set already."""
    held = [one for one in found if one.product in wanted.kept]
    return [one for one in found if one not in held], held


def sum_of(held: Sequence[Choice]) -> Decimal:
    """Return what some things come to."""
    return sum((one.amount for one in held), Decimal(0))


def several(group: list[Choice], budget: Decimal) -> list[list[Choice]]:
    """Return a kind as often as different ones of it are within the budget, at most three times."""
    spent, count = Decimal(0), 0
    for one in sorted(group, key=lambda one: one.amount)[:MOST_GIFTS]:
        spent += one.amount
        count += spent <= budget
    return [group] * max(count, 1)


def limited(wanted: Wanted) -> bool:
    """Tell whether there is a budget."""
    return wanted.budget < NO_LIMIT


def grouped(found: Sequence[Choice], wanted: Wanted) -> list[tuple[str, list[Choice]]]:
    """Return each wanted kind with the few of it that are tried; a kind without any stays."""
    if wanted.things:
        kinds = [
            (one.name, [each for each in found if is_one(each, one, place)])
            for place, one in enumerate(wanted.things[: wanted.most])
        ]
        return [(name, tried(inside)) for name, inside in kinds]
    paths = wanted.paths or themed(found, wanted)
    within = ((path, best_of(found, path)) for path in paths)
    return [(path, group) for path, group in within if group or wanted.paths][: wanted.most]


def by_kind(found: Sequence[Choice], wanted: Wanted) -> list[list[Choice]]:
    """Return what a whole set of one thing is made of: of each kind of goods named so the few best.

    A coffee set is beans, a grinder and a cup; the kind with most of them comes first.
    """
    thing, kinds = wanted.things[0], dict[str, list[Choice]]()
    for one in found:
        if one.path and (0 in one.named or stands_in(one, path=thing.path or one.path + "/")):
            kinds.setdefault(one.path, []).append(one)
    ranked = sorted(kinds.values(), key=lambda group: -len(group))
    return [tried(group) for group in ranked[: wanted.most]]


def is_one(one: Choice, thing: Thing, place: int) -> bool:
    """Tell whether a product is of a kind: in its category, and called so where that is wider."""
    if thing.words and not thing.shelf:
        return place in one.named
    return bool(thing.path) and stands_in(one, path=thing.path)


def least_of(groups: Mapping[str, Sequence[Choice]]) -> Decimal:
    """Return what the cheapest of each kind come to."""
    return sum((min(one.amount for one in group) for group in groups.values() if group), Decimal(0))


def joined_names(asker: Asker, names: Sequence[str]) -> str:
    """Return names of things as one wish."""
    return ("、" if asker.chinese else ", ").join(names)


def too_dear(told: str, least: Decimal, wanted: Wanted) -> Outcome:
    """Return that the budget does not reach; the cheapest set, where there is one."""
    facts = {"budget": told, "least": money(least, wanted.currency) if least else ""}
    return Outcome("bundle_impossible", facts, trace={"least": str(least)})


def gift(asker: Asker, wanted: Wanted) -> Outcome:
    """Offer a few gifts within the budget that suit the person, of different kinds. One query."""
    found = [one for one in choices(asker, wanted) if not against(one, wanted.audience)]
    fitting = [one for one in found if gives(one, wanted)]
    found, fitting = nearer(found, wanted), nearer(fitting, wanted)
    rows = by_likings(found, wanted) if wanted.liked else of_kinds(fitting or found, wanted)
    if not rows:
        return Outcome("nothing_found", {"wish": wanted.question[:60]})
    facts: dict[str, Any] = {
        "products": [
            {
                "name": one.title,
                "price": money(one.amount, wanted.currency),
                "reason": gift_reason(asker, one, wanted),
            }
            for one in rows
        ],
        "person": wanted.person or codes_told(("audience", code) for code in wanted.audience[:1]),
        "occasion": codes_told(
            ("occasion", code)
            for code in wanted.occasion[:1]
            if code in GIFTS and code != "gift" and not wanted.liked
        ),
    }
    return Outcome(
        "recommend",
        facts,
        tuple(one.product for one in rows),
        merchants=tuple(dict.fromkeys(one.merchant for one in rows)),
        trace={"budget": str(wanted.budget), "amounts": [str(one.amount) for one in rows],
               "fitting": len(fitting)},
    )  # fmt: skip


def nearer(found: Sequence[Choice], wanted: Wanted) -> list[Choice]:
    """Let presents count for more the more they make of the budget: 48 of 300 is little."""
    if not limited(wanted):
        return list(found)
    return [replace(one, worth=one.worth + 2 * one.amount / wanted.budget) for one in found]


def of_kinds(found: Sequence[Choice], wanted: Wanted) -> list[Choice]:
    """Return the best few, each of another category."""
    picked: dict[str, Choice] = {}
    for one in sorted(found, key=lambda one: (-one.worth, one.product)):
        picked.setdefault(one.path, one)
    return list(picked.values())[: min(wanted.most, MOST_GIFTS)]


def by_likings(found: Sequence[Choice], wanted: Wanted) -> list[Choice]:
    """Return something for each liking in turn (coffee, hiking), each of another category."""
    tests: list[Callable[[Choice], bool]] = [
        *(partial(stands_in, path=path) for path in wanted.paths),
        *(
            partial(is_for, occasion=code)
            for code in wanted.occasion
            if code not in GIFTS and code not in ANY_DAY
        ),
    ]
    lists = [of_kinds([one for one in found if fits(one)], wanted) for fits in tests]
    turns = (one for places in zip_longest(*lists) for one in places if one is not None)
    return list({one.product: one for one in turns}.values())[: min(wanted.most, MOST_GIFTS)]


def stands_in(one: Choice, *, path: str) -> bool:
    """Tell whether a product stands in a category or below it."""
    return f"{one.path}/".startswith(f"{path}/")


def is_for(one: Choice, *, occasion: str) -> bool:
    """Tell whether a product is stated for an occasion."""
    return occasion in one.occasion


def gives(one: Choice, wanted: Wanted) -> bool:
    """Tell whether a product is stated for giving, or for the person by name."""
    said = set(one.occasion) & {*GIFTS, *wanted.occasion}
    return bool(said or set(one.audience) & set(wanted.audience))


def gift_reason(asker: Asker, one: Choice, wanted: Wanted) -> str:
    """Return why it is offered, by what the shop states and buyers gave."""
    said = []
    listed = [code for code in wanted.occasion if code in one.occasion]
    listed.sort(key=lambda code: code in GIFTS and wanted.liked)  # what is liked says more
    if listed == ["gift"]:
        said.append(phrase(asker, "店家标注适合送礼", "the shop lists it as a gift"))
    elif listed:
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

    product, merchant, card, path, amount, _variant, rating, reviews, attributes, named = row
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
        frozenset(place - 1 for place in named),
    )
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


def themed(found: Sequence[Choice], wanted: Wanted) -> tuple[str, ...]:
    """Return the kinds that the named occasion or person speaks for.

    First those of which the most is stated for it: all tents are for camping, one pan is, too.
    """
    of_all, fitting = Counter[str](), Counter[str]()
    for one in found:
        of_all[one.path] += 1
        fitting[one.path] += bool(
            set(wanted.occasion) & set(one.occasion)
            or (not wanted.occasion and set(wanted.audience) & set(one.audience))
        )
    shares = {path: fitting[path] / of_all[path] for path in of_all if path and fitting[path]}
    ranked = sorted(shares, key=lambda path: -shares[path])
    own = [path for path in ranked if shares[path] >= OWN_KIND]
    return tuple(own if len(own) >= FEWEST_KINDS else ranked)[: wanted.most + 2]


def best_of(found: Sequence[Choice], path: str) -> list[Choice]:
    """Return the few of a kind that are tried: the best liked and the cheapest."""
    return tried([one for one in found if stands_in(one, path=path)])


def tried(inside: Sequence[Choice]) -> list[Choice]:
    """Return the few of a kind that are tried: the best liked and the cheapest."""
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
