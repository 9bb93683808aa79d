"""A shop's written policies: read, changed, in versions; orders keep the one of their day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.models import PolicyVersion
from catalog.policies.terms import PolicyError
from catalog.policies.versions import Outdated, latest, write
from catalog.policy_form import PolicyForms
from catalog.presenting.policies import rule_line, whom_for
from catalog.search.addressing import LARGEST_ID, clean_number
from catalog.views._portal import member_view
from shopguide.accounts.access import CATALOGUE_EDITORS
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

MOST_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(CATALOGUE_EDITORS)
def merchant_policies(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show what holds, and let another version hold from now on."""
    sent = request.POST if request.method == "POST" else None
    wrong, status = "", 200
    with as_merchant(merchant):
        number, policy = latest(merchant)
        forms = PolicyForms(merchant, policy, sent)
        if sent is not None:
            status = 422
            if forms.is_valid():
                wrong, status = save(request, merchant, forms), 409
                if not wrong:
                    return HttpResponseRedirect(reverse("merchant_policies", args=[merchant.slug]))
        versions = PolicyVersion.objects.filter(merchant=merchant).select_related("made_by")
        page = {
            "number": number,
            "wrong": wrong,
            "rules": [
                {"whom": whom_for(rule, forms.names), "text": rule_line(rule)}
                for rule in policy.rules
            ],
            "versions": versions.order_by("-number")[:MOST_SHOWN],
        }
    context: dict[str, Any] = {"merchant": merchant, "nav": "policies", "page": page}
    return render(
        request, "catalog/merchant/policies.html", context | {"forms": forms}, status=status
    )


def save(request: HttpRequest, merchant: Merchant, forms: PolicyForms) -> str:
    """Write the next version; return why not, if so."""
    after = int(clean_number(request.POST.get("number", ""), LARGEST_ID) or 0)
    try:
        write(merchant, forms.read(), after=after, by=request.user)  # type: ignore[arg-type]
    except Outdated:
        return _("Somebody else has changed the rules meanwhile. Reload the page to see theirs.")
    except PolicyError as error:
        return _("This does not fit together: %(field)s.") % {"field": error.field}
    messages.success(request, _("These rules hold for orders from now on."))
    return ""
