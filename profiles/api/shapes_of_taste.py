"""Shapes of deeds, lists and tastes."""

from __future__ import annotations

from rest_framework import serializers

from catalog.api.shapes.finding import HitOut
from profiles.events.collecting import ACCEPTED
from profiles.models import About

CLIENT = "0d0f6f0a-8f4b-4f0e-a6cf-2f3f4d6f9d11"
MOST_AT_ONCE = 500


class DeedIn(serializers.Serializer):
    """One deed. `client_id`: made by the app, so that sending it again stores it once."""

    client_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=[str(kind) for kind in ACCEPTED])
    merchant = serializers.SlugField(required=False, max_length=60)
    sku = serializers.CharField(required=False, max_length=100)
    words = serializers.CharField(required=False, max_length=200)
    at = serializers.DateTimeField(required=False)
    list = serializers.UUIDField(required=False)
    place = serializers.IntegerField(required=False, min_value=1, max_value=1_000)
    seconds = serializers.IntegerField(required=False, min_value=0, max_value=86_400)

    example = {
        "client_id": CLIENT, "kind": "view", "merchant": "cloudloom", "sku": "CL-HD-201",
        "words": "warm hoodie", "at": "2026-03-10T08:00:00+08:00", "list": CLIENT, "place": 3,
        "seconds": 12,
    }  # fmt: skip


class DeedsIn(serializers.Serializer):
    """What was done, in any order."""

    events = DeedIn(many=True, min_length=1, max_length=MOST_AT_ONCE)  # type: ignore[call-arg]


class CollectedOut(serializers.Serializer):
    """What came of it: new, known already, and refused as about nothing or at no fit time."""

    agreed = serializers.BooleanField()
    stored = serializers.IntegerField()
    known = serializers.IntegerField()
    refused = serializers.IntegerField()

    example = {"agreed": True, "stored": 1, "known": 0, "refused": 0}


class ListQuery(serializers.Serializer):
    """How much of what fits."""

    limit = serializers.IntegerField(required=False, default=12, min_value=1, max_value=48)
    currency = serializers.CharField(required=False, max_length=3)

    example = {"limit": 12, "currency": "USD"}


class FitOut(HitOut):
    """A product that fits; its reason is what moved it most."""

    sources = serializers.ListField(child=serializers.CharField())

    example = HitOut.example | {
        "reasons": ["Because you looked at “Trail shoe”"], "sources": ["content", "kind"],
    }  # fmt: skip


class ListOut(serializers.Serializer):
    """What fits; `list` is the number by which deeds refer to it."""

    items = FitOut(many=True)
    model = serializers.CharField(allow_null=True)
    list = serializers.UUIDField(allow_null=True)

    example = {"model": "taste-2.3", "list": CLIENT}


class TraitOut(serializers.Serializer):
    """One thing about somebody, with the deeds it is drawn from."""

    value = serializers.CharField()
    share = serializers.FloatField()
    evidence = serializers.IntegerField()
    last = serializers.DateTimeField()

    example = {"value": "shoes/running-shoes", "share": 0.46, "evidence": 6,
               "last": "2026-03-10T08:00:00+08:00"}  # fmt: skip


class BandOut(serializers.Serializer):
    """The usual prices in one currency."""

    currency = serializers.CharField()
    lowest = serializers.CharField()
    highest = serializers.CharField()

    example = {"currency": "CNY", "lowest": "59.00", "highest": "299.00"}


class StanceOut(serializers.Serializer):
    """What somebody said of themselves."""

    about = serializers.ChoiceField(choices=About.values)
    value = serializers.CharField()
    liking = serializers.ChoiceField(choices=["more", "less"])

    example = {"about": "brand", "value": "Tingbu", "liking": "less"}


class TypeOut(serializers.Serializer):
    """A way of shopping that a model takes somebody to have, with what it rests on."""

    value = serializers.CharField()
    name = serializers.CharField()
    chance = serializers.FloatField()
    said = serializers.BooleanField()
    because = serializers.ListField(child=serializers.CharField())

    example = {"value": "comparer", "name": "compares before buying", "chance": 0.71,
               "said": False, "because": ["You searched for “trail shoe reviews”."]}  # fmt: skip


class TasteOut(serializers.Serializer):
    """What a taste is taken to be as of now."""

    agreed = serializers.BooleanField()
    stage = serializers.ChoiceField(choices=["unknown", "new", "active", "lapsing", "quiet"])
    deeds = serializers.IntegerField()
    categories = TraitOut(many=True)
    brands = TraitOut(many=True)
    colours = TraitOut(many=True)
    sizes = TraitOut(many=True)
    words = TraitOut(many=True)
    prices = BandOut(many=True)
    said = StanceOut(many=True)
    types = TypeOut(many=True)
    likely = serializers.FloatField(allow_null=True)

    example = {"likely": 0.24, "agreed": True, "stage": "active", "deeds": 24}


class StanceIn(serializers.Serializer):
    """More or less of something, neither again, or forget what it is drawn from."""

    about = serializers.ChoiceField(choices=About.values)
    value = serializers.RegexField(r"\S", max_length=120)
    do = serializers.ChoiceField(choices=["more", "less", "neither", "forget"])

    example = {"about": "brand", "value": "Tingbu", "do": "less"}
