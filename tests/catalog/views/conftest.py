"""A small market place for the pages: two shops, a tree, products in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from pytest_django import Settings

from catalog.encoding import encode_products
from catalog.indexing import index_products
from catalog.models import Category, Media, Product, Review
from catalog.search.market import forget
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.inference.fakes import FakeEncoder
from tests.catalog.factories import make_category, make_product, make_variant
from tests.people import People, make_people

ENCODER = FakeEncoder()


@dataclass(frozen=True)
class Window:
    """The shop window, and who stands before and behind it."""

    people: People
    tops: Category
    hoodie: Product
    scarf: Product

    @property
    def loom(self) -> Merchant:
        """Return the shop that most tests are about."""
        return self.people.loom


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Let the fake encoder answer at once; nobody waits for a worker that is not there."""
    settings.ENCODER_ID = ENCODER.id
    monkeypatch.setattr(
        "catalog.views._results.query_vector",
        lambda text: ENCODER.encode_queries([text])[0].tolist(),
    )


@pytest.fixture(autouse=True)
def fresh_market() -> Iterator[None]:
    """Forget what the process knows of another test's market."""
    forget()
    yield
    forget()


@pytest.fixture
def people(db: None) -> People:
    """Return everybody and their shops."""
    return make_people()


@pytest.fixture
def window(people: People) -> Window:
    """Return a shop window with four live products, a draft, and a rival's product."""
    loom = people.loom
    clothing = make_category("clothing", name_en="Clothing", name_zh="服装")
    tops = make_category("clothing/tops", name_en="Tops", name_zh="上装", parent=clothing)
    hoodie = make_product(
        loom, "HD/1", title="Red Fleece Hoodie", title_zh="红色加绒卫衣", category=tops,
        description="Warm and soft.\n\nWash at 30.", brand="Loom & Co", stock=3,
        attributes={"material": ["cotton"], "weight_g": 480, "season": ["winter"]},
        option_names=["colour", "size"], options={"colour": "red", "size": "m"},
    )  # fmt: skip
    make_variant(hoodie, "HD-1-L", price="109.00", stock=0, options={"colour": "red", "size": "l"})
    make_variant(hoodie, "HD-1-N", price="99.00", stock=9, options={"colour": "navy", "size": "m"})
    make_product(
        loom, "TS-1", title="Blue T-shirt", category=tops, price="59.00",
        attributes={"material": ["cotton"]}, option_names=["colour"], options={"colour": "blue"},
    )  # fmt: skip
    scarf = make_product(
        loom, "SC-1", title="", title_zh="羊毛围巾", price="79.00", category=clothing
    )
    make_product(loom, "NP-1", title="Plain Cap", price=None, category=clothing)
    make_product(loom, "DR-1", title="Secret Draft Coat", status="draft", category=clothing)
    make_product(people.rival, "RV-1", title="Rival Mug", currency="USD", price="12.50", stock=1)
    review(hoodie, 5, "en", "Warm")
    review(hoodie, 4, "zh-hans", "很暖和")
    with as_merchant(loom):
        Media.objects.create(
            merchant=loom, product=hoodie, file="1/red hoodie.webp", alt_en="A red hoodie",
            alt_zh="红色卫衣", options={"colour": "red"},
        )  # fmt: skip
    for shop in (loom, people.rival):
        index_products(shop)
        encode_products(shop, encoder=ENCODER)
    forget()
    return Window(people, tops, hoodie, scarf)


def review(product: Product, stars: int, language: str, title: str) -> Review:
    """Save a review."""
    with as_merchant(product.merchant):
        return Review.objects.create(
            merchant=product.merchant, product=product, stars=stars, language=language,
            title=title, body="Three months on.", author="Kim", source_id=title,
        )  # fmt: skip


@pytest.fixture
def fill(window: Window) -> Callable[[int], None]:
    """Return a function that adds so many live products to the window."""

    def add(count: int) -> None:
        for number in range(count):
            make_product(
                window.loom, f"FILL-{number}", title=f"Cotton shirt number {number}",
                category=window.tops, options={"colour": "white"}, option_names=["colour"],
            )  # fmt: skip
        index_products(window.loom)
        encode_products(window.loom, encoder=ENCODER)
        forget()

    return add
