"""Shapes of what a shop's own systems send and read."""

from __future__ import annotations

from django.conf import settings
from rest_framework import serializers

from catalog.api.shapes.buying import OrderOut
from catalog.models.imports import CatalogImport
from catalog.models.order import OrderState
from shopguide.rest.paging import PageQuery, listed
from shopguide.work import State

MOST_AT_ONCE = 500
# Control characters are blanks for Python and none for a schema: they are named.
SKU = r"^[^\s\x00-\x1f\x85](.{0,98}[^\s\x00-\x1f\x85])?$"
AMOUNT = r"^(0|[1-9]\d{0,9})(\.\d{1,2})?$"


class Level(serializers.Serializer):
    """How many of a variant there are."""

    sku = serializers.RegexField(SKU)
    quantity = serializers.IntegerField(min_value=0, max_value=1_000_000)

    example = {"sku": "CL-HD-201", "quantity": 40}


class StockIn(serializers.Serializer):
    """Levels of one warehouse; all of them or none."""

    warehouse = serializers.RegexField(r"^[-\w]{1,60}$", default="main")
    items = Level(many=True, min_length=1, max_length=MOST_AT_ONCE)  # type: ignore[call-arg]


class Amount(serializers.Serializer):
    """What a variant costs; `was`: the former price, if it is lowered."""

    sku = serializers.RegexField(SKU)
    amount = serializers.RegexField(AMOUNT)
    was = serializers.RegexField(AMOUNT, required=False)

    example = {"sku": "CL-HD-201", "amount": "89.00", "was": "99.00"}


class PricesIn(serializers.Serializer):
    """Prices in one currency; all of them or none."""

    currency = serializers.ChoiceField(choices=settings.CURRENCIES)
    items = Amount(many=True, min_length=1, max_length=MOST_AT_ONCE)  # type: ignore[call-arg]


class WrittenOut(serializers.Serializer):
    """How many rows hold now what was sent."""

    written = serializers.IntegerField()

    example = {"written": 1}


class ProductsIn(serializers.Serializer):
    """Products in our own format, as `export_catalog --format own` writes each line."""

    items = serializers.ListField(child=serializers.DictField(), min_length=1, max_length=200)

    example = {"items": [{
        "sku": "CL-NEW-1", "status": "draft", "category": "clothing", "brand": "Cloudloom",
        "title": {"en": "Wool scarf", "zh-hans": "羊毛围巾"},
        "variants": [{"sku": "CL-NEW-1", "prices": {"CNY": "79.00"}, "stock": {"main": 12}}],
    }]}  # fmt: skip


class RowErrorOut(serializers.Serializer):
    """What was wrong with a row, and what to do."""

    line = serializers.IntegerField()
    column = serializers.CharField(allow_blank=True)
    value = serializers.CharField(allow_blank=True)
    reason = serializers.CharField()
    remedy = serializers.CharField()

    example = {"line": 1, "column": "price", "value": "1,99", "reason": "This is no price.",
               "remedy": "Write 1.99."}  # fmt: skip


class ImportOut(serializers.Serializer):
    """An import: read on until its state is done or failed."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=State.values)
    format = serializers.ChoiceField(choices=CatalogImport.Format.values)
    rows = serializers.IntegerField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    failed = serializers.IntegerField()
    errors = RowErrorOut(many=True)  # type: ignore[assignment]

    example = {"id": 31, "rows": 1, "created": 1, "updated": 0, "unchanged": 0, "failed": 0}


class ShopOrderOut(OrderOut):
    """An order, with what its shop needs to send it."""

    email = serializers.CharField()

    example = {"email": "lin@example.com"}


class ShopOrdersQuery(PageQuery):
    """Which orders."""

    state = serializers.ChoiceField(choices=OrderState.values, required=False)

    example = {"state": "paid"}


ShopOrdersOut = listed(ShopOrderOut, "ShopOrderPage")


class StepIn(serializers.Serializer):
    """The next state; a parcel belongs to `shipped`."""

    state = serializers.ChoiceField(
        choices=[one for one in OrderState.values if one != OrderState.PLACED]
    )
    carrier = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    tracking = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")

    example = {"state": "shipped", "carrier": "SF", "tracking": "SF1234567890", "note": ""}
