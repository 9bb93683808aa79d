"""A shop's overview in words: figures with what they were before, what waits, and the charts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalog.concerns import Concern
from catalog.orders.listing import Listed
from catalog.presenting.money import locale_name, money
from catalog.reckoning import Period, Sold, by_day, takings_by_day
from shopguide.accounts.models import Merchant
from shopguide.charts import Point, line, nice_top


def orders_url(merchant: Merchant, asked: Listed) -> str:
    """Return the address of the shop's orders, narrowed."""
    return f"{reverse('merchant_orders', args=[merchant.slug])}?{urlencode(asked.params())}"


def order_figures(merchant: Merchant, periods: Iterable[Period]) -> list[dict[str, Any]]:
    """Return how many orders there were, each figure leading to these orders."""
    names = {
        "today": (_("Orders today"), _("yesterday by this time")),
        "week": (_("Orders in 7 days"), _("the 7 days before")),
        "month": (_("Orders in 30 days"), _("the 30 days before")),
    }
    return [
        {
            "label": names[one.code][0],
            "value": one.orders,
            "before": f"{one.orders_before:,}",
            "before_label": names[one.code][1],
            "trend": trend(one.orders, one.orders_before),
            "url": orders_url(merchant, Listed(since=one.since)),
        }
        for one in periods
    ]


def takings_figures(merchant: Merchant, period: Period) -> list[dict[str, Any]]:
    """Return what was taken in each currency, each figure leading to the orders that make it."""
    currencies = sorted({*period.takings, *period.takings_before})
    return [
        {
            "label": _("Takings in 30 days, %(currency)s") % {"currency": currency},
            "value": money(period.takings.get(currency, Decimal(0)), currency),
            "before": money(period.takings_before.get(currency, Decimal(0)), currency),
            "before_label": _("the 30 days before"),
            "trend": trend(
                period.takings.get(currency, Decimal(0)),
                period.takings_before.get(currency, Decimal(0)),
            ),
            "url": orders_url(
                merchant, Listed(since=period.since, state="kept", currency=currency)
            ),
        }
        for currency in currencies
    ]


def trend(now: Decimal | int, before: Decimal | int) -> str:
    """Say by how much a figure has changed, nothing where there was none to compare with."""
    if not before:
        return ""
    change = round(100 * (now - before) / before)
    return _("no change") if not change else f"{change:+,}%".replace("-", "−")


def waiting(
    merchant: Merchant, concerns: Iterable[Concern], counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return what waits for a person, in the concerns' order; what is none is left out."""
    return [
        {
            "code": one.code,
            "label": one.label,
            "note": one.note,
            "icon": f"components/icon_{one.icon}.svg",
            "count": counts[one.code],
            "url": url,
        }
        for one in concerns
        if counts.get(one.code) and (url := one.url(merchant))
    ]


def charts(days: Sequence[Sold], today: datetime.date) -> list[dict[str, Any]]:
    """Return the orders of each day, and the takings in the currency that most is taken in."""
    counted = [Point(day_name(day), count) for day, count in by_day(days, today)]
    drawn = [
        {
            "title": _("Orders a day"),
            "unit": _("last 30 days"),
            "chart": line(counted, steps=whole_steps(max(point.value for point in counted))),
        }
    ]
    sums: dict[str, int] = {}
    for one in days:
        sums[one.currency] = sums.get(one.currency, 0) + one.orders
    if sums:
        currency = max(sorted(sums), key=lambda code: sums[code])
        points = takings_by_day(days, today, currency)
        drawn.append(
            {
                "title": _("Takings a day"),
                "unit": currency,
                "chart": line(
                    [Point(day_name(day), float(amount)) for day, amount in points],
                    say=lambda value: money(Decimal(str(round(value, 2))), currency),
                ),
            }
        )
    return drawn


def whole_steps(highest: float) -> int:
    """Return into how many parts an axis of counts is parted so that each tick is a whole one."""
    top = nice_top(highest)
    return next(steps for steps in (4, 5, 2, 1) if not top % steps)


def day_name(day: datetime.date) -> str:
    """Return a day as an axis names it."""
    pattern = "M月d日" if locale_name().startswith("zh") else "MMM d"
    return str(format_date(day, pattern, locale=locale_name()))
