"""Delivery notes of a shop: read, tied to the order they are about, settled by a person.

For the parcels page and the command. Telephone numbers in them are hidden before they are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from catalog.models import Order
from marketing.models import DeliveryNote
from marketing.stocking.parcels.classifying import classify
from marketing.stocking.parcels.kinds import BY_CODE
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

MOST_LINES = 200
NUMBER = re.compile(r"(?<![A-Z0-9])[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}(?![A-Z0-9])")
TRACKING = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9-]{8,40}(?![A-Za-z0-9])")
PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")


@dataclass(frozen=True)
class Noted:
    """What came of a text of several lines."""

    notes: list[DeliveryNote]
    tied: int


def note_lines(merchant: Merchant, text: str, *, by: User | None = None) -> Noted:
    """Keep each line as a note; an order's number or its tracking number ties it to the order."""
    lines = [" ".join(line.split()) for line in text.replace("\0", "").splitlines()]
    lines = [line[:500] for line in lines if line][:MOST_LINES]
    with as_merchant(merchant):
        orders = orders_in(merchant, lines)
        notes = [note_of(merchant, line, order_of(line, orders), by) for line in lines]
        DeliveryNote.objects.bulk_create(notes)
    return Noted(notes, sum(one.order_id is not None for one in notes))


def note_of(merchant: Merchant, line: str, order: Order | None, by: User | None) -> DeliveryNote:
    """Return a note with the kind that its words tell."""
    words = NUMBER.sub(" ", line)
    if order is not None and order.tracking:
        words = words.replace(order.tracking, " ")
    told = classify(words)
    return DeliveryNote(
        merchant=merchant, order=order, by=by, kind=told.kind, acts=told.acts,
        because=told.because, text=PHONE.sub(r"\1****\2", line)[:500],
    )  # fmt: skip


def orders_in(merchant: Merchant, lines: list[str]) -> dict[str, Order]:
    """Return the shop's orders that the lines name, by number and by tracking number. One query."""
    numbers = {found for line in lines for found in NUMBER.findall(line.upper())}
    tracked = {found for line in lines for found in TRACKING.findall(line)}
    rows = Order.objects.of(merchant).filter(Q(number__in=numbers) | Q(tracking__in=tracked))
    found: dict[str, Order] = {}
    for order in rows:
        found[order.number] = order
        if order.tracking:
            found[order.tracking] = order
    return found


def order_of(line: str, orders: dict[str, Order]) -> Order | None:
    """Return the order that a line names first."""
    named = [*NUMBER.findall(line.upper()), *TRACKING.findall(line)]
    return next((orders[one] for one in named if one in orders), None)


def settle(note: DeliveryNote, *, by: User) -> DeliveryNote:
    """Say that what was to be done is done."""
    note.settled_at, note.by = timezone.now(), by
    note.save(update_fields=["settled_at", "by"])
    return note


def retell(note: DeliveryNote, kind: str, *, by: User) -> DeliveryNote:
    """Put a note among another kind: a person's word holds."""
    note.kind, note.acts, note.because, note.by = kind, BY_CODE[kind].acts, "", by
    note.save(update_fields=["kind", "acts", "because", "by"])
    return note
