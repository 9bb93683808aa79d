"""Filtered vector search gives what there is: min(k, matches), whatever the filter's width."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from numpy.typing import NDArray

from catalog.indexing import count_terms
from catalog.models import Embedding, Product, SearchDocument
from catalog.models.embedding import index_name
from catalog.models.product import Status
from catalog.search import retrieving
from catalog.search.filtering import Filters
from catalog.search.retrieving import build, retrieve
from catalog.search.signs import Query, Unit, Weights
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_merchant

pytestmark = pytest.mark.django_db
PRODUCTS, WIDTH, NEAR = 2_000, 384, retrieving.NEIGHBOURS
# Share of products: its brand. Each product has one brand, so the shares are of separate products.
SHARES = {0.5: "half", 0.1: "tenth", 0.05: "twentieth", 0.01: "hundredth", 0.001: "thousandth"}
Shelf = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[Any]]


def brands() -> list[str]:
    named = [brand for share, brand in SHARES.items() for _ in range(round(share * PRODUCTS))]
    named += ["rest"] * (PRODUCTS - len(named))
    np.random.default_rng(3).shuffle(named)
    return named


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shelf]:
    """Yield keys, vectors and brands of products by the configured encoder, in its own index."""
    vectors = np.random.default_rng(1).normal(size=(PRODUCTS, WIDTH))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    with django_db_blocker.unblock(), transaction.atomic():
        shop, now, named = make_merchant("shelf"), timezone.now(), brands()
        with as_merchant(shop):
            products = Product.objects.bulk_create(
                Product(merchant=shop, sku=f"S{place}", status=Status.LIVE)
                for place in range(PRODUCTS)
            )
            SearchDocument.objects.bulk_create(
                SearchDocument(
                    product=product,
                    merchant=shop,
                    revision=product.revision,
                    terms="'thing':1A",
                    brand=brand,
                    created_at=now,
                )
                for product, brand in zip(products, named, strict=True)
            )
            Embedding.objects.bulk_create(
                Embedding(
                    document_id=product.pk,
                    merchant=shop,
                    locale="en",
                    encoder_id=settings.ENCODER_ID,
                    text_hash="",
                    vector=vector.tolist(),
                )
                for product, vector in zip(products, vectors, strict=True)
            )
        yield np.array([product.pk for product in products]), vectors, np.array(named)
        transaction.set_rollback(True)


def asked(seed: int) -> NDArray[np.float64]:
    query = np.random.default_rng(seed).normal(size=WIDTH)
    return query / np.linalg.norm(query)


def nearest(query: NDArray[np.float64], filters: Filters) -> list[int]:
    found = retrieve(Query(vector=query.tolist(), encoder_id=settings.ENCODER_ID), filters)
    return [candidate.product for candidate in found]


def exact(shelf: Shelf, query: NDArray[np.float64], brand: str) -> list[int]:
    keys, vectors, named = shelf
    mine = named == brand
    return list(keys[mine][np.argsort(-vectors[mine] @ query)][:NEAR])


@pytest.mark.parametrize("share", SHARES)
def test_a_filtered_search_is_exact_and_complete_among_few(shelf: Shelf, share: float) -> None:
    for seed in range(3):
        query = asked(seed)
        found = nearest(query, Filters(brands=(SHARES[share],)))
        expected = exact(shelf, query, SHARES[share])
        assert len(found) == min(NEAR, round(share * PRODUCTS))
        assert len(set(found) & set(expected)) >= 0.99 * len(expected)
        assert found[: min(5, len(found))] == expected[:5]


@pytest.mark.parametrize("share", [0.5, 0.1, 0.05])
def test_a_filtered_search_of_the_index_is_complete_too(
    shelf: Shelf, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other way, which a large catalogue takes, on the same rows."""
    monkeypatch.setattr(retrieving, "EXACT_BELOW", 5)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        query, filters = asked(7), Filters(brands=(SHARES[share],))
        vector = Query(vector=query.tolist(), encoder_id=settings.ENCODER_ID)
        statement, params = build(vector, filters, Weights())
        cursor.execute(f"EXPLAIN {statement}", params)
        assert index_name(settings.ENCODER_ID) in str(cursor.fetchall())
        found = nearest(query, filters)
    expected = exact(shelf, query, SHARES[share])
    assert len(found) == min(NEAR, round(share * PRODUCTS))
    # Random directions in 384 dimensions are the hardest case of an approximate index.
    assert len(set(found) & set(expected)) >= 0.7 * len(expected)


def test_two_brands_are_asked_together(shelf: Shelf) -> None:
    found = nearest(asked(1), Filters(brands=("hundredth", "thousandth")))
    keys, _vectors, named = shelf
    assert set(found) == set(keys[(named == "hundredth") | (named == "thousandth")])


def test_a_filter_that_nothing_meets_finds_nothing(shelf: Shelf) -> None:
    assert nearest(asked(1), Filters(brands=("nobody",))) == []


def test_another_encoders_vectors_are_not_seen(shelf: Shelf) -> None:
    query = Query(vector=asked(1).tolist(), encoder_id="another")
    assert retrieve(query, Filters()) == []
    assert retrieve(query, Filters(brands=("tenth",))) == []


def test_a_word_that_stands_nowhere_weighs_as_much_as_a_rare_one() -> None:
    """Without its weight, half a query would pass for the whole of it."""
    shop = make_merchant("words")
    with as_merchant(shop):
        product = Product.objects.create(merchant=shop, sku="W1", status=Status.LIVE)
        SearchDocument.objects.create(
            product=product,
            merchant=shop,
            revision=product.revision,
            terms="'lamp':1A",
            titles="lamp",
            created_at=timezone.now(),
        )
        count_terms(shop)
    units = (Unit("lamp"), Unit("zyzzyva"))
    (found,) = retrieve(Query(units=units), Filters(merchant=shop.pk))
    assert 0 < found.coverage < 0.5
    (alone,) = retrieve(Query(units=units[:1]), Filters(merchant=shop.pk))
    assert alone.coverage == pytest.approx(1)


def test_a_title_gains_nothing_by_repeating_a_chinese_word() -> None:
    shop = make_merchant("repeats")
    with as_merchant(shop):
        for sku, terms in (("ONCE", "'蟹':1A"), ("OFTEN", "'蟹':1A,2A,3A,4A,5A,6A")):
            product = Product.objects.create(merchant=shop, sku=sku, status=Status.LIVE)
            SearchDocument.objects.create(
                product=product,
                merchant=shop,
                revision=product.revision,
                terms=terms,
                titles=sku.lower(),
                created_at=timezone.now(),
            )
        count_terms(shop)
    found = retrieve(Query(units=(Unit("蟹"),)), Filters(merchant=shop.pk))
    best, worst = max(one.words for one in found), min(one.words for one in found)
    assert len(found) == 2 and best <= Weights().repeated * worst + 1e-6
