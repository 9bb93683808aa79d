"""Let simulated shoppers look at what is recommended to them, and open what they truly like.

For the demo, so that its figures of lists are alive, and its experiment is. They looked in the past
days, at lists as they would be now.
"""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

from django.utils import timezone

from profiles.experiments.running import start
from profiles.models import Event, Experiment, Kind
from profiles.recommending import EXPERIMENT, listed
from profiles.simulating.populating import NAMES, market_world, number_of
from profiles.simulating.walking import Persona, World
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

VISITORS, LIST, DAYS = 40, 12, 7
NAME = "Wider lists in the demo"
# Of what truly fits somebody opens as much as it fits, of all else this share.
CURIOUS = 0.03


def visit(people: int = VISITORS) -> dict[str, int]:
    """Let so many look once; return what was shown and opened. About 50 ms each."""
    if not Experiment.objects.filter(code=EXPERIMENT).exists():
        start(EXPERIMENT, NAME, {"as it is": 1.0, "diverse": 1.0})
    world, _offers = market_world()
    told = {"shown": 0, "opened": 0}
    for number in range(people):
        shopper = Shopper.objects.filter(pk=number_of(number)).first()
        if shopper is not None:
            events = look(shopper, world, world.persona(number))
            with as_shopper(shopper):
                Event.objects.bulk_create(events, ignore_conflicts=True)
            opened = sum(one.kind == Kind.VIEW for one in events)
            told["opened"] += opened
            told["shown"] += len(events) - opened
    return told


def end() -> None:
    """Take the demo's experiment out again: without it everybody gets the usual lists."""
    with as_everyone():
        Experiment.objects.filter(code=EXPERIMENT, name=NAME).delete()


def look(shopper: Shopper, world: World, persona: Persona) -> list[Event]:
    """Return what one visit leaves: what was shown, and what of it was opened."""
    chance = random.Random(f"{persona.number}:look")  # noqa: S311
    at = timezone.now() - timedelta(days=chance.uniform(0.1, DAYS))
    made = listed(shopper, limit=LIST)
    events = []
    for place, one in enumerate(made.items, 1):
        events.append(
            Event(
                shopper=shopper, client_id=uuid.uuid5(NAMES, f"{shopper.pk} shown {place}"),
                kind=Kind.IMPRESSION, product=one.product, shelf="home", place=place, at=at,
                ranker=made.ranker, propensity=1.0, trace=made.trace, source=one.source,
            )
        )  # fmt: skip
        thing = world.things.get(one.product)
        fits = world.likes(persona, thing) if thing else 0.0
        if chance.random() < max(CURIOUS, fits):
            later = at + timedelta(seconds=20 * place)
            events.append(
                Event(
                    shopper=shopper, client_id=uuid.uuid5(NAMES, f"{shopper.pk} opened {place}"),
                    kind=Kind.VIEW, product=one.product, at=later,
                )
            )  # fmt: skip
    return events
