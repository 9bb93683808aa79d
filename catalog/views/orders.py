"""Checkout and the shopper's orders."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.address_form import AddressForm
from catalog.models import BuyerReview, Invoice, Order, Return
from catalog.orders import addressing
from catalog.orders.asking import lines_now
from catalog.orders.keeping import NotAllowed, cancel
from catalog.orders.paying import PaymentDeclined, provider, providers
from catalog.orders.placing import NotPlaced, Wish, place
from catalog.policies.versions import policy_for
from catalog.presenting.after_sales import after_sales
from catalog.presenting.buying import address_lines, cart_page, order_page, order_row, refusal
from catalog.presenting.naming import reader
from catalog.presenting.pasting import pasted
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.search.market import market
from catalog.views.carts import cart_now, counted, number_in, private
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.web import currency_of, log_of

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@private
def checkout(request: HttpRequest) -> HttpResponse:
    """Ask where to and how, show what it comes to, and order."""
    ordering = request.method == "POST" and "order" in request.POST
    form = form_of(request, ordering=ordering)
    country = clean_text(request.POST.get("country") or form.initial["country"], 2)
    now = cart_now(request, country=country, methods=methods_of(request))
    if not now.lines:
        return HttpResponseRedirect(reverse("cart"))
    wrong = ""
    if ordering and form.is_valid():
        answer = order_now(request, form)
        if isinstance(answer, HttpResponse):
            return answer
        wrong = answer
        now = cart_now(request, country=country, methods=methods_of(request))
    paying = request.POST.get("payment", "")
    page = {
        **cart_page(now),
        "checkout": checkout_of(request),
        "wrong": wrong,
        "places": saved_places(request, form),
        "payments": [
            {"code": one.code, "name": one.name, "help": one.help, "selected": one.code == paying}
            for one in providers({parcel.merchant.pk for parcel in now.parcels})
        ],
    }
    status = 409 if wrong else 422 if form.errors else 200
    return render(request, "catalog/checkout.html", {"page": page, "form": form}, status=status)


def form_of(request: HttpRequest, *, ordering: bool) -> AddressForm:
    """Return the form as it was sent; before the order it is only filled in, not judged."""
    guess = first_guess(request)
    if ordering:
        return AddressForm(request.POST, initial=guess)
    typed = {name: request.POST[name] for name in AddressForm.base_fields if request.POST.get(name)}
    typed |= pasted(request) if "paste" in request.POST else {}
    return AddressForm(initial=guess | typed)


def order_now(request: HttpRequest, form: AddressForm) -> HttpResponse | str:
    """Place the order; return the way on, or what stands in the way."""
    way = provider(request.POST.get("payment", ""))
    if way is None:
        return _("Choose how you want to pay.")
    wish = Wish(
        checkout=checkout_of(request),
        currency=market().currency(currency_of(request)),
        expected=clean_text(request.POST.get("expected", ""), 200),
        address=form.address(),
        email=form.cleaned_data["email"],
        language=reader(),
        methods=methods_of(request),
    )
    try:
        orders = place(shopper_for(request), wish, way)
    except NotPlaced as error:
        return refusal(error.code)
    except PaymentDeclined:
        return refusal("declined")
    log_of(request).bought([one.pk for one in orders])
    if "keep_address" in request.POST:
        with suppress(addressing.NoRoom):
            addressing.save(shopper_for(request), wish.address)
    messages.success(request, _("Thank you. Your order has been placed."))
    single = orders[0].number if len(orders) == 1 else ""
    url = reverse("order", args=[single]) if single else reverse("orders")
    return counted(request, HttpResponseRedirect(url))


def first_guess(request: HttpRequest) -> dict[str, str]:
    """Return what is known already: country by language, the email of whoever is signed in."""
    email = request.user.email if request.user.is_authenticated else ""
    country = "CN" if currency_of(request) == "CNY" else "US"
    shopper = shopper_of(request)
    if shopper is None:
        return {"country": country, "email": email}
    with as_shopper(shopper):
        last = Order.objects.by(shopper).values_list("address", "email").first()
    earlier = {**last[0], "email": last[1]} if last else {"country": country}
    asked = int(clean_number(request.GET.get("address", ""), LARGEST_ID) or 0)
    saved = addressing.addresses_of(shopper)
    chosen = next((one for one in saved if one.pk == asked), next(iter(saved), None))
    if chosen:
        earlier |= addressing.fields_of(chosen)
    return {**earlier, "email": email or earlier.get("email", "")}


def saved_places(request: HttpRequest, form: AddressForm) -> list[dict[str, Any]]:
    """Return the saved addresses, and which of them the form holds."""
    held = {name: form[name].value() or "" for name in addressing.KEPT}
    return [
        {
            "pk": one.pk,
            "text": ", ".join(address_lines(addressing.fields_of(one))),
            "selected": addressing.fields_of(one) == held,
        }
        for one in addressing.addresses_of(shopper_of(request))
    ]


def methods_of(request: HttpRequest) -> dict[int, int]:
    """Return the chosen way of shipping by shop."""
    found = {}
    for name in request.POST:
        if name.startswith("method-") and name.removeprefix("method-").isdecimal():
            found[int(name.removeprefix("method-")[:18])] = number_in(request, name)
    return found


def checkout_of(request: HttpRequest) -> uuid.UUID:
    """Return the checkout's own number: the form's, so that sending it twice orders once."""
    try:
        return uuid.UUID(request.POST.get("checkout", ""))
    except ValueError:
        return uuid.uuid4()


@require_safe
@private
def orders(request: HttpRequest) -> HttpResponse:
    """List the shopper's orders, newest first."""
    shopper, rows = shopper_of(request), []
    if shopper is not None:
        with as_shopper(shopper):
            found = Order.objects.by(shopper).select_related("merchant").prefetch_related("lines")
            rows = [order_row(one) for one in found[:MOST_SHOWN]]
    return render(request, "catalog/orders.html", {"orders": rows})


