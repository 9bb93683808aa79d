"""A shop's figures: what they are, what each means, what it is made of; and all as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.feeds.cells import harmless
from catalog.presenting.paging import page_links
from catalog.search.addressing import clean_number
from catalog.views._portal import member_view, role_in
from marketing.figures.naming import Namer
from marketing.figures.pages import figure_page, groups, overview_charts, overview_funnel
from marketing.figures.presenting import comparisons, presets, span_label, zone_label
from marketing.figures.products import tables
from marketing.figures.reading import Asked, count_rows, measure, rows_of
from marketing.figures.spans import USUAL, Span, asked_comparison, asked_span, before
from marketing.figures.waiting import patient
from profiles.measuring import FACTS, LEAST_PEOPLE, METRICS, Metric, metrics_for
from shopguide.accounts.models import Merchant

BOM = "\ufeff"  # by which spreadsheets know the text for what it is
PAGE, SLICE, MOST = 25, 1000, 100_000


class Chosen:
    """What an address asks: a period, what it is compared with, and how to ask for it again."""

    def __init__(self, request: HttpRequest, usual: str = USUAL) -> None:
        """Read the address; what cannot be read is the usual."""
        self.now = timezone.now()
        asked = {"range": usual, **request.GET.dict()}
        self.span = asked_span(asked, self.now)
        self.how = asked_comparison(asked)
        self.before = before(self.span, self.how, self.now)
        self.params = self.span.params()
        if self.how != "previous":
            self.params["against"] = self.how

    def context(self) -> dict[str, Any]:
        """Return what the form of the period shows."""
        return {
            "span": self.span,
            "span_label": span_label(self.span),
            "before_label": span_label(self.before) if self.before else "",
            "until_now": self.span.until == self.now,
            "presets": presets(self.span, self.params),
            "comparisons": comparisons(self.how),
            "zone": zone_label(self.now),
            "asked": urlencode(self.params),
        }


@require_safe
@member_view()
@patient
def merchant_figures(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show all figures of a period beside those of the one before. 17 queries of figures."""
    chosen, metrics = Chosen(request), metrics_for(role_in(request))
    found = measure(merchant, metrics, chosen.span, chosen.before)
    context = {
        "merchant": merchant,
        "nav": "figures",
        "groups": groups(merchant, found, chosen.span, chosen.params),
        "funnel": overview_funnel(found),
        "charts": overview_charts(found, chosen.span),
        "tables": tables(merchant, chosen.span, chosen.params),
        "metrics": metrics,
        **chosen.context(),
    }
    return render(request, "marketing/merchant/figures.html", context)


def metric_of(request: HttpRequest, code: str) -> Metric:
    """Return a metric that this person may read, or 404."""
    found = METRICS.get(code)
    if found is None or role_in(request) not in found.roles:
        raise Http404(_("There is no such page."))
    return found


@require_safe
@member_view()
@patient
def merchant_figure(request: HttpRequest, merchant: Merchant, code: str) -> HttpResponse:
    """Show one figure by day, parted as is asked, with the rows it is made of."""
    metric, chosen = metric_of(request, code), Chosen(request)
    facts = FACTS[metric.facts]
    page = figure_page(merchant, metric, chosen.span, chosen.before, request.GET.get("by", ""))
    by = {"by": page["by"]} if page["by"] else {}
    context = {
        "merchant": merchant,
        "nav": "figures",
        "metric": metric,
        "page": page,
        "parts_url": f"?{urlencode(chosen.params)}",
        **chosen.context(),
        **rows_page(merchant, metric, chosen, by, request.GET.get("page", "")),
    }
    csv = reverse("merchant_figure_csv", args=[merchant.slug, metric.code])
    context["csv_url"] = f"{csv}?{urlencode(chosen.params)}"
    context["presets"] = presets(chosen.span, chosen.params | by)
    context["facts"] = facts
    return render(request, "marketing/merchant/figure.html", context)


