"""Take in deeds that an app saw: at least once in, exactly once stored. For the API.

Who did not agree leaves no row, and neither do machines. Deeds may come late and in any order: each
lands at its own time, if that is neither in the future nor too long ago to mean anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from catalog.models import SearchDocument
from profiles.models import Event, Kind
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper

# A telephone's clock may be so much ahead; what is older than this says nothing any more.
AHEAD, OLDEST = timedelta(minutes=5), timedelta(days=365)
# What an app may report. What was bought is known from orders, and not a matter of saying so.
ACCEPTED = (
    Kind.IMPRESSION, Kind.VIEW, Kind.CLICK, Kind.DWELL, Kind.SEARCH, Kind.SAVE, Kind.CART,
    Kind.DISLIKE, Kind.SHARE, Kind.WHY,
)  # fmt: skip


@dataclass(frozen=True)
class Collected:
    """What came of a batch: new rows, those that were there already, those that say nothing."""

    stored: int = 0
    known: int = 0
    refused: int = 0
    newest: Event | None = None


def collect(shopper: Shopper, sent: Sequence[Mapping[str, Any]]) -> Collected:
    """Store a batch of deeds of one shopper who agreed. Three statements, whatever its length."""
    products = numbers_of(sent)
    now = timezone.now()
    events = [event_of(shopper, one, products, now) for one in sent]
    fit = {one.client_id: one for one in events if one is not None}
    with as_shopper(shopper):
        rows = Event.objects.filter(shopper=shopper, client_id__in=fit)
        there = set(rows.values_list("client_id", flat=True))
        fresh = [one for number, one in fit.items() if number not in there]
        Event.objects.bulk_create(fresh, ignore_conflicts=True)
    refused = sum(one is None for one in events)
    return Collected(
        len(fresh), len(sent) - refused - len(fresh), refused, fresh[-1] if fresh else None
    )


def numbers_of(sent: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    """Return the products that are named by shop and article number. One query."""
    named = {(str(one.get("merchant", "")), str(one.get("sku", ""))) for one in sent}
    wanted = Q(pk__in=[])
    for merchant, sku in named:
        if merchant and sku:
            wanted |= Q(merchant__slug=merchant, product__sku=sku)
    rows = SearchDocument.objects.filter(wanted)
    return {
        (merchant, sku): product
        for merchant, sku, product in rows.values_list("merchant__slug", "product__sku", "product")
    }


def event_of(
    shopper: Shopper,
    one: Mapping[str, Any],
    products: Mapping[tuple[str, str], int],
    now: datetime,
) -> Event | None:
    """Return one deed as it is stored; None where it is about nothing, or at no fit time."""
    at = one.get("at") or now
    product = products.get((str(one.get("merchant", "")), str(one.get("sku", ""))))
    words = str(one.get("words", "")).strip()[:200]
    if not now - OLDEST < at < now + AHEAD:
        return None
    if product is None and (one["kind"] != Kind.SEARCH or not words):
        return None
    return Event(
        shopper=shopper,
        client_id=one["client_id"],
        kind=one["kind"],
        product=product,
        words=words if one["kind"] == Kind.SEARCH else "",
        at=min(at, now),
        trace=one.get("list"),
        place=one.get("place"),
        seconds=one.get("seconds"),
    )
