"""Shapes of one product and what is said of it."""

from __future__ import annotations

from rest_framework import serializers

from catalog.api.shapes.finding import HitOut, PictureOut, ShownQuery
from catalog.models import Feeling
from catalog.presenting.comparing import LEAST, MOST
from catalog.presenting.opinions import ASPECT_NAMES, LANGUAGE_NAMES
from catalog.reviewing import BAD, GOOD, ORDERS
from shopguide.rest.paging import PageQuery, listed


class VariantOut(serializers.Serializer):
    """What can be bought of a product."""

    id = serializers.IntegerField()
    sku = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    prices = serializers.DictField(child=serializers.CharField())
    stock = serializers.IntegerField()

    example = {"id": 412, "sku": "CL-HD-201-M", "options": {"size": "M"},
               "prices": {"USD": "39.90", "CNY": "269.00"}, "stock": 7}  # fmt: skip


class FactOut(serializers.Serializer):
    """A fact as the shop states it, in the reader's words."""

    code = serializers.CharField()
    name = serializers.CharField()
    value = serializers.CharField()

    example = {"code": "material", "name": "Material", "value": "Cotton"}


class ProductQuery(serializers.Serializer):
    """What is to come along."""

    expand = serializers.MultipleChoiceField(
        choices=["reviews", "similar"], required=False, help_text="what is to come along"
    )

    example = {"expand": ["reviews"]}


class ReviewOut(serializers.Serializer):
    """A review that says something."""

    id = serializers.IntegerField()
    stars = serializers.IntegerField(min_value=1, max_value=5)
    title = serializers.CharField(allow_blank=True)
    body = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    author = serializers.CharField(allow_blank=True)
    written_at = serializers.DateTimeField()

    example = {"id": 9, "stars": 5, "title": "Warm", "body": "Three months on, still soft.",
               "language": "en", "author": "Kim",
               "written_at": "2026-03-04T08:00:00+08:00"}  # fmt: skip


class ExpandedOut(serializers.Serializer):
    """What was asked to come along."""

    reviews = ReviewOut(many=True, required=False)
    similar = HitOut(many=True, required=False)


class ProductOut(serializers.Serializer):
    """A live product."""

    sku = serializers.CharField()
    merchant = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    selling_points = serializers.ListField(child=serializers.CharField())
    generated = serializers.ListField(
        child=serializers.CharField(),
        help_text="which of these texts a model has written and a person approved",
    )
    brand = serializers.CharField(allow_blank=True)
    category = serializers.IntegerField(allow_null=True)
    attributes = serializers.DictField()
    facts = FactOut(many=True)
    pictures = PictureOut(many=True)
    variants = VariantOut(many=True)
    reviews = serializers.IntegerField()
    rating = serializers.FloatField(allow_null=True)
    expanded = ExpandedOut(required=False)

    example = {
        "sku": "CL-HD-201", "merchant": "cloudloom", "title": "Fleece-lined hoodie",
        "description": "Warm and soft.", "brand": "Cloudloom",
        "selling_points": ["Fleece inside", "Two pockets"], "generated": ["description"],
        "category": 12, "reviews": 12, "rating": 4.6,
        "attributes": {"material": ["cotton"], "weight_g": 480},
    }  # fmt: skip


class ReviewsQuery(PageQuery):
    """Which reviews."""

    stars = serializers.IntegerField(min_value=1, max_value=5, required=False)
    aspect = serializers.ChoiceField(choices=list(ASPECT_NAMES), required=False)
    said = serializers.ChoiceField(
        choices=[GOOD, BAD], required=False, help_text="with aspect: praised, or found fault with"
    )
    language = serializers.ChoiceField(choices=list(LANGUAGE_NAMES), required=False)
    feeling = serializers.ChoiceField(choices=Feeling.values, required=False)
    q = serializers.CharField(max_length=100, required=False, help_text="words that stand in it")
    order = serializers.ChoiceField(
        choices=list(ORDERS), required=False, help_text="the reader's language first if none"
    )

    example = {"q": "warm", "order": "newest", "stars": 5, "aspect": "fit", "said": "good",
               "language": "en", "feeling": "positive"}  # fmt: skip


class StatementOut(serializers.Serializer):
    """What reviews say of one aspect; a review that says both is counted in both."""

    aspect = serializers.CharField()
    name = serializers.CharField()
    good = serializers.IntegerField()
    bad = serializers.IntegerField()
    reviews = serializers.IntegerField()

    example = {"aspect": "fit", "name": "fit and size", "good": 6, "bad": 1, "reviews": 7}


class DigestOut(serializers.Serializer):
    """What all reviews say together, counted now; `judged` were read."""

    judged = serializers.IntegerField()
    feelings = serializers.DictField(child=serializers.IntegerField())
    statements = StatementOut(many=True)

    example = {"judged": 9, "feelings": {"positive": 7, "negative": 2}}


class ReviewsOut(listed(ReviewOut, "ReviewPage")):  # type: ignore[misc]
    """A page of reviews, the reader's language first; all stars counted, whatever is filtered."""

    count = serializers.IntegerField()
    average = serializers.CharField(allow_null=True)
    stars = serializers.DictField(child=serializers.IntegerField())
    languages = serializers.DictField(child=serializers.IntegerField())
    fitting = serializers.IntegerField()
    digest = DigestOut(allow_null=True)

    example = {"next": None, "count": 12, "average": "4.58", "fitting": 7,
               "stars": {"5": 8, "4": 3, "3": 1, "2": 0, "1": 0},
               "languages": {"en": 7, "zh-hans": 2}}  # fmt: skip


class SimilarOut(serializers.Serializer):
    """Products like a product, the most alike first."""

    items = HitOut(many=True)


class HistoryQuery(ShownQuery):
    """Of which variant, in which currency."""

    variant = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)

    example = {"variant": 412}


class MomentOut(serializers.Serializer):
    """From this moment on, the lowest price was this."""

    since = serializers.DateTimeField()
    amount = serializers.CharField()

    example = {"since": "2026-03-04T08:00:00+08:00", "amount": "44.90"}


class HistoryOut(serializers.Serializer):
    """The lowest price over time, oldest first; `lowest` is that of the last 30 days."""

    currency = serializers.CharField(allow_blank=True)
    lowest = serializers.CharField(allow_null=True)
    moments = MomentOut(many=True)

    example = {"currency": "USD", "lowest": "39.90"}


class CompareQuery(ShownQuery):
    """Which products stand side by side, as shop and SKU with a slash between."""

    product = serializers.ListField(
        child=serializers.RegexField(r"^[-\w]{1,60}/[^\x00-\x1f\x7f-\x9f]{1,100}$"),
        min_length=LEAST,
        max_length=MOST,
        help_text="merchant/sku, two to four times",
    )

    example = {"product": ["cloudloom/CL-HD-201", "cloudloom/CL-HD-202"]}


class RowOut(serializers.Serializer):
    """A fact of each product, in the order of the columns; empty where none is stated."""

    name = serializers.CharField()
    cells = serializers.ListField(child=serializers.CharField(allow_blank=True))
    differs = serializers.BooleanField()

    example = {"name": "Material", "cells": ["Cotton", "Wool"], "differs": True}


class ColumnOut(serializers.Serializer):
    """A product of a comparison."""

    merchant = serializers.CharField()
    sku = serializers.CharField()
    title = serializers.CharField()

    example = {"merchant": "cloudloom", "sku": "CL-HD-201", "title": "Fleece-lined hoodie"}


class CompareOut(serializers.Serializer):
    """Products side by side."""

    columns = ColumnOut(many=True)
    rows = RowOut(many=True)
