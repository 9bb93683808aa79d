"""Ordering and orders, for apps."""

from __future__ import annotations

import uuid
from typing import Any

from rest_framework.exceptions import ValidationError

from catalog.address_form import AddressForm
from catalog.api.carts import asked_currency
from catalog.api.shapes.buying import CartQuery, OrderIn, OrderOut, OrdersOut, PlacedOut
from catalog.models import Order
from catalog.orders.keeping import NotAllowed, cancel
from catalog.orders.paying import PaymentDeclined, provider
from catalog.orders.placing import NotPlaced, Wish, place
from catalog.presenting.buying import refusal
from catalog.presenting.naming import reader
from catalog.views.orders import own_order
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation
from shopguide.rest.paging import PageQuery, page_of
from shopguide.rest.repeating import HEADER

TAG = "Orders"


def order_shown(one: Order) -> dict[str, Any]:
    """Return an order that was fetched with its lines and steps."""
    return dict(OrderOut(one).data)


@operation("orders", tag=TAG, query=PageQuery, answer=OrdersOut)
def orders(request: Asked) -> dict[str, Any]:
    """List the shopper's orders, newest first."""
    shopper = shopper_of(request._request)
    with as_shopper(shopper):
        rows = Order.objects.filter(shopper=shopper) if shopper else Order.objects.none()
        rows = rows.select_related("merchant").prefetch_related("lines", "events")
        return page_of(request, rows, ("-placed_at", "-pk"), order_shown)


@operation(
    "order_place", tag=TAG, query=CartQuery, body=OrderIn, answer=PlacedOut, status=201,
    codes=["empty", "changed", "not_enough", "no_shipping", "not_payable", "declined"],
    key_needed=True,
)  # fmt: skip
def order_place(request: Asked) -> dict[str, Any]:
    """Order the whole cart, all of it or nothing; one order for each shop."""
    sent, shopper = request.sent, shopper_for(request._request)
    form = AddressForm(sent["address"] | {"email": sent["email"]})
    if not form.is_valid():
        raise ValidationError(
            {name: [str(one) for one in said] for name, said in form.errors.items()}
        )
    way = provider(sent["payment"])
    if way is None:
        raise ValidationError({"payment": ["unknown"]})
    wish = Wish(
        checkout=checkout_of(request),
        currency=asked_currency(request),
        expected=sent["shown"],
        address=form.address(),
        email=sent["email"],
        language=reader(),
        methods={int(k): v for k, v in sent["methods"].items() if k.isdecimal() and len(k) < 19},
    )
    try:
        placed = place(shopper, wish, way)
    except NotPlaced as error:
        raise Problem(error.code, refusal(error.code), skus=list(error.skus)) from error
    except PaymentDeclined as error:
        raise Problem("declined", refusal("declined")) from error
    return {"items": [order_shown(one) for one in reread(shopper, placed)]}


def reread(shopper: Shopper, placed: list[Order]) -> list[Order]:
    """Return orders with their lines and steps."""
    with as_shopper(shopper):
        rows = Order.objects.filter(pk__in=[one.pk for one in placed]).select_related("merchant")
        return list(rows.prefetch_related("lines", "events").order_by("pk"))


def checkout_of(request: Asked) -> uuid.UUID:
    """Return the checkout's own number, or say that it is missing."""
    try:
        return uuid.UUID(request.headers.get(HEADER, ""))
    except ValueError as error:
        raise ValidationError({HEADER: ["Send a UUID."]}) from error


@operation("order", tag=TAG, answer=OrderOut)
def order(request: Asked, number: str) -> dict[str, Any]:
    """Return one of the shopper's orders."""
    return order_shown(own_order(request._request, number))


@operation("order_cancel", tag=TAG, answer=OrderOut, codes=["not_allowed"])
def order_cancel(request: Asked, number: str) -> dict[str, Any]:
    """Cancel an order that has not left the shop; stock and money go back."""
    found = own_order(request._request, number)
    try:
        cancel(found, by=request.user if request.user.is_authenticated else None)
    except NotAllowed as error:
        raise Problem("not_allowed", refusal("not_allowed"), state=error.state) from error
    return order_shown(own_order(request._request, number))
