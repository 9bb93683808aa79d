"""Links that shoppers pass on: made, followed, counted, revoked.

For the share button, the page of shared links and the API. A revoked link leads nowhere from that
moment on. Of who follows one nothing is kept unless they agreed to be known; then an order of the
product within `WINDOW` counts as having come by the link. The sharer sees numbers, never who.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from catalog.models import Product
from marketing.models import ShareLink, ShareVisit
from marketing.reaching.allowing import agreed
from profiles.models import Kind, Purpose
from profiles.noting import note
from shopguide.accounts.models import Merchant, Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

WINDOW = datetime.timedelta(days=14)
MOST = 200

ORDERED_SQL = """
SELECT l.id, count(DISTINCT o.id) FROM marketing_sharelink l
JOIN marketing_sharevisit v ON v.link_id = l.id
JOIN catalog_order o ON o.shopper_id = v.shopper_id AND o.merchant_id = l.merchant_id
    AND o.state <> 'cancelled' AND o.placed_at >= v.at AND o.placed_at < v.at + %(window)s
JOIN catalog_orderline i ON i.order_id = o.id
JOIN catalog_variant n ON n.id = i.variant_id AND n.product_id = l.product_id
WHERE l.id = ANY(%(links)s) GROUP BY l.id
"""


class NotShared(Exception):
    """Nothing was shared. ``code``: no_such or full."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Passed:
    """One link with what came of it."""

    link: ShareLink
    ordered: int = 0


def share(shopper: Shopper, product: int) -> ShareLink:
    """Return a shopper's link to a live product, the same one until it is revoked."""
    rows = Product.objects.live().filter(pk=product, merchant__suspended_at=None)
    found = rows.first()
    if found is None:
        raise NotShared("no_such")
    with as_shopper(shopper):
        open_ones = ShareLink.objects.filter(shopper=shopper, revoked_at=None)
        if (there := open_ones.filter(product=found).first()) is not None:
            return there
        if open_ones.count() >= MOST:
            raise NotShared("full")
        made, _new = ShareLink.objects.get_or_create(
            shopper=shopper, product=found, revoked_at=None,
            defaults={"merchant_id": found.merchant_id},
        )  # fmt: skip
        known = agreed(shopper, Purpose.PERSONALISATION)
    if known:
        note(shopper, Kind.SHARE, product=found.pk)
    return made


def revoke(shopper: Shopper, code: str) -> bool:
    """Let a link lead nowhere, at once; False if the shopper has no such link."""
    with as_shopper(shopper):
        mine = ShareLink.objects.filter(shopper=shopper, code=code, revoked_at=None)
        return bool(mine.update(revoked_at=timezone.now()))


def followed(code: str) -> ShareLink | None:
    """Return where a link leads; None if it is unknown or revoked, or its product gone."""
    with as_everyone():
        rows = ShareLink.objects.filter(code=code, revoked_at=None, product__status="live")
        live = rows.filter(merchant__suspended_at=None)
        return live.select_related("product", "merchant").first()


def note_followed(code: str, shopper: Shopper | None) -> bool:
    """Count that a link was followed, and by whom if they agreed to be known. For a worker.

    The sharer's own steps are not counted.
    """
    with as_everyone():
        link = ShareLink.objects.filter(code=code, revoked_at=None).first()
        if link is None or (shopper is not None and link.shopper_id == shopper.pk):
            return False
        ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
        if shopper is not None and agreed(shopper, Purpose.PERSONALISATION):
            ShareVisit.objects.get_or_create(link=link, shopper=shopper)
    return True


def passed_on(shopper: Shopper | None) -> list[Passed]:
    """Return a shopper's open links, the newest first, with what came of each. Two queries."""
    if shopper is None:
        return []
    with as_shopper(shopper):
        links = list(
            ShareLink.objects.filter(shopper=shopper, revoked_at=None)
            .select_related("product__merchant")
            .prefetch_related("product__texts")[:MOST]
        )
    orders = ordered([one.pk for one in links])
    return [Passed(one, orders.get(one.pk, 0)) for one in links]


def ordered(links: list[int]) -> dict[int, int]:
    """Return how many orders came by each link. One statement."""
    with as_everyone(), connection.cursor() as cursor:
        params: dict[str, Any] = {"links": links, "window": WINDOW}
        cursor.execute(ORDERED_SQL, params)
        return dict(cursor.fetchall())


def shared_of(merchant: Merchant) -> tuple[int, int, int]:
    """Return how many links lead to a shop's products, how often they were followed, and orders.

    Numbers only, for the shop. Two queries.
    """
    with as_everyone():
        rows = list(ShareLink.objects.filter(merchant=merchant).values_list("pk", "opened"))
    return (
        len(rows),
        sum(opened for _pk, opened in rows),
        sum(ordered([pk for pk, _opened in rows]).values()),
    )
