"""Judge recommendations by shoppers whose taste is known: the gate before a release.

Satisfaction is how well what is shown truly fits, regret what the best list would have had more,
errors what must never be shown. A release must not fall behind `FLOORS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from catalog.models import SearchOffer
from profiles.models import Event
from profiles.recommending import recommend
from profiles.simulating.populating import market_world, number_of
from profiles.simulating.walking import Persona, World
from profiles.sources.finding import DONE
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone

LIST = 10
# Measured on the demo's shoppers; lower is a step back.
FLOORS = {"satisfaction": 0.12, "diversity": 0.5, "coverage": 0.3}


def judge(people: int) -> dict[str, Any]:
    """Return how well simulated shoppers are served. A list a shopper, about 30 ms each."""
    world, _offers = market_world()
    gains: list[float] = []
    best: list[float] = []
    kinds: list[float] = []
    shown: set[int] = set()
    errors = 0
    for number in range(people):
        shopper = Shopper.objects.filter(pk=number_of(number)).first()
        if shopper is None:
            continue
        persona = world.persona(number)
        products = [one.product for one in recommend(shopper, limit=LIST)]
        done = done_by(shopper)
        errors += faults(products, done)
        shown |= set(products)
        gains.append(satisfaction(world, persona, products))
        ideal = sorted(world.things.values(), key=lambda one: -world.likes(persona, one))
        left = [one.number for one in ideal if one.number not in done][:LIST]
        best.append(satisfaction(world, persona, left))
        kinds.append(variety(world, products))
    count = max(1, len(gains))
    return {
        "people": len(gains),
        "satisfaction": round(sum(gains) / count, 4),
        "regret": round((sum(best) - sum(gains)) / count, 4),
        "errors": errors,
        "diversity": round(sum(kinds) / count, 4),
        "coverage": round(len(shown) / max(1, len(world.things)), 4),
    }


def satisfaction(world: World, persona: Persona, products: Sequence[int]) -> float:
    """Return how well a list truly fits, 0 to 1; an empty place fits nobody."""
    likes = [world.likes(persona, world.things[one]) for one in products if one in world.things]
    return sum(likes) / LIST


def variety(world: World, products: Sequence[int]) -> float:
    """Return the share of pairs in a list that are not of one kind."""
    kinds = [world.things[one].kind for one in products if one in world.things]
    pairs = [(a, b) for place, a in enumerate(kinds) for b in kinds[place + 1 :]]
    return sum(a != b for a, b in pairs) / len(pairs) if pairs else 0.0


def done_by(shopper: Shopper) -> set[int]:
    """Return what a shopper has dealt with already."""
    with as_everyone():
        events = Event.objects.filter(shopper=shopper, kind__in=DONE, product__isnull=False)
        return {one for one in events.values_list("product", flat=True) if one is not None}


def faults(products: Sequence[int], done: set[int]) -> int:
    """Count what must not be shown: sold out, dealt with already, or twice."""
    with as_everyone():
        offers = SearchOffer.objects.filter(product__in=products, in_stock=True)
        there = set(offers.values_list("product", flat=True))
    wrong = sum(one not in there or one in done for one in products)
    return wrong + len(products) - len(set(products))
