"""Figures in words: values in their units, how they changed, what columns of rows say.

For the pages of figures, the tables and the copilot. Every number comes from what was read; none is
made here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalog.models import Category, Product
from catalog.models.order import OrderState
from catalog.presenting.money import locale_name, money, number
from marketing.figures.reading import Measured, Series, Value
from marketing.figures.spans import COMPARISONS, OWN, PRESETS, Day, Span
from profiles.measuring import LEAST_PEOPLE, Column, Dimension, Metric
from shopguide.accounts.models import Merchant
from shopguide.charts import sparkline

NOTHING = "–"
MINUTE, HOUR, DAY_S = 60, 3600, 86_400


def say(metric: Metric, value: Value, currency: str = "") -> str:
    """Return a figure as a person reads it."""
    return say_unit(metric.unit, value, currency)


def say_unit(unit: str, value: Value, currency: str = "") -> str:
    """Return a number in its unit; a dash where there is none."""
    if value is None:
        return NOTHING
    if unit == "money":
        return money(Decimal(value), currency) if currency else number(Decimal(value))
    if unit == "share":
        return f"{formats.number_format(round(100 * Decimal(value), 1), 1)} %"
    if unit == "stars":
        return formats.number_format(round(Decimal(value), 2), 2)
    if unit == "seconds":
        return duration(float(value))
    exact = Decimal(value)
    return number(int(exact) if exact == int(exact) else round(exact, 2))


def duration(seconds: float) -> str:
    """Return a time as its two largest parts."""
    if seconds < MINUTE:
        return _("%(count)s s") % {"count": round(seconds)}
    if seconds < HOUR:
        return _("%(minutes)s min %(seconds)s s") % {
            "minutes": int(seconds // MINUTE), "seconds": int(seconds % MINUTE)
        }  # fmt: skip
    if seconds < 2 * DAY_S:
        return _("%(hours)s h %(minutes)s min") % {
            "hours": int(seconds // HOUR), "minutes": int(seconds % HOUR // MINUTE)
        }  # fmt: skip
    return _("%(days)s days") % {"days": round(seconds / DAY_S)}


def change(metric: Metric, now: Value, earlier: Value) -> dict[str, str]:
    """Say how a figure changed, and whether that is good; shares by points."""
    if now is None or earlier is None:
        return {"text": "", "tone": ""}
    if metric.unit == "share":
        moved = round(100 * (Decimal(now) - Decimal(earlier)), 1)
        text = _("%(points)s points") % {"points": signed(moved, 1)}
    elif not earlier:
        return {"text": "", "tone": ""}
    else:
        moved = round(100 * (Decimal(now) - Decimal(earlier)) / Decimal(earlier), 0)
        text = f"{signed(moved, 0)} %"
    if not moved:
        return {"text": _("no change"), "tone": ""}
    tone = "good" if moved * metric.good > 0 else "bad" if metric.good else ""
    return {"text": text, "tone": tone}


def signed(value: Decimal, places: int) -> str:
    """Return a number with its sign."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + formats.number_format(abs(value), places)


def tile(
    merchant: Merchant, one: Measured, currency: str, span: Span, asked: Mapping[str, str]
) -> dict[str, Any]:
    """Return one figure as the page shows it, leading to what it is made of."""
    metric, now, before = one.metric, one.now, one.before
    value, earlier = total(now, metric, currency), total(before, metric, currency)
    days = now.days.get(currency, {})
    known = [float(days.get(day) or 0) for day in span.days]
    return {
        "code": metric.code,
        "id": f"{metric.code}-{currency}" if currency else metric.code,
        "label": f"{metric.label} · {currency}" if currency else metric.label,
        "meaning": metric.meaning,
        "value": few() if now.few else say(metric, value, currency),
        "few": now.few,
        "before": "" if before is None or before.few else say(metric, earlier, currency),
        "change": {} if now.few or before is None or before.few else change(metric, value, earlier),
        "spark": sparkline(known) if len(days) > 1 and not now.few else "",
        "url": figure_url(merchant, metric.code, asked),
    }


def few() -> str:
    """Say that a figure of so few people is not told."""
    return _("fewer than %(count)s people") % {"count": LEAST_PEOPLE}


def total(series: Series | None, metric: Metric, currency: str) -> Value:
    """Return a figure of a whole period: counts and sums of nothing are 0, shares are none."""
    if series is None:
        return None
    additive = not metric.whole and metric.unit in ("count", "money")
    return series.total.get(currency, 0 if additive else None)


def figure_url(merchant: Merchant, code: str, asked: Mapping[str, str]) -> str:
    """Return the page of one figure over the same period."""
    where = reverse("merchant_figure", args=[merchant.slug, code])
    return f"{where}?{urlencode(asked)}" if asked else where


def span_label(span: Span) -> str:
    """Return a period as its days."""
    pattern = "y年M月d日" if locale_name().startswith("zh") else "MMM d, y"
    ends = [format_date(day, pattern, locale=locale_name()) for day in (span.first, span.last)]
    return ends[0] if span.first == span.last else f"{ends[0]} – {ends[1]}"


