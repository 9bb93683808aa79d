"""Cart and orders, for apps."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.address_form import AddressForm
from catalog.api.serializers import Adding, CartOut, Code, OrderIn, OrderOut, ProblemOut, Quantity
from catalog.models import Order
from catalog.orders.carting import CartError, add, change, drop_code, enter_code
from catalog.orders.keeping import NotAllowed, cancel
from catalog.orders.paying import PaymentDeclined, provider
from catalog.orders.placing import NotPlaced, Wish, place
from catalog.orders.standing import Line, Parcel, read
from catalog.presenting.answers import text_of
from catalog.presenting.buying import refusal, warning_of
from catalog.presenting.naming import reader
from catalog.search.addressing import clean_text
from catalog.search.market import market
from catalog.views.orders import MOST_SHOWN, own_order
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.problems import Problem
from shopguide.web import currency_of

CURRENCY = OpenApiParameter("currency", OpenApiTypes.STR, description="three letters, as CNY")
KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.UUID, OpenApiParameter.HEADER, required=True,
    description="the checkout's own number: sent again, it orders once",
)  # fmt: skip


def asked_currency(request: Request) -> str:
    """Return the currency of ``?currency=``, else the language's own."""
    asked = request.GET.get("currency", "").upper()
    known = market()
    return asked if asked in known.currencies else known.currency(currency_of(request._request))


def cart_json(request: Request) -> dict[str, Any]:
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
        "options": line.variant.options,
        "quantity": line.quantity,
        "stock": line.stock,
        "amount": text_of(line.amount),
        "total": text_of(line.total),
        "buyable": line.buyable,
        "warning": warning_of(line, currency),
    }


def refused(error: CartError) -> Problem:
    """Return what stands in the way as a problem."""
    return Problem(error.code, refusal(error.code, error.left), left=error.left)


@extend_schema(
    methods=["GET"], parameters=[CURRENCY], responses={200: CartOut}, operation_id="cart"
)
@api_view(["GET"])
@permission_classes([AllowAny])
def cart(request: Request) -> Response:
    """Return the cart with today's prices, stock, coupons and ways of shipping."""
    return Response(cart_json(request))


@extend_schema(
    request=Adding,
    parameters=[CURRENCY],
    responses={201: CartOut, 400: ProblemOut, 409: ProblemOut},
    operation_id="cart_add",
)
@api_view(["POST"])
@permission_classes([AllowAny])
def cart_lines(request: Request) -> Response:
    """Put so many more of a variant into the cart."""
    sent = checked(Adding, request)
    try:
        add(
            shopper_for(request._request),
            sent["variant"],
            sent["quantity"],
            currency=asked_currency(request),
        )
    except CartError as error:
        raise refused(error) from error
    return Response(cart_json(request), status=201)


@extend_schema(
    methods=["PATCH"], request=Quantity, responses={200: CartOut, 404: ProblemOut, 409: ProblemOut},
    operation_id="cart_change",
)  # fmt: skip
@extend_schema(
    methods=["DELETE"], responses={200: CartOut, 404: ProblemOut}, operation_id="cart_remove"
)
@api_view(["PATCH", "DELETE"])
@permission_classes([AllowAny])
def cart_line(request: Request, pk: int) -> Response:
    """Set how many of a line are wanted, or remove it."""
    quantity = 0 if request.method == "DELETE" else checked(Quantity, request)["quantity"]
    shopper = shopper_of(request._request)
    try:
        if shopper is None:
            raise CartError("no_such_line")
        change(shopper, pk, quantity)
    except CartError as error:
        if error.code == "no_such_line":
            raise Http404 from error
        raise refused(error) from error
    return Response(cart_json(request))


@extend_schema(
    methods=["POST"],
    request=Code,
    responses={200: CartOut, 409: ProblemOut},
    operation_id="cart_code",
)
@extend_schema(
    methods=["DELETE"], request=Code, responses={200: CartOut}, operation_id="cart_code_drop"
)
@api_view(["POST", "DELETE"])
@permission_classes([AllowAny])
def cart_codes(request: Request) -> Response:
    """Enter a coupon code, or drop it."""
    shopper = shopper_for(request._request)
    try:
        if request.method == "DELETE":
            drop_code(shopper, clean_text(request.GET.get("code", ""), 40).upper())
        else:
            enter_code(shopper, checked(Code, request)["code"])
    except CartError as error:
        raise refused(error) from error
    return Response(cart_json(request))


@extend_schema(methods=["GET"], responses={200: OrderOut(many=True)}, operation_id="orders")
@extend_schema(
    methods=["POST"],
    request=OrderIn,
    parameters=[KEY, CURRENCY],
    responses={201: OrderOut(many=True), 400: ProblemOut, 409: ProblemOut},
    operation_id="order_place",
)
@api_view(["GET", "POST"])
@permission_classes([AllowAny])
def orders(request: Request) -> Response:
    """List the shopper's orders, newest first; or order the whole cart, all of it or nothing."""
    if request.method == "POST":
        placed = order_now(request)
        return Response(OrderOut(placed, many=True).data, status=201)
    shopper = shopper_of(request._request)
    if shopper is None:
        return Response([])
    with as_shopper(shopper):
        rows = Order.objects.by(shopper).select_related("merchant")
        found = list(rows.prefetch_related("lines", "events")[:MOST_SHOWN])
    return Response(OrderOut(found, many=True).data)


def order_now(request: Request) -> list[Order]:
    """Place the order, or raise what stands in the way."""
    sent = checked(OrderIn, request)
    form = AddressForm(sent["address"] | {"email": sent["email"]})
    if not form.is_valid():
        raise ValidationError(
            {name: [str(one) for one in said] for name, said in form.errors.items()}
        )
    way = provider(sent["payment"])
    if way is None:
        raise ValidationError({"payment": ["unknown"]})
    shopper = shopper_for(request._request)
    wish = Wish(
        checkout=key_of(request),
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
        raise Problem("declined", refusal("declined"), status=402) from error
    with as_shopper(shopper):
        rows = Order.objects.filter(pk__in=[one.pk for one in placed]).select_related("merchant")
        return list(rows.prefetch_related("lines", "events").order_by("pk"))


def key_of(request: Request) -> uuid.UUID:
    """Return the checkout's own number, or say that it is missing."""
    try:
        return uuid.UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError as error:
        raise ValidationError({"Idempotency-Key": ["Send a UUID."]}) from error


@extend_schema(responses={200: OrderOut, 404: ProblemOut}, operation_id="order")
@api_view(["GET"])
@permission_classes([AllowAny])
def order(request: Request, number: str) -> Response:
    """Return one of the shopper's orders."""
    return Response(OrderOut(own_order(request._request, number)).data)


@extend_schema(
    request=None, responses={200: OrderOut, 404: ProblemOut, 409: ProblemOut},
    operation_id="order_cancel",
)  # fmt: skip
@api_view(["POST"])
@permission_classes([AllowAny])
def order_cancel(request: Request, number: str) -> Response:
    """Cancel an order that has not left the shop; stock and money go back."""
    found = own_order(request._request, number)
    try:
        cancel(found, by=request.user if request.user.is_authenticated else None)
    except NotAllowed as error:
        raise Problem("not_allowed", refusal("not_allowed"), state=error.state) from error
    return Response(OrderOut(own_order(request._request, number)).data)


def checked(serializer: Any, request: Request) -> dict[str, Any]:
    """Return what was sent, checked; 400 names what is wrong."""
    sent = serializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)
