"""What carriers wrote of one order, for its page: the shopper's and the shop's.

A shopper reads the words, what they mean and what is theirs to do; what is the shop's or the
carrier's to do is told to the shop.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Order
from marketing.models import DeliveryNote
from marketing.stocking.presenting import kind_label, note_row
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_merchant, as_shopper

MOST = 20


def told_to_shop(merchant: Merchant, number: str) -> list[dict[str, Any]] | None:
    """Return the notes of one of a shop's orders, the newest first; None for no such order."""
    with as_merchant(merchant):
        if not Order.objects.filter(merchant=merchant, number=number).exists():
            return None
        notes = DeliveryNote.objects.filter(merchant=merchant, order__number=number)
        return [note_row(merchant, one) for one in notes.select_related("order")[:MOST]]


def told_to_shopper(shopper: Shopper | None, number: str) -> list[dict[str, Any]] | None:
    """Return the notes of a shopper's own order, the newest first; None for an order not theirs."""
    if shopper is None:
        return None
    with as_shopper(shopper):
        order = Order.objects.filter(shopper=shopper, number=number).first()
    if order is None:
        return None
    with as_merchant(order.merchant_id):
        notes = list(DeliveryNote.objects.filter(order=order)[:MOST])
    return [as_told(one) for one in notes]


def as_told(note: DeliveryNote) -> dict[str, Any]:
    """Return one note in the words for whom the parcel is."""
    theirs = note.acts == "shopper" and note.settled_at is None
    return {
        "text": note.text,
        "kind": note.kind,
        "kind_label": kind_label(note.kind),
        "tone": "warn" if theirs else "good" if not note.acts else "",
        "todo": todo(note.kind) if theirs else "",
        "noted_at": note.noted_at,
    }


def todo(kind: str) -> str:
    """Say what whoever waits for a parcel can do."""
    return {
        "address": _("Tell the shop the right address."),
        "absent": _("Agree on another day or a place for collection with the carrier."),
        "ready": _("Collect it before it goes back."),
        "customs": _("Send the carrier the papers it asks for."),
        "refused": _("Tell the shop whether you want it sent again or paid back."),
    }.get(kind, _("The carrier waits for you: ask it, or the shop."))
