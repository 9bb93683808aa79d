"""The palette of the portal: one box for pages, actions, products, orders and coupons."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalog.looking_up import look_up
from catalog.search.addressing import clean_text
from catalog.views._portal import member_view, role_in
from catalog.views._results import show
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


@require_safe
@member_view()
def merchant_find(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """Show what the words name; htmx gets the options of the palette. At most five queries."""
    query = clean_text(request.GET.get("q", ""), 200)
    with as_merchant(merchant):
        kinds = look_up(merchant, query, role_in(request))
    total = sum(len(kind.found) for kind in kinds)
    context = {
        "merchant": merchant,
        "nav": "find",
        "query": query,
        "kinds": kinds,
        "said": ngettext("%(count)d found", "%(count)d found", total) % {"count": total}
        if total
        else _("Nothing found"),
    }
    return show(request, "catalog/merchant/find.html", context, "options")
