"""What carriers wrote, as part of an order's page: the shopper's own order, the shop's order."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.views._results import show
from marketing.stocking.telling import told_to_shop, told_to_shopper
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import Merchant
from shopguide.accounts.shopping import shopper_of


@require_safe
@never_cache
def order_parcel(request: HttpRequest, number: str) -> HttpResponse:
    """Show a shopper what carriers wrote of their order. Four queries."""
    notes = told_to_shopper(shopper_of(request), number)
    if notes is None:
        raise Http404(_("There is no such page."))
    return show(request, "marketing/order_parcel.html", {"number": number, "notes": notes}, "notes")


@require_safe
@member_view()
def merchant_order_parcel(request: HttpRequest, merchant: Merchant, number: str) -> HttpResponse:
    """Show a shop what carriers wrote of an order, and who must act. Two queries."""
    notes = told_to_shop(merchant, number)
    if notes is None:
        raise Http404(_("There is no such page."))
    context = {"merchant": merchant, "number": number, "notes": notes}
    return render(request, "marketing/merchant/_order_parcel.html", context)
