"""What shoppers keep: favourites, alerts by email, addresses."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.address_form import PlaceForm
from catalog.models import Product
from catalog.orders import addressing, wishing
from catalog.orders.wishing import NotKept, Watch
from catalog.presenting.buying import address_lines
from catalog.presenting.cards import cards_of, product_url
from catalog.presenting.money import money
from catalog.presenting.naming import reader
from catalog.presenting.pasting import pasted
from catalog.search.featuring import hits_of
from catalog.search.market import market
from catalog.views.carts import number_in, private
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.preferences import way_back
from shopguide.web import currency_of, log_of


@require_safe
@private
def lists(request: HttpRequest) -> HttpResponse:
    """Show the favourites with today's prices, and what somebody waits to be told of."""
    shopper = shopper_of(request)
    hits = list(hits_of(wishing.wished(shopper), market().currency(currency_of(request))).values())
    alerts = wishing.waiting_of(shopper)
    titles = Product.objects.filter(pk__in=[one.product_id for one in alerts])
    known = {one.pk: one for one in titles.select_related("merchant").prefetch_related("texts")}
    page = {
        "cards": [
            {"card": card, "product": hit.product}
            for card, hit in zip(cards_of(hits), hits, strict=True)
        ],
        "alerts": [
            {
                "title": known[one.product_id].title,
                "url": product_url(known[one.product_id].merchant.slug, known[one.product_id].sku),
                "below": money(one.below, one.currency),
                "email": one.email,
                "token": one.token,
            }
            for one in alerts
            if one.product_id in known
        ],
    }
    return render(request, "catalog/lists.html", {"page": page, "nav": "lists"})


@require_POST
@private
def wish_change(request: HttpRequest) -> HttpResponse:
    """Put a product among the favourites, or take it out."""
    try:
        if "drop" in request.POST:
            if shopper := shopper_of(request):
                wishing.drop(shopper, number_in(request, "product"))
            messages.success(request, _("It is no longer among your favourites."))
        else:
            wishing.keep(shopper_for(request), number_in(request, "product"))
            log_of(request).saved(number_in(request, "product"))
            messages.success(request, _("It is among your favourites."))
    except NotKept as error:
        messages.error(request, not_kept(error.code))
    return HttpResponseRedirect(way_back(request))


class AlertForm(forms.Form):
    """Where to write to, and from which price on."""

    product = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    variant = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    email = forms.EmailField(label=gettext_lazy("Email address"))
    kind = forms.ChoiceField(choices=[("price", "price"), ("stock", "stock")])
    below = forms.DecimalField(
        label=gettext_lazy("Price"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2,
        required=False,
    )  # fmt: skip
    currency = forms.ChoiceField(choices=[(code, code) for code in settings.CURRENCIES])


@require_POST
@private
def alert_add(request: HttpRequest) -> HttpResponse:
    """Remember to tell somebody once, when the price falls or the thing is back."""
    form = AlertForm(request.POST)
    wanted = form.cleaned_data if form.is_valid() else {}
    below = wanted.get("below") if wanted.get("kind") == "price" else None
    if not wanted or (wanted["kind"] == "price" and below is None):
        messages.error(request, _("Enter an email address, and a price above nothing."))
        return HttpResponseRedirect(way_back(request))
    watch = Watch(
        wanted["product"], wanted["currency"], wanted["email"], reader(), below, wanted["variant"]
    )
    try:
        wishing.watch(shopper_for(request), watch)
        messages.success(request, _("We write once, when it is so. You can stop that at any time."))
    except NotKept as error:
        messages.error(request, not_kept(error.code))
    return HttpResponseRedirect(way_back(request))


@csrf_exempt  # the word in the address is the permission; mail readers send it with one press
@require_http_methods(["GET", "HEAD", "POST"])
@private
def alert_stop(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Ask whether to stop, and stop; an unknown word is 404."""
    found = wishing.stop(token) if request.method == "POST" else wishing.by_token(token)
    if found is None:
        raise Http404(_("There is no such page."))
    context = {"stopped": found.stopped_at is not None or request.method == "POST", "token": token}
    return render(request, "catalog/alert_stop.html", context)


def not_kept(code: str) -> str:
    """Say why nothing was kept."""
    return {
        "no_such": _("This is no longer for sale."),
        "full": _("There is no more room. Remove something first."),
    }.get(code, _("That did not work. Reload the page and try again."))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def addresses(request: HttpRequest) -> HttpResponse:
    """List the addresses, and add one."""
    return address_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one of the addresses."""
    return address_page(request, pk)


def address_page(request: HttpRequest, pk: int | None) -> HttpResponse:
    """Show the book beside the form of one address, and keep what was sent."""
    shopper = shopper_of(request)
    known = addressing.address_of(shopper, pk) if pk is not None else None
    if pk is not None and known is None:
        raise Http404(_("There is no such page."))
    pasting = "paste" in request.POST
    sent = request.POST if request.method == "POST" and not pasting else None
    country = "CN" if currency_of(request) == "CNY" else "US"
    first = addressing.fields_of(known) if known else {"country": country}
    first |= pasted(request) if pasting else {}
    form = PlaceForm(sent, initial=first)
    if sent is not None and form.is_valid():
        try:
            usual = "usual" in request.POST
            addressing.save(shopper_for(request), form.address(), pk=pk, usual=usual)
            messages.success(request, _("The address is kept."))
            return HttpResponseRedirect(reverse("addresses"))
        except addressing.NoRoom:
            form.add_error(None, _("There is no more room. Remove something first."))
    rows = [
        {"pk": one.pk, "lines": address_lines(addressing.fields_of(one)), "phone": one.phone,
         "usual": one.is_default}
        for one in addressing.addresses_of(shopper)
    ]  # fmt: skip
    page = {"rows": rows, "pk": pk, "usual": bool(known and known.is_default)}
    context = {"page": page, "form": form, "nav": "addresses"}
    return render(request, "catalog/addresses.html", context, status=422 if form.errors else 200)


@require_POST
@private
def address_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of the addresses."""
    shopper = shopper_of(request)
    if shopper is None or not addressing.remove(shopper, pk):
        raise Http404(_("There is no such page."))
    messages.success(request, _("The address is forgotten."))
    return HttpResponseRedirect(reverse("addresses"))
