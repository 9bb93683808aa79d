"""A small market place for what fits whom: three kinds of things, indexed and encoded."""

from collections.abc import Iterator
from typing import Any

import pytest

from catalog.encoding import encode_products
from catalog.indexing import index_products
from catalog.models import Product
from catalog.search.market import forget
from profiles.consenting import choose
from profiles.models import Purpose
from shopguide.accounts.models import Shopper
from shopguide.inference.fakes import FakeEncoder
from tests.catalog.factories import make_category, make_merchant, make_product

KINDS = {
    "shoes": "running shoes for the trail model",
    "teapots": "clay teapot for green tea model",
    "mice": "wireless mouse for the desk model",
}


@pytest.fixture
def shelves(db: None, settings: Any) -> Iterator[dict[str, list[Product]]]:
    """Return six products of each of three kinds."""
    encoder = FakeEncoder()
    settings.ENCODER = {"model": "fake", "dimensions": encoder.dimensions}
    settings.ENCODER_ID = encoder.id
    shop = make_merchant("loom")
    made = {
        kind: [
            make_product(
                shop, f"{kind}-{n}", title=f"{title} {n}", category=make_category(f"all/{kind}")
            )
            for n in range(6)
        ]
        for kind, title in KINDS.items()
    }
    index_products(shop)
    encode_products(shop, encoder=encoder)
    forget()
    yield made
    forget()


@pytest.fixture
def shopper(db: None) -> Shopper:
    """Return somebody who agreed to be known a little."""
    made = Shopper.objects.create()
    choose(made, {Purpose.PERSONALISATION: True})
    return made
