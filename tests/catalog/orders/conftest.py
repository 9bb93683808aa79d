"""Shops that sell: priced and stocked products, shipping, coupons, and shoppers."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from catalog.models import Coupon, ShippingMethod, Variant
from catalog.orders.placing import Wish
from catalog.orders.standing import read
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_merchant, make_product

ADDRESS = {
    "name": "林小雨", "phone": "+86 138 0000 0000", "country": "CN", "region": "浙江省",
    "city": "杭州市", "district": "西湖区", "street": "文三路 1 号", "postal_code": "310012",
}  # fmt: skip


def make_shop(slug: str = "loom", **shipping: Any) -> Merchant:
    """Save a shop that ships for 8, free from 100."""
    shop = make_merchant(slug)
    fields = {"amount": "8.00", "free_from": "100.00", "currency": "CNY", "code": "parcel"}
    with as_merchant(shop):
        ShippingMethod.objects.create(merchant=shop, **(fields | shipping))
    return shop


def make_coupon(shop: Merchant, code: str, **fields: Any) -> Coupon:
    """Save a coupon that takes ten percent off unless told otherwise."""
    with as_merchant(shop):
        return Coupon.objects.create(
            merchant=shop, code=code, **({"kind": "percent", "value": "10"} | fields)
        )


def variant_of(
    shop: Merchant, sku: str, *, price: str | None = "40.00", stock: int = 5, currency: str = "CNY"
) -> Variant:
    """Save a live product and return its one variant."""
    product = make_product(shop, sku, price=price, stock=stock, currency=currency)
    with as_merchant(shop):
        return Variant.objects.get(product=product)


def wish_of(shopper: Shopper, *, expected: str | None = None, **fields: Any) -> Wish:
    """Return what a shopper confirms who saw the cart as it is."""
    shown = read(shopper, currency="CNY", country="CN")
    return Wish(
        **{
            "checkout": uuid.uuid4(),
            "currency": "CNY",
            "expected": shown.shown if expected is None else expected,
            "address": ADDRESS,
            "email": "lin@example.com",
            "language": "zh-hans",
            **fields,
        }
    )


@pytest.fixture
def shop() -> Merchant:
    """Return a shop that ships."""
    return make_shop()


@pytest.fixture
def shopper() -> Shopper:
    """Return somebody who has no account."""
    return Shopper.objects.create()


Stocked = Callable[..., Variant]
