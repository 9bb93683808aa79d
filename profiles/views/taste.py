"""What somebody's taste is taken to be, in plain words: see, correct, forget, undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.presenting.cards import card_of
from catalog.presenting.places import place_name
from catalog.search.addressing import clean_text
from catalog.search.featuring import hits_of
from catalog.search.market import market
from profiles.knowing.reading import forget_since, forget_trait, profile_now, say, undo
from profiles.knowing.telling import told
from profiles.models import About, Event, Kind, Stance
from profiles.noting import undo_key
from profiles.portraits import telling as portraits
from profiles.views.for_you import agreeing
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.preferences import way_back
from shopguide.web import currency_of

LIKINGS = {"more": 1, "less": -1, "unsay": 0}
SPANS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "all": None,
}
MOST_ASIDE = 24


@require_safe
@never_cache
def taste(request: HttpRequest) -> HttpResponse:
    """Show a profile with its evidence, what was said and put aside, and the ways to change it."""
    shopper, currency = agreeing(request), market().currency(currency_of(request))
    context: dict[str, Any] = {"nav": "for_you", "agreed": shopper is not None}
    if shopper is not None:
        with as_shopper(shopper):
            stances = list(Stance.objects.filter(shopper=shopper))
        profile = profile_now(shopper)
        context |= told(profile, stances, currency) | {
            "deeds": profile.deeds,
            "aside": aside(shopper, currency),
            "kinds": kinds(stances),
            "portrait": portraits.told(portraits.portrait_of(shopper), stances),
            "can_undo": bool(cache.get(undo_key(shopper))),
        }
    return render(request, "profiles/taste.html", context)


def aside(shopper: Shopper, currency: str) -> list[dict[str, Any]]:
    """Return the products that somebody does not want to see, the newest first."""
    with as_shopper(shopper):
        rows = Event.objects.filter(shopper=shopper, kind=Kind.DISLIKE, product__isnull=False)
        found = rows.values_list("product", flat=True)[:MOST_ASIDE]
        products = [one for one in found if one is not None]
    hits = hits_of(products, currency)
    return [{**card_of(hits[one]), "product": one} for one in products if one in hits]


def kinds(stances: list[Stance]) -> list[dict[str, str]]:
    """Return the departments that somebody may say to like, less those they spoke of."""
    spoken = {one.value for one in stances if one.about == About.CATEGORY}
    entries = market().categories.values()
    return [
        {"value": entry.path, "name": place_name(entry)}
        for entry in entries
        if entry.parent is None and entry.merchant is None and entry.path not in spoken
    ]


@require_POST
@never_cache
def taste_change(request: HttpRequest) -> HttpResponse:
    """Say more or less of something, forget a part or a time, or bring back what was forgotten."""
    shopper = shopper_of(request)
    if shopper is not None:
        change(request, shopper, request.POST.get("do", ""))
    wanted = way_back(request)
    return HttpResponseRedirect(reverse("taste") if wanted == "/" else wanted)


def change(request: HttpRequest, shopper: Shopper, doing: str) -> None:
    """Do one thing with what is known, and say so."""
    about = request.POST.get("about", "")
    value = clean_text(request.POST.get("value", ""), 120)
    if doing in LIKINGS and about in About.values and value:
        say(shopper, About(about), value, LIKINGS[doing])
        messages.success(request, _("Noted. It holds from the next list on."))
    elif doing == "forget" and about in About.values and value:
        tell_forgotten(request, forget_trait(shopper, About(about), value))
    elif doing == "forget-since" and request.POST.get("span") in SPANS:
        tell_forgotten(request, forget_since(shopper, SPANS[request.POST["span"]]))
    elif doing == "undo":
        count = undo(shopper)
        messages.success(request, _("Brought back: %(count)s.") % {"count": count})


def tell_forgotten(request: HttpRequest, count: int) -> None:
    """Say how much is gone, and that it can be undone."""
    messages.success(
        request,
        _("Forgotten: %(count)s. For ten minutes you can undo it below.") % {"count": count}
        if count
        else _("There was nothing to forget."),
    )
