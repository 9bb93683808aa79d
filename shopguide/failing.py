"""The pages of a failure: they ask nothing of what may be broken, and name the reference.

For Django's handlers. 403 and 404 are ordinary pages and need none.
"""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language
from django.views.decorators.csrf import requires_csrf_token

from shopguide.web import theme_of


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return HttpResponse(page(request, "400.html"), status=400)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke on our side, with the reference for whoever asks."""
    return HttpResponse(page(request, "500.html"), status=500)


def page(request: HttpRequest, template: str) -> str:
    """Return a page that needs neither session nor database."""
    context = {
        "LANGUAGE_CODE": get_language() or "en",
        "theme": theme_of(request),
        "request_id": getattr(request, "request_id", ""),
    }
    return loader.get_template(template).render(context)
