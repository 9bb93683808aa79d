"""A shop's returns: what waits for an answer, each with its steps; invoices to be written."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.models import Order, Return, ReturnPicture
from catalog.models.back import ReturnKind, ReturnState
from catalog.orders.asking import NotReturned
from catalog.orders.changing import NotChanged, issue_invoice
from catalog.orders.keeping import NotAllowed
from catalog.orders.pricing import ZERO
from catalog.orders.refunding import exchange, refund, sum_of
from catalog.orders.returning import approve, receive, reject
from catalog.presenting.back import (
    picture_links,
    refund_lines,
    return_row,
    shop_steps,
    why_not,
)
from catalog.search.addressing import clean_text
from catalog.views._portal import member_view, page_of
from catalog.views._results import show
from catalog.views.merchant_orders import ORDER_KEEPERS
from catalog.views.returns import picture_file
from shopguide.accounts.access import row_of
from shopguide.accounts.models import Merchant, User
from shopguide.accounts.tenancy import as_merchant

MOST_KEPT = Decimal("999999999999")
WHOLE = re.compile(r"[0-9]{1,5}")


@require_safe
@member_view()
def merchant_returns(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List the shop's returns, those that wait first unless all are asked for."""
    everything = request.GET.get("state") == "all"

    def url(number: int) -> str:
        asked = {"state": "all" if everything else "", "page": number if number > 1 else ""}
        kept = urlencode({name: value for name, value in asked.items() if value})
        return reverse("merchant_returns", args=[merchant.slug]) + (f"?{kept}" if kept else "")

    with as_merchant(merchant):
        rows = Return.objects.of(merchant).select_related("order")
        rows = rows.prefetch_related("lines__line", "lines__wanted")
        rows = rows if everything else rows.open()
        found, total, pages = page_of(request, rows.order_by("-asked_at", "-pk"), url)
        shown = [
            {**return_row(one), "url": reverse("merchant_return", args=[merchant.slug, one.number])}
            for one in found
        ]
    page = {"rows": shown, "total": total, "pages": pages, "everything": everything}
    context = {"merchant": merchant, "nav": "returns", "page": page}
    return show(request, "catalog/merchant/returns.html", context, "rows")


@require_safe
@member_view()
def merchant_return(request: HttpRequest, merchant: Merchant, number: str) -> HttpResponse:
    """Show one return with what it is worth and the steps that may follow."""
    with as_merchant(merchant):
        rows = Return.objects.select_related("order")
        rows = rows.prefetch_related("lines__line", "lines__wanted", "pictures")
        found = row_of(rows, merchant, number=number)
        done = getattr(found, "refund", None)
        worth = None if done or found.kind == ReturnKind.EXCHANGE else sum_of(found)
        page = {
            **return_row(found),
            "pictures": picture_links(found, request.path),
            "steps": shop_steps(found),
            "settling": found.state in (ReturnState.APPROVED, ReturnState.RECEIVED),
            "exchange": found.kind == ReturnKind.EXCHANGE,
            "sums": refund_lines(worth, found.order.currency) if worth else [],
            "currency": found.order.currency,
            "refund": done,
        }
    context = {"merchant": merchant, "nav": "returns", "page": page}
    return render(request, "catalog/merchant/return.html", context)


@require_http_methods(["POST"])
@member_view(ORDER_KEEPERS)
def merchant_return_step(request: HttpRequest, merchant: Merchant, number: str) -> HttpResponse:
    """Move a return on; whoever was faster is said."""
    with as_merchant(merchant):
        rows = Return.objects.select_related("order").prefetch_related("lines")
        found = row_of(rows, merchant, number=number)
    try:
        step(request, found)
        messages.success(request, _("The return has moved on."))
    except NotAllowed as error:
        where = ReturnState(error.state).label
        messages.error(
            request, _("The return is in another state by now: %(state)s.") % {"state": where}
        )
    except NotReturned as error:
        messages.error(request, why_not(error))
    return HttpResponseRedirect(reverse("merchant_return", args=[merchant.slug, number]))


def step(request: HttpRequest, back: Return) -> Return:
    """Carry out what the button says."""
    by: User = request.user  # type: ignore[assignment]
    text = clean_text(request.POST.get("note", ""), 500)
    state = request.POST.get("state", "")
    if state == ReturnState.APPROVED:
        return approve(back, by=by, text=text)
    if state == ReturnState.REJECTED:
        return reject(back, by=by, text=text)
    if state == ReturnState.RECEIVED:
        return receive(back, sellable=sellable(request, back), by=by, text=text)
    if state == ReturnState.REFUNDED:
        return refund(back, kept=amount_in(request, "kept"), by=by, text=text)
    if state == ReturnState.EXCHANGED:
        carrier = clean_text(request.POST.get("carrier", ""), 80)
        tracking = clean_text(request.POST.get("tracking", ""), 80)
        return exchange(back, carrier=carrier, tracking=tracking, by=by, text=text)
    raise NotAllowed(back.state)


def sellable(request: HttpRequest, back: Return) -> dict[int, int]:
    """Return how many of each line can be sold again, where the form says it."""
    said = {
        line.pk: request.POST.get(f"sellable-{line.pk}", "").strip() for line in back.lines.all()
    }
    return {pk: int(count) for pk, count in said.items() if WHOLE.fullmatch(count)}


def amount_in(request: HttpRequest, name: str) -> Decimal:
    """Return an amount of the form, nothing for anything else."""
    try:
        found = Decimal(request.POST.get(name, "") or "0")
    except InvalidOperation:
        return ZERO
    if not found.is_finite() or not 0 <= found <= MOST_KEPT:
        return ZERO
    return found.quantize(ZERO)


@require_safe
@member_view()
def merchant_return_picture(
    request: HttpRequest, merchant: Merchant, number: str, pk: int
) -> HttpResponse:
    """Show a picture of a return to its shop."""
    with as_merchant(merchant):
        rows = ReturnPicture.objects.filter(back__number=number)
        return picture_file(row_of(rows, merchant, pk=pk))


@require_http_methods(["POST"])
@member_view(ORDER_KEEPERS)
def merchant_order_invoice(request: HttpRequest, merchant: Merchant, number: str) -> HttpResponse:
    """Note the number of an invoice that is written."""
    said = clean_text(request.POST.get("number", ""), 60)
    with as_merchant(merchant):
        found = row_of(Order.objects.all(), merchant, number=number)
    try:
        if said:
            issue_invoice(found, said, by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The shopper sees the number of the invoice."))
        else:
            messages.error(request, _("Enter the number of the invoice."))
    except NotChanged:
        messages.error(request, _("No invoice waits to be written for this order."))
    return HttpResponseRedirect(reverse("merchant_order", args=[merchant.slug, number]))
