"""A shop's API keys: made, shown once, renewed, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shopguide.accounts.access import row_of
from shopguide.accounts.forms import KeyForm
from shopguide.accounts.guarding import member_view
from shopguide.accounts.keys import issue, renew, revoke
from shopguide.accounts.models import ApiKey, Merchant, Role, Scope
from shopguide.accounts.tenancy import as_merchant

OWNERS = (Role.OWNER,)
MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@member_view(OWNERS)
def merchant_keys(request: HttpRequest, merchant: Merchant) -> HttpResponse:
    """List the keys; posted, make one and show its secret this once."""
    form, secret = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        _key, secret = issue(
            merchant,
            sent["name"],
            sent["scopes"],
            by=request.user,  # type: ignore[arg-type]
        )
        form = KeyForm()
    return page(request, merchant, form, secret)


def page(request: HttpRequest, merchant: Merchant, form: KeyForm, secret: str = "") -> HttpResponse:
    """Draw the page; a new secret stands on it once and is never sent again."""
    with as_merchant(merchant):
        rows = ApiKey.objects.filter(merchant=merchant).select_related("created_by")
        keys = list(rows[:MOST])
    names = dict(Scope.choices)
    for key in keys:
        key.rights = [names.get(scope, scope) for scope in key.scopes]  # type: ignore[attr-defined]
    context = {"merchant": merchant, "nav": "keys", "form": form, "keys": keys, "secret": secret}
    status = 422 if form.errors else 200
    return render(request, "accounts/merchant/keys.html", context, status=status)


@require_POST
@member_view(OWNERS)
def key_renew(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Make a key in place of another; both open the door for a day."""
    with as_merchant(merchant):
        key = row_of(ApiKey.objects.valid().select_related("merchant"), merchant, pk=pk)
    _made, secret = renew(key, by=request.user)  # type: ignore[arg-type]
    return page(request, merchant, KeyForm(), secret)


@require_POST
@member_view(OWNERS)
def key_revoke(request: HttpRequest, merchant: Merchant, pk: int) -> HttpResponse:
    """Let a key open nothing from now on."""
    with as_merchant(merchant):
        key = row_of(ApiKey.objects.filter(revoked_at=None), merchant, pk=pk)
    revoke(key)
    messages.success(request, _("The key opens nothing any more."))
    return HttpResponseRedirect(reverse("merchant_keys", args=[merchant.slug]))
