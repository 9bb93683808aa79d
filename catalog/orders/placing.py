"""Turning a cart into orders, one for each shop, all of them or none.

For the checkout page and endpoint. Prices, stock, coupons and shipping are asked again under locks;
if anything is not as the shopper saw it, nothing is ordered and the difference is said. The same
checkout placed twice gives the same orders. It sends no message: that follows the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import F

from catalog.choosing import picture_for
from catalog.models import (
    Cart,
    CartLine,
    Coupon,
    Order,
    OrderEvent,
    OrderLine,
    Stock,
)
from catalog.models.order import Actor, OrderState, PaymentState
from catalog.orders.informing import inform_of_state
from catalog.orders.paying import PaymentDeclined, PaymentProvider, refused_by
from catalog.orders.standing import CartNow, Line, Parcel, read
from catalog.policies.versions import policy_of
from shopguide.accounts.delivering import announce
from shopguide.accounts.models import Kind, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper


class NotPlaced(Exception):
    """Nothing was ordered; ``skus`` says of what.

    ``code``: empty, changed, no_shipping, not_payable or not_enough.
    """

    def __init__(self, code: str, skus: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.skus = code, tuple(skus)


@dataclass(frozen=True)
class Wish:
    """What the shopper confirmed. ``expected``: the totals that were shown (`CartNow.shown`)."""

    checkout: UUID
    currency: str
    expected: str
    address: Mapping[str, str]
    email: str
    language: str
    # The chosen way of shipping by shop.
    methods: Mapping[int, int] = field(default_factory=dict)


def place(shopper: Shopper, wish: Wish, provider: PaymentProvider) -> list[Order]:
    """Order the whole cart; NotPlaced or PaymentDeclined, and then nothing has changed.

    Stock rows are locked in the order of their numbers, so that two checkouts never wait for each
    other in a circle. A cart of n shops costs about 8 + 8n queries.
    """
    with transaction.atomic():
        Shopper.objects.select_for_update().get(pk=shopper.pk)
        if earlier := placed(shopper, wish.checkout):
            return earlier
        now = read(
            shopper,
            currency=wish.currency,
            country=wish.address.get("country", ""),
            methods=wish.methods,
        )
        check(now, wish, provider)
        taken = take_stock(now.lines)
        orders = [write(shopper, wish, parcel, provider, taken) for parcel in now.parcels]
        use_coupons(now.parcels)
        empty(shopper)
        collect(orders, provider)
    return orders


def placed(shopper: Shopper, checkout: UUID) -> list[Order]:
    """Return the orders that this checkout gave already."""
    with as_shopper(shopper):
        return list(Order.objects.filter(shopper=shopper, checkout=checkout).order_by("pk"))


def check(now: CartNow, wish: Wish, provider: PaymentProvider) -> None:
    """Raise NotPlaced unless the cart is what the shopper confirmed."""
    if not now.lines:
        raise NotPlaced("empty")
    if gone := [line.variant.sku for line in now.lines if not line.buyable]:
        raise NotPlaced("not_enough", gone)
    if stuck := [parcel.merchant.slug for parcel in now.parcels if parcel.method is None]:
        raise NotPlaced("no_shipping", stuck)
    if unpaid := [
        parcel.merchant.slug
        for parcel in now.parcels
        if provider.code in refused_by(policy_of(parcel.merchant))
    ]:
        raise NotPlaced("not_payable", unpaid)
    if now.shown != wish.expected:
        raise NotPlaced("changed", [line.variant.sku for line in now.lines if line.changed])


def take_stock(lines: Sequence[Line]) -> dict[int, dict[str, int]]:
    """Take what is bought from the warehouses, the fullest first; return variant → row → count."""
    wanted = {line.variant.pk: line.quantity for line in lines}
    with as_everyone():
        rows = list(
            Stock.objects.select_for_update()
            .filter(variant__in=wanted, quantity__gt=0)
            .order_by("pk")
        )
        taken: dict[int, dict[str, int]] = {}
        for row in sorted(rows, key=lambda one: (-one.quantity, one.pk)):
            here = min(row.quantity, wanted[row.variant_id])
            if here:
                wanted[row.variant_id] -= here
                taken.setdefault(row.variant_id, {})[str(row.pk)] = here
        if short := [line.variant.sku for line in lines if wanted[line.variant.pk]]:
            raise NotPlaced("not_enough", short)
        for parts in taken.values():
            for pk, count in parts.items():
                Stock.objects.filter(pk=int(pk)).update(quantity=F("quantity") - count)
    return taken


def write(
    shopper: Shopper,
    wish: Wish,
    parcel: Parcel,
    provider: PaymentProvider,
    taken: Mapping[int, Mapping[str, int]],
) -> Order:
    """Write one shop's order with its lines and its first event."""
    total, method = parcel.sum, parcel.method
    with as_merchant(parcel.merchant):
        order = Order.objects.create(
            merchant=parcel.merchant,
            shopper=shopper,
            checkout=wish.checkout,
            currency=parcel.currency,
            items_amount=total.items,
            discount_amount=total.discount,
            shipping_amount=total.shipping,
            total_amount=total.total,
            discounts=[[used.code, used.kind, str(used.amount)] for used in total.used],
            shipping={
                "code": method.code,
                "zh-hans": method.name_zh,
                "en": method.name_en,
                "days": [method.days_least, method.days_most],
            }
            if method
            else {},
            address=dict(wish.address),
            email=wish.email,
            language=wish.language,
            payment_provider=provider.code,
        )
        OrderLine.objects.bulk_create(
            line_of(order, line, taken.get(line.variant.pk, {})) for line in parcel.lines
        )
        note(order, OrderState.PLACED, Actor.SHOPPER)
        inform_of_state(order)
    return order


