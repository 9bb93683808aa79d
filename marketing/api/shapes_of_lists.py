"""Shapes of lists that are kept with others."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from catalog.api.shapes.finding import HitOut
from catalog.api.shapes.keeping import Named

CODE = "k7m2xw94qdthbc"


class GroupIn(serializers.Serializer):
    """What a list is called."""

    name = serializers.RegexField(r"\S", max_length=80)

    example = {"name": "Grandma's birthday"}


class GroupStateIn(serializers.Serializer):
    """Whether others may see it."""

    open = serializers.BooleanField()

    example = {"open": False}


class JoinIn(serializers.Serializer):
    """Under which name the others see somebody."""

    name = serializers.RegexField(r"\S", max_length=40)

    example = {"name": "Lin"}


class GroupItemIn(Named):
    """A product, and what to say with it."""

    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")

    example: dict[str, Any] = Named.example | {"note": "in navy"}


class GroupBriefOut(serializers.Serializer):
    """A list that one owns or has joined; closed, only its owner sees it."""

    code = serializers.CharField()
    name = serializers.CharField()
    own = serializers.BooleanField()
    open = serializers.BooleanField()

    example = {"code": CODE, "name": "Grandma's birthday", "own": True, "open": True}


class GroupsOut(serializers.Serializer):
    """Lists, the newest first."""

    items = GroupBriefOut(many=True)


class GroupItemOut(serializers.Serializer):
    """What is on a list, and who put it there."""

    product = HitOut()
    note = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_blank=True)
    removable = serializers.BooleanField()

    example = {"note": "in navy", "by": "Lin", "removable": True}


class GroupPersonOut(serializers.Serializer):
    """Somebody who has joined; `id` for the owner alone."""

    id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()

    example = {"id": 4, "name": "Lin"}


class GroupOut(GroupBriefOut):
    """A list with what is on it and who keeps it."""

    joined = serializers.BooleanField()
    people = GroupPersonOut(many=True)
    items = GroupItemOut(many=True)

    example = GroupBriefOut.example | {"joined": True}


class FollowedOut(serializers.Serializer):
    """Where a shared link leads."""

    merchant = serializers.CharField()
    sku = serializers.CharField()
    title = serializers.CharField()

    example: dict[str, Any] = Named.example | {"title": "Fleece-lined hoodie"}
