"""What a request carries from this department, each asked only when it is looked at.

``request.consent``: what its shopper agrees to; ``request.log``: keeps what they do, if they agree;
``request.taste()``: what they are after, for ordering what they searched for; ``request.arms``:
which texts under test they meet.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from catalog.models import OrderLine, Variant
from catalog.search.noting import ROBOT
from profiles.consenting import held
from profiles.experiments.meeting import Arms
from profiles.models import Event, Kind
from profiles.noting import note
from profiles.tasks import read_words, refresh_taste
from profiles.taste.refreshing import direction
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper

log = logging.getLogger(__name__)
LONGEST = 200


class Log:
    """What a request's shopper does. Without consent to personalisation not a row is written.

    Machines do nothing of note. It never makes a page fail, nor anybody a shopper who was none.
    """

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
            made = [note(shopper, kind, product=product, words=words) for product in about]
            if kept := [one for one in made if one is not None]:
                ring(shopper, kept[0])
        except DatabaseError:
            log.exception("what a shopper did could not be kept")

    def _agreeing(self) -> Shopper | None:
        """Return the shopper if what they do may be kept."""
        if ROBOT.search(self.request.headers.get("User-Agent", "")):
            return None
        agreed = self.request.consent.personalisation  # type: ignore[attr-defined]
        return shopper_of(self.request) if agreed else None


def ring(shopper: Shopper, event: Event) -> None:
    """Have a deed shape the shopper's taste, once it is kept; words are read first."""
    number, pk = str(shopper.pk), event.pk
    if event.kind == Kind.SEARCH:
        transaction.on_commit(lambda: read_words.delay(number, pk), robust=True)
    else:
        ring_anew(shopper)


def ring_anew(shopper: Shopper) -> None:
    """Have what is made of a shopper follow what was forgotten or put aside, once that is done."""
    number = str(shopper.pk)
    transaction.on_commit(lambda: refresh_taste.delay(number), robust=True)


def own_taste(request: HttpRequest) -> list[float] | None:
    """Return what a shopper who agrees is after, as one vector of length one; None for others."""
    shopper = shopper_of(request) if request.consent.personalisation else None  # type: ignore[attr-defined]
    return direction(shopper) if shopper is not None else None


class ProfileMiddleware:
    """Let every page and endpoint see what its shopper agrees to, as of this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.consent = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: held(shopper_of(request))
        )
        request.log = Log(request)  # type: ignore[attr-defined]
        request.taste = lambda: own_taste(request)  # type: ignore[attr-defined]
        request.arms = Arms(request)  # type: ignore[attr-defined]
        return self.get_response(request)
