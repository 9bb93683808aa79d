"""One alert with its evidence, and what people do about it; doubts that a person lifts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.presenting.cards import product_url
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from marketing.listening import voices as heard
from marketing.listening.presenting.alerts import (
    AROUND,
    alert_chart,
    alert_row,
    chances,
    quote_row,
)
from marketing.listening.quoting import quotes_of
from marketing.listening.views.voices import KEEPERS, doubts_of
from marketing.listening.voices import Asked, Voice
from marketing.models import OpinionAlert, Outcome, Suspicion
from shopguide.accounts.access import CATALOGUE_EDITORS, row_of
from shopguide.accounts.guarding import member_view, role_in
from shopguide.accounts.models import Membership, Merchant, User
from shopguide.accounts.tenancy import as_merchant

MOST_NOTE = 500
NAMES = ("quote", "product")  # a product's name is no promise


@require_safe
@member_view()
def merchant_alert(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Show one alert: how much more than usual, the words that say so, a draft of an answer."""
    with as_merchant(merchant):
        page = alert_page(merchant, alert_of(merchant, pk))
    may_act = role_in(request) in KEEPERS
    context = {
        "merchant": merchant,
        "nav": "voices",
        "page": page,
        "may_act": may_act,
        "may_draft": role_in(request) in CATALOGUE_EDITORS,
        "outcomes": Outcome.choices,
        "team": team_of(merchant) if may_act else [],
    }
    return render(request, "marketing/merchant/alert.html", context)


def alert_of(merchant: Merchant, pk: int) -> OpinionAlert:
    """Return this shop's alert, or 404."""
    rows = OpinionAlert.objects.select_related("product", "assigned_to", "closed_by")
    return row_of(rows.prefetch_related("product__texts"), merchant, pk=pk)


def alert_page(merchant: Merchant, alert: OpinionAlert) -> dict[str, Any]:
    """Return what an alert's page shows. Six queries."""
    asked = Asked(alert.first_day - AROUND, alert.last_day, alert.product_id, doubtful=True)
    quotes = quotes_of(alert)
    parted = [one.key.partition(":") for one in quotes]
    doubts = doubts_of(
        merchant,
        [Voice(kind, int(pk), None, alert.found_at, "", "", False, [])
         for kind, _sign, pk in parted],
    )  # fmt: skip
    return alert_row(alert, merchant) | {
        "chance": chances(alert.p),
        "chart": alert_chart(alert, heard.complaints_by_day(merchant, asked)),
        "quotes": [quote_row(one, merchant, doubt=doubts.get(one.key)) for one in quotes],
        "unquoted": max(0, alert.seen - len(quotes)),
        "answer": alert.answer,
        "answer_lang": alert.answer_language,
        "about": f"product={alert.product_id}&channel=review_reply&locale={alert.answer_language}",
        "claims": [one for one in alert.answer_claims if one["kind"] not in NAMES],
        "product_url": product_url(merchant.slug, alert.product.sku),
        "assigned": alert.assigned_to_id,
        "outcome": alert.get_outcome_display(),
        "note": alert.note,
        "closed_at": alert.closed_at,
        "closed_by": str(alert.closed_by or ""),
    }


def team_of(merchant: Merchant) -> list[User]:
    """Return whom an alert can be given to. One query."""
    rows = Membership.objects.filter(
        merchant=merchant, suspended_at=None, role__in=[str(role) for role in KEEPERS]
    )
    return [one.user for one in rows.select_related("user").order_by("user__email")]


@require_POST
@member_view(KEEPERS)
def alert_decide(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Take an alert, give it to somebody, or close it with what it was."""
    sent = request.POST
    with as_merchant(merchant):
        alert = row_of(OpinionAlert.objects.select_for_update(), merchant, pk=pk)
        if alert.over:
            messages.error(request, _("Somebody else was faster."))
        elif sent.get("act") == "close" and sent.get("outcome") in Outcome.values:
            note = clean_text(sent.get("note", ""), MOST_NOTE)
            alert.close(by=request.user, outcome=sent["outcome"], note=note)  # type: ignore[arg-type]
            messages.success(request, _("The alert is closed."))
        elif sent.get("act") == "give" and (person := somebody(request, merchant)):
            alert.give(to=person)
            messages.success(request, _("The alert is with %(name)s.") % {"name": person})
        else:
            messages.error(request, _("Choose what it was, or who looks after it."))
    return HttpResponseRedirect(reverse("merchant_alert", args=[merchant.slug, pk]))


def somebody(request: HttpRequest, merchant: Merchant) -> User | None:
    """Return the member that a form names, the one who sent it where it names none."""
    named = request.POST.get("to", "")
    wanted = int(clean_number(named, LARGEST_ID) or 0) if named else request.user.pk
    return next((one for one in team_of(merchant) if one.pk == wanted), None)


@require_POST
@member_view(KEEPERS)
def merchant_doubt(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Count a doubted opinion after all, or doubt it again."""
    with as_merchant(merchant):
        doubt = row_of(Suspicion.objects.select_for_update(), merchant, pk=pk)
        count = request.POST.get("count") == "1"
        doubt.cleared_at = timezone.now() if count else None
        doubt.cleared_by = request.user if count else None  # type: ignore[assignment]
        doubt.save(update_fields=["cleared_at", "cleared_by"])
    messages.success(request, _("It counts again.") if count else _("It does not count."))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return HttpResponseRedirect(back if safe else reverse("merchant_voices", args=[merchant.slug]))
