"""Placing: everything or nothing, once, at the price that was seen, never more than there is."""

import threading
import uuid
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from catalog.models import Order, OrderEvent, OrderLine, Price, Product, ShippingMethod, Stock
from catalog.models.order import Actor, OrderState, PaymentState
from catalog.orders.carting import add, enter_code, shops_in
from catalog.orders.keeping import NotAllowed, advance, cancel
from catalog.orders.paying import OnDelivery, PaymentDeclined, Test, providers
from catalog.orders.placing import NotPlaced, place
from catalog.orders.standing import count_of, read
from catalog.policies.terms import STANDARD
from catalog.policies.versions import write
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from tests.catalog.orders.conftest import make_coupon, make_shop, variant_of, wish_of
from tests.conftest import FULL

PAYING = Test()
RACES = 20 if FULL else 1


def left(sku: str) -> int:
    with as_everyone():
        return sum(Stock.objects.filter(variant__sku=sku).values_list("quantity", flat=True))


def refused(code: str, *skus: str) -> "pytest.RaisesExc[NotPlaced]":
    return pytest.raises(NotPlaced, check=lambda e: (e.code, e.skus) == (code, skus))


@pytest.mark.django_db
def test_a_cart_of_two_shops_becomes_two_orders(shop: Merchant, shopper: Shopper) -> None:
    other = make_shop("other")
    make_coupon(shop, "TEN")
    add(shopper, variant_of(shop, "MUG").pk, 2, currency="CNY")
    add(shopper, variant_of(other, "BOWL", price="10.00").pk, 1, currency="CNY")
    enter_code(shopper, "TEN")
    first, second = place(shopper, wish_of(shopper), PAYING)
    assert (first.items_amount, first.discount_amount, first.shipping_amount) == (80, 8, 8)
    assert first.discounts == [["TEN", "percent", "8.00"]]
    assert (first.total_amount, second.total_amount) == (Decimal("80.00"), Decimal("18.00"))
    assert (first.state, first.payment_state) == (OrderState.PAID, PaymentState.PAID)
    assert (left("MUG"), left("BOWL"), count_of(shopper)) == (3, 4, 0)
    with as_shopper(shopper):
        assert [line.title for line in first.lines.all()] == ["Cotton T-shirt"]
        assert [one.kind for one in first.events.all()] == ["placed", "paid"]


@pytest.mark.django_db
def test_the_same_checkout_orders_once(shop: Merchant, shopper: Shopper) -> None:
    mug = variant_of(shop, "MUG")
    add(shopper, mug.pk, 1, currency="CNY")
    wish = wish_of(shopper)
    first = place(shopper, wish, OnDelivery())
    add(shopper, mug.pk, 1, currency="CNY")
    assert place(shopper, wish, OnDelivery()) == first
    assert (left("MUG"), first[0].state) == (4, OrderState.PLACED)


@pytest.mark.django_db
def test_what_is_not_as_it_was_seen_orders_nothing(shop: Merchant, shopper: Shopper) -> None:
    with refused("empty"):
        place(shopper, wish_of(shopper), PAYING)
    mug = variant_of(shop, "MUG", stock=2)
    add(shopper, mug.pk, 2, currency="CNY")
    wish = wish_of(shopper)
    with as_merchant(shop):
        Price.objects.filter(variant=mug).update(amount="39.00")
    with refused("changed", "MUG"):
        place(shopper, wish, PAYING)
    with as_merchant(shop):
        Stock.objects.filter(variant=mug).update(quantity=1)
    with refused("not_enough", "MUG"):
        place(shopper, wish, PAYING)
    with as_merchant(shop):
        Stock.objects.filter(variant=mug).update(quantity=2)
        ShippingMethod.objects.filter(merchant=shop).update(countries=["JP"])
    with refused("no_shipping", "loom"):
        place(shopper, wish_of(shopper), PAYING)
    with as_everyone():
        assert not Order.objects.exists()
    assert (left("MUG"), count_of(shopper)) == (2, 2)


@pytest.mark.django_db
def test_a_shop_that_is_not_paid_on_delivery_is_not(shop: Merchant, shopper: Shopper) -> None:
    other = make_shop("other")
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    add(shopper, variant_of(other, "BOWL").pk, 1, currency="CNY")
    assert [one.code for one in providers(shops_in(shopper))] == ["on_delivery", "test"]
    write(other, replace(STANDARD, on_delivery=False))
    cache.clear()
    assert [one.code for one in providers(shops_in(shopper))] == ["test"]
    with refused("not_payable", "other"):
        place(shopper, wish_of(shopper), OnDelivery())
    assert (left("MUG"), count_of(shopper)) == (5, 2)
    assert len(place(shopper, wish_of(shopper), PAYING)) == 2


@pytest.mark.django_db
def test_a_declined_payment_orders_nothing(shop: Merchant, shopper: Shopper) -> None:
    add(shopper, variant_of(shop, "MUG", price="5.13").pk, 1, currency="CNY")
    with pytest.raises(PaymentDeclined):
        place(shopper, wish_of(shopper), PAYING)
    assert (left("MUG"), count_of(shopper)) == (5, 1)


