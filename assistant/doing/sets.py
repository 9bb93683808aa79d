"""Requests for several things at once, and for presents: budget, kinds, person, use.

For responding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.doing.arguments import (
    Thing,
    Wanted,
)
from assistant.doing.bundling import NO_LIMIT, bundle
from assistant.doing.gifting import gift
from assistant.doing.outcome import Outcome
from assistant.doing.requests import Request
from assistant.doing.rules.relatives import relative_of
from assistant.heeding import is_shelf
from assistant.understanding.liking import gives_by_liking
from catalog.lexicon import lexicon
from catalog.models import Category
from catalog.search.understanding import Need
from catalog.search.wording import kind_words
from catalog.text import fold

OF_SEVERAL = frozenset({"grandparents"})  # relatives under one name
# A whole set of something is wanted, not one of it.
SETS = re.compile(
    r"\b(?:set|kit|bundle|gear|equipment|essentials|supplies|setup|starter|everything)\b"
    r"|[一整全]套|套装|装备|置办|配齐|配一?套"
)
_GEAR = re.compile(
    r"(?:的)?(?:装备|用品|用具|东西|物品|套装|用的)$"
    r"|\b(?:set|kit|gear|equipment|essentials|supplies|stuff|things|outfit|trip)$"
)


def together(asked: Request) -> Outcome:
    """Put things together for a budget; ask for one only if nothing else is known either."""
    wanted = wanted_of(asked, default=NO_LIMIT)
    if wanted and asked.products and not (wanted.things or asked.reading.said.of("occasion")):
        wanted = replace(wanted, paths=paths_of(asked.products))
    elif wanted and asked.products != (asked.asker.product,):
        wanted = replace(wanted, kept=asked.products[:4])
    known = wanted and (
        wanted.things or wanted.paths or wanted.occasion or wanted.budget < NO_LIMIT
    )
    return (
        bundle(asked.asker, wanted) if wanted and known else Outcome("clarify", {"about": "budget"})
    )


def paths_of(products: Sequence[int]) -> tuple[str, ...]:
    """Return the categories of what was talked of, each once. One query."""
    rows = Category.objects.filter(products__in=products).values_list("products", "path")
    paths = dict(rows)
    return tuple(dict.fromkeys(paths[one] for one in products if one in paths))[:6]


def present(asked: Request) -> Outcome:
    """Offer gifts; without a budget up to what is usual."""
    wanted = wanted_of(asked, default=NO_LIMIT)
    if wanted and asked.reading.need.of("category") and not wanted.paths:
        return Outcome("nothing_found", {"wish": asked.question[:60]})  # a kind nobody has named
    return gift(asked.asker, wanted) if wanted else Outcome("clarify", {"about": "budget"})


def wanted_of(asked: Request, *, default: Decimal | None = None) -> Wanted | None:
    """Return budget, kinds, person and occasion as they were read; None without a budget."""
    need = asked.reading.need
    slot = need.price
    budget = slot.maximum if slot and slot.maximum is not None else default
    least = slot.minimum or Decimal(0) if slot else Decimal(0)
    if slot and slot.minimum and slot.maximum and len(re.findall(r"\d+", slot.surface)) < 2:
        budget, least = (slot.minimum + slot.maximum) / 2, Decimal(0)  # "200 dollars": no range
    if budget is None:
        return None
    stated = slot.currency if slot and slot.currency else asked.asker.currency
    ids = [int(one.value) for one in need.of("category") if one.known and one.value.isdigit()]
    rows = {one.pk: one.path for one in Category.objects.filter(pk__in=ids[:12], merchant=None)}
    named = things_of(need, rows)
    uses = [use for one in named if (use := use_of(one))]
    return Wanted(
        budget=budget,
        currency=stated,
        paths=tuple(dict.fromkeys(rows[pk] for pk in ids if pk in rows)),
        things=tuple(one for one in named if not use_of(one)),
        whole=bool(SETS.search(fold(asked.reading.text))),
        liked=gives_by_liking(asked.reading.text, need),
        audience=audience_of(need),
        person=person_of(need, chinese=asked.asker.chinese),
        occasion=tuple(dict.fromkeys([*(one.value for one in need.of("occasion")), *uses])),
        avoided=asked.avoided,
        least=least,
        question=asked.question,
        without=unwanted(need),
        people=asked.reading.people,
    )


def unwanted(need: Need) -> tuple[str, ...]:
    """Return the categories that were ruled out. One query, or none."""
    slots = need.of("category", negated=True)
    ids = [int(one.value) for one in slots if one.known and one.value.isdigit()]
    rows = Category.objects.filter(pk__in=ids[:12]) if ids else Category.objects.none()
    return tuple(rows.values_list("path", flat=True))


def audience_of(need: Need) -> tuple[str, ...]:
    """Return for whom, the relative that was named first, then what search reads of it."""
    slots = need.of("audience")
    relatives = [code for one in slots if (code := relative_of(one.surface))]
    relatives += [code for code in [relative_of(need.query)] if code and not slots]
    return tuple(dict.fromkeys([*relatives, *(one.value for one in slots)]))


def person_of(need: Need, *, chinese: bool) -> str:
    """Return whom something is for as they were named, where the list's name means others, too."""
    for slot in need.of("audience")[:1]:
        code = relative_of(slot.surface)
        value = lexicon().value("audience", code) if code in OF_SEVERAL else None
        names = (value.zh if chinese else value.en) if value else ()
        if fold(slot.surface) in map(fold, names):
            return slot.surface
    return ""


def use_of(thing: Thing) -> str:
    """Return the use that an unknown kind is all goods of: 露营装备, "camping gear"."""
    bare = _GEAR.sub("", fold(thing.name)).strip()
    if thing.path or not bare or bare == fold(thing.name):
        return ""
    uses = lexicon().match(bare, {"occasion"})
    return uses[0].code if uses and uses[0].end - uses[0].start == len(bare) else ""


def things_of(need: Need, rows: Mapping[int, str]) -> tuple[Thing, ...]:
    """Return the kinds of things that are wanted, as they were named. ``rows``: paths by id."""
    return tuple(
        Thing(
            slot.surface,
            rows.get(int(slot.value), "") if slot.known and slot.value.isdigit() else "",
            kind_words(replace(need, slots=(slot,))),
            is_shelf(slot),
        )
        for slot in need.of("category")
    )[:12]
