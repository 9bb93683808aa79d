"""The first questions: a short page without an account and without script, that may be skipped."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.search.addressing import clean_text
from profiles.models import About, Stance
from profiles.starting import Answers, answer, brands, kinds, prices
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.accounts.tenancy import as_shopper

MOST = 40


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Ask for kinds, prices and brands; keep what was answered."""
    if request.method == "POST":
        return started(request)
    said = said_before(request)
    context = {
        "nav": "for_you",
        "kinds": [(one, one.value in said[About.CATEGORY]) for one in kinds()],
        "brands": [(one, one.value in said[About.BRAND]) for one in brands()],
        "prices": [(one, one.value in said[About.PRICE]) for one in prices()],
        "any_price": not said[About.PRICE],
    }
    return render(request, "profiles/start.html", context)


def said_before(request: HttpRequest) -> dict[str, set[str]]:
    """Return what somebody said they like, so that it is ticked. One query, none for strangers."""
    found: dict[str, set[str]] = {about: set() for about in About.values}
    shopper = shopper_of(request)
    if shopper is not None:
        with as_shopper(shopper):
            for one in Stance.objects.filter(shopper=shopper, liking=1):
                found[one.about].add(one.value)
    return found


def started(request: HttpRequest) -> HttpResponse:
    """Keep the answers and lead to what fits; without any, nobody becomes a shopper."""
    sent = {
        name: [clean_text(one, 120) for one in request.POST.getlist(name)[:MOST]]
        for name in ("kind", "brand")
    }
    answers = Answers(sent["kind"], sent["brand"], clean_text(request.POST.get("price", ""), 10))
    if not any((*answers.kinds, *answers.brands, answers.price)):
        return HttpResponseRedirect(reverse("for_you"))
    if answer(shopper_for(request), answers):
        messages.success(request, _("Thank you. This is what fits; you can change it any time."))
    return HttpResponseRedirect(reverse("for_you"))
