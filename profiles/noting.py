"""Keep what a shopper does, if they agreed to that.

For pages and endpoints, which call `request.log`, and for importers. Without consent to
personalisation not a row is written; machines and repeated clicks are no deeds. It never makes a
page fail, and never makes anybody a shopper who was none.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.utils import timezone

from catalog.models import OrderLine, Variant
from catalog.search.noting import ROBOT
from profiles.models import Event, Kind
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper

log = logging.getLogger(__name__)
# The same deed within so long is a second click, not a second wish.
AGAIN = timedelta(minutes=10)
LONGEST = 200
# Of one shopper, the newest: what lies behind it no longer tells anything.
MOST_KEPT = 2_000


class Log:
    """What a request's shopper does; each method costs nothing without their consent."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def viewed(self, product: int) -> None:
        """A product's page was opened."""
        self._keep(Kind.VIEW, [product])

    def saved(self, product: int) -> None:
        """A product was put among the favourites."""
        self._keep(Kind.SAVE, [product])

    def carted(self, variant: int) -> None:
        """A variant was put into the cart."""
        if self._agreeing() is not None:
            found = Variant.objects.filter(pk=variant).values_list("product_id", flat=True)
            self._keep(Kind.CART, list(found))

    def bought(self, orders: Iterable[int]) -> None:
        """Orders were placed."""
        if (shopper := self._agreeing()) is not None:
            with as_shopper(shopper):
                lines = OrderLine.objects.filter(order__in=list(orders))
                found = list(lines.values_list("variant__product_id", flat=True).distinct())
            self._keep(Kind.PURCHASE, [product for product in found if product])

    def searched(self, words: str) -> None:
        """Something was asked for in words."""
        self._keep(Kind.SEARCH, [], words.strip()[:LONGEST])

    def _keep(self, kind: Kind, products: list[int], words: str = "") -> None:
        shopper = self._agreeing()
        if shopper is None or not (products or words):
            return
        try:
            about: list[int | None] = [*products] or [None]
            for product in about:
                note(shopper, kind, product=product, words=words)
        except DatabaseError:
            log.exception("what a shopper did could not be kept")

    def _agreeing(self) -> Shopper | None:
        """Return the shopper if what they do may be kept."""
        if ROBOT.search(self.request.headers.get("User-Agent", "")):
            return None
        agreed = self.request.consent.personalisation  # type: ignore[attr-defined]
        return shopper_of(self.request) if agreed else None


def note(shopper: Shopper, kind: Kind, **what: Any) -> Event | None:
    """Keep one deed, unless it is the same as a moment ago; its words get a vector later."""
    with as_shopper(shopper):
        same = Event.objects.filter(
            shopper=shopper, kind=kind, product=what.get("product"), words=what.get("words", ""),
            at__gt=timezone.now() - AGAIN,
        )  # fmt: skip
        if same.exists():
            return None
        kept = Event.objects.create(shopper=shopper, kind=kind, **what)
    if kind == Kind.SEARCH:
        from profiles.tasks import read_words

        transaction.on_commit(lambda: read_words.delay(str(shopper.pk), kept.pk), robust=True)
    return kept


def forget(shopper: Shopper, **which: Any) -> int:
    """Delete some of what a shopper did, all of it without a choice; return how many."""
    with as_shopper(shopper):
        return Event.objects.filter(shopper=shopper, **which).delete()[0]


def merge(source: Shopper, target: Shopper) -> None:
    """Give an anonymous shopper's deeds to a person; what would be there twice is left out."""
    with as_shopper(source):
        moved = list(Event.objects.filter(shopper=source))
    with as_shopper(target):
        for one in moved:
            one.pk, one.shopper = None, target
        Event.objects.bulk_create(moved, ignore_conflicts=True)
