"""A person's own account: what they have here, and the ways to each part of it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Order
from catalog.presenting.buying import order_row
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper

SHOWN = 3
NOTES = {
    "orders": lambda: _("Where your parcels are, and what you bought."),
    "returns": lambda: _("What you sent back, and what became of it."),
    "lists": lambda: _("What you keep for later, for yourself or to share."),
    "addresses": lambda: _("Where parcels go."),
    "account_reviews": lambda: _("What you said about what you bought."),
    "shared": lambda: _("What you recommend, and lists with others."),
    "for_you": lambda: _("What is chosen for you, and why."),
    "offers": lambda: _("What shops write to you, if you agreed to it."),
    "privacy": lambda: _("What is kept about you; take it with you, or have it erased."),
    "account_change_password": lambda: _("Change how you sign in."),
    "sessions": lambda: _("The devices that are signed in, and the way to sign them out."),
}


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the overview: the last orders, and each part with what there is to know."""
    shopper = shopper_of(request)
    with as_shopper(shopper):
        rows = Order.objects.by(shopper) if shopper else Order.objects.none()
        fetched = rows.select_related("merchant").prefetch_related("lines")
        orders = [order_row(one) for one in fetched[:SHOWN]]
    verified = EmailAddress.objects.filter(user=request.user, verified=True).exists()
    secured = Authenticator.objects.filter(user=request.user).exists()
    notes = {code: note() for code, note in NOTES.items()} | {
        "account_email": _("Confirmed.") if verified else _("Not confirmed yet: see our mail."),
        "mfa_index": _("On.") if secured else _("Off. A second step keeps others out."),
    }
    context = {"nav": "account", "orders": orders, "notes": notes}
    response = render(request, "catalog/account.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response
