"""What a browser needs to say, in our words, that the network is gone: one page and one worker.

The worker keeps that page and its style sheets, and never a page of the shop or of a person.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe


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
