"""A shop with a past: two products that sell, one that does not, and what was brought along."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from django.utils import timezone

from catalog.models import Product
from marketing.models import PastSale
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.people import People, make_people

DAYS = 120


@dataclass(frozen=True)
class Store:
    """Everybody, and what the loom sells: mugs daily, lamps now and then, vases never."""

    people: People
    mug: Product
    lamp: Product
    vase: Product
    rival_mug: Product


@pytest.fixture
def store(db: None) -> Iterator[Store]:
    """Save the shop with a hundred and twenty days of sales."""
    people = make_people()
    loom = people.loom
    mug = make_product(loom, "MUG-1", title="Mug", title_zh="马克杯", stock=12)
    lamp = make_product(loom, "LMP-1", title="Lamp", title_zh="台灯", stock=400)
    vase = make_product(loom, "VAS-1", title="Vase", title_zh="花瓶", stock=5)
    theirs = make_product(people.rival, "RV-1", title="Rival Mug", currency="USD")
    draw = np.random.default_rng(3)
    today = timezone.localdate()
    with as_merchant(loom):
        for product, rate in ((mug, 3.0), (lamp, 0.3)):
            PastSale.objects.bulk_create(
                PastSale(merchant=loom, product=product, quantity=int(count),
                         day=today - datetime.timedelta(days=DAYS - number))
                for number, count in enumerate(draw.poisson(rate, DAYS))
                if count
            )  # fmt: skip
    return Store(people, mug, lamp, vase, theirs)
