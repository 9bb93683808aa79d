"""Owners of shops and operators sign in with a second step: a code of an app, or a passkey.

Whoever has one is asked for it at sign-in (allauth). Whoever has none is led to the page where it
is set up, and gets nowhere else in the portal or the operator's pages. The demo's logins go
without.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shopguide.accounts.models import User


class SecondStepNeeded(Exception):
    """This door opens to people with a second step only."""


def lacks_second_step(user: User) -> bool:
    """Tell whether the person must set one up first. One query, none for the demo's logins."""
    if not settings.SECOND_STEP or user.is_demo:
        return False
    steps = Authenticator.objects.filter(user=user)
    return not steps.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


class SecondStepMiddleware:
    """Lead those without a second step to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer the refusal of a door."""
        if not isinstance(error, SecondStepNeeded):
            return None
        messages.warning(
            request,
            _("Set up two-step sign-in first: owners of shops and operators need it."),
        )
        return HttpResponseRedirect(reverse("mfa_index"))
