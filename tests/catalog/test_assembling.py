"""Whole products: the same rows that the database would have given, in one statement."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from catalog.assembling import whole
from catalog.models import (
    Attribute,
    Media,
    Product,
    RelatedProduct,
    ShippingMethod,
)
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_category, make_merchant, make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: None) -> Merchant:
    """Return a shop with two products that have rows in every table."""
    shop = make_merchant()
    tops = make_category("tops")
    first = make_product(
        shop, "A1", title_zh="上衣", category=tops, attributes={"weight_g": 1.5, "material": ["x"]},
        option_names=["size"], options={"size": "s"}, price="10.10",
    )  # fmt: skip
    make_variant(first, "A2", price="99999999999.99", stock=2, options={"size": "m"})
    other = make_product(shop, "B1", price=None)
    with as_merchant(shop):
        Media.objects.create(merchant=shop, product=first, file="b.webp", position=2, widths=[240])
        Media.objects.create(merchant=shop, product=first, file="a.webp", position=1)
        RelatedProduct.objects.create(merchant=shop, product=first, other=other)
        Attribute.objects.create(merchant=shop, code="weight_g", kind="number", unit="g")
        Attribute.objects.create(merchant=shop, code="unused")
        for number, active in enumerate((True, False)):
            ShippingMethod.objects.create(
                merchant=shop, code=f"way{number}", currency="CNY", amount=Decimal("7.05"),
                countries=["CN"], active=active,
            )  # fmt: skip
    return shop


def values(row: Model) -> dict[str, object]:
    """Return a row's columns."""
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def test_rows_are_those_of_the_database(shop: Merchant) -> None:
    expected = {one.sku: one for one in Product.objects.for_cards()}
    for found in whole(Product.objects.live()):
        product, other = found.product, expected[found.product.sku]
        assert values(product) == values(other) and product == other
        assert product.merchant == other.merchant and product.category == other.category
        for name in ("texts", "media"):
            rows = [list(map(values, getattr(one, name).all())) for one in (product, other)]
            assert rows[0] == rows[1]
        pairs = list(zip(product.variants.all(), other.variants.all(), strict=True))
        assert pairs
        for one, same in pairs:
            assert values(one) == values(same)
            assert list(map(values, one.prices.all())) == list(map(values, same.prices.all()))
            assert [p.currency for p in one.prices.all()] == [p.currency for p in same.prices.all()]
            assert list(map(values, one.stock.all())) == list(map(values, same.stock.all()))


def test_terms_stand_beside_the_product(shop: Merchant) -> None:
    first, other = whole(Product.objects.live())
    assert set(first.definitions) == {"weight_g"} and other.definitions == {}
    assert [one.amount for one in first.shipping] == [Decimal("7.05")]
    assert first.related == (other.product.pk,)
    assert sorted(str(one.amount) for one in first.changes) == ["10.10", "99999999999.99"]


def test_one_statement_however_many(shop: Merchant) -> None:
    with CaptureQueriesContext(connection) as queries:
        for found in whole(Product.objects.live()):
            assert found.product.title and found.product.merchant.name
            for variant in found.product.variants.all():
                assert variant.in_stock
                assert all(price.currency for price in variant.prices.all())
    assert len(queries) == 1
    assert whole(Product.objects.none()) == []


def test_a_rivals_and_hidden_rows_stay_hidden(shop: Merchant) -> None:
    make_product(make_merchant("rival"), "R1", status="draft")
    assert {one.product.sku for one in whole(Product.objects.all())} == {"A1", "B1"}
