"""What a request carries from this department, each asked only when it is looked at.

``request.consent``: what its shopper agrees to; ``request.log``: keeps what they do, if they agree.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from profiles.consenting import held
from profiles.noting import Log
from shopguide.accounts.shopping import shopper_of


class ProfileMiddleware:
    """Let every page and endpoint see what its shopper agrees to, as of this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.consent = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: held(shopper_of(request))
        )
        request.log = Log(request)  # type: ignore[attr-defined]
        return self.get_response(request)
