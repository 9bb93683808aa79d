"""Texts to improve: the weakest first, each with its reasons, and a brief in one click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Attribute
from marketing.copy.briefing import begin, channels_in
from marketing.copy.presenting.drafts import LANGUAGES
from marketing.copy.presenting.weak import weak_row
from marketing.copy.views._desk import may_write, person_of, product_of
from marketing.copy.views.listing import ring
from marketing.copy.weighing import weak_texts
from marketing.models import Draft, DraftState
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.guarding import member_view
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

PAGE = "marketing/merchant/improve.html"
SHOWN = 40
ON_THE_WAY = (DraftState.DRAFT, DraftState.SUBMITTED, DraftState.APPROVED, DraftState.SCHEDULED)


@require_safe
@member_view()
def merchant_improve(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show the shop's weakest texts, why, and what is on its way already."""
    with as_merchant(merchant):
        weak = weak_texts(merchant, most=SHOWN)
        rows = Attribute.objects.filter(merchant=merchant)
        definitions = {one.code: one for one in rows}
        begun = begun_by(merchant)
        context = {
            "merchant": merchant, "nav": "improve", "may_write": may_write(request),
            "rows": [
                weak_row(one, definitions)
                | {"draft": begun.get((one.product.pk, one.locale, one.channel))}
                for one in weak
            ],
        }  # fmt: skip
    return render(request, PAGE, context)


def begun_by(merchant: Merchant) -> dict[tuple[int, str, str], dict[str, Any]]:
    """Return open drafts by place: those that a weak text has already. One query."""
    rows = Draft.objects.of(merchant).filter(state__in=ON_THE_WAY)
    return {
        (product, locale, channel): {"pk": pk, "tryable": state == DraftState.APPROVED}
        for pk, product, locale, channel, state in rows.order_by("pk").values_list(
            "pk", "product", "locale", "channel", "state"
        )
    }


@require_POST
@member_view(CATALOGUE_EDITORS)
def improve_brief(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Begin a brief for a weak text, with what is wrong with it."""
    locale, channel = request.POST.get("locale", ""), request.POST.get("channel", "")
    said = request.POST.get("product", "")
    if locale not in LANGUAGES or not said or not channels_in(locale, [channel]):
        messages.warning(request, _("Nothing was chosen."))
        return redirect("merchant_improve", merchant.slug)
    with as_merchant(merchant):
        product = product_of(merchant, said)
        if product is None:
            raise Http404(_("There is no such page."))
        weak = [one for one in weak_texts(merchant, most=500)
                if (one.product.pk, one.locale) == (product.pk, locale)]  # fmt: skip
        why = [reason.as_json() for one in weak for reason in one.reasons]
        brief = begin(merchant, product, by=person_of(request), channel=channel, locale=locale,
                      why=why)  # fmt: skip
        ring(brief)
    return redirect("merchant_copy_brief", merchant.slug, brief.pk)
