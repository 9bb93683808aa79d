"""What shoppers search for, what they do not find, and what to do about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.presenting.insights import (
    chart,
    figures,
    rows_of,
    unanswered_rows,
    wanted_rows,
)
from catalog.search import noticing
from catalog.search.noticing import MARKET, PERIODS, SHOP
from catalog.views._portal import member_view
from catalog.views.merchant_proposals import may_edit
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

USUAL = 28


@require_safe
@member_view()
def merchant_insights(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show queries without result, seldom opened ones, and what the market place lacks."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else USUAL
    with as_merchant(merchant):
        missing = noticing.unanswered(merchant, days)
        context = {
            "merchant": merchant,
            "nav": "insights",
            "may_edit": may_edit(request, merchant),
            "days": days,
            "periods": PERIODS,
            "figures": figures(noticing.totals(merchant, SHOP, days)),
            "chart": chart(noticing.by_day(merchant, SHOP, days), days),
            "unanswered": unanswered_rows(merchant, missing, noticing.hints(merchant, missing)),
            "seldom": rows_of(merchant, noticing.seldom_opened(merchant, SHOP, days)),
            "seldom_market": rows_of(merchant, noticing.seldom_opened(merchant, MARKET, days)),
            "wanted": wanted_rows(merchant, noticing.wanted_in_market(days)),
            "most": rows_of(merchant, noticing.most_asked(merchant, days)),
        }
    return render(request, "catalog/merchant/insights.html", context)
