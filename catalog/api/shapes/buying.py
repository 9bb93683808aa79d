"""Shapes of carts and orders."""

from __future__ import annotations

from rest_framework import serializers

from catalog.address_form import PHONE
from catalog.api.shapes.finding import ShownQuery
from catalog.models.cart import MOST_OF_ONE
from catalog.models.order import OrderState, PaymentState
from catalog.presenting.buying import COUNTRIES
from shopguide.rest.paging import listed

LARGEST = 2**63 - 1


class Adding(serializers.Serializer):
    """So many of a variant."""

    variant = serializers.IntegerField(min_value=1, max_value=LARGEST)
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_OF_ONE, default=1)

    example = {"variant": 412, "quantity": 1}


class Quantity(serializers.Serializer):
    """How many are wanted now; none removes the line."""

    quantity = serializers.IntegerField(min_value=0, max_value=MOST_OF_ONE)

    example = {"quantity": 2}


class Code(serializers.Serializer):
    """A coupon's code."""

    code = serializers.RegexField(r"\S", max_length=40)

    example = {"code": "WELCOME10"}


class AddressIn(serializers.Serializer):
    """Where an order goes; checked as the checkout page checks it."""

    name = serializers.CharField(max_length=80)
    phone = serializers.RegexField(f"^{PHONE.pattern}$")
    country = serializers.ChoiceField(choices=COUNTRIES)
    region = serializers.CharField(max_length=120, required=False, allow_blank=True)
    city = serializers.CharField(max_length=120)
    district = serializers.CharField(max_length=120, required=False, allow_blank=True)
    street = serializers.CharField(max_length=200)
    postal_code = serializers.CharField(max_length=12, required=False, allow_blank=True)

    example = {
        "name": "林小雨", "phone": "+86 138 0000 0000", "country": "CN", "region": "浙江省",
        "city": "杭州市", "district": "西湖区", "street": "文三路 1 号", "postal_code": "310012",
    }  # fmt: skip


class OrderIn(serializers.Serializer):
    """What the shopper confirmed. `shown`: the word of the cart that was seen."""

    shown = serializers.CharField(max_length=200)
    email = serializers.EmailField()
    address = AddressIn()
    payment = serializers.CharField(max_length=20)
    methods = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST),
        required=False,
        default=dict,
        help_text="way of shipping by merchant_id",
    )

    example = {"shown": "CNY186.20", "email": "lin@example.com", "payment": "on_delivery",
               "methods": {"3": 8}}  # fmt: skip


class LineOut(serializers.Serializer):
    """A line of the cart; `warning` says why it cannot be bought or what has changed."""

    id = serializers.IntegerField()
    variant = serializers.IntegerField()
    sku = serializers.CharField()
    title = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    quantity = serializers.IntegerField()
    stock = serializers.IntegerField()
    amount = serializers.CharField(allow_null=True)
    total = serializers.CharField(allow_null=True)
    buyable = serializers.BooleanField()
    warning = serializers.CharField(allow_blank=True)

    example = {
        "id": 77, "variant": 412, "sku": "CL-HD-201-M", "title": "Fleece-lined hoodie",
        "options": {"size": "M"}, "quantity": 2, "stock": 7, "amount": "99.00",
        "total": "198.00", "buyable": True, "warning": "",
    }  # fmt: skip


class MethodOut(serializers.Serializer):
    """A way of shipping; `days` are the fewest and the most."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    amount = serializers.CharField()
    days = serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)

    example = {"id": 8, "name": "Parcel", "amount": "8.00", "days": [2, 5]}


class SumOut(serializers.Serializer):
    """The working: total = items - discount + shipping."""

    items = serializers.CharField()
    discount = serializers.CharField()
    shipping = serializers.CharField()
    total = serializers.CharField()

    example = {"items": "198.00", "discount": "19.80", "shipping": "8.00", "total": "186.20"}


class ParcelOut(serializers.Serializer):
    """One shop's part of the cart."""

    merchant = serializers.CharField()
    merchant_id = serializers.IntegerField()
    currency = serializers.CharField()
    lines = LineOut(many=True)
    methods = MethodOut(many=True)
    method = serializers.IntegerField(allow_null=True)
    coupons = serializers.ListField(child=serializers.CharField())
    sum = SumOut()

    example = {"merchant": "cloudloom", "merchant_id": 3, "currency": "CNY", "method": 8,
               "coupons": ["WELCOME10"]}  # fmt: skip