def zone_label(now: datetime.datetime) -> str:
    """Return the market place's time zone with its distance from Greenwich."""
    offset = timezone.localtime(now).strftime("%z")
    return f"{settings.TIME_ZONE}, UTC{offset[:3]}:{offset[3:]}".replace("-", "−")


def presets(span: Span, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the periods to choose from, keeping what they are compared with."""
    kept = {key: value for key, value in asked.items() if key in ("against", "by")}
    return [
        {"label": label, "on": code == span.code, "url": f"?{urlencode({'range': code} | kept)}"}
        for code, (label, _ends) in PRESETS.items()
    ]


def comparisons(how: str) -> list[dict[str, Any]]:
    """Return what a period can be compared with."""
    return [
        {"value": code, "label": label, "selected": code == how}
        for code, label in COMPARISONS.items()
    ]


def own(span: Span) -> bool:
    """Tell whether somebody chose the days themselves."""
    return span.code == OWN


# --- values of dimensions and columns -------------------------------------------------------------
def words() -> dict[str, str]:
    """Return what codes in rows mean."""
    return {
        **{str(code): str(label) for code, label in OrderState.choices},
        "asked": _("Asked for"), "approved": _("Approved"), "rejected": _("Rejected"),
        "withdrawn": _("Withdrawn"), "received": _("Received by the shop"),
        "refunded": _("Money back"), "exchanged": _("Replacement sent"),
        "refund": _("Money back"), "exchange": _("Exchange"),
        "waiting": _("Waiting for a person"), "agent": _("A person"), "resolved": _("Resolved"),
        "assistant": _("Assistant"), "recommendation": _("Recommendation"),
        "assistant+recommendation": _("Assistant and recommendation"),
        "unhappy": _("has been upset for several turns"), "home": _("Home page"),
        "page": _("For you"), "product": _("Product page"), "cart": _("Cart"),
        "en": _("English"), "zh-hans": _("Chinese"), "": NOTHING,
    }  # fmt: skip


def steps() -> dict[int, str]:
    """Return how far a visit came."""
    return {
        1: _("Saw a product"), 2: _("Opened a product"), 3: _("Put into the cart"), 4: _("Ordered"),
    }  # fmt: skip


class Namer:
    """Names for the values of some rows: one query for products, one for categories."""

    def __init__(
        self, merchant: Merchant, values: Iterable[Any] = (), *, kind: str = "product"
    ) -> None:
        """Look the names up; to be called as the merchant."""
        known = [one for one in values if one is not None]
        self.merchant, self.products, self.categories = merchant, {}, {}  # type: ignore[var-annotated]
        self.words = words()
        if kind == "product" and known:
            rows = Product.objects.of(merchant).filter(pk__in=known).prefetch_related("texts")
            self.products = {one.pk: one.title for one in rows}
        if kind == "category" and known:
            found = Category.objects.filter(path__in=known)
            self.categories = {
                one.path: one.name_zh if locale_name().startswith("zh") else one.name_en
                for one in found
            }

    def name(self, kind: str, value: Any) -> str:
        """Return what a value of a dimension is called."""
        if value is None or value == "":
            return _("unknown") if kind == "product" else NOTHING
        if kind == "product":
            return str(self.products.get(value) or _("a product that is gone"))
        if kind == "category":
            return str(self.categories.get(value) or value)
        if kind in ("day", "week", "month"):
            return day_label(value, kind)
        if kind == "weekday":
            return str(WEEKDAYS[int(value) - 1])
        if kind == "hour":
            return f"{int(value):02d}:00"
        if kind == "step":
            return steps().get(int(value), NOTHING)
        if kind == "number":
            return number(value)
        return str(self.words.get(str(value), value)) if kind == "words" else str(value)

    def cell(self, column: Column, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return one cell of a row behind a figure: text, where it leads, whether it is a number."""
        value, currency = row[column.code], row.get("currency_") or row.get("currency") or ""
        text, url = NOTHING, ""
        if value is None:
            pass
        elif column.kind == "money":
            text = say_unit("money", value, currency)
        elif column.kind == "moment":
            text = formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        elif column.kind in ("seconds", "number"):
            text = say_unit("seconds" if column.kind == "seconds" else "count", value)
        elif column.kind == "order":
            text, url = str(value), reverse("merchant_order", args=[self.merchant.slug, value])
        else:
            text = self.name(column.kind, value)
            if column.kind == "product" and value in self.products:
                url = reverse("merchant_product", args=[self.merchant.slug, value])
        ends = column.kind in ("money", "number", "seconds")
        return {"text": text, "url": url, "end": ends, "label": column.label}


def day_label(value: Day, kind: str = "day") -> str:
    """Return a day, the week it begins, or its month."""
    chinese = locale_name().startswith("zh")
    if kind == "month":
        return format_date(value, "y年M月" if chinese else "MMM y", locale=locale_name())
    text = format_date(value, "M月d日" if chinese else "MMM d", locale=locale_name())
    return _("week of %(day)s") % {"day": text} if kind == "week" else text


def naming_kind(dimension: Dimension | None) -> str:
    """Return which names a dimension's values need."""
    return dimension.kind if dimension else ""
