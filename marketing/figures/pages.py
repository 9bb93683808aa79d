"""What the pages of figures are put together from: groups of tiles, charts, parts of one figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalog.presenting.today import whole_steps
from marketing.figures.naming import Namer, day_label
from marketing.figures.presenting import (
    change,
    few,
    say,
    tile,
    total,
)
from marketing.figures.reading import (
    Asked,
    Measured,
    as_read,
    measure,
    params_of,
    parted,
    parted_sql,
)
from marketing.figures.spans import Span
from profiles.measuring import FACTS, TIMES, Metric
from shopguide.accounts.models import Merchant
from shopguide.charts import Bar, Line, Point, bars, funnel, line

MOST_CURRENCIES, MOST_PARTS = 3, 20
FUNNEL = ("visits", "opening_visits", "cart_visits", "order_visits")
# What the funnel shows already.
IN_FUNNEL = ("opening_visits", "cart_visits", "order_visits")


def group_names() -> dict[str, tuple[str, str]]:
    """Return the parts of the page, in order: title, and what is said below it."""
    return {
        "sales": (_("Sales"), _("Orders by the day they were placed. No currency is converted.")),
        "way": (
            _("From seeing to buying"),
            _("Of shoppers who agreed that it is kept; told of five people or more."),
        ),
        "after": (_("After the sale"), ""),
        "service": (_("Conversations"), _("With the assistant, and with your people.")),
        "search": (_("Search in your shop"), ""),
    }


def groups(
    merchant: Merchant | None,
    found: Mapping[str, Measured],
    span: Span,
    asked: Mapping[str, str],
    names: Mapping[str, tuple[str, str]] | None = None,
) -> list[dict[str, Any]]:
    """Return the tiles of each part of the page: one for each currency of what is money."""
    made = []
    for code, (title, note) in (names or group_names()).items():
        some = [one for one in found.values() if one.metric.group == code]
        tiles = [
            tile(merchant, one, currency, span, asked)
            for one in some
            if one.metric.code not in IN_FUNNEL
            for currency in currencies(one)
        ]
        if tiles:
            made.append({"code": code, "title": title, "note": note, "tiles": tiles})
    return made


def currencies(one: Measured) -> list[str]:
    """Return the currencies a figure is told in, now or before; "" for what is no money."""
    if one.metric.unit != "money":
        return [""]
    known = dict.fromkeys([*one.now.total, *(one.before.total if one.before else {})])
    return list(known)[:MOST_CURRENCIES] or [""]


def overview_funnel(found: Mapping[str, Measured]) -> list[Bar]:
    """Return the way from seeing to ordering, in visits; nothing of a few people."""
    steps = [found[code] for code in FUNNEL if code in found]
    if len(steps) < len(FUNNEL) or steps[0].now.few or not steps[0].now.total:
        return []
    labels = (_("Saw a product"), _("Opened one"), _("Put one into the cart"), _("Ordered"))
    points = [
        Point(label, float(total(one.now, one.metric, "") or 0))
        for label, one in zip(labels, steps, strict=True)
    ]
    return funnel(points)


def overview_charts(found: Mapping[str, Measured], span: Span) -> list[dict[str, Any]]:
    """Return orders, and revenue in the currency most orders are in, by day."""
    made = []
    for code in ("orders", "revenue"):
        one = found.get(code)
        if one is not None and one.now.total and span.length > 1:
            currency = one.currencies[0]
            made.append({
                "title": one.metric.label, "unit": currency or _("a day"),
                "chart": day_chart(one, currency, span),
            })  # fmt: skip
    return made


def day_chart(one: Measured, currency: str, span: Span) -> Line:
    """Return a figure by day as a line; of counts, days without are zero."""
    days, metric = one.now.days.get(currency, {}), one.metric
    zero = metric.additive
    known = [(day, days.get(day, 0 if zero else None)) for day in span.days if zero or day in days]
    points = [Point(day_label(day), float(value)) for day, value in known if value is not None]
    if metric.unit == "count" and points:
        return line(points, steps=whole_steps(max(point.value for point in points)))
    return line(points, say=lambda value: say(metric, Decimal(str(value)), currency))


def figure_page(
    merchant: Merchant | None, metric: Metric, span: Span, before: Span | None, by: str
) -> dict[str, Any]:
    """Return one figure: its values, by day, parted by what is asked, and its SQL."""
    one = measure(merchant, [metric], span, before)[metric.code]
    facts = FACTS[metric.facts]
    dimensions = [*facts.dimensions, *TIMES]
    chosen = next((each for each in dimensions if each.code == by), dimensions[0])
    asked = Asked(metric, span, chosen.code, before=before, limit=MOST_PARTS)
    sql, params = parted_sql(asked)
    hidden = one.now.few
    return {
        "values": [] if hidden else values(one),
        "few": few() if hidden else "",
        "charts": [] if hidden or span.length == 1 else charts(one, span),
        "by": by if chosen.code == by else "",
        "chosen": chosen,
        "dimensions": [
            {"code": each.code, "label": each.label, "on": each is chosen} for each in dimensions
        ],
        "parts": [] if hidden else parts(merchant, asked, chosen.kind),
        "sql": as_read(sql, params_of(merchant, span, before) | params).strip(),
    }


def values(one: Measured) -> list[dict[str, Any]]:
    """Return the figure of the whole period beside what it was, for each currency."""
    metric, before = one.metric, one.before
    return [
        {
            "currency": currency,
            "value": say(metric, now := total(one.now, metric, currency), currency),
            "before": say(metric, earlier := total(before, metric, currency), currency)
            if before and not before.few
            else "",
            "change": change(metric, now, earlier) if before and not before.few else {},
        }
        for currency in currencies(one)
    ]


def charts(one: Measured, span: Span) -> list[dict[str, Any]]:
    """Return a chart for each currency that there is something in."""
    return [
        {"unit": currency, "chart": day_chart(one, currency, span)}
        for currency in currencies(one)
        if one.now.days.get(currency)
    ]


def parts(merchant: Merchant | None, asked: Asked, kind: str) -> list[dict[str, Any]]:
    """Return a figure for each value of a dimension, with a bar, the rows and what it was."""
    found = parted(merchant, asked)
    namer = Namer(merchant, {one.value for one in found}, kind=kind)
    metric = asked.metric
    return [
        {
            "name": namer.name(kind, one.value),
            "currency": one.currency,
            "value": say(metric, one.figure, one.currency),
            "before": say(metric, one.earlier, one.currency),
            "change": change(metric, one.figure, one.earlier),
            "rows": one.rows,
            "share": bar.share,
        }
        for one, bar in zip(found, drawn(found), strict=True)
    ]


def drawn(found: Iterable[Any]) -> list[Bar]:
    """Return the bars of some parts."""
    return bars([Point("", float(one.figure or 0)) for one in found])
