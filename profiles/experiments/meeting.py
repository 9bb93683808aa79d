"""Which text under test a request's shopper meets: asked by pages, cards and the API.

Only for people who agreed to personalisation, and never for machines: everybody else reads what
everybody reads, and not a row is written. Somebody keeps the text they met first. Prices, counts,
stock and order are the same for all. It never makes a page fail.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.http import HttpRequest

from catalog.models import ProductText
from catalog.search.noting import ROBOT
from profiles.experiments.running import met
from profiles.models import Experiment, Stage
from profiles.models.experiment import Place
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_of

log = logging.getLogger(__name__)
# The channel whose text stands in lists.
TITLE = "title"


@dataclass(frozen=True)
class Met:
    """A text under test that somebody meets: of which product, where, and by which arm."""

    product: int
    channel: str
    locale: str
    arm: str


class Arms:
    """What one request's shopper meets. Each product is asked for once."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._known: dict[tuple[int, str], Met | None] = {}

    def of(self, product: int, locale: str) -> Met | None:
        """Return what is under test on a product's page; None for what everybody reads.

        No query without agreement, one where nothing is compared, else about five.
        """
        self._ask([product], locale, Place.PAGE)
        return self._known.get((product, locale))

    def titles(self, products: Sequence[int], locale: str) -> dict[int, str]:
        """Return the titles under test among products of a list. One query more where there are."""
        self._ask(products, locale, Place.LIST)
        found = [self._known.get((product, locale)) for product in products]
        tested = {one.product: one.arm for one in found if one and one.channel == TITLE}
        if not tested:
            return {}
        rows = ProductText.objects.filter(
            product__in=tested, locale=locale, arm__in=set(tested.values())
        )
        return {
            product: title
            for product, arm, title in rows.values_list("product_id", "arm", "title")
            if tested[product] == arm
        }

    def _ask(self, products: Sequence[int], locale: str, place: Place) -> None:
        new = [one for one in dict.fromkeys(products) if (one, locale) not in self._known]
        if not new or (shopper := self._agreeing()) is None:
            return
        self._known |= {(one, locale): None for one in new}
        try:
            with transaction.atomic():
                self._meet(shopper, new, locale, place)
        except DatabaseError:
            log.exception("a text under test could not be chosen")

    def _meet(self, shopper: Shopper, products: list[int], locale: str, place: Place) -> None:
        rows = Experiment.objects.filter(
            stage=Stage.RUNNING, product__in=products, locale=locale
        ).only("pk", "arms", "salt", "product_id", "channel")
        # In a list only titles are seen, so nothing else is met there.
        running = [one for one in rows if place == Place.PAGE or one.channel == TITLE]
        if not running:
            return
        arms = met(shopper, running, place, keep=not self._ahead())
        for one in running:
            if one.product_id and arms[one.pk] != one.arms[0][0]:
                key = (one.product_id, locale)
                self._known[key] = Met(one.product_id, one.channel, locale, arms[one.pk])

    def _ahead(self) -> bool:
        """Tell whether a browser fetches the page in advance: then nobody has seen it yet."""
        headers = self.request.headers
        return "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))

    def _agreeing(self) -> Shopper | None:
        if ROBOT.search(self.request.headers.get("User-Agent", "")):
            return None
        agreed = self.request.consent.personalisation  # type: ignore[attr-defined]
        return shopper_of(self.request) if agreed else None
