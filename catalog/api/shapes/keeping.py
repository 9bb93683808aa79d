"""Shapes of what shoppers keep: favourites, alerts, addresses."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from catalog.api.shapes.buying import LARGEST, AddressIn
from catalog.api.shapes.finding import HitOut
from catalog.models.wish import AlertKind


class Named(serializers.Serializer):
    """A product."""

    merchant = serializers.RegexField(r"^[-\w]{1,60}$")
    sku = serializers.RegexField(r"\S", max_length=100)

    example: dict[str, Any] = {"merchant": "cloudloom", "sku": "CL-HD-201"}


class WishesOut(serializers.Serializer):
    """The favourites with today's prices, the newest first; what is sold no more is left out."""

    items = HitOut(many=True)


class AlertIn(Named):
    """Of what to tell; with `below` of a price, without of stock."""

    variant = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False)
    email = serializers.EmailField()
    currency = serializers.ChoiceField(choices=settings.CURRENCIES)
    below = serializers.RegexField(
        r"^(0\.0[1-9]|0\.[1-9]\d?|[1-9]\d{0,9}(\.\d{1,2})?)$", required=False
    )

    example = {"variant": 412, "email": "lin@example.com", "currency": "CNY", "below": "89.00"}


class AlertOut(serializers.Serializer):
    """What somebody waits to be told of; `token` stops it."""

    token = serializers.UUIDField()
    merchant = serializers.CharField()
    sku = serializers.CharField()
    title = serializers.CharField()
    variant = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(choices=AlertKind.values)
    currency = serializers.CharField()
    below = serializers.CharField(allow_null=True)
    email = serializers.CharField()

    example = {"token": "3b9f1f52-7a51-4d0e-9a2c-5f3f8f1f0a11", "merchant": "cloudloom",
               "sku": "CL-HD-201", "title": "Fleece-lined hoodie", "variant": None,
               "currency": "CNY", "below": "89.00", "email": "lin@example.com"}  # fmt: skip


class AlertsOut(serializers.Serializer):
    """What somebody still waits to be told of."""

    items = AlertOut(many=True)


class BookIn(AddressIn):
    """An address for the book; `usual`: the one that is offered first."""

    usual = serializers.BooleanField(default=False)


class BookOut(serializers.Serializer):
    """An address of the book."""

    id = serializers.IntegerField()
    usual = serializers.BooleanField()
    name = serializers.CharField()
    phone = serializers.CharField()
    country = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    city = serializers.CharField()
    district = serializers.CharField(allow_blank=True)
    street = serializers.CharField()
    postal_code = serializers.CharField(allow_blank=True)

    example = {"id": 5, **AddressIn.example}


class BooksOut(serializers.Serializer):
    """The address book, the usual one first."""

    items = BookOut(many=True)
