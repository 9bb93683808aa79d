"""A shopper's messages from shops: the list, how they may be written to, and how to stop it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.models import Product
from catalog.presenting.cards import product_url
from catalog.search.addressing import clean_number
from marketing.models import Send
from marketing.reaching import noticing, stopping
from marketing.reaching.forms import WaysForm
from marketing.reaching.tasks import note_opening
from profiles.consenting import choose
from profiles.contacting import change_contact, contact_of, mute, muted_by, unmute
from profiles.models import Contact, Purpose
from shopguide.accounts.models import Merchant
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_everyone
from shopguide.preferences import way_back


@require_safe
@never_cache
def offers(request: HttpRequest) -> HttpResponse:
    """List what shops wrote, how they may write, and who may not."""
    return offers_page(request, WaysForm(instance=chosen_by(request)))


def offers_page(request: HttpRequest, form: WaysForm) -> HttpResponse:
    """Show the page with a form, 422 for one with faults."""
    shopper = shopper_of(request)
    context = {
        "nav": "offers",
        "notices": noticing.notices_of(shopper),
        "agreed": request.consent.marketing,  # type: ignore[attr-defined]
        "muted": muted_by(shopper),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "marketing/offers.html", context, status=status)


def chosen_by(request: HttpRequest) -> Contact:
    """Return how somebody may be written to, by what they chose or what holds until they do."""
    shopper = shopper_of(request)
    return contact_of(shopper) if shopper else Contact()


@require_POST
@never_cache
def offer_ways(request: HttpRequest) -> HttpResponse:
    """Keep whether shops may write at all, and how."""
    form = WaysForm(request.POST, instance=chosen_by(request))
    if not form.is_valid():
        return offers_page(request, form)
    shopper = shopper_for(request)
    choose(shopper, {Purpose.MARKETING: "agreed" in request.POST})
    change_contact(shopper, form.chosen())
    messages.success(request, _("Your choices hold from now on."))
    return HttpResponseRedirect(reverse("offers"))


@require_POST
@never_cache
def offer_change(request: HttpRequest) -> HttpResponse:
    """Mark messages as read, put one away, mute a shop or let it write again."""
    shopper = shopper_of(request)
    act, what = request.POST.get("act", ""), request.POST.get("what", "")
    if act == "read":
        noticing.mark_all(shopper)
    elif act in ("away", "seen"):
        if not noticing.mark(shopper, number_of(what), gone=act == "away"):
            raise Http404(_("There is no such page."))
    elif act in ("mute", "unmute") and shopper is not None:
        shop = Merchant.objects.filter(pk=int(clean_number(what, 2**62) or 0)).first()
        if shop is None:
            raise Http404(_("There is no such page."))
        if act == "mute":
            mute(shopper, shop)
            said = _("%(shop)s writes to you no more.") % {"shop": shop.name}
            messages.success(request, said)
        else:
            unmute(shopper, shop.pk)
    if getattr(request, "htmx", None):
        return HttpResponse("")
    return HttpResponseRedirect(back_to(request))


def back_to(request: HttpRequest) -> str:
    """Return the page the form was on, the list of messages if it does not say."""
    return way_back(request) if "next" in request.POST else reverse("offers")


def number_of(what: str) -> uuid.UUID:
    """Return the number of a message that was sent, or 404."""
    try:
        return uuid.UUID(what)
    except ValueError as error:
        raise Http404(_("There is no such page.")) from error


@require_safe
@never_cache
def offer_banner(request: HttpRequest) -> HttpResponse:
    """Show the newest message for pages as a fragment; nothing if there is none."""
    notice = noticing.banner_of(shopper_of(request))
    return render(request, "marketing/_banner.html", {"notice": notice})


@csrf_exempt  # the signed word is the permission; mail readers send it with one press (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def offer_stop(request: HttpRequest, word: str) -> HttpResponse:
    """Ask whether to stop a shop's offers, and stop them; an unknown word is 404."""
    reader = stopping.reader_of(word)
    if reader is None:
        raise Http404(_("There is no such page."))
    everything = request.POST.get("what") == "everything"
    if request.method == "POST":
        stopping.stop(reader, everything=everything)
    context = {
        "shop": reader.merchant.name,
        "word": word,
        "stopped": request.method == "POST" or reader.stopped,
        "everything": everything,
    }
    return render(request, "marketing/offer_stop.html", context)


@require_safe
@never_cache
def offer_open(request: HttpRequest, token: uuid.UUID, product: int) -> HttpResponse:
    """Lead from a message to a product of its shop, or to the shop; 404 if we never wrote it.

    That it was opened is kept by a worker, and only of those who agreed to be known.
    """
    with as_everyone():
        found = Send.objects.filter(token=token).select_related("merchant").first()
    if found is None or found.merchant.suspended_at:
        raise Http404(_("There is no such page."))
    note_opening.delay(str(token))
    rows = Product.objects.live().filter(merchant=found.merchant, pk=product)
    sku = rows.values_list("sku", flat=True).first() if product < 2**63 else None
    slug = found.merchant.slug
    return HttpResponseRedirect(product_url(slug, sku) if sku else reverse("shop", args=[slug]))