@require_safe
@private
def order(request: HttpRequest, number: str) -> HttpResponse:
    """Show one of the shopper's orders."""
    found = own_order(request, number)
    return render(request, "catalog/order.html", {"order": whole_page(request, found)})


def whole_page(request: HttpRequest, found: Order) -> dict[str, Any]:
    """Return the page of an order with all that may follow it. Seven queries."""
    with as_shopper(shopper_of(request)):
        lines = lines_now(found)
        returns = Return.objects.filter(order=found).order_by("-asked_at", "-pk")
        returns = returns.select_related("order", "refund")
        return after_sales(
            found,
            order_page(found),
            policy=lines[0].policy if lines else policy_for(found),
            lines=lines,
            returns=list(returns.prefetch_related("lines__line", "lines__wanted")),
            invoice=Invoice.objects.filter(order=found).first(),
            reviews={one.line_id: one for one in BuyerReview.objects.filter(line__order=found)},
        )


@require_POST
@private
def order_cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel an order that has not left the shop."""
    found = own_order(request, number)
    try:
        cancel(found, by=request.user if request.user.is_authenticated else None)
        messages.success(request, _("The order is cancelled. What was paid is given back."))
    except NotAllowed:
        messages.error(request, _("The shop's rules no longer let you cancel this order."))
    return HttpResponseRedirect(reverse("order", args=[number]))


def own_order(request: HttpRequest, number: str) -> Order:
    """Return an order of this shopper with its lines and steps, or 404. Four queries."""
    shopper = shopper_of(request)
    if shopper is not None:
        with as_shopper(shopper):
            rows = Order.objects.by(shopper).filter(number=number).select_related("merchant")
            for found in rows.prefetch_related("lines", "events"):
                return found
    raise Http404(_("There is no such page."))