def rows_page(
    merchant: Merchant | None, metric: Metric, chosen: Chosen, by: dict[str, str], page: str
) -> dict[str, Any]:
    """Return a page of the rows behind a figure; none where they would tell of a few people."""
    asked, facts = Asked(metric, chosen.span), FACTS[metric.facts]
    total, people = count_rows(merchant, asked)
    few = people is not None and people < LEAST_PEOPLE
    pages = max(1, -(-total // PAGE))
    number = min(int(clean_number(page, MOST) or 1), pages)
    found = [] if few else rows_of(merchant, asked, limit=PAGE, offset=(number - 1) * PAGE)
    kind = "product" if merchant else "shop"
    namer = Namer(merchant, {row[kind] for row in found if kind in row}, kind=kind)

    def url(to: int) -> str:
        return f"?{urlencode(chosen.params | by | ({'page': to} if to > 1 else {}))}#rows"

    return {
        "total": total,
        "few": few,
        "columns": [
            {"label": one.label, "end": one.kind in ("money", "number", "seconds")}
            for one in facts.columns
        ],
        "rows": [[namer.cell(column, row) for column in facts.columns] for row in found],
        "pages": page_links(number, pages, url),
    }


def table(name: str, rows: Iterator[list[object]]) -> HttpResponse:
    """Send rows as a file for spreadsheets, as they are read."""

    def written() -> Iterator[str]:
        yield BOM
        for row in rows:
            buffer = io.StringIO()
            csv.writer(buffer).writerow([harmless("" if c is None else str(c)) for c in row])
            yield buffer.getvalue()

    return StreamingHttpResponse(  # type: ignore[return-value]
        written(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@member_view()
@patient
def merchant_figures_csv(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Send every figure of a period: in all, and for each day there is one."""
    chosen, metrics = Chosen(request), metrics_for(role_in(request))
    found = measure(merchant, metrics, chosen.span, chosen.before)

    def rows() -> Iterator[list[object]]:
        yield ["figure", "name", "unit", "currency", "day", "value", "before"]
        for code, one in found.items():
            if one.now.few:
                continue
            earlier = one.before.total if one.before and not one.before.few else {}
            for currency, value in one.now.total.items():
                name = [code, one.metric.label, one.metric.unit, currency]
                yield [*name, "", value, earlier.get(currency)]
                for day, part in sorted(one.now.days.get(currency, {}).items()):
                    yield [*name, day.isoformat(), part, ""]

    return table(file_name("figures", merchant, chosen.span), rows())


@require_safe
@member_view()
@patient
def merchant_figure_csv(request: HttpRequest, merchant: Merchant, code: str) -> HttpResponse:
    """Send the rows behind one figure; of what shoppers did, counts."""
    metric, chosen = metric_of(request, code), Chosen(request)
    return table(file_name(code, merchant, chosen.span), sent_rows(merchant, metric, chosen))


def sent_rows(merchant: Merchant | None, metric: Metric, chosen: Chosen) -> Iterator[list[object]]:
    """Yield the rows behind a figure for a file, their names first; none of a few people."""
    asked, columns = Asked(metric, chosen.span), FACTS[metric.facts].columns
    _total, people = count_rows(merchant, asked)
    few = people is not None and people < LEAST_PEOPLE
    money = FACTS[metric.facts].currency and not any(c.code == "currency" for c in columns)
    yield [*(one.code for one in columns), *(["currency"] if money else [])]
    offset = 0
    while not few and offset < MOST:
        found = rows_of(merchant, asked, limit=SLICE, offset=offset)
        for row in found:
            cells: list[object] = [
                timezone.localtime(row[one.code]).isoformat(timespec="seconds")
                if one.kind == "moment" and row[one.code]
                else row[one.code]
                for one in columns
            ]
            yield [*cells, *([row.get("currency_")] if money else [])]
        if len(found) < SLICE:
            return
        offset += SLICE


def file_name(what: str, merchant: Merchant, span: Span) -> str:
    """Return what a file is called: what, whose, of when."""
    return f"{what}-{merchant.slug}-{span.first:%Y%m%d}-{span.last:%Y%m%d}.csv"
