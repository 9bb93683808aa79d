"""Figures in words: values in their units, how they changed, what columns of rows say.

For the pages of figures, the tables and the copilot. Every number comes from what was read; none is
made here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalog.presenting.money import locale_name, money, number
from marketing.figures.reading import Measured, Series, Value
from marketing.figures.spans import COMPARISONS, PRESETS, Span
from profiles.measuring import LEAST_PEOPLE, Metric
from shopguide.accounts.models import Merchant
from shopguide.charts import sparkline

NOTHING = "—"
# A small line is 80 pixels wide.
SPARKS = 60
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
        return f"{formats.number_format(round(100 * Decimal(value), 1), 1)}%"
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
        text = f"{signed(moved, 0)}%"
    if not moved:
        return {"text": _("no change"), "tone": ""}
    tone = "good" if moved * metric.good > 0 else "bad" if metric.good else ""
    return {"text": text, "tone": tone}


def signed(value: Decimal, places: int) -> str:
    """Return a number with its sign."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + formats.number_format(abs(value), places)


def tile(
    merchant: Merchant | None, one: Measured, currency: str, span: Span, asked: Mapping[str, str]
) -> dict[str, Any]:
    """Return one figure as the page shows it, leading to what it is made of."""
    metric, now, before = one.metric, one.now, one.before
    value, earlier = total(now, metric, currency), total(before, metric, currency)
    days = now.days.get(currency, {})
    known = thinned([float(days.get(day) or 0) for day in span.days])
    return {
        "code": metric.code,
        "id": f"{metric.code}-{currency}" if currency else metric.code,
        "label": f"{metric.label} · {currency}" if currency else metric.label,
        "meaning": metric.meaning,
        "value": few() if now.few else say(metric, value, currency),
        "few": now.few,
        "before": ""
        if earlier is None or before is None or before.few
        else say(metric, earlier, currency),
        "change": {} if now.few or before is None or before.few else change(metric, value, earlier),
        "spark": sparkline(known) if any(known) and len(days) > 1 and not now.few else "",
        "url": figure_url(merchant, metric.code, asked),
    }


def thinned(values: Sequence[float]) -> list[float]:
    """Return at most so many values as a small line can show: means of neighbours."""
    size = -(-len(values) // SPARKS) or 1
    return [
        sum(part) / len(part)
        for part in (values[start : start + size] for start in range(0, len(values), size))
    ]


def few() -> str:
    """Say that a figure of so few people is not told."""
    return _("fewer than %(count)s people") % {"count": LEAST_PEOPLE}


def total(series: Series | None, metric: Metric, currency: str) -> Value:
    """Return a figure of a whole period: counts and sums of nothing are 0, shares are none."""
    if series is None:
        return None
    return series.total.get(currency, 0 if metric.additive else None)


def figure_url(merchant: Merchant | None, code: str, asked: Mapping[str, str]) -> str:
    """Return the page of one figure over the same period; the operator's without a shop."""
    where = (
        reverse("merchant_figure", args=[merchant.slug, code])
        if merchant
        else reverse("operator_figure", args=[code])
    )
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
