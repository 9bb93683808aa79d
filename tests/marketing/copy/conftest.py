"""A shop with a product to write about, and drafts on their way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from catalog.models import Product
from marketing.models import Draft
from shopguide.accounts.acting import acting
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.people import People, make_people

WORDS = "Red cotton hoodie for cold mornings"


@dataclass(frozen=True)
class Desk:
    """The people of the shop Loom, and a hoodie that it sells."""

    people: People
    hoodie: Product

    @property
    def loom(self) -> Merchant:
        """Return the shop that most tests are about."""
        return self.people.loom

    def draft(self, **fields: Any) -> Draft:
        """Save a draft of a title."""
        said: dict[str, Any] = {
            "merchant": self.loom, "product": self.hoodie, "channel": "title", "locale": "en",
            "parts": {"title": WORDS}, "writer": "realiser", "made_by": self.people.edda,
        }  # fmt: skip
        with as_merchant(self.loom):
            return Draft.objects.create(**(said | fields))


@pytest.fixture
def desk(db: None) -> Desk:
    """Return everybody and the hoodie."""
    people = make_people()
    hoodie = make_product(
        people.loom, "HD-1", title="Hoodie", title_zh="卫衣", description="Soft.", stock=3,
        attributes={"material": ["cotton"]}, option_names=["colour"], options={"colour": "red"},
    )  # fmt: skip
    return Desk(people, hoodie)


@contextmanager
def at_work(desk: Desk, person: User | None) -> Iterator[None]:
    """Open a transaction of the shop's in which this person acts."""
    with acting(person.pk if person else None, "web"), as_merchant(desk.loom):
        yield
