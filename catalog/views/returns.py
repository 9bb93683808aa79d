"""Giving back what was bought, for its shopper; and the order's address and invoice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.address_form import PlaceForm
from catalog.models import Invoice, Order, Return, ReturnPicture
from catalog.orders.asking import LineNow, NotReturned, lines_now
from catalog.orders.changing import NotChanged, ask_invoice, readdress
from catalog.orders.keeping import NotAllowed
from catalog.orders.picturing import NotAPicture, store
from catalog.orders.replacing import replacements
from catalog.orders.returning import announce, ask, withdraw
from catalog.presenting.back import (
    decided,
    form_lines,
    not_a_picture,
    return_row,
    return_url,
    rules_allow,
    why_not,
)
from catalog.return_form import InvoiceForm, ReturnForm
from catalog.search.addressing import clean_text
from catalog.views.carts import private
from catalog.views.orders import MOST_SHOWN, own_order
from shopguide.accounts.models import User
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper


@require_safe
@private
def returns(request: HttpRequest) -> HttpResponse:
    """List all that somebody has given back or asked to."""
    shopper, rows = shopper_of(request), []
    if shopper is not None:
        with as_shopper(shopper):
            found = Return.objects.filter(order__shopper=shopper).select_related("order")
            found = found.prefetch_related("lines__line", "lines__wanted").order_by("-asked_at")
            rows = [{**return_row(one), "url": return_url(one)} for one in found[:MOST_SHOWN]]
    return render(request, "catalog/returns.html", {"rows": rows, "nav": "returns"})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def order_return(request: HttpRequest, number: str) -> HttpResponse:
    """Say what may come back, and ask for it."""
    order = own_order(request, number)
    lines = lines_of(request, order)
    choices = {now.line.pk: replacements(now) for now in lines if now.exchanges().allowed}
    sent = request.POST if request.method == "POST" else None
    form = ReturnForm(lines, choices, sent)
    wrong, status = "", 200
    if sent is not None:
        status = 422
        if form.is_valid():
            answer = ask_for(request, order, form)
            if isinstance(answer, HttpResponse):
                return answer
            wrong, status = answer, 409
    page = {"number": order.number, "lines": form_lines(form, lines, choices), "wrong": wrong,
            "possible": any(now.bought.left and rules_allow(now) for now in lines)}  # fmt: skip
    return render(request, "catalog/order_return.html", {"page": page, "form": form}, status=status)


def lines_of(request: HttpRequest, order: Order) -> list[LineNow]:
    """Return the order's lines as the rules see them."""
    with as_shopper(shopper_of(request)):
        return lines_now(order)


def ask_for(request: HttpRequest, order: Order, form: ReturnForm) -> HttpResponse | str:
    """Ask for the return; return the way on, or why not."""
    try:
        pictures = store(
            request.FILES.getlist("pictures"),
            Path(settings.UPLOAD_ROOT),
            f"{order.merchant.slug}/back",
        )
        ask(order, replace(form.asking(), pictures=pictures), by=person(request))
    except NotAPicture as error:
        return not_a_picture(error)
    except NotReturned as error:
        return why_not(error)
    messages.success(request, _("The shop has your request. Every step is listed here."))
    return HttpResponseRedirect(reverse("order", args=[order.number]))


def person(request: HttpRequest) -> User | None:
    """Return who is signed in, if anybody is."""
    return request.user if request.user.is_authenticated else None


def own_return(request: HttpRequest, number: str, back: str) -> Return:
    """Return a return of this shopper's order, or 404."""
    order = own_order(request, number)
    with as_shopper(shopper_of(request)):
        found = Return.objects.filter(order=order, number=back).select_related("order").first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found


@require_POST
@private
def return_withdraw(request: HttpRequest, number: str, back: str) -> HttpResponse:
    """Keep it after all."""
    try:
        withdraw(own_return(request, number, back), by=person(request))
        messages.success(request, _("You keep it. The return is withdrawn."))
    except NotAllowed:
        messages.error(request, _("The return is in another state by now."))
    return HttpResponseRedirect(reverse("order", args=[number]))


@require_POST
@private
def return_sent(request: HttpRequest, number: str, back: str) -> HttpResponse:
    """Tell the shop by which parcel it comes."""
    carrier = clean_text(request.POST.get("carrier", ""), 80)
    tracking = clean_text(request.POST.get("tracking", ""), 80)
    found = own_return(request, number, back)
    try:
        if carrier or tracking:
            announce(found, carrier=carrier, tracking=tracking, by=person(request))
            messages.success(request, _("The shop knows which parcel to expect."))
        else:
            messages.error(request, _("Enter the carrier or the tracking number."))
    except NotAllowed:
        messages.error(request, _("The return is in another state by now."))
    return HttpResponseRedirect(reverse("order", args=[number]))


@require_safe
@private
def return_picture(request: HttpRequest, number: str, back: str, pk: int) -> HttpResponse:
    """Show a picture to who sent it."""
    found = own_return(request, number, back)
    with as_shopper(shopper_of(request)):
        return picture_file(ReturnPicture.objects.filter(back=found, pk=pk).first())


def picture_file(picture: ReturnPicture | None) -> HttpResponse:
    """Return the file of a picture, or 404."""
    path = Path(settings.UPLOAD_ROOT) / picture.file if picture else None
    if path is None or not path.is_file():
        raise Http404(_("There is no such page."))
    return FileResponse(path.open("rb"), content_type="image/webp")  # type: ignore[return-value]


@require_http_methods(["GET", "HEAD", "POST"])
@private
def order_address(request: HttpRequest, number: str) -> HttpResponse:
    """Send the order elsewhere, as long as the shop allows it."""
    order = own_order(request, number)
    sent = request.POST if request.method == "POST" else None
    form = PlaceForm(sent, initial=order.address)
    wrong = ""
    if sent is not None and form.is_valid():
        try:
            readdress(order, form.address(), by=person(request))
        except NotChanged as error:
            wrong = decided(error.decision) if error.decision is not None else ""
        else:
            messages.success(request, _("The order goes to the new address."))
            return HttpResponseRedirect(reverse("order", args=[number]))
    context = {"form": form, "number": number, "wrong": wrong}
    status = 409 if wrong else 422 if form.errors else 200
    return render(request, "catalog/order_address.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def order_invoice(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for an invoice, or change what it is to say."""
    order = own_order(request, number)
    with as_shopper(shopper_of(request)):
        known = Invoice.objects.filter(order=order).first()
    first = {"title": known.title, "tax_number": known.tax_number} if known else {
        "title": order.address.get("name", "")
    }  # fmt: skip
    sent = request.POST if request.method == "POST" else None
    form = InvoiceForm(sent, initial={"email": order.email} | first)
    wrong = ""
    if sent is not None and form.is_valid():
        try:
            ask_invoice(order, **form.cleaned_data, by=person(request))
        except NotChanged as error:
            wrong = invoice_refusal(error.code)
        else:
            messages.success(request, _("The shop writes the invoice and enters its number here."))
            return HttpResponseRedirect(reverse("order", args=[number]))
    context = {"form": form, "number": number, "wrong": wrong}
    status = 409 if wrong else 422 if form.errors else 200
    return render(request, "catalog/order_invoice.html", context, status=status)


def invoice_refusal(code: str) -> str:
    """Say why there is no invoice to ask for."""
    if code == "issued":
        return _("The invoice is written already. Ask the shop if it must be changed.")
    return _("The shop writes no invoice for this order.")
