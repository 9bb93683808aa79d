"""The cart: looking at it, putting in, changing, codes. Works as plain forms."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from catalog.orders.carting import CartError, add, change, drop_code, enter_code
from catalog.orders.standing import CartNow, count_of, read
from catalog.presenting.buying import cart_page, refusal
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.search.market import market
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.preferences import YEAR_S, way_back
from shopguide.web import currency_of, log_of

# How many things are in the cart, for the header: a number, so that no page asks for it.
COUNT_COOKIE = "cart"


# A person's page stays out of every cache.
private = cache_control(private=True, no_store=True)


def counted(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell the header how many things are in the cart."""
    count = count_of(shopper_of(request))
    response.set_cookie(
        COUNT_COOKIE,
        str(count),
        max_age=YEAR_S if count else 0,
        samesite="Lax",
        secure=settings.PRODUCTION,
    )
    return response


def number_in(request: HttpRequest, name: str, default: int = 0) -> int:
    """Return a number of the form, the default for anything else."""
    found = clean_number(request.POST.get(name, ""), LARGEST_ID)
    return int(found) if found else default


def cart_now(request: HttpRequest, **chosen: Any) -> CartNow:
    """Return the shopper's cart in the currency that is shown."""
    currency = market().currency(currency_of(request))
    return read(shopper_of(request), currency=currency, **chosen)


@require_safe
@private
def cart(request: HttpRequest) -> HttpResponse:
    """Show the cart with today's prices and stock."""
    return counted(
        request, render(request, "catalog/cart.html", {"page": cart_page(cart_now(request))})
    )


@require_POST
@private
def cart_add(request: HttpRequest) -> HttpResponse:
    """Put a variant into the cart and show the cart; a refusal is said where one came from."""
    currency = market().currency(currency_of(request))
    quantity = max(1, number_in(request, "quantity", 1))
    try:
        line = add(shopper_for(request), number_in(request, "variant"), quantity, currency=currency)
    except CartError as error:
        messages.error(request, refusal(error.code, error.left))
        return HttpResponseRedirect(way_back(request))
    log_of(request).carted(line.variant_id)
    messages.success(request, _("It is in your cart."))
    return counted(request, HttpResponseRedirect(reverse("cart")))


@require_POST
@private
def cart_change(request: HttpRequest) -> HttpResponse:
    """Set a line's quantity; none removes it."""
    shopper = shopper_of(request)
    quantity = 0 if "remove" in request.POST else number_in(request, "quantity")
    try:
        if shopper is not None:
            change(shopper, number_in(request, "line"), quantity)
    except CartError as error:
        messages.error(request, refusal(error.code, error.left))
    return counted(request, HttpResponseRedirect(reverse("cart")))


@require_POST
@private
def cart_code(request: HttpRequest) -> HttpResponse:
    """Enter a coupon code, or drop one."""
    code = clean_text(request.POST.get("code", ""), 40).upper()
    try:
        if "drop" in request.POST:
            drop_code(shopper_for(request), code)
        elif code:
            enter_code(shopper_for(request), code)
    except CartError as error:
        messages.error(request, refusal(error.code, error.left))
    return HttpResponseRedirect(reverse("cart"))
