"""Shapes of requests and answers. Amounts are text, so that no cent is lost."""

from rest_framework import serializers

from catalog.models.cart import MOST_OF_ONE


class Adding(serializers.Serializer):
    """So many of a variant."""

    variant = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_OF_ONE, default=1)


class Quantity(serializers.Serializer):
    """A new quantity; 0 removes the line."""

    quantity = serializers.IntegerField(min_value=0, max_value=MOST_OF_ONE)


class Code(serializers.Serializer):
    """A coupon code."""

    code = serializers.CharField(max_length=40)


class AddressIn(serializers.Serializer):
    """Where an order goes; checked as the checkout page checks it."""

    name = serializers.CharField(max_length=80)
    phone = serializers.CharField(max_length=25)
    country = serializers.CharField(max_length=2)
    region = serializers.CharField(max_length=120, required=False, allow_blank=True)
    city = serializers.CharField(max_length=120)
    district = serializers.CharField(max_length=120, required=False, allow_blank=True)
    street = serializers.CharField(max_length=200)
    postal_code = serializers.CharField(max_length=12, required=False, allow_blank=True)


class OrderIn(serializers.Serializer):
    """What the shopper confirmed. ``shown``: the word of the cart that was seen."""

    shown = serializers.CharField(max_length=200)
    email = serializers.EmailField()
    address = AddressIn()
    payment = serializers.CharField(max_length=20)
    methods = serializers.DictField(
        child=serializers.IntegerField(min_value=1), required=False, default=dict
    )


class PictureOut(serializers.Serializer):
    """A picture and what it shows."""

    url = serializers.CharField()
    alt = serializers.CharField()


class HitOut(serializers.Serializer):
    """A product that was found."""

    sku = serializers.CharField()
    merchant = serializers.CharField()
    title = serializers.CharField()
    price = serializers.CharField(allow_null=True)
    currency = serializers.CharField(allow_null=True)
    score = serializers.FloatField()
    reasons = serializers.ListField(child=serializers.CharField())


class SearchOut(serializers.Serializer):
    """What was found, how the sentence was read, and what to give up if nothing fits."""

    hits = HitOut(many=True)
    understood = serializers.DictField()
    total = serializers.IntegerField()
    facets = serializers.DictField()
    relaxed = serializers.ListField(child=serializers.DictField())
    degraded = serializers.BooleanField()
    next = serializers.CharField(allow_null=True)


class VariantOut(serializers.Serializer):
    """What can be bought of a product."""

    id = serializers.IntegerField()
    sku = serializers.CharField()
    options = serializers.DictField()
    prices = serializers.DictField(child=serializers.CharField())
    stock = serializers.IntegerField()


class ProductOut(serializers.Serializer):
    """A live product."""

    sku = serializers.CharField()
    merchant = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    brand = serializers.CharField()
    attributes = serializers.DictField()
    pictures = PictureOut(many=True)
    variants = VariantOut(many=True)
    reviews = serializers.IntegerField()
    rating = serializers.FloatField(allow_null=True)


class LineOut(serializers.Serializer):
    """A line of the cart; ``warning`` says why it cannot be bought or what has changed."""

    id = serializers.IntegerField()
    variant = serializers.IntegerField()
    sku = serializers.CharField()
    title = serializers.CharField()
    options = serializers.DictField()
    quantity = serializers.IntegerField()
    stock = serializers.IntegerField()
    amount = serializers.CharField(allow_null=True)
    total = serializers.CharField(allow_null=True)
    buyable = serializers.BooleanField()
    warning = serializers.CharField(allow_blank=True)


class MethodOut(serializers.Serializer):
    """A way of shipping."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    amount = serializers.CharField()
    days = serializers.ListField(child=serializers.IntegerField())


class SumOut(serializers.Serializer):
    """The working: total = items - discount + shipping."""

    items = serializers.CharField()
    discount = serializers.CharField()
    shipping = serializers.CharField()
    total = serializers.CharField()


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


class CartOut(serializers.Serializer):
    """The cart as it stands now; ``shown`` is what an order confirms."""

    parcels = ParcelOut(many=True)
    totals = serializers.DictField(child=serializers.CharField())
    shown = serializers.CharField(allow_blank=True)
    buyable = serializers.BooleanField()
    codes = serializers.ListField(child=serializers.CharField())
    unknown_codes = serializers.ListField(child=serializers.CharField())


class OrderLineOut(serializers.Serializer):
    """What was bought, as it was then."""

    sku = serializers.CharField()
    title = serializers.CharField()
    options = serializers.DictField()
    quantity = serializers.IntegerField()
    unit_amount = serializers.CharField()


class OrderEventOut(serializers.Serializer):
    """A step of an order."""

    kind = serializers.CharField()
    actor = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class OrderOut(serializers.Serializer):
    """An order of one shop."""

    number = serializers.CharField()
    merchant = serializers.CharField(source="merchant.slug")
    state = serializers.CharField()
    payment_state = serializers.CharField()
    currency = serializers.CharField()
    items_amount = serializers.CharField()
    discount_amount = serializers.CharField()
    shipping_amount = serializers.CharField()
    total_amount = serializers.CharField()
    address = serializers.DictField()
    carrier = serializers.CharField(allow_blank=True)
    tracking = serializers.CharField(allow_blank=True)
    placed_at = serializers.DateTimeField()
    lines = OrderLineOut(many=True)
    events = OrderEventOut(many=True)


class ProblemOut(serializers.Serializer):
    """RFC 9457: what happened, why and what to do next."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField(required=False)
    next_step = serializers.CharField()
    request_id = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)  # type: ignore[assignment]
