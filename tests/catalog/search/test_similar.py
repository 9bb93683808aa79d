"""Similar products: alive, of a kind, near; and something sensible where nothing is encoded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Embedding, Product, SearchDocument
from catalog.models.product import Status
from catalog.search.market import Market
from catalog.search.similar import nearest, similar
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference.fakes import FakeEncoder

pytestmark = pytest.mark.django_db
ENCODER = FakeEncoder()


def alike(product: int, most: int = 8) -> list[int]:
    """Return what is like a product."""
    return similar(product, encoder_id=ENCODER.id, dimensions=ENCODER.dimensions, most=most)


def document(sku: str) -> SearchDocument:
    """Return a product's document by its SKU."""
    return SearchDocument.objects.get(card__sku=sku)


def test_the_same_kind_comes_first(demo_market: Market) -> None:
    hoodie = document("CL-HD-201")
    found = alike(hoodie.pk)
    assert hoodie.pk not in found and len(found) == len(set(found))
    places = dict(SearchDocument.objects.filter(pk__in=found).values_list("pk", "categories"))
    assert places[found[0]][0] == hoodie.categories[0]
    assert all(set(places[one]) & set(hoodie.categories) for one in found[:3])


def test_one_statement(demo_market: Market) -> None:
    hoodie = document("CL-HD-201")
    with CaptureQueriesContext(connection) as queries:
        alike(hoodie.pk)
    assert len(queries) == 1


def test_what_a_text_is_near_comes_once_and_of_the_shop(demo_market: Market) -> None:
    hoodie = document("CL-HD-201")
    vector = Embedding.objects.filter(document=hoodie.pk, encoder_id=ENCODER.id)[0].vector
    known = {"encoder_id": ENCODER.id, "dimensions": ENCODER.dimensions, "most": 60}
    found = nearest(vector, merchant=None, **known)  # type: ignore[arg-type]
    assert found[0][0] == hoodie.pk and found[0][1] == pytest.approx(1, abs=1e-3)
    assert len({product for product, _cosine in found}) == len(found)
    assert [cosine for _product, cosine in found] == sorted((c for _p, c in found), reverse=True)
    shop = hoodie.merchant_id
    own = nearest(vector, merchant=shop, **known)  # type: ignore[arg-type]
    there = SearchDocument.objects.filter(pk__in=[one for one, _cosine in own])
    assert {one.merchant_id for one in there} == {shop}


def test_only_what_is_live(demo_market: Market) -> None:
    hoodie = document("CL-HD-201")
    first = alike(hoodie.pk)[0]
    with as_everyone():
        Product.objects.filter(pk=first).update(status=Status.DRAFT)
    assert first not in alike(hoodie.pk)
    with as_everyone():
        Product.objects.filter(pk=first).update(status=Status.LIVE)


def test_without_vectors_the_best_liked_of_the_category_stand_in(demo_market: Market) -> None:
    hoodie = document("CL-HD-202")
    with as_everyone():
        Embedding.objects.filter(document=hoodie).delete()
    found = alike(hoodie.pk)
    places = SearchDocument.objects.filter(pk__in=found).values_list("categories", flat=True)
    assert found and all(hoodie.categories[0] in categories for categories in places)


def test_an_unknown_product_has_none(demo_market: Market) -> None:
    assert alike(0) == []


def test_no_more_than_asked(demo_market: Market) -> None:
    assert len(alike(document("CL-HD-201").pk, most=3)) == 3
