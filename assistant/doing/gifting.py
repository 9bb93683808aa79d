"""Presents within a budget: what suits the person, the occasion and what they like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import zip_longest
from typing import Any

from assistant.doing.arguments import Wanted
from assistant.doing.bundling import MOST_GIFTS, limited
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.seeking import GIFTS, Choice, against, choices, stands_in
from assistant.doing.telling import codes_told, phrase
from catalog.presenting.money import money, stars

ANY_DAY = ("daily", "home")
# Persons that a shop names a present for.
BY_NAME = frozenset(
    ("mother", "father", "girlfriend", "boyfriend", "grandparents", "teacher", "friend")
)


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
    order = {
        one.product: (for_another(one, wanted), not set(one.occasion) & set(GIFTS), -one.worth)
        for one in found
    }
    for one in sorted(found, key=lambda one: (order[one.product], one.product)):
        picked.setdefault(one.path, one)
    return list(picked.values())[: min(wanted.most, MOST_GIFTS)]


def for_another(one: Choice, wanted: Wanted) -> bool:
    """Tell whether it is stated for somebody by name, and not for who is to get it."""
    named, person = set(one.audience) & BY_NAME, set(wanted.audience) & BY_NAME
    return bool(named and person) and not named & person


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
        said.append(
            phrase(
                asker,
                "{count} 条评价平均 {stars} 星",
                "{stars} stars from {count} reviews",
                count=one.reviews,
                stars=stars(one.rating),
            )
        )
    return ("，" if asker.chinese else ", ").join(said)
