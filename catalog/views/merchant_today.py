"""A shop's overview: what was sold, what waits for a person, each figure leading to its rows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.concerns import READERS, concerns_for, count
from catalog.models import Product
from catalog.presenting.today import charts, order_figures, takings_figures, waiting
from catalog.reckoning import periods, sold
from catalog.views._portal import member_view, role_in
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


@require_safe
@member_view()
def merchant_today(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the overview in the reader's role. Three queries of the shop's tables."""
    role, now = role_in(request), timezone.now()
    concerns = concerns_for(role)
    with as_merchant(merchant):
        counts = count(merchant, concerns)
        days = sold(merchant, now)
        stocked = Product.objects.of(merchant).filter(deleted_at=None).exists()
    today = timezone.localdate(now)
    context: dict[str, Any] = {
        "merchant": merchant,
        "nav": "today",
        "waiting": waiting(merchant, concerns, counts),
        "figures": order_figures(merchant, found := periods(days, today)),
        "takings": takings_figures(merchant, found[-1]) if role in READERS else [],
        "charts": charts(days, today) if role in READERS and days else [],
        "stocked": stocked,
        "role": role,
        "now": now,
    }
    return render(request, "catalog/merchant/today.html", context)
