"""Shelves that other pages load: what goes with a product, a cart or an order, and what is due."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.models import CartLine, Order, OrderLine
from catalog.presenting.cards import as_met, cards_of
from catalog.search.featuring import hits_of
from catalog.search.market import market
from profiles.sources.beside import beside, due
from profiles.views.for_you import agreeing
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.web import currency_of

MOST, LEAST = 8, 2


@require_safe
@never_cache
def with_product(request: HttpRequest, product: int) -> HttpResponse:
    """Show what others took with one product; nothing where nothing is known."""
    return shelf(request, [product], _("Others also chose"))


@require_safe
@never_cache
def with_cart(request: HttpRequest) -> HttpResponse:
    """Show what goes with the cart, and is not in it."""
    shopper = shopper_of(request)
    return shelf(request, in_cart(shopper) if shopper else [], _("Goes with your cart"))


@require_safe
@never_cache
def with_order(request: HttpRequest, number: str) -> HttpResponse:
    """Show what goes with what was ordered, but not the same again."""
    shopper = shopper_of(request)
    products = ordered(shopper, number) if shopper else None
    if products is None:
        raise Http404
    return shelf(request, products, _("Goes with what you ordered"))


@require_safe
@never_cache
def due_again(request: HttpRequest) -> HttpResponse:
    """Show what somebody who agrees may have used up."""
    shopper = agreeing(request)
    products = due(shopper) if shopper else []
    hits = hits_of(products, market().currency(currency_of(request)))
    cards = cards_of(as_met(request, [hits[one] for one in products if one in hits]))
    title = _("Time for more?")
    context = {"cards": cards, "title": title, "page_url": page_of(request)}
    return render(request, "profiles/_beside.html", context)


def in_cart(shopper: Shopper) -> list[int]:
    """Return the products in a cart."""
    with as_shopper(shopper):
        lines = CartLine.objects.filter(shopper=shopper).order_by("pk")
        return list(lines.values_list("variant__product", flat=True))


def ordered(shopper: Shopper, number: str) -> list[int] | None:
    """Return the products of an order of this shopper, None where it is none of theirs."""
    with as_shopper(shopper):
        order = Order.objects.filter(shopper=shopper, number=number).first()
        if order is None:
            return None
        lines = OrderLine.objects.filter(order=order).exclude(variant=None)
        return list(lines.values_list("variant__product", flat=True).distinct())


def shelf(request: HttpRequest, anchors: list[int], title: str) -> HttpResponse:
    """Show what goes with these, if it is enough for a shelf."""
    wanted = anchors and request.COOKIES.get("lists") != "off"
    found = beside(anchors, most=MOST) if wanted else []
    hits = hits_of([one.product for one in found], market().currency(currency_of(request)))
    fits = [hits[one.product] for one in found if one.product in hits]
    cards = cards_of(as_met(request, fits)) if len(fits) >= LEAST else []
    context = {"cards": cards, "title": title, "page_url": page_of(request)}
    return render(request, "profiles/_beside.html", context)


def page_of(request: HttpRequest) -> str:
    """Return the address of the page that loads a shelf, as htmx tells it; home without it."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
