"""What fits a shopper: the list with its reasons, what it is drawn from, and how to change that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.search.market import market
from profiles.consenting import choose
from profiles.middleware import ring_anew
from profiles.models import Event, Kind, Purpose
from profiles.noting import forget, note, note_shown
from profiles.reasons import cards, drawn_from
from profiles.recommending import Listed, listed
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.preferences import way_back
from shopguide.web import currency_of

SHELF, PAGE = 8, 24
NOTHING = Listed([], "")


def agreeing(request: HttpRequest) -> Shopper | None:
    """Return the shopper if they want what fits them; None for all others."""
    agreed = request.consent.personalisation  # type: ignore[attr-defined]
    return shopper_of(request) if agreed else None


@require_safe
@never_cache
def for_you(request: HttpRequest) -> HttpResponse:
    """Show what fits, why, and everything it is drawn from."""
    shopper, currency = agreeing(request), market().currency(currency_of(request))
    made = listed(shopper, limit=PAGE, context="page", keep=True) if shopper else NOTHING
    context = {
        "nav": "for_you",
        "agreed": shopper is not None,
        "cards": shown(request, shopper, "page", made, currency),
        "signals": drawn_from(made.signals, currency),
        "unknown": shopper is not None and not made.signals and not made.stances,
        "disliked": disliked(shopper) if shopper else 0,
    }
    return render(request, "profiles/for_you.html", context)


@require_safe
@never_cache
def for_you_shelf(request: HttpRequest) -> HttpResponse:
    """Show the first of what fits, for a page that loads it; nothing where nothing is known."""
    shopper, currency = agreeing(request), market().currency(currency_of(request))
    made = listed(shopper, limit=SHELF, context="home", keep=True) if shopper else NOTHING
    found = shown(request, shopper, "home", made, currency)
    return render(request, "profiles/for_you.html#shelf", {"cards": found})


def shown(
    request: HttpRequest, shopper: Shopper | None, shelf: str, made: Listed, currency: str
) -> list[dict[str, Any]]:
    """Return the cards of a list, and keep that they were shown."""
    found = cards(request, made.items, currency)
    if shopper is not None and found:
        products = [card["product"] for card in found]
        sources = {one.product: one.source for one in made.items}
        note_shown(shopper, shelf, made.ranker, products, trace=made.trace, sources=sources,
                   chance=made.chance)  # fmt: skip
    return found


def disliked(shopper: Shopper) -> int:
    """Return how many products somebody does not want to see."""
    with as_shopper(shopper):
        return Event.objects.filter(shopper=shopper, kind=Kind.DISLIKE).count()


@require_POST
@never_cache
def for_you_change(request: HttpRequest) -> HttpResponse:
    """Switch on or off, put a product aside, forget a deed or all of them."""
    doing = request.POST.get("do", "")
    if doing in {"on", "off"}:
        choose(shopper_for(request), {Purpose.PERSONALISATION: doing == "on"})
        said = _("From now on what you look at counts.") if doing == "on" else _(
            "From now on nothing counts. What was kept stays until you forget it."
        )  # fmt: skip
        messages.success(request, said)
    elif (shopper := shopper_of(request)) is not None:
        change(request, shopper, doing)
        ring_anew(shopper)
    back = way_back(request) if doing in {"dislike", "undislike"} else reverse("for_you")
    return HttpResponseRedirect(back)


def change(request: HttpRequest, shopper: Shopper, doing: str) -> None:
    """Do one thing with what is kept, and say so."""
    number = clean_number(request.POST.get("product", ""), LARGEST_ID)
    words = clean_text(request.POST.get("words", ""), 200)
    if doing == "dislike" and number:
        note(shopper, Kind.DISLIKE, product=int(number))
        messages.success(request, _("You will not be shown it again here."))
    elif doing == "undislike" and number:
        forget(shopper, kind=Kind.DISLIKE, product=int(number))
        messages.success(request, _("It may be shown again."))
    elif doing == "forget" and (number or words):
        forget(shopper, **({"product": int(number)} if number else {"words": words}))
        messages.success(request, _("Forgotten. It no longer counts."))
    elif doing == "forget-dislikes":
        forget(shopper, kind=Kind.DISLIKE)
        messages.success(request, _("Nothing is put aside any more."))
    elif doing == "forget-all":
        count = forget(shopper)
        messages.success(request, _("Forgotten, all %(count)s entries.") % {"count": count})
