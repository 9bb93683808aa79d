"""What every answer carries besides its content: which devices a page may use, who may keep it.

Django and django-csp set the rest (settings.py, "Security"). Answers to somebody who is signed in,
by cookie or token, are kept nowhere unless their view says otherwise; pictures and scripts are
nobody's in particular.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

PERMISSIONS = (
    "accelerometer=(), browsing-topics=(), camera=(self), display-capture=(), geolocation=(),"
    " gyroscope=(), magnetometer=(), microphone=(self), midi=(), payment=(), usb=()"
)
PERSONAL = ("text/html", "application/json", "application/problem+json", "text/csv")


class HeadersMiddleware:
    """Set the headers that Django has no setting for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if signed_in(request) and "Cache-Control" not in response:
            kind = response.get("Content-Type", "").partition(";")[0]
            if kind in PERSONAL:
                add_never_cache_headers(response)
        return response


def signed_in(request: HttpRequest) -> bool:
    """Tell whether somebody's session or key came along, without asking whose. No query."""
    return (
        settings.SESSION_COOKIE_NAME in request.COOKIES
        or "X-Session-Token" in request.headers
        or "Authorization" in request.headers
    )
