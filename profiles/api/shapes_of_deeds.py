"""Shapes of what a taste is drawn from, and of what is known."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from catalog.api.shapes.finding import HitOut
from profiles.models import Purpose
from shopguide.work import State

NUMBER = "3b9f1f52-7a51-4d0e-9a2c-5f3f8f1f0a11"
MOMENT = "2026-03-11T08:00:00+08:00"


class DrawnFromOut(serializers.Serializer):
    """Something that was done; `share`: how much it counts beside the strongest."""

    deed = serializers.CharField()
    what = serializers.CharField(allow_blank=True)
    merchant = serializers.CharField(allow_null=True)
    sku = serializers.CharField(allow_null=True)
    words = serializers.CharField(allow_blank=True)
    share = serializers.FloatField()

    example = {"deed": "looked at", "what": "Trail shoe", "merchant": "cloudloom",
               "sku": "CL-HD-201", "words": "", "share": 0.8}  # fmt: skip


class DrawnOut(serializers.Serializer):
    """What recommendations are drawn from."""

    items = DrawnFromOut(many=True)


class DeedQuery(serializers.Serializer):
    """Which deeds: with a product (`merchant` and `sku`), or a search by its `words`."""

    merchant = serializers.SlugField(required=False, max_length=60)
    sku = serializers.CharField(required=False, max_length=100)
    words = serializers.CharField(required=False, max_length=200)

    example = {"merchant": "cloudloom", "sku": "CL-HD-201"}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Want words, or a whole name."""
        if "words" not in attrs and not {"merchant", "sku"} <= set(attrs):
            raise serializers.ValidationError({"words": ["Send words, or merchant and sku."]})
        return attrs


class AsideOut(serializers.Serializer):
    """What is not to be shown, put aside last first."""

    items = HitOut(many=True)


class KnownOut(serializers.Serializer):
    """How many records of a kind there are."""

    name = serializers.CharField()
    count = serializers.IntegerField()

    example = {"name": "Orders", "count": 3}


class KnownsOut(serializers.Serializer):
    """What is known of oneself, counted; the export holds the records."""

    items = KnownOut(many=True)


class ChoiceMadeOut(serializers.Serializer):
    """A choice about privacy; `via`: page, app or sign-in; `wording`: the version agreed to."""

    purpose = serializers.ChoiceField(choices=Purpose.values)
    given = serializers.BooleanField()
    via = serializers.CharField()
    wording = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()

    example = {"given": True, "via": "app", "wording": "2026-03", "at": MOMENT}


class ChoicesMadeOut(serializers.Serializer):
    """Every choice, the newest first."""

    items = ChoiceMadeOut(many=True)


class CertificateOut(serializers.Serializer):
    """How far a wish to be forgotten is; done, the signed certificate, in which nobody is named."""

    number = serializers.UUIDField()
    state = serializers.ChoiceField(choices=State.values)
    due_at = serializers.DateTimeField()
    certificate = serializers.DictField(allow_null=True)

    example = {"number": NUMBER, "due_at": MOMENT, "certificate": {
        "erased_at": MOMENT, "remaining": 0, "signature": "9f3c…"}}  # fmt: skip
