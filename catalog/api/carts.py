"""The cart, for apps."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from catalog.api.shapes.buying import Adding, CartOut, CartQuery, CheckoutOut, Code, Quantity
from catalog.orders.carting import CartError, add, change, drop_code, enter_code, shops_in
from catalog.orders.paying import providers
from catalog.orders.standing import Line, Parcel, read
from catalog.presenting.answers import text_of
from catalog.presenting.buying import countries, refusal, warning_of
from catalog.search.market import market
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation
from shopguide.rest.tagging import must_match
from shopguide.web import currency_of

TAG = "Cart"
ADDING = ("no_such_variant", "no_price", "sold_out", "not_enough", "too_many", "cart_full")


def asked_currency(request: Asked) -> str:
    """Return the currency of ``?currency=``, else the language's own."""
    asked, known = request.asked.get("currency", ""), market()
    return asked if asked in known.currencies else known.currency(currency_of(request._request))


def cart_json(request: Asked) -> dict[str, Any]:
    """Return the cart as it stands now."""
    now = read(shopper_of(request._request), currency=asked_currency(request))
    return {
        "parcels": [parcel_json(parcel) for parcel in now.parcels],
        "totals": {code: str(amount) for code, amount in now.totals.items()},
        "shown": now.shown,
        "buyable": now.buyable,
        "codes": list(now.codes),
        "unknown_codes": list(now.unknown_codes),
    }


def parcel_json(parcel: Parcel) -> dict[str, Any]:
    """Return one shop's part of the cart."""
    total = parcel.sum
    return {
        "merchant": parcel.merchant.slug,
        "merchant_id": parcel.merchant.pk,
        "currency": parcel.currency,
        "lines": [line_json(line, parcel.currency) for line in parcel.lines],
        "methods": [
            {
                "id": way.pk,
                "name": str(way),
                "amount": str(way.price_for(total.items)),
                "days": [way.days_least, way.days_most],
            }
            for way in parcel.methods
        ],
        "method": parcel.method.pk if parcel.method else None,
        "coupons": [used.code for used in total.used],
        "sum": {
            "items": str(total.items),
            "discount": str(total.discount),
            "shipping": str(total.shipping),
            "total": str(total.total),
        },
    }


def line_json(line: Line, currency: str) -> dict[str, Any]:
    """Return a line of the cart."""
    return {
        "id": line.pk,
        "variant": line.variant.pk,
        "sku": line.variant.sku,
        "title": line.product.title,
        "options": {name: str(value) for name, value in line.variant.options.items()},
        "quantity": line.quantity,
        "stock": line.stock,
        "amount": text_of(line.amount),
        "total": text_of(line.total),
        "buyable": line.buyable,
        "warning": warning_of(line, currency),
    }


def refused(error: CartError) -> Exception:
    """Return what stands in the way: a line that is not there is 404, like any foreign one."""
    if error.code == "no_such_line":
        return Http404()
    more = {"left": error.left} if error.left else {}
    return Problem(error.code, refusal(error.code, error.left), **more)


def held(request: Asked) -> Shopper:
    """Return who is shopping, locked, if the cart is still as If-Match says."""
    shopper = shopper_for(request._request)
    Shopper.objects.select_for_update().get(pk=shopper.pk)
    must_match(request, lambda: cart_json(request))
    return shopper


@operation("cart", tag=TAG, query=CartQuery, answer=CartOut)
def cart(request: Asked) -> dict[str, Any]:
    """Return the cart with today's prices, stock, coupons and ways of shipping."""
    return cart_json(request)


@operation(
    "cart_add", tag=TAG, query=CartQuery, body=Adding, answer=CartOut, status=201,
    codes=ADDING, matches=True,
)  # fmt: skip
def cart_add(request: Asked) -> dict[str, Any]:
    """Put so many more of a variant into the cart."""
    sent = request.sent
    try:
        shopper = held(request)
        add(shopper, sent["variant"], sent["quantity"], currency=asked_currency(request))
    except CartError as error:
        raise refused(error) from error
    return cart_json(request)


@operation(
    "cart_change", tag=TAG, query=CartQuery, body=Quantity, answer=CartOut,
    codes=ADDING, matches=True,
)  # fmt: skip
def cart_change(request: Asked, pk: int) -> dict[str, Any]:
    """Set how many of a line are wanted; none removes it."""
    return changed(request, pk, request.sent["quantity"])


@operation("cart_remove", tag=TAG, query=CartQuery, answer=CartOut, matches=True)
def cart_remove(request: Asked, pk: int) -> dict[str, Any]:
    """Take a line out of the cart."""
    return changed(request, pk, 0)


def changed(request: Asked, pk: int, quantity: int) -> dict[str, Any]:
    """Set how many of a line are wanted, and return the cart."""
    if shopper_of(request._request) is None:
        raise Http404
    try:
        change(held(request), pk, quantity)
    except CartError as error:
        raise refused(error) from error
    return cart_json(request)


@operation(
    "cart_code", tag=TAG, query=CartQuery, body=Code, answer=CartOut,
    codes=["no_such_coupon"], matches=True,
)  # fmt: skip
def cart_code(request: Asked) -> dict[str, Any]:
    """Enter a coupon code; what it takes off is worked out each time the cart is read."""
    try:
        enter_code(held(request), request.sent["code"])
    except CartError as error:
        raise refused(error) from error
    return cart_json(request)


class CodeQuery(CartQuery, Code):
    """The coupon code to drop."""

    example = {"code": "WELCOME10"}


@operation("cart_code_drop", tag=TAG, query=CodeQuery, answer=CartOut, matches=True)
def cart_code_drop(request: Asked) -> dict[str, Any]:
    """Drop a coupon code; one that is not there is dropped already."""
    if shopper_of(request._request) is not None:
        drop_code(held(request), request.asked["code"].strip().upper())
    return cart_json(request)


@operation("checkout", tag=TAG, answer=CheckoutOut)
def checkout(request: Asked) -> dict[str, Any]:
    """Tell what an order may choose among: ways of paying that the cart's shops take, places."""
    shops = shops_in(shopper_of(request._request))
    return {
        "payments": [
            {"code": one.code, "name": str(one.name), "help": str(one.help)}
            for one in providers(shops)
        ],
        "countries": [{"code": code, "name": name} for code, name in countries()],
        "currencies": list(market().currencies),
    }
