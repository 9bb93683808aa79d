"""Vectors: only what changed is encoded, encoders live side by side, nearest is exact."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from django.db.models import QuerySet
from numpy.typing import NDArray

from catalog.encoding import encode_products, remaining
from catalog.indexing import index_products
from catalog.models import Embedding, Product, ProductText, SearchPassage
from catalog.models.product import Status
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.inference.fakes import FakeEncoder
from tests.catalog.factories import make_merchant, make_product

pytestmark = pytest.mark.django_db


class Listening(FakeEncoder):
    """A fake encoder that remembers what it was given."""

    def __init__(self, dimensions: int = 384, *, name: str = "fake") -> None:
        super().__init__(dimensions, name=name)
        self.heard: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.heard += texts
        return super().encode_documents(texts)


@pytest.fixture
def shop() -> Merchant:
    return make_merchant("loom")


@pytest.fixture
def shelf(shop: Merchant) -> list[Product]:
    """Three products in two languages, indexed."""
    products = [
        make_product(shop, "MUG", title="Ceramic mug", title_zh="陶瓷马克杯"),
        make_product(shop, "TENT", title="Two-person tent", title_zh="双人帐篷"),
        make_product(shop, "MOUSE", title="Wireless mouse", title_zh="无线鼠标"),
    ]
    index_products(shop)
    return products


def needing(shop: Merchant, encoder_id: str) -> set[str]:
    with as_merchant(shop):
        found = Product.objects.of(shop).needing(encoder_id)
        assert isinstance(found, QuerySet)
        return set(found.values_list("sku", flat=True))


def vectors(encoder_id: str) -> dict[tuple[int, str], tuple[float, ...]]:
    rows = Embedding.objects.filter(encoder_id=encoder_id)
    return {(row.document_id, row.locale): tuple(row.vector) for row in rows}


# --- What needs encoding -----------------------------------------------------------------------
def test_needing_is_a_queryset_that_encoding_empties(shop: Merchant, shelf: list[Product]) -> None:
    assert needing(shop, "fake") == {"MUG", "TENT", "MOUSE"}
    assert remaining(shop, "fake") == 6
    encoder = Listening()
    assert encode_products(shop, encoder=encoder) == 6
    assert needing(shop, "fake") == set()
    assert remaining(shop, "fake") == 0
    assert sorted(encoder.heard) == sorted(SearchPassage.objects.values_list("text", flat=True))


def test_drafts_are_never_encoded(shop: Merchant) -> None:
    make_product(shop, "DRAFT", status=Status.DRAFT)
    index_products(shop)
    encoder = Listening()
    assert encode_products(shop, encoder=encoder) == 0
    assert encoder.heard == []


def test_a_changed_title_is_encoded_again_and_nothing_else(
    shop: Merchant, shelf: list[Product]
) -> None:
    encode_products(shop, encoder=FakeEncoder())
    before = vectors("fake")
    with as_merchant(shop):
        ProductText.objects.filter(product=shelf[0], locale="en").update(title="Enamel mug")
    index_products(shop)
    assert needing(shop, "fake") == {"MUG"}
    encoder = Listening()
    assert encode_products(shop, encoder=encoder) == 1
    assert encoder.heard == ["Enamel mug"]
    after = vectors("fake")
    assert {key for key in after if after[key] != before[key]} == {(shelf[0].pk, "en")}


def test_a_new_price_or_brandless_edit_encodes_nothing(
    shop: Merchant, shelf: list[Product]
) -> None:
    encode_products(shop, encoder=FakeEncoder())
    with as_merchant(shop):
        Product.objects.filter(pk=shelf[1].pk).update(attributes={"capacity_persons": 2})
    assert index_products(shop) == 1
    assert encode_products(shop, encoder=FakeEncoder()) == 0


def test_a_language_that_is_taken_away_takes_its_vector_along(
    shop: Merchant, shelf: list[Product]
) -> None:
    encode_products(shop, encoder=FakeEncoder())
    with as_merchant(shop):
        ProductText.objects.filter(product=shelf[0], locale="zh-hans").delete()
    index_products(shop)
    assert set(vectors("fake")) == {
        (product.pk, locale) for product in shelf for locale in ("en", "zh-hans")
    } - {(shelf[0].pk, "zh-hans")}
    assert needing(shop, "fake") == set()


def test_a_limit_is_kept_and_the_rest_waits(shop: Merchant, shelf: list[Product]) -> None:
    assert encode_products(shop, encoder=FakeEncoder(), limit=4) == 4
    assert remaining(shop, "fake") == 2
    assert encode_products(shop, encoder=FakeEncoder()) == 2


def test_a_text_that_changes_while_it_is_encoded_gets_the_vector_of_its_new_words(
    shop: Merchant, shelf: list[Product]
) -> None:
    class Slow(Listening):
        def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if not self.heard:
                with as_merchant(shop):
                    ProductText.objects.filter(product=shelf[0], locale="en").update(title="Bowl")
                index_products(shop)
            return super().encode_documents(texts)

    encoder = Slow()
    encode_products(shop, encoder=encoder)
    assert encoder.heard[-1] == "Bowl"
    assert needing(shop, "fake") == set()
    kept = np.array(vectors("fake")[shelf[0].pk, "en"])
    assert kept == pytest.approx(FakeEncoder().encode_documents(["Bowl"])[0], abs=1e-3)


def test_a_product_that_leaves_while_it_is_encoded_stays_away(
    shop: Merchant, shelf: list[Product]
) -> None:
    class Slow(Listening):
        def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
            with as_merchant(shop):
                Product.objects.filter(pk=shelf[2].pk).update(status=Status.DRAFT)
            return super().encode_documents(texts)

    encode_products(shop, encoder=Slow())
    assert {document for document, _ in vectors("fake")} == {shelf[0].pk, shelf[1].pk}


# --- Encoders side by side ---------------------------------------------------------------------
def test_a_second_encoder_drains_beside_the_old_one(shop: Merchant, shelf: list[Product]) -> None:
    old, new = FakeEncoder(384, name="old"), FakeEncoder(64, name="new")
    encode_products(shop, encoder=old)
    before = vectors("old")
    assert needing(shop, "new") == {"MUG", "TENT", "MOUSE"}
    encode_products(shop, encoder=new, limit=2)
    assert needing(shop, "old") == set()
    assert len(vectors("new")) == 2
    encode_products(shop, encoder=new)
    assert vectors("old") == before
    assert set(vectors("new")) == set(before)
    assert {len(vector) for vector in vectors("new").values()} == {64}


def test_nearest_asks_one_encoder_only(shop: Merchant, shelf: list[Product]) -> None:
    # Two encoders of one width that see every text differently: mixing them would not raise.
    encode_products(shop, encoder=FakeEncoder(64, name="old"))

    class Reversed(FakeEncoder):
        def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return super().encode_documents([text[::-1] for text in texts])

    encode_products(shop, encoder=Reversed(64, name="new"), limit=2)
    query = FakeEncoder(64).encode_documents(["Two-person tent"])[0]
    by_old = Product.objects.nearest(query, encoder_id="old")
    by_new = Product.objects.nearest(query, encoder_id="new")
    assert by_old[0].sku == "TENT"
    assert by_old[0].distance == pytest.approx(0, abs=1e-3)
    assert {product.pk for product in by_new} == {document for document, _ in vectors("new")}
    assert all(product.distance > 0.05 for product in by_new)
    assert not Product.objects.nearest(query, encoder_id="nobody").exists()


# --- Nearest --------------------------------------------------------------------------------
def scatter(shop: Merchant, number: int, width: int) -> dict[int, NDArray[np.float32]]:
    """Save products with random unit vectors; return the vectors as Postgres keeps them."""
    random = np.random.default_rng(5)
    drawn = random.normal(size=(number, width))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    with as_merchant(shop):
        products = Product.objects.bulk_create(
            Product(merchant=shop, sku=f"P{place}", status=Status.LIVE) for place in range(number)
        )
        ProductText.objects.bulk_create(
            ProductText(merchant=shop, product=product, locale="en", title=product.sku)
            for product in products
        )
    index_products(shop)
    by_title = dict(zip((product.sku for product in products), drawn, strict=True))

    class Given(FakeEncoder):
        def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.stack([by_title[text] for text in texts])

    encode_products(shop, encoder=Given(width, name="given"))
    return {
        document: np.array(vector, np.float32)
        for (document, _locale), vector in vectors("given").items()
    }


def test_nearest_equals_brute_force(shop: Merchant) -> None:
    kept = scatter(shop, 300, 48)
    keys = np.array(list(kept))
    matrix = np.stack(list(kept.values())).astype(np.float64)
    for seed in range(3):
        query = np.random.default_rng(seed).normal(size=48)
        query = (query / np.linalg.norm(query)).astype(np.float16).astype(np.float64)
        exact = 1 - matrix @ query / (np.linalg.norm(matrix, axis=1) * np.linalg.norm(query))
        found = list(Product.objects.nearest(query, encoder_id="given"))
        assert [product.pk for product in found] == keys[np.argsort(exact)].tolist()
        assert np.abs([product.distance for product in found] - np.sort(exact)).max() < 1e-5


def test_nearest_within_a_narrow_queryset_is_exact_too(shop: Merchant) -> None:
    kept = scatter(shop, 100, 16)
    few = list(kept)[::10]
    query = kept[few[3]]
    found: Any = Product.objects.filter(pk__in=few).nearest(query, encoder_id="given")
    assert len(found) == 10
    assert found[0].pk == few[3]


def test_a_product_counts_once_by_its_nearest_language(
    shop: Merchant, shelf: list[Product]
) -> None:
    encode_products(shop, encoder=FakeEncoder())
    query = FakeEncoder().encode_queries(["无线鼠标"])[0]
    found = [product.sku for product in Product.objects.nearest(query, encoder_id="fake")]
    assert found[0] == "MOUSE"
    assert sorted(found) == ["MOUSE", "MUG", "TENT"]
