"""Things together for a budget, and gifts within one: live, in stock, never above it.

Chosen by code: of each wanted category the best liked that fits the shopper's words, put together
so that as much as possible is within the budget. The total is exact and of the goods alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product as combinations
from typing import Any

from assistant.doing.arguments import Thing, Wanted
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.seeking import Choice, choices, stands_in
from assistant.understanding.wishing import content_of
from catalog.presenting.money import money
from catalog.text import fold

CANDIDATES = 6
MOST_GIFTS = 3
FEWEST_KINDS = 2
OWN_KIND = 0.5  # what part of a kind must be for a use, for it to be of that use
# What each further piece, and each place too many, takes of what speaks for a thing.
MORE_PIECES, TOO_LARGE = Decimal(1), Decimal("0.5")
NO_LIMIT = Decimal(10) ** 6  # where no budget was said


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
    groups = [(name, for_so_many(group, wanted.people)) for name, group in groups]
    there = [group for _name, group in groups if group]
    if wanted.whole and len(wanted.things) == 1:
        there = by_kind(found, wanted) or there
    if len(there) == 1 and limited(wanted) and (wanted.whole or not wanted.things):
        there = several(there[0], wanted.budget)
    taken = best_set([*([one] for one in held), *there], wanted.budget)
    if taken is None or len(held) < len(wanted.kept):
        return too_dear(told, least_of(dict(groups)) + sum_of(held), wanted)
    total = sum_of(taken)
    facts: dict[str, Any] = {
        "items": [
            {"name": one.title, "price": money(one.amount, wanted.currency), "quantity": one.pieces}
            for one in taken
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
        trace={
            "total": str(total),
            "budget": str(wanted.budget),
            "missing": missing,
            "parts": [[one.product, kind_of(one, groups), one.pieces] for one in taken],
        },
    )


def kind_of(one: Choice, groups: Sequence[tuple[str, Sequence[Choice]]]) -> str:
    """Return the kind that a thing was taken as, as it was named."""
    return next((name for name, group in groups if one in group), "")


def pieces_for(people: int, room: int) -> int:
    """Return how many of a thing for ``room`` people are needed, one for whom nobody counted."""
    return max(1, -(-people // max(room, 1)))


def for_so_many(group: list[Choice], people: int) -> list[Choice]:
    """Return things of a kind as often as so many people need them, where any says for how many.

    One for all of them is worth more than several, and one that is too large a little less.
    """
    if not people or not any(one.persons for one in group):
        return group
    counted = []
    for one in group:
        pieces, spare = pieces_for(people, one.persons), max(0, one.persons - people)
        worth = one.worth - MORE_PIECES * (pieces - 1) - TOO_LARGE * spare
        counted.append(replace(one, pieces=pieces, worth=worth))
    return counted


def apart(found: Sequence[Choice], wanted: Wanted) -> tuple[list[Choice], list[Choice]]:
    """Return what can be chosen, and what is in the set already."""
    held = [one for one in found if one.product in wanted.kept]
    return [one for one in found if one not in held], held


def sum_of(held: Sequence[Choice]) -> Decimal:
    """Return what some things come to."""
    return sum((one.cost for one in held), Decimal(0))


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
            (one.name, so_called([each for each in found if is_one(each, one, place)], one))
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


def so_called(group: list[Choice], thing: Thing) -> list[Choice]:
    """Return only what is called as it was asked for, where anything of its shelf is.

    A night light stands among the lamps and is no desk lamp.
    """
    wanted = content_of(thing.name)
    return [
        one
        for one in group
        if any(all(word in fold(title) for word in wanted) for title in one.titles.values())
    ] or group


def least_of(groups: Mapping[str, Sequence[Choice]]) -> Decimal:
    """Return what the cheapest of each kind come to."""
    return sum((min(one.cost for one in group) for group in groups.values() if group), Decimal(0))


def joined_names(asker: Asker, names: Sequence[str]) -> str:
    """Return names of things as one wish."""
    return ("、" if asker.chinese else ", ").join(names)


def too_dear(told: str, least: Decimal, wanted: Wanted) -> Outcome:
    """Return that the budget does not reach; the cheapest set, where there is one."""
    facts = {"budget": told, "least": money(least, wanted.currency) if least else ""}
    return Outcome("bundle_impossible", facts, trace={"least": str(least)})


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
        if len({one.product for one in taken}) == len(taken) and (sum_of(taken) <= budget):
            yield taken
