"""An operator's figures: the whole market place by week, each with its definition and its SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketing.figures.market import MARKET, WEEKLY
from marketing.figures.naming import day_label
from marketing.figures.pages import figure_page, groups, overview_charts
from marketing.figures.presenting import NOTHING, figure_url, say
from marketing.figures.reading import Asked, measure, parted
from marketing.figures.spans import Span
from marketing.figures.views import Chosen, rows_page, sent_rows, table
from marketing.figures.waiting import patient_operator
from profiles.measuring import FACTS, LEAST_PEOPLE, Metric

USUAL = "90d"


def group_names() -> dict[str, tuple[str, str]]:
    """Return the parts of the page, in order: title, and what is said below it."""
    return {
        "sales": (_("Sales"), _("Orders of all shops. No currency is converted.")),
        "way": (
            _("From seeing to buying"),
            _("Of shoppers who agreed that it is kept; told of five people or more."),
        ),
        "liked": (_("Satisfaction"), ""),
        "assistant": (_("Assistant"), ""),
    }


def asked_of(request: HttpRequest) -> Chosen:
    """Return what an address asks, of three months unless it says otherwise."""
    return Chosen(request, usual=USUAL)


@require_safe
@patient_operator
@admin.site.admin_view
def operator_figures(request: HttpRequest) -> HttpResponse:
    """Show the market place's figures and how the weeks went. 16 queries of figures."""
    chosen = asked_of(request)
    found = measure(None, MARKET.values(), chosen.span, chosen.before)
    context = {
        "groups": groups(None, found, chosen.span, chosen.params, group_names()),
        "charts": overview_charts(found, chosen.span),
        "weeks": weeks(chosen.span, chosen.params),
        "metrics": list(MARKET.values()),
        **chosen.context(),
    }
    return render(request, "marketing/operator/figures.html", context)


def weeks(span: Span, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return some figures for each week of a period, the newest first. A query for each figure."""
    told: dict[Any, dict[str, str]] = {}
    for code in WEEKLY:
        for one in parted(None, Asked(MARKET[code], span, "week")):
            few = one.people is not None and one.people < LEAST_PEOPLE
            told.setdefault(one.value, {})[code] = NOTHING if few else say(MARKET[code], one.figure)
    heads = [{"label": MARKET[code].label, "url": figure_url(None, code, asked)} for code in WEEKLY]
    rows = [
        {
            "week": day_label(week, "week"),
            "cells": [
                {"label": MARKET[code].label, "text": told[week].get(code, NOTHING)}
                for code in WEEKLY
            ],
        }
        for week in sorted(told, reverse=True)
    ]
    return {"heads": heads, "rows": rows}


def metric_of(code: str) -> Metric:
    """Return one of the market place's figures, or 404."""
    if code not in MARKET:
        raise Http404(_("There is no such page."))
    return MARKET[code]


@require_safe
@patient_operator
@admin.site.admin_view
def operator_figure(request: HttpRequest, code: str) -> HttpResponse:
    """Show one figure by week, or parted otherwise, with the counts it is made of, and its SQL."""
    metric, chosen = metric_of(code), asked_of(request)
    by = request.GET.get("by", "")
    page = figure_page(None, metric, chosen.span, chosen.before, by or "week")
    kept = {"by": by} if page["by"] and by else {}
    context = {
        "metric": metric,
        "page": page,
        "parts_url": f"?{urlencode(chosen.params)}",
        "facts": FACTS[metric.facts],
        **chosen.context(),
        **rows_page(None, metric, chosen, kept, request.GET.get("page", "")),
    }
    csv = reverse("operator_figure_csv", args=[code])
    context["csv_url"] = f"{csv}?{urlencode(chosen.params)}"
    return render(request, "marketing/operator/figure.html", context)


@require_safe
@patient_operator
@admin.site.admin_view
def operator_figure_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Send the counts behind one figure, by day and shop."""
    metric, chosen = metric_of(code), asked_of(request)
    name = f"market-{code}-{chosen.span.first:%Y%m%d}-{chosen.span.last:%Y%m%d}.csv"
    return table(name, sent_rows(None, metric, chosen))