@pytest.mark.django_db
def test_what_was_taken_goes_back_when_another_payment_is_declined(
    shop: Merchant, shopper: Shopper
) -> None:
    class Ledger(Test):
        taken: ClassVar[dict[str, Decimal]] = {}

        def pay(self, reference: str, amount: Decimal, currency: str) -> bool:
            paid = super().pay(reference, amount, currency)
            self.taken[reference] = amount
            return paid

        def refund(self, reference: str, amount: Decimal, currency: str) -> None:
            assert self.taken.pop(reference) == amount

    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    add(shopper, variant_of(make_shop("other"), "BOWL", price="5.13").pk, 1, currency="CNY")
    with pytest.raises(PaymentDeclined):
        place(shopper, wish_of(shopper), Ledger())
    assert Ledger.taken == {}
    assert (left("MUG"), count_of(shopper)) == (5, 2)


@pytest.mark.django_db
def test_a_coupon_is_used_up(shop: Merchant, shopper: Shopper) -> None:
    coupon = make_coupon(shop, "ONCE", most_uses=1)
    mug = variant_of(shop, "MUG")
    add(shopper, mug.pk, 1, currency="CNY")
    enter_code(shopper, "ONCE")
    place(shopper, wish_of(shopper), PAYING)
    coupon.refresh_from_db()
    assert coupon.used == 1
    second = Shopper.objects.create()
    add(second, mug.pk, 1, currency="CNY")
    assert read(second, currency="CNY").shown == "CNY48.00"


@pytest.mark.django_db
def test_orders_are_seen_by_their_shop_and_their_shopper(shop: Merchant, shopper: Shopper) -> None:
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    (order,) = place(shopper, wish_of(shopper), PAYING)
    rival, stranger = make_shop("rival"), Shopper.objects.create()
    for sees, nobody in ((as_merchant(shop), as_merchant(rival)),
                         (as_shopper(shopper), as_shopper(stranger))):  # fmt: skip
        with sees:
            assert [m.objects.count() for m in (Order, OrderLine, OrderEvent)] == [1, 1, 2]
        with nobody:
            assert [m.objects.count() for m in (Order, OrderLine, OrderEvent)] == [0, 0, 0]
    with as_shopper(shopper):
        assert not Order.objects.filter(pk=order.pk).update(total_amount=0)
    with as_merchant(shop), pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(total_amount=0)


@pytest.mark.django_db
def test_an_order_goes_its_way_and_says_who_moved_it(shop: Merchant, shopper: Shopper) -> None:
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    (order,) = place(shopper, wish_of(shopper), OnDelivery())
    for state in ("packed", "shipped", "delivered"):
        order = advance(order, state, carrier="SF", tracking="SF123")
    assert (order.payment_state, order.carrier, order.tracking) == ("paid", "SF", "SF123")
    for state in ("cancelled", "packed", "nonsense"):
        with pytest.raises(NotAllowed, match="delivered"):
            advance(order, state)
    with as_merchant(shop):
        assert [(one.kind, one.actor) for one in order.events.all()] == [
            ("placed", Actor.SHOPPER), ("packed", Actor.SHOP), ("shipped", Actor.SHOP),
            ("delivered", Actor.SHOP),
        ]  # fmt: skip


@pytest.mark.django_db
def test_cancelling_puts_stock_and_money_back(shop: Merchant, shopper: Shopper) -> None:
    add(shopper, variant_of(shop, "MUG").pk, 4, currency="CNY")
    (order,) = place(shopper, wish_of(shopper), PAYING)
    assert left("MUG") == 1
    order = cancel(order)
    assert (left("MUG"), order.payment_state) == (5, PaymentState.REFUNDED)
    with pytest.raises(NotAllowed):
        cancel(order)
    assert left("MUG") == 5


@pytest.mark.django_db
def test_what_was_bought_keeps_its_words(shop: Merchant, shopper: Shopper) -> None:
    add(shopper, variant_of(shop, "MUG").pk, 1, currency="CNY")
    (order,) = place(shopper, wish_of(shopper), PAYING)
    with as_merchant(shop):
        Product.objects.filter(sku="MUG").delete()
        (line,) = order.lines.all()
    assert (line.variant_id, line.title, line.unit_amount) == (None, "Cotton T-shirt", 40)


@pytest.mark.usefixtures("committed_rows")
@pytest.mark.parametrize("race", range(RACES))
def test_a_hundred_buyers_of_ten_things_make_ten_orders(race: int) -> None:
    shop = make_shop()
    lamp = variant_of(shop, "LAMP", stock=10)
    buyers = [Shopper.objects.create() for _ in range(100)]
    wishes = []
    for buyer in buyers:
        add(buyer, lamp.pk, 1, currency="CNY")
        wishes.append(wish_of(buyer, checkout=uuid.uuid4()))
    told: Counter[str] = Counter()
    lock = threading.Semaphore(20)  # as many connections at once

    def buy(buyer: Shopper, wish: object) -> None:
        with lock:
            try:
                place(buyer, wish, PAYING)  # type: ignore[arg-type]
                told["placed"] += 1
            except NotPlaced as error:
                told[error.code] += 1
            finally:
                connection.close()

    threads = [threading.Thread(target=buy, args=pair) for pair in zip(buyers, wishes, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == {"placed": 10, "not_enough": 90}
    with as_everyone():
        assert (Order.objects.count(), left("LAMP")) == (10, 0)
