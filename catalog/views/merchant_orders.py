"""A shop's orders: what to pack next, and each order's steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Invoice, Order, Return
from catalog.models.order import OrderState
from catalog.orders.keeping import NotAllowed, advance
from catalog.orders.listing import Listed, state_choices
from catalog.presenting.back import return_row
from catalog.presenting.buying import order_page, order_row
from catalog.search.addressing import clean_text
from catalog.views._portal import member_view, page_of
from catalog.views._results import show
from shopguide.accounts.access import row_of
from shopguide.accounts.models import Merchant, Role
from shopguide.accounts.tenancy import as_merchant

ORDER_KEEPERS = (Role.OWNER, Role.EDITOR, Role.AGENT)


@require_safe
@member_view()
def merchant_orders(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List the shop's orders, the newest first, by state, number or email, and day."""
    asked = Listed.of(request.GET.dict())

    def url(number: int) -> str:
        kept = urlencode(asked.params() | ({"page": str(number)} if number > 1 else {}))
        return reverse("merchant_orders", args=[merchant.slug]) + (f"?{kept}" if kept else "")

    with as_merchant(merchant):
        rows = Order.objects.of(merchant).select_related("merchant").prefetch_related("lines")
        kept = asked.narrow(rows)
        found, total, pages = page_of(request, kept.order_by("-placed_at", "-pk"), url)
        shown = [
            {**order_row(one), "url": reverse("merchant_order", args=[merchant.slug, one.number])}
            for one in found
        ]
    page = {
        "rows": shown, "total": total, "pages": pages, "query": asked.query, "asked": asked,
        "state": asked.state, "narrowed": bool(asked.params()),
        "states": state_choices(asked.state),
    }  # fmt: skip
    context = {"merchant": merchant, "nav": "orders", "page": page}
    return show(request, "catalog/merchant/orders.html", context, "rows")


@require_http_methods(["GET", "HEAD"])
@member_view()
def merchant_order(request: HttpRequest, merchant: Merchant, number: str) -> HttpResponse:
    """Show one order with the steps that may follow."""
    with as_merchant(merchant):
        rows = Order.objects.select_related("merchant").prefetch_related("lines", "events")
        one = row_of(rows, merchant, number=number)
        returns = Return.objects.filter(order=one).order_by("-asked_at")
        found = order_page(one) | {
            "invoice": Invoice.objects.filter(order=one).first(),
            "back": [
                return_row(back)
                for back in returns.select_related("order").prefetch_related(
                    "lines__line", "lines__wanted"
                )
            ],
        }
    context = {"merchant": merchant, "nav": "orders", "order": found}
    return render(request, "catalog/merchant/order.html", context)


@require_http_methods(["POST"])
@member_view(ORDER_KEEPERS)
def merchant_order_step(request: HttpRequest, merchant: Merchant, number: str) -> HttpResponse:
    """Move an order on; whoever was faster is said."""
    with as_merchant(merchant):
        found = row_of(Order.objects.all(), merchant, number=number)
    try:
        advance(
            found,
            request.POST.get("state", ""),
            by=request.user,  # type: ignore[arg-type]
            carrier=clean_text(request.POST.get("carrier", ""), 80),
            tracking=clean_text(request.POST.get("tracking", ""), 80),
            text=clean_text(request.POST.get("note", ""), 500),
        )
        messages.success(request, _("The order has moved on."))
    except NotAllowed as error:
        where = OrderState(error.state).label
        messages.error(
            request, _("The order is in another state by now: %(state)s.") % {"state": where}
        )
    return HttpResponseRedirect(reverse("merchant_order", args=[merchant.slug, number]))
