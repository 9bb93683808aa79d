"""Theme, currency and assistant of a browser, menu and keys of its portal: cookies.

Never stores anything about a person; without the cookies the system's theme and the language's
currency hold.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shopguide.web import THEMES

YEAR_S = 365 * 24 * 3600


def choices() -> dict[str, tuple[str, ...]]:
    """Return what may be chosen for each preference."""
    return {
        "theme": THEMES,
        "currency": tuple(settings.CURRENCIES),
        "rail": ("narrow",),  # the portal's menu shows icons only
        "keys": ("off",),  # no shortcuts of a single letter
        "assistant": ("off",),  # no assistant: no button on pages, nothing is answered
        "lists": ("off",),  # no lists of what others took with a product
        "written": ("off",),  # texts written with AI are folded
        "recent": ("off",),  # no list of what was looked at (catalog.recalling); else it is emptied
    }


def way_back(request: HttpRequest) -> str:
    """Return the page the form was on, if it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember what was chosen, forget what was set back, and return to the page."""
    response = HttpResponseRedirect(way_back(request))
    for name, allowed in choices().items():
        chosen = request.POST.get(name)
        if chosen in allowed:
            response.set_cookie(
                name, chosen, max_age=YEAR_S, samesite="Lax", secure=settings.PRODUCTION
            )
        elif chosen == "":
            response.delete_cookie(name)
    return response
