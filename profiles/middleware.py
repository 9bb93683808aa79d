"""What a request carries from this department: ``request.consent``, asked when it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from profiles.consenting import held
from shopguide.accounts.shopping import shopper_of


class ProfileMiddleware:
    """Let every page and endpoint see what its shopper agrees to, as of this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.consent = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: held(shopper_of(request))
        )
        return self.get_response(request)
