"""Shapes of messages, of how shops may write, and of shared links."""

from __future__ import annotations

from rest_framework import serializers

from catalog.api.shapes.keeping import Named
from profiles.contacting import OFFERED

NUMBER = "3b9f1f52-7a51-4d0e-9a2c-5f3f8f1f0a11"


class NoticeOut(serializers.Serializer):
    """One message of a shop. `path`: where it leads; `code`: of the coupon that goes with it."""

    number = serializers.UUIDField()
    merchant = serializers.CharField()
    shop = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    language = serializers.CharField()
    path = serializers.CharField()
    code = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()
    read = serializers.BooleanField()

    example = {
        "number": NUMBER, "merchant": "cloudloom", "shop": "Cloudloom",
        "title": "Set aside for you",
        "body": "A few everyday things, put together.", "language": "en",
        "path": f"/offers/{NUMBER}/open/12/", "code": "WINTER", "at": "2026-03-10T08:00:00+08:00",
        "read": False,
    }  # fmt: skip


class NoticesOut(serializers.Serializer):
    """The messages, the newest first; none without the consent to offers."""

    items = NoticeOut(many=True)


class NoticeIn(serializers.Serializer):
    """That a message was read."""

    read = serializers.BooleanField()

    example = {"read": True}


class ContactIn(serializers.Serializer):
    """By which ways shops may write, how, and when not; what is left out stays as it is."""

    email = serializers.BooleanField(required=False)
    push = serializers.BooleanField(required=False)
    site = serializers.BooleanField(required=False)
    language = serializers.ChoiceField(choices=["", "en", "zh-hans"], required=False)
    zone = serializers.ChoiceField(choices=["", *OFFERED], required=False)
    quiet_from = serializers.IntegerField(min_value=0, max_value=23, required=False)
    quiet_until = serializers.IntegerField(min_value=0, max_value=23, required=False)

    example = {"email": True, "push": True, "site": False, "language": "en",
               "zone": "Asia/Shanghai", "quiet_from": 21, "quiet_until": 9}  # fmt: skip


class ContactOut(serializers.Serializer):
    """How shops may write; `agreed`: whether they may at all (see the consents)."""

    agreed = serializers.BooleanField()
    email = serializers.BooleanField()
    push = serializers.BooleanField()
    site = serializers.BooleanField()
    language = serializers.CharField(allow_blank=True)
    zone = serializers.CharField(allow_blank=True)
    quiet_from = serializers.IntegerField()
    quiet_until = serializers.IntegerField()
    muted = serializers.ListField(child=serializers.CharField())

    example = ContactIn.example | {"agreed": True, "muted": ["nightcap"]}


class ShareOut(serializers.Serializer):
    """A link to a product that one passes on, and what came of it: numbers, never who."""

    code = serializers.CharField()
    merchant = serializers.CharField()
    sku = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    opened = serializers.IntegerField()
    ordered = serializers.IntegerField()

    example = {"code": "k7m2xw94qdthbc", "merchant": "cloudloom", "sku": "CL-HD-201",
               "title": "Fleece-lined hoodie", "url": "/shared/k7m2xw94qdthbc/", "opened": 3,
               "ordered": 1}  # fmt: skip


class SharesOut(serializers.Serializer):
    """The links that lead somewhere, the newest first."""

    items = ShareOut(many=True)


__all__ = ["ContactIn", "ContactOut", "Named", "NoticeIn", "NoticesOut", "ShareOut", "SharesOut"]
