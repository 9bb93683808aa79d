"""The way into the portal: one's shop, or the choice among them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shopguide.accounts.models import Membership


@login_required
@require_safe
def merchant_shops(request: HttpRequest) -> HttpResponse:
    """Open the only shop, or show those one is a member of."""
    memberships = list(
        Membership.objects.filter(user=request.user.pk, merchant__suspended_at=None)
        .select_related("merchant")
        .order_by("merchant__slug")
    )
    if len(memberships) == 1:
        return redirect("merchant_products", memberships[0].merchant.slug)
    shops = [
        {
            "name": one.merchant.name,
            "url": reverse("merchant_products", args=[one.merchant.slug]),
            "role": one.get_role_display(),
        }
        for one in memberships
    ]
    return render(request, "catalog/merchant/shops.html", {"shops": shops})