class CartOut(serializers.Serializer):
    """The cart as it stands now; `shown` is what an order confirms."""

    parcels = ParcelOut(many=True)
    totals = serializers.DictField(child=serializers.CharField())
    shown = serializers.CharField(allow_blank=True)
    buyable = serializers.BooleanField()
    codes = serializers.ListField(child=serializers.CharField())
    unknown_codes = serializers.ListField(child=serializers.CharField())

    example = {"totals": {"CNY": "186.20"}, "shown": "CNY186.20", "buyable": True,
               "codes": ["WELCOME10"], "unknown_codes": []}  # fmt: skip


class PaymentOut(serializers.Serializer):
    """A way of paying."""

    code = serializers.CharField()
    name = serializers.CharField()
    help = serializers.CharField(allow_blank=True)

    example = {"code": "on_delivery", "name": "Pay on delivery",
               "help": "You pay when the parcel is handed to you."}  # fmt: skip


class CountryOut(serializers.Serializer):
    """A country that an address may be in."""

    code = serializers.CharField()
    name = serializers.CharField()

    example = {"code": "CN", "name": "China"}


class CheckoutOut(serializers.Serializer):
    """What an order may choose among."""

    payments = PaymentOut(many=True)
    countries = CountryOut(many=True)
    currencies = serializers.ListField(child=serializers.CharField())

    example = {"currencies": ["CNY", "USD"]}


class OrderLineOut(serializers.Serializer):
    """What was bought, as it was then."""

    id = serializers.IntegerField(source="pk")
    sku = serializers.CharField()
    title = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    quantity = serializers.IntegerField()
    unit_amount = serializers.CharField()

    example = {"id": 91, "sku": "CL-HD-201-M", "title": "Fleece-lined hoodie",
               "options": {"size": "M"}, "quantity": 2, "unit_amount": "99.00"}  # fmt: skip


class OrderEventOut(serializers.Serializer):
    """A step of an order."""

    kind = serializers.CharField()
    actor = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()

    example = {"kind": "shipped", "actor": "shop", "note": "", "at": "2026-03-04T08:00:00+08:00"}


class OrderOut(serializers.Serializer):
    """An order of one shop."""

    number = serializers.CharField()
    merchant = serializers.CharField(source="merchant.slug")
    state = serializers.ChoiceField(choices=OrderState.values)
    payment_state = serializers.ChoiceField(choices=PaymentState.values)
    currency = serializers.CharField()
    items_amount = serializers.CharField()
    discount_amount = serializers.CharField()
    shipping_amount = serializers.CharField()
    total_amount = serializers.CharField()
    address = serializers.DictField(child=serializers.CharField(allow_blank=True))
    carrier = serializers.CharField(allow_blank=True)
    tracking = serializers.CharField(allow_blank=True)
    placed_at = serializers.DateTimeField()
    lines = OrderLineOut(many=True)
    events = OrderEventOut(many=True)

    example = {
        "number": "K7M2P-9QXRA", "merchant": "cloudloom", "state": "shipped",
        "payment_state": "paid", "currency": "CNY", "items_amount": "198.00",
        "discount_amount": "19.80", "shipping_amount": "8.00", "total_amount": "186.20",
        "address": AddressIn.example, "carrier": "SF", "tracking": "SF1234567890",
        "placed_at": "2026-03-02T08:00:00+08:00",
    }  # fmt: skip


class PlacedOut(serializers.Serializer):
    """The orders of one checkout, one for each shop."""

    items = OrderOut(many=True)


OrdersOut = listed(OrderOut, "OrderPage")
CartQuery = ShownQuery
