"""Shapes of whom a shopper follows."""

from __future__ import annotations

from rest_framework import serializers


class FollowingIn(serializers.Serializer):
    """Whose list it is that somebody wants to follow, by the word of the list."""

    list = serializers.CharField(min_length=1, max_length=20)

    example = {"list": "k7m2pq9xw4tz6h"}


class FollowingOut(serializers.Serializer):
    """One person somebody follows. Without a name they show nothing at the moment."""

    number = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    products = serializers.IntegerField()

    example = {"number": 12, "name": "Lin", "products": 5}


class FollowingsOut(serializers.Serializer):
    """Whom somebody follows, the newest first."""

    items = FollowingOut(many=True)


class ShownIn(serializers.Serializer):
    """Under which name followers see a list; empty: they do not."""

    name = serializers.CharField(max_length=40, allow_blank=True)

    example = {"name": "Lin"}
