"""What search knows of the shop: kept, renewed beside whoever asks, never too old."""

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from catalog.indexing import index_products
from catalog.search import market as module
from catalog.search.market import Market, forget, market, read_market
from catalog.search.understanding import understand
from tests.catalog.factories import make_category, make_merchant, make_product


class Catalogue:
    """A catalogue whose revision can be moved, and how often it was read."""

    def __init__(self) -> None:
        self.revision, self.reads = 1, 0
        self.connection = SimpleNamespace(
            settings_dict={"NAME": "nowhere"}, in_atomic_block=False, close=lambda: None
        )
        self.go_on = threading.Event()
        self.go_on.set()

    def read(self, merchant: int | None, revision: int) -> Market:
        """Read a market, once it may."""
        assert self.go_on.wait(5)
        self.reads += 1
        known: dict[str, Any] = {
            "vocabulary": None, "products": revision, "coverage": {}, "currencies": (),
            "option_dimensions": frozenset(), "categories": {}, "shops": {},
        }  # fmt: skip
        return Market(merchant=merchant, revision=revision, **known)


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    """Return a catalogue in place of the database's, looked at each time."""
    made = Catalogue()
    monkeypatch.setattr(module, "connection", made.connection)
    monkeypatch.setattr(module, "read_market", made.read)
    monkeypatch.setattr(module, "catalogue_revision", lambda: made.revision)
    monkeypatch.setattr(module, "LOOK_AFTER_S", 0)
    forget()
    yield made
    forget()


def beside() -> None:
    """Wait for whoever reads beside."""
    for thread in threading.enumerate():
        if thread.name == "market":
            thread.join(5)


def test_an_unmoved_catalogue_is_read_once(catalogue: Catalogue) -> None:
    assert market() is market() and catalogue.reads == 1
    assert market(7) is not market() and catalogue.reads == 2


def test_nobody_waits_for_the_reading(catalogue: Catalogue) -> None:
    market()
    catalogue.revision = 2
    catalogue.go_on.clear()
    assert [market().revision for _asked in range(3)] == [1, 1, 1]
    catalogue.go_on.set()
    beside()
    assert market().revision == 2 and catalogue.reads == 2


def test_what_is_looked_for_and_not_there_is_waited_for(catalogue: Catalogue) -> None:
    market()
    catalogue.revision = 2
    assert market(fresh=True).revision == 2
    assert market(fresh=True) and catalogue.reads == 2  # nothing has changed since


def test_a_transaction_sees_what_it_wrote(catalogue: Catalogue) -> None:
    market()
    catalogue.revision, catalogue.connection.in_atomic_block = 2, True
    assert market().revision == 2


def test_too_old_a_market_answers_nobody(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    market()
    catalogue.revision = 2
    monkeypatch.setattr(module, "OLDEST_S", -1)
    assert market().revision == 2


def test_a_failed_reading_leaves_what_there_was(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    market()
    catalogue.revision = 2

    def fail(merchant: int | None, revision: int) -> Market:
        raise OSError

    monkeypatch.setattr(module, "read_market", fail)
    assert market().revision == 1
    beside()
    monkeypatch.setattr(module, "read_market", catalogue.read)
    market()
    beside()
    assert market().revision == 2


@pytest.mark.django_db
def test_of_kinds_that_a_shop_does_not_have_nothing_follows() -> None:
    """A meter is no worse an answer because another shop sells watches."""
    meters, watches = make_merchant("meters"), make_merchant("watches")
    kind = make_category("all/watch", name_en="Watches", name_zh="手表")
    make_product(meters, "M-1", title_zh="三相四线电子表")
    make_product(watches, "W-1", title_zh="电子表", category=kind)
    for shop in (meters, watches):
        index_products(shop)
    known = {
        shop.slug: [
            slot.known
            for slot in understand(
                "手表", vocabulary=read_market(shop.pk, 0).vocabulary, locale="zh-hans",
                currency="CNY",
            ).slots
        ]
        for shop in (meters, watches)
    }  # fmt: skip
    assert known == {"meters": [False], "watches": [True]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "query", "known"),
    [({"processor_model": "i5"}, "laptop", True), ({"pages": 90}, "laptop", False),
     ({"processor_model": "i5"}, "journal", False), ({"pages": 90}, "journal", True)],
)  # fmt: skip
def test_what_a_category_of_notebooks_means_its_goods_state(
    facts: dict[str, Any], query: str, known: bool
) -> None:
    shop = make_merchant("aster")
    place = make_category("notebook", name_en="Notebook")
    for sku in ("N1", "N2"):
        make_product(shop, sku, title=f"Aster {sku} notebook", category=place, attributes=facts)
    index_products(shop)
    words = read_market(shop.pk, 0).vocabulary
    slots = understand(query, vocabulary=words, locale="en", currency="USD").of("category")
    assert [slot.known for slot in slots] == [known]
