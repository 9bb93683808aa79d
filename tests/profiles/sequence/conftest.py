"""A small market place whose shoppers go on from each thing to the next one in a ring."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from catalog.models import Product
from profiles.consenting import WORDING
from profiles.models import Consent, Event, Kind, Purpose
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from tests.profiles.conftest import *  # noqa: F403  (the shelves and the shopper)

Shelves = dict[str, list[Product]]


def ring_of(shelves: Shelves) -> list[int]:
    """Return products in the order in which people go through them: kinds take turns."""
    return [shelves[kind][n].pk for n in range(6) for kind in ("shoes", "teapots", "mice")]


def walk(
    shelves: Shelves, people: int, *, seed: int = 1, days_ago: float = 2.0, step: int = 1
) -> list[Shopper]:
    """Let people go through the ring from anywhere, nine tenths of the time to the next thing."""
    chance, ring = np.random.default_rng(seed), ring_of(shelves)
    made = Shopper.objects.bulk_create(Shopper() for _one in range(people))
    events = []
    for number, one in enumerate(made):
        at = int(chance.integers(len(ring)))
        start = timezone.now() - timedelta(days=days_ago, seconds=int(chance.integers(40_000)))
        for place in range(int(chance.integers(6, 9))):
            start += timedelta(seconds=int(chance.integers(30, 300)))
            events.append(Event(shopper=one, kind=Kind.VIEW, product=ring[at], at=start))
            if (number + place) % 3 == 0:
                later = start + timedelta(seconds=12)
                events.append(Event(shopper=one, kind=Kind.CART, product=ring[at], at=later))
            onward = at + step if chance.random() < 0.9 else int(chance.integers(len(ring)))
            at = onward % len(ring)
    agreed = (Purpose.PERSONALISATION, Purpose.TRAINING)
    with as_everyone():
        Consent.objects.bulk_create(
            Consent(shopper=one, purpose=purpose, given=True, via="page", wording=WORDING)
            for one in made
            for purpose in agreed
        )
        Event.objects.bulk_create(events)
    return made


@pytest.fixture
def walked(shelves: Shelves) -> Shelves:
    """Return the market place after sixty people went through it."""
    walk(shelves, 60)
    return shelves
