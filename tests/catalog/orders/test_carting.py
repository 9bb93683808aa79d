"""The cart: what goes in is for sale, quantities are what there is, nobody sees another's."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from catalog.models import Cart, CartLine, Price, Product, Stock
from catalog.orders.carting import CartError, add, change, drop_code, enter_code, merge
from catalog.orders.standing import count_of, read
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_merchant, as_shopper
from tests.catalog.factories import make_product
from tests.catalog.orders.conftest import make_coupon, make_shop, variant_of

pytestmark = pytest.mark.django_db


def refused(code: str, left: int = 0) -> "pytest.RaisesExc[CartError]":
    return pytest.raises(CartError, check=lambda e: (e.code, e.left) == (code, left))


def test_adding_twice_adds_up(shop: Merchant, shopper: Shopper) -> None:
    mug = variant_of(shop, "MUG")
    add(shopper, mug.pk, 1, currency="CNY")
    add(shopper, mug.pk, 2, currency="CNY")
    now = read(shopper, currency="CNY")
    (line,) = now.lines
    assert (line.quantity, line.amount, line.total) == (3, Decimal("40.00"), Decimal("120.00"))
    assert (now.parcels[0].sum.shipping, now.shown) == (0, "CNY120.00")
    assert count_of(shopper) == 3


def test_more_than_there_is_is_refused_and_nothing_changes(
    shop: Merchant, shopper: Shopper
) -> None:
    mug = variant_of(shop, "MUG", stock=2)
    add(shopper, mug.pk, 2, currency="CNY")
    with refused("not_enough", 2):
        add(shopper, mug.pk, 1, currency="CNY")
    with refused("not_enough", 2):
        change(shopper, read(shopper, currency="CNY").lines[0].pk, 3)
    assert count_of(shopper) == 2


def test_what_is_not_for_sale_does_not_go_in(shop: Merchant, shopper: Shopper) -> None:
    gone = variant_of(shop, "GONE", stock=0)
    with refused("sold_out"):
        add(shopper, gone.pk, 1, currency="CNY")
    with as_merchant(shop):
        draft = make_product(shop, "DRAFT", status="draft").variants.get()
    for number in (draft.pk, 10**12):
        with refused("no_such_variant"):
            add(shopper, number, 1, currency="CNY")
    mug = variant_of(shop, "MUG")
    type(shop).objects.update(suspended_at=timezone.now())
    with refused("no_such_variant"):
        add(shopper, mug.pk, 1, currency="CNY")


def test_a_line_changes_and_leaves(shop: Merchant, shopper: Shopper) -> None:
    line = add(shopper, variant_of(shop, "MUG").pk, 3, currency="CNY")
    change(shopper, line.pk, 1)
    assert count_of(shopper) == 1
    change(shopper, line.pk, 0)
    assert count_of(shopper) == 0
    with refused("no_such_line"):
        change(shopper, line.pk, 1)


def test_changes_since_it_was_seen_are_said(shop: Merchant, shopper: Shopper) -> None:
    mug, tray = variant_of(shop, "MUG"), variant_of(shop, "TRAY")
    for each in (mug, tray):
        add(shopper, each.pk, 2, currency="CNY")
    with as_merchant(shop):
        Price.objects.filter(variant=mug).update(amount="45.00")
        Stock.objects.filter(variant=tray).update(quantity=1)
    first, second = read(shopper, currency="CNY").lines
    assert (first.changed, first.before, first.amount) == (True, Decimal(40), Decimal(45))
    assert (first.buyable, second.buyable, second.stock) == (True, False, 1)
    assert read(shopper, currency="CNY").shown == "CNY98.00"
    with as_merchant(shop):
        Product.objects.filter(sku="MUG").update(status="archived")
    first, _second = read(shopper, currency="CNY").lines
    assert not first.available


def test_a_shop_without_the_wanted_currency_asks_its_own(shop: Merchant, shopper: Shopper) -> None:
    abroad = make_shop("abroad", currency="USD", amount="5.00", free_from=None)
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="USD")
    add(shopper, variant_of(abroad, "CUP", currency="USD", price="9.00").pk, 1, currency="CNY")
    for wanted in ("CNY", "USD"):
        now = read(shopper, currency=wanted)
        assert now.shown == "CNY48.00 USD14.00"
        assert now.buyable and not any(line.changed for line in now.lines)


def test_what_has_no_price_does_not_go_in(shop: Merchant, shopper: Shopper) -> None:
    with refused("no_price"):
        add(shopper, variant_of(shop, "MUG", price=None).pk, 1, currency="CNY")


def test_coupons_are_of_their_shop(shop: Merchant, shopper: Shopper) -> None:
    other = make_shop("other")
    make_coupon(shop, "SPRING")
    make_coupon(other, "OTHER")
    make_coupon(shop, "PAST", ends_at=timezone.now())
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    enter_code(shopper, " spring ")
    enter_code(shopper, "OTHER")
    with refused("no_such_coupon"):
        enter_code(shopper, "PAST")
    now = read(shopper, currency="CNY")
    assert (now.codes, now.unknown_codes) == (("SPRING",), ("OTHER",))
    assert now.shown == "CNY44.00"
    drop_code(shopper, "SPRING")
    assert read(shopper, currency="CNY").shown == "CNY48.00"


def test_each_shop_sends_its_own_parcel(shop: Merchant, shopper: Shopper) -> None:
    far = make_shop("far", countries=["JP"])
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    add(shopper, variant_of(far, "BOWL", price="10.00").pk, 1, currency="CNY")
    near, abroad = read(shopper, currency="CNY", country="CN").parcels
    assert (near.sum.shipping, abroad.method) == (Decimal("8.00"), None)


def test_merging_keeps_the_larger_quantity_and_all_codes(shop: Merchant, shopper: Shopper) -> None:
    person = Shopper.objects.create()
    mug, tray = variant_of(shop, "MUG"), variant_of(shop, "TRAY")
    make_coupon(shop, "SPRING")
    add(person, mug.pk, 1, currency="CNY")
    add(shopper, mug.pk, 3, currency="CNY")
    add(shopper, tray.pk, 1, currency="CNY")
    enter_code(shopper, "SPRING")
    merge(shopper, person)
    now = read(person, currency="CNY")
    assert {line.variant.sku: line.quantity for line in now.lines} == {"MUG": 3, "TRAY": 1}
    assert now.codes == ("SPRING",)
    assert count_of(shopper) == 0


def test_nobody_sees_or_writes_another_cart(shop: Merchant, shopper: Shopper) -> None:
    line = add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    other = Shopper.objects.create()
    with as_shopper(other):
        assert not CartLine.objects.exists()
        assert not CartLine.objects.filter(pk=line.pk).update(quantity=9)
        with pytest.raises(DatabaseError), transaction.atomic():
            Cart.objects.create(shopper=shopper)
    with as_merchant(shop):
        assert not CartLine.objects.exists()


def test_reading_costs_the_same_for_any_number_of_lines(
    shop: Merchant, shopper: Shopper, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        add(shopper, variant_of(shop, f"P{number}").pk, 1, currency="CNY")
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        assert len(read(shopper, currency="CNY").lines) == 8
