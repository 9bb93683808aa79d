"""Recall what a browser has looked at last: numbers of products, kept by the browser itself.

For the shop window. The list is a cookie that ends with the browser's session; nothing of it is
stored here, and no person or browser is named in it. A browser that asks not to be followed
(Global Privacy Control) is given none, and anybody can empty the list or do without it.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from catalog.search.addressing import LARGEST_ID, clean_number

COOKIE = "recent"
MOST = 12
# What stands in place of the list where somebody does without it (`shopguide.preferences`).
OFF = "off"


def kept(request: HttpRequest) -> list[int]:
    """Return the products looked at, the last one first."""
    sent = request.COOKIES.get(COOKIE, "")[: 20 * MOST]
    clean = [clean_number(one, LARGEST_ID) for one in sent.split(".")]
    return list(dict.fromkeys(int(one) for one in clean if one))[:MOST]


def keep(request: HttpRequest, response: HttpResponse, product: int) -> HttpResponse:
    """Put a product first in the browser's list, if it keeps one."""
    if keeps(request):
        seen = [product, *(one for one in kept(request) if one != product)][:MOST]
        response.set_cookie(
            COOKIE,
            ".".join(map(str, seen)),
            httponly=True,
            samesite="Lax",
            secure=settings.PRODUCTION,
        )
    return response


def keeps(request: HttpRequest) -> bool:
    """Tell whether this browser keeps a list."""
    return request.COOKIES.get(COOKIE) != OFF and request.headers.get("Sec-GPC") != "1"
