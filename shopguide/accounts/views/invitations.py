"""What somebody sees who opens the link of an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shopguide.accounts.inviting import NotInvited, accept, opened


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites into what; posted by whom it is for, take the place."""
    found = opened(token)
    if found is None:
        if request.method == "POST":
            raise Http404(_("There is no such page."))
        return render(request, "accounts/invitation.html", {"invitation": None}, status=404)
    user = request.user if request.user.is_authenticated else None
    if request.method == "POST":
        if user is None:
            return HttpResponseRedirect(sign_in_url(request, "account_login"))
        try:
            accept(found, user)
        except NotInvited:
            messages.error(request, _("This invitation is for another address than yours."))
            return HttpResponseRedirect(request.path)
        messages.success(request, _("Welcome to the team."))
        return HttpResponseRedirect(reverse("merchant_start", args=[found.merchant.slug]))
    context = {
        "invitation": found,
        "fits": user is not None and user.email.lower() == found.email.lower(),
        "login": sign_in_url(request, "account_login"),
        "signup": sign_in_url(request, "account_signup"),
    }
    return render(request, "accounts/invitation.html", context)


def sign_in_url(request: HttpRequest, name: str) -> str:
    """Return the page where one signs in, which leads back here."""
    return f"{reverse(name)}?{urlencode({'next': request.path})}"
