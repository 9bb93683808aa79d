"""Who is shopping: the signed-in person's shopper, or the one of this browser's cookie.

For every page and endpoint that keeps something for a shopper. Nobody gets a cookie by looking:
it is set when the first thing is kept. The cookie is signed, holds a random id and no fact.
"""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from shopguide.accounts.models import Shopper

COOKIE = "shopper"
# What a mobile app keeps in place of the cookie; the API knows no cookies.
HEADER = "Shopper-Token"
API = "/api/"
YEAR_S = 365 * 24 * 3600
_signer = Signer(salt="shopguide.shopper")


def shopper_of(request: HttpRequest) -> Shopper | None:
    """Return who is shopping, None for a browser that has kept nothing. One query a request."""
    if not hasattr(request, "_shopper"):
        request._shopper = _known(request)  # type: ignore[attr-defined]
    found: Shopper | None = request._shopper  # type: ignore[attr-defined]
    return found


def shopper_for(request: HttpRequest) -> Shopper:
    """Return who is shopping, made now if nobody was; the middleware sends the cookie."""
    found = shopper_of(request)
    if found is None:
        user = request.user if request.user.is_authenticated else None
        found = Shopper.objects.get_or_create(user=user)[0] if user else Shopper.objects.create()
        request._shopper = found  # type: ignore[attr-defined]
    return found


def cookie_shopper(request: HttpRequest) -> Shopper | None:
    """Return the browser's or app's own anonymous shopper, whoever is signed in."""
    api = request.path.startswith(API)
    kept = request.headers.get(HEADER, "") if api else request.COOKIES.get(COOKIE, "")
    try:
        number = uuid.UUID(_signer.unsign(kept))
    except (BadSignature, ValueError):
        return None
    return Shopper.objects.filter(pk=number, user=None).first()


class ShopperMiddleware:
    """Send the cookie of an anonymous shopper that a request made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return remember(request, self.get_response(request))


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Send the cookie if this request made the shopper; drop one that is of no more use."""
    shopper: Shopper | None = getattr(request, "_shopper", None)
    if request.path.startswith(API):
        if shopper is not None and shopper.user_id is None:
            response[HEADER] = _signer.sign(str(shopper.pk))
        return response
    if shopper is not None and shopper.user_id is None:
        signed = _signer.sign(str(shopper.pk))
        if request.COOKIES.get(COOKIE) != signed:
            response.set_cookie(
                COOKIE,
                signed,
                max_age=YEAR_S,
                httponly=True,
                samesite="Lax",
                secure=settings.PRODUCTION,
            )
    elif shopper is not None and COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE)
    return response


def _known(request: HttpRequest) -> Shopper | None:
    if request.user.is_authenticated:
        return Shopper.objects.filter(user=request.user.pk).first()
    return cookie_shopper(request)