def line_of(order: Order, line: Line, taken: Mapping[str, int]) -> OrderLine:
    """Return the words and the price of a cart line as they are now."""
    media = picture_for(line.variant, line.product)
    return OrderLine(
        merchant_id=order.merchant_id,
        order=order,
        variant=line.variant,
        sku=line.variant.sku,
        category=line.product.category.path if line.product.category else "",
        titles={text.locale: text.title for text in line.product.texts.all() if not text.arm},
        options=line.variant.options,
        picture=media.file if media else "",
        quantity=line.quantity,
        unit_amount=line.amount or 0,  # checked: what has no price is not ordered
        taken=dict(taken),
    )


def note(order: Order, kind: str, actor: Actor, *, text: str = "", user: int | None = None) -> None:
    """Write a step of an order, and tell the shop's own systems. To be called as the shop."""
    OrderEvent.objects.create(
        merchant_id=order.merchant_id,
        order=order,
        kind=kind,
        actor=actor,
        note=text[:500],
        user_id=user,
    )
    if not kind.startswith("return_"):  # a return tells of itself
        announce(order.merchant_id, told_as(kind), f"order:{order.number}", facts_of(order, kind))


def told_as(kind: str) -> str:
    """Return how a step is called to the shop's own systems."""
    named = f"order.{kind}"
    return named if named in Kind.values else Kind.ORDER_CHANGED


def facts_of(order: Order, kind: str) -> dict[str, str]:
    """Return what they are told: where the order stands, and nothing of who the shopper is."""
    return {
        "number": order.number,
        "step": kind,
        "state": order.state,
        "payment_state": order.payment_state,
        "total_amount": str(order.total_amount),
        "currency": order.currency,
    }


def collect(orders: Sequence[Order], provider: PaymentProvider) -> None:
    """Take the payment of each order; if one is declined, what was taken goes back."""
    taken: list[Order] = []
    try:
        for order in orders:
            if provider.pay(order.payment_reference, order.total_amount, order.currency):
                taken.append(order)
                mark_paid(order)
    except PaymentDeclined:
        for order in taken:
            provider.refund(order.payment_reference, order.total_amount, order.currency)
        raise


def mark_paid(order: Order) -> None:
    """Note that the money is there."""
    with as_merchant(order.merchant_id):
        order.state, order.payment_state = OrderState.PAID, PaymentState.PAID
        order.save(update_fields=["state", "payment_state"])
        note(order, OrderState.PAID, Actor.SYSTEM)


def use_coupons(parcels: Sequence[Parcel]) -> None:
    """Count the coupons that were used; NotPlaced if one has just run out."""
    for parcel in sorted(parcels, key=lambda one: one.merchant.pk):
        with as_merchant(parcel.merchant):
            for used in sorted(parcel.sum.used, key=lambda one: one.code):
                coupons = Coupon.objects.filter(merchant=parcel.merchant, code=used.code)
                held = coupons.select_for_update().get()
                if held.most_uses is not None and held.used >= held.most_uses:
                    raise NotPlaced("changed")
                coupons.update(used=F("used") + 1)


def empty(shopper: Shopper) -> None:
    """Take everything out of the cart."""
    with as_shopper(shopper):
        CartLine.objects.filter(shopper=shopper).delete()
        Cart.objects.filter(shopper=shopper).delete()
