"""How the shop sounds, who may approve, and how far its people agree about texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.search.addressing import LARGEST_ID, clean_number
from marketing.copy.deciding import rules_of
from marketing.copy.desk_forms import LOCALES, RulesForm, VoiceForm
from marketing.copy.presenting.drafts import draft_row
from marketing.copy.rating import agreement, next_text, rate
from marketing.copy.views._desk import draft_of, may_write, person_of
from marketing.models import Rating, Voice
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.guarding import member_view, role_in
from shopguide.accounts.models import Merchant, Role
from shopguide.accounts.tenancy import as_merchant

VOICE, RATE = "marketing/merchant/copy_voice.html", "marketing/merchant/copy_rate.html"


@require_http_methods(["GET", "HEAD", "POST"])
@member_view()
def copy_voice(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show and change how the shop sounds in each language."""
    sent = request.POST if request.method == "POST" else None
    if sent is not None and not may_write(request):
        raise Http404(_("There is no such page."))
    said = sent.get("locale", "") if sent else ""
    with as_merchant(merchant):
        kept = {one.locale: one for one in Voice.objects.filter(merchant=merchant)}
        forms = {
            code: VoiceForm.of(kept.get(code), code, sent if code == said else None)
            for code, _label in LOCALES
        }
        form = forms.get(said)
        if form is not None and form.is_valid():
            Voice.objects.update_or_create(
                merchant=merchant, locale=said, defaults=form.cleaned_data
            )
            messages.success(request, _("Saved. What is written from now on follows it."))
            return redirect("merchant_copy_voice", merchant.slug)
        context = voice_page(request, merchant) | {
            "voices": [(code, label, forms[code]) for code, label in LOCALES]
        }
    return render(request, VOICE, context, status=422 if form is not None else 200)


def voice_page(request: HttpRequest, merchant: Merchant) -> dict[str, Any]:
    """Return what the page of voices shows beside them. Two queries; as the merchant."""
    return {
        "merchant": merchant, "nav": "copy", "may_write": may_write(request),
        "may_rule": role_in(request) == Role.OWNER,
        "rules": RulesForm(instance=rules_of(merchant)), "agreed": agreement(merchant),
    }  # fmt: skip


@require_POST
@member_view((Role.OWNER,))
def copy_rules(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Change who may approve and what may be approved together: owners only."""
    with as_merchant(merchant):
        rules = rules_of(merchant)
        rules.merchant = merchant
        form = RulesForm(request.POST, instance=rules)
        if form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("The quality is a whole number between 0 and 100."))
    return redirect("merchant_copy_voice", merchant.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def copy_rate(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show one text after another to be rated, blindly; then how far everybody agrees."""
    if request.method == "POST":
        keep(request, merchant)
        return redirect("merchant_copy_rate", merchant.slug)
    with as_merchant(merchant):
        draft, left = next_text(merchant, person_of(request))
        context = {
            "merchant": merchant, "nav": "copy", "left": left, "agreed": agreement(merchant),
            "row": draft_row(draft) if draft else None,
            "grades": Rating.Grade.choices, "faults": Rating.Fault.choices,
        }  # fmt: skip
        return render(request, RATE, context)


def keep(request: HttpRequest, merchant: Merchant) -> None:
    """Keep a rating that was sent; what is none is not kept."""
    pk = int(clean_number(request.POST.get("draft", ""), LARGEST_ID) or 0)
    grade, fault = request.POST.get("grade", ""), request.POST.get("fault", "")
    if grade not in {str(one) for one in Rating.Grade.values}:
        messages.error(request, _("Choose a grade."))
        return
    with as_merchant(merchant):
        draft = draft_of(merchant, pk)
        known = fault if fault in Rating.Fault.values else ""
        rate(draft, int(grade), known, by=person_of(request))
