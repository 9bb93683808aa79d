"""Shapes of choices, exports and erasure."""

from __future__ import annotations

from rest_framework import serializers

from profiles.models import Purpose
from shopguide.work import State

NUMBER = "3b9f1f52-7a51-4d0e-9a2c-5f3f8f1f0a11"


class ChoicesIn(serializers.Serializer):
    """What is agreed to from now on; what is left out stays as it is."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return a switch for each purpose."""
        return {name: serializers.BooleanField(required=False) for name in Purpose.values}

    example = dict.fromkeys(Purpose.values, False)


class ChoicesOut(serializers.Serializer):
    """What is agreed to now. What the shop cannot work without is no question."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """Return a switch for each purpose."""
        switches: dict[str, serializers.Field] = {
            name: serializers.BooleanField() for name in Purpose.values
        }
        return switches | {"essential": serializers.BooleanField()}

    example = dict.fromkeys(Purpose.values, False) | {"essential": True}


class ExportOut(serializers.Serializer):
    """A file with all that is known; `url` once it is made."""

    number = serializers.UUIDField()
    state = serializers.ChoiceField(choices=State.values)
    size = serializers.IntegerField()
    url = serializers.CharField(allow_null=True)

    example = {"number": NUMBER, "size": 18_244,
               "url": f"/api/v1/privacy/exports/{NUMBER}/file/"}  # fmt: skip


class ErasureIn(serializers.Serializer):
    """When to be forgotten; `password` of whoever has an account with one."""

    wait_days = serializers.ChoiceField(choices=[0, 7, 30], default=7)
    password = serializers.CharField(
        min_length=1, max_length=200, required=False, trim_whitespace=False, write_only=True
    )

    example = {"wait_days": 7, "password": "a-long-password-1"}


class ErasureOut(serializers.Serializer):
    """A wish to be forgotten; its certificate when it is done."""

    number = serializers.UUIDField()
    state = serializers.ChoiceField(choices=State.values)
    due_at = serializers.DateTimeField()

    example = {"number": NUMBER, "due_at": "2026-03-11T08:00:00+08:00"}


class ErasuresOut(serializers.Serializer):
    """The wish that waits, if one does."""

    items = ErasureOut(many=True)
