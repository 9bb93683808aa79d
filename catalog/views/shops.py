"""The way into the portal: one's shop, or the choice among them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shopguide.accounts.access import memberships_of


@login_required
@require_safe
def merchant_shops(request: HttpRequest) -> HttpResponse:
    """Open the only shop, or show those one is a member of, suspended ones too."""
    memberships = memberships_of(request.user)
    if len(memberships) == 1 and not memberships[0].merchant.suspended_at:
        return redirect("merchant_today", memberships[0].merchant.slug)
    shops = [
        {
            "name": one.merchant.name,
            "url": reverse("merchant_today", args=[one.merchant.slug]),
            "role": one.get_role_display(),
            "logo_url": one.merchant.logo_url,
            "suspended": one.merchant.suspended_at is not None,
        }
        for one in memberships
    ]
    return render(request, "catalog/merchant/shops.html", {"shops": shops})
