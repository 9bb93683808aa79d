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


class PastedIn(serializers.Serializer):
    """An address as somebody has it, in Chinese or English, with name and telephone."""

    text = serializers.RegexField(r"\S", max_length=1000)

    example = {"text": "张三 13800138000 浙江省杭州市西湖区文三路138号东方小区3幢501室"}


class PlaceOut(serializers.Serializer):
    """What was read; empty is not said. `address`: ready for the book; `missing`: what it lacks."""

    name = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True)
    region = serializers.CharField(allow_blank=True)
    city = serializers.CharField(allow_blank=True)
    district = serializers.CharField(allow_blank=True)
    street = serializers.CharField(allow_blank=True)
    building = serializers.CharField(allow_blank=True)
    room = serializers.CharField(allow_blank=True)
    postal_code = serializers.CharField(allow_blank=True)
    address = serializers.DictField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())

    example = {
        "name": "张三", "phone": "13800138000", "country": "CN", "region": "浙江省",
        "city": "杭州市", "district": "西湖区", "street": "文三路138号", "building": "东方小区3幢",
        "room": "501室", "postal_code": "", "missing": [],
        "address": {"city": "杭州市", "street": "文三路138号东方小区3幢501室"},
    }  # fmt: skip


class BooksOut(serializers.Serializer):
    """The address book, the usual one first."""

    items = BookOut(many=True)
