"""What a browser needs to say, in our words, that the network is gone: one page and one worker.

The worker keeps that page and its style sheets, and never a page of the shop or of a person.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

BACKGROUND = "#faf8f5"  # of the light theme, as in tokens.css


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show what a shopper without a network is told."""
    return render(request, "offline.html")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Send the worker, from the root so that it serves the whole site; never an old one."""
    response = render(request, "worker.js", content_type="text/javascript")
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Say how the shop looks when it is installed on a phone or a desktop."""
    return JsonResponse(
        {
            "id": reverse("home"),
            "name": "ShopGuide",
            "short_name": "ShopGuide",
            "description": _("Say what you need in your own words and find the products that fit."),
            "lang": get_language(),
            "start_url": reverse("home"),
            "scope": reverse("home"),
            "display": "standalone",
            "background_color": BACKGROUND,
            "theme_color": BACKGROUND,
            "icons": [{"src": static("img/mark.svg"), "type": "image/svg+xml", "sizes": "any"}],
        },
        content_type="application/manifest+json",
    )
