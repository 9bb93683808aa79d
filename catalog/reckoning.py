"""What a shop sold: orders and takings of the last days, and of as long before to compare with.

For the portal's overview. Orders are counted by the day they were placed, in the market place's
time zone. Takings are the totals of orders that were not cancelled, in the currency they were paid
in; nothing is converted. What came before is counted up to the same time of day. One query.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from catalog.models import Order
from catalog.models.order import OrderState
from catalog.orders.listing import start_of
from shopguide.accounts.models import Merchant

PERIODS = {"today": 1, "week": 7, "month": 30}
LONGEST = max(PERIODS.values())
KEPT = ~Q(state=OrderState.CANCELLED)


@dataclass(frozen=True)
class Sold:
    """What was sold on one day in one currency; ``early``: up to this time of day."""

    day: datetime.date
    currency: str
    orders: int
    takings: Decimal
    early_orders: int
    early_takings: Decimal


@dataclass
class Period:
    """The last days up to now, and as many before them up to the same time of day."""

    code: str
    since: datetime.date
    orders: int = 0
    orders_before: int = 0
    takings: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    takings_before: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


def sold(merchant: Merchant, now: datetime.datetime) -> list[Sold]:
    """Return each day's orders and takings by currency, as far back as is compared. One query."""
    local = timezone.localtime(now)
    first = local.date() - datetime.timedelta(days=2 * LONGEST)
    early = Q(placed_at__time__lte=local.time())
    rows = (
        Order.objects.of(merchant)
        .filter(placed_at__gte=start_of(first), placed_at__lte=now)
        .annotate(day=TruncDate("placed_at"))
        .values("day", "currency")
        .annotate(
            orders=Count("pk"),
            takings=Sum("total_amount", filter=KEPT, default=Decimal(0)),
            early_orders=Count("pk", filter=early),
            early_takings=Sum("total_amount", filter=KEPT & early, default=Decimal(0)),
        )
        .order_by("day", "currency")
    )
    return [Sold(**row) for row in rows]


def periods(days: Iterable[Sold], today: datetime.date) -> list[Period]:
    """Add days up to the periods that end today."""
    found = []
    for code, length in PERIODS.items():
        back = datetime.timedelta(days=length)
        period = Period(code, since=today - back + datetime.timedelta(days=1))
        for one in days:
            if one.day >= period.since:
                period.orders += one.orders
                period.takings[one.currency] += one.takings
            elif one.day == today - back:
                period.orders_before += one.early_orders
                period.takings_before[one.currency] += one.early_takings
            elif one.day > today - 2 * back:
                period.orders_before += one.orders
                period.takings_before[one.currency] += one.takings
        found.append(period)
    return found


def by_day(days: Iterable[Sold], today: datetime.date) -> list[tuple[datetime.date, int]]:
    """Return the orders of each of the last days, those without any too."""
    counts: dict[datetime.date, int] = defaultdict(int)
    for one in days:
        counts[one.day] += one.orders
    return [(day, counts[day]) for day in last_days(today)]


def takings_by_day(
    days: Iterable[Sold], today: datetime.date, currency: str
) -> list[tuple[datetime.date, Decimal]]:
    """Return the takings of each of the last days in one currency."""
    sums = {one.day: one.takings for one in days if one.currency == currency}
    return [(day, sums.get(day, Decimal(0))) for day in last_days(today)]


def last_days(today: datetime.date) -> list[datetime.date]:
    """Return the days of the longest period, today last."""
    return [today - datetime.timedelta(days=back) for back in range(LONGEST - 1, -1, -1)]
