"""Shapes of the first questions and their answers."""

from __future__ import annotations

from rest_framework import serializers

from profiles.knowing.telling import PRICES

MOST = 40


class ChoiceOut(serializers.Serializer):
    """One answer there is."""

    value = serializers.CharField()
    name = serializers.CharField()

    example = {"value": "shoes", "name": "Shoes"}


class QuestionsOut(serializers.Serializer):
    """What somebody new may be asked."""

    kinds = ChoiceOut(many=True)
    brands = ChoiceOut(many=True)
    prices = ChoiceOut(many=True)


class AnswersIn(serializers.Serializer):
    """What somebody answered; anything may be left out, and what is unknown here is passed over."""

    kinds = serializers.ListField(
        child=serializers.CharField(min_length=1, max_length=400),
        max_length=MOST,
        required=False,
        default=list,
    )
    brands = serializers.ListField(
        child=serializers.CharField(min_length=1, max_length=120),
        max_length=MOST,
        required=False,
        default=list,
    )
    price = serializers.ChoiceField(
        choices=["", *PRICES], required=False, default="", allow_blank=True
    )

    example = {"kinds": ["shoes"], "brands": ["Tingbu"], "price": "low"}
