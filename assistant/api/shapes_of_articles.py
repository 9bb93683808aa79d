"""Shapes of shops' articles, and of stars for their people."""

from __future__ import annotations

from rest_framework import serializers

from assistant.models.article import Kind


class ArticleBriefOut(serializers.Serializer):
    """An article that everybody may read."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.values)
    title = serializers.CharField()
    language = serializers.CharField()

    example = {"id": 3, "kind": "policy", "title": "Sending things back", "language": "en"}


class ArticlesOut(serializers.Serializer):
    """A shop's articles by their titles."""

    items = ArticleBriefOut(many=True)


class BlockOut(serializers.Serializer):
    """A part of a text: heading and text have `text`, lists `points`, tables `head` and `rows`."""

    kind = serializers.ChoiceField(choices=["heading", "text", "list", "steps", "table"])
    text = serializers.CharField(allow_blank=True)
    points = serializers.ListField(child=serializers.CharField(allow_blank=True))
    head = serializers.ListField(child=serializers.CharField(allow_blank=True))
    rows = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True))
    )

    example = {"kind": "text", "text": "Within 14 days of delivery.", "points": [], "head": [],
               "rows": []}  # fmt: skip


class ArticleOut(ArticleBriefOut):
    """An article with its text; plain words, never markup."""

    blocks = BlockOut(many=True)
    approved_at = serializers.DateTimeField()

    example = ArticleBriefOut.example | {"approved_at": "2026-03-11T08:00:00+08:00"}


class StarsIn(serializers.Serializer):
    """How satisfied somebody was with the people of the shop."""

    stars = serializers.IntegerField(min_value=1, max_value=5)

    example = {"stars": 5}
