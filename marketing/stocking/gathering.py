"""A shop's past as daily counts: its orders here, and the sales it has brought along.

For forecasts. Cancelled orders were no demand. Days on which a thing was sold out tell little:
where they were noted, what usually sold stands in their place.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from catalog.models import Coupon, OrderLine, PriceChange, Product
from catalog.models.order import OrderState
from catalog.models.product import Status
from marketing.models import PastSale, SoldOut
from marketing.stocking.demand.choosing import HORIZON, History
from shopguide.accounts.models import Merchant

MOST_DAYS = 730
# A lowered price that lasts longer than this is the price; one that still holds is taken to last.
LONGEST_PROMOTION, STILL = 42, 14
LOWERED = 0.95
# What usually sold is taken from so many days; of a weekday, if it was there so often.
LOOK_BACK, WEEK, FEWEST_SAME = 56, 7, 3
Day = datetime.date


@dataclass(frozen=True)
class Past:
    """Products in the order of the history's rows.

    ``sold``: what was sold; the history holds the same, with days that were sold out filled up.
    """

    products: list[int]
    history: History
    sold: np.ndarray


def past_of(merchant: Merchant, today: Day) -> Past | None:
    """Return what was sold until yesterday, None if nothing was. To be called as the shop.

    Six queries, one row for each product and day that sold or was sold out.
    """
    first = today - datetime.timedelta(days=MOST_DAYS)
    sums: dict[tuple[int, Day], int] = defaultdict(int)
    for product, day, count in (*ordered(merchant, first), *brought(merchant, first)):
        if day < today:
            sums[product, day] += count
    rows = Product.objects.of(merchant).exclude(status=Status.ARCHIVED).order_by("pk")
    known = set(rows.values_list("pk", flat=True))
    products = sorted({product for product, _day in sums} & known)
    if not products:
        return None
    place = {product: number for number, product in enumerate(products)}
    begins = min(day for product, day in sums if product in place)
    counts = np.zeros((len(products), (today - begins).days))
    for (product, day), count in sums.items():
        if product in place:
            counts[place[product], (day - begins).days] += count
    length = counts.shape[1] + HORIZON
    asked = filled(counts, out_of_stock(merchant, place, begins, counts.shape))
    return Past(
        products,
        History(asked, begins, lowered(merchant, place, begins, length),
                promoted(merchant, begins, length)),
        counts,
    )  # fmt: skip


def out_of_stock(
    merchant: Merchant, place: dict[int, int], begins: Day, shape: tuple[int, ...]
) -> np.ndarray:
    """Return on which days a product was noted as sold out: (products, days)."""
    found = np.zeros(shape, dtype=bool)
    rows = SoldOut.objects.filter(merchant=merchant, product__in=place, day__gte=begins)
    for product, day in rows.values_list("product", "day"):
        if (number := (day - begins).days) < shape[1]:
            found[place[product], number] = True
    return found


def filled(counts: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Put what usually sold in the place of days that were sold out: (n, t), (n, t) -> (n, t).

    Usual is the mean of the days before, up to eight weeks, on which it could be had, the same
    weekdays if there were at least three; never less than what was sold. Without such days the
    day stays as it is.
    """
    if not out.any():
        return counts
    asked = counts.copy()
    for row, day in zip(*np.nonzero(out), strict=True):
        before = np.arange(max(0, day - LOOK_BACK), day)
        before = before[~out[row, before]]
        same = before[(day - before) % WEEK == 0]
        usual = counts[row, same if len(same) >= FEWEST_SAME else before]
        if len(usual):
            asked[row, day] = max(counts[row, day], usual.mean())
    return asked


def ordered(merchant: Merchant, first: Day) -> Iterable[tuple[int, Day, int]]:
    """Return (product, day, pieces) of orders that were not cancelled."""
    lines = OrderLine.objects.filter(
        merchant=merchant, variant__isnull=False, order__placed_at__date__gte=first
    ).exclude(order__state=OrderState.CANCELLED)
    days = lines.annotate(day=TruncDate("order__placed_at")).values("variant__product", "day")
    return days.annotate(count=Sum("quantity")).values_list("variant__product", "day", "count")


def brought(merchant: Merchant, first: Day) -> Iterable[tuple[int, Day, int]]:
    """Return (product, day, pieces) of sales that were imported."""
    rows = PastSale.objects.filter(merchant=merchant, day__gte=first)
    return rows.values_list("product", "day").annotate(count=Sum("quantity"))


def promoted(merchant: Merchant, begins: Day, length: int) -> np.ndarray:
    """Return on which days a coupon of the shop held that was made for a time: (length,)."""
    found = np.zeros(length, dtype=bool)
    coupons = Coupon.objects.filter(
        merchant=merchant, active=True, starts_at__isnull=False, ends_at__isnull=False
    )
    for starts, ends in coupons.values_list("starts_at", "ends_at"):
        start, end = (timezone.localtime(each).date() for each in (starts, ends))
        if (end - start).days <= LONGEST_PROMOTION:
            mark(found, (start - begins).days, (end - begins).days + 1)
    return found


def lowered(merchant: Merchant, place: dict[int, int], begins: Day, length: int) -> np.ndarray:
    """Return on which days a product's price was lowered for a time: (products, length)."""
    found = np.zeros((len(place), length), dtype=bool)
    changes = PriceChange.objects.filter(merchant=merchant, variant__product__in=place)
    held: dict[tuple[int, int], tuple[Day, float, float]] = {}
    today = timezone.localdate()
    for product, variant, prices, amount, at in changes.order_by("changed_at", "pk").values_list(
        "variant__product", "variant", "price_list", "amount", "changed_at"
    ):
        day, key = timezone.localtime(at).date(), (variant, prices)
        before = held.pop(key, None)
        if before and before[2] < before[1] * LOWERED:
            stretch(found[place[product]], before[0], day, begins)
        if amount is not None:
            normal = before[1] if before and amount < before[1] else float(amount)
            held[key] = (day, normal, float(amount))
    products = dict(changes.order_by().values_list("variant", "variant__product").distinct())
    still = today + datetime.timedelta(days=STILL)
    for (variant, _prices), (since, usual, now) in held.items():
        if now < usual * LOWERED and (today - since).days <= LONGEST_PROMOTION:
            stretch(found[place[products[variant]]], since, still, begins)
    return found


def stretch(days: np.ndarray, start: Day, end: Day, begins: Day) -> None:
    """Mark a lowered price from a day until before another, if it was for a time only."""
    if (end - start).days <= LONGEST_PROMOTION + STILL:
        mark(days, (start - begins).days, (end - begins).days)


def mark(days: np.ndarray, start: int, end: int) -> None:
    """Mark days, as far as they are in the time that is looked at."""
    days[max(start, 0) : max(end, 0)] = True
