"""What carriers wrote of a shopper's order, for apps."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework import serializers

from marketing.stocking.telling import told_to_shopper
from shopguide.accounts.shopping import shopper_of
from shopguide.rest.operations import Asked, operation


class ParcelNoteOut(serializers.Serializer):
    """One text of the carrier, what kind it is, and what the shopper is to do, if anything."""

    text = serializers.CharField()
    kind = serializers.CharField()
    kind_label = serializers.CharField()
    todo = serializers.CharField(allow_blank=True)
    noted_at = serializers.DateTimeField()

    example = {
        "text": "Out for delivery in Hangzhou", "kind": "out", "kind_label": "Out for delivery",
        "todo": "", "noted_at": "2026-06-15T09:30:00+08:00",
    }  # fmt: skip


class ParcelNotesOut(serializers.Serializer):
    """What the carrier wrote, the newest first."""

    items = ParcelNoteOut(many=True)


@operation("order_parcel", tag="Orders", answer=ParcelNotesOut)
def order_parcel(request: Asked, number: str) -> dict[str, Any]:
    """Return what carriers wrote of one's own order."""
    notes = told_to_shopper(shopper_of(request._request), number)
    if notes is None:
        raise Http404
    return {"items": notes}
