"""Price history: a row for each change, by trigger, whatever wrote it; the lowest of 30 days."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import Price, PriceChange, Product
from catalog.price_history import history, lowest_since, replayed
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_merchant, make_product, make_variant

NOW = datetime(2026, 6, 30, 12, tzinfo=timezone.get_default_timezone())


def day(number: int) -> datetime:
    """Return a day before now."""
    return NOW - timedelta(days=number)


def test_the_lowest_of_variants_is_replayed() -> None:
    moments = replayed(
        [
            (day(90), 1, 1, Decimal(10)),
            (day(90), 2, 1, Decimal(8)),
            (day(60), 1, 1, Decimal(12)),  # not the lowest: nothing moves
            (day(20), 2, 1, Decimal(15)),
            (day(5), 2, 1, None),
        ]
    )
    assert [(one.since, one.amount) for one in moments] == [(day(90), 8), (day(20), 12)]
    assert lowest_since(moments, day(30)) == 8  # in force when the thirty days began
    assert lowest_since(moments, day(10)) == 12
    assert lowest_since((), day(30)) is None


@pytest.fixture
def product(db: None) -> Product:
    """Return a live product."""
    return make_product(make_merchant(), "A1", price="99.00")


def rows(product: Product) -> list[Decimal | None]:
    """Return the amounts that the database kept."""
    with as_merchant(product.merchant):
        changes = PriceChange.objects.filter(merchant=product.merchant)
        return [one.amount for one in changes.order_by("pk")]


def test_each_change_is_kept(product: Product) -> None:
    with as_merchant(product.merchant):
        prices = Price.objects.filter(variant__product=product)
        prices.update(amount=Decimal("79.00"))
        prices.update(amount=Decimal("79.00"))
        prices.update(was=Decimal("99.00"))
        prices.delete()
    assert rows(product) == [Decimal("99.00"), Decimal("79.00"), None]


def test_a_variant_that_goes_takes_its_history_along(product: Product) -> None:
    with as_merchant(product.merchant):
        product.variants.get().delete()
    assert rows(product) == []


def test_shoppers_read_the_history_of_what_is_sold(product: Product) -> None:
    variant = make_variant(product, "A2", price="50.00", options={"size": "m"})
    found = history([variant], "CNY")
    assert [one.amount for one in found.moments] == [Decimal("50.00")]
    assert not found.moved and found.lowest == Decimal("50.00")
    assert history([variant], "USD").moments == ()
    with as_merchant(product.merchant):
        Product.objects.filter(pk=product.pk).update(status="draft")
    assert history([variant], "CNY").moments == ()


def test_a_rival_cannot_write_history(product: Product) -> None:
    rival = make_merchant("rival")
    with as_merchant(rival):
        assert PriceChange.objects.filter(merchant=product.merchant).update(amount=1) == 0
