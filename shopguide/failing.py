"""The pages of a failure: they ask nothing of what may be broken, and name the reference.

For Django's handlers and for whoever refuses a request. 403 and 404 are ordinary pages and need
none. It never shows what went wrong inside.
"""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import get_language

from shopguide.web import theme_of


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """Return the page of a status, in both languages, without session or database."""
    context = {
        "LANGUAGE_CODE": get_language() or "en",
        "theme": theme_of(request),
        "request_id": getattr(request, "request_id", ""),
    }
    return HttpResponse(loader.get_template(f"{status}.html").render(context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be read."""
    return error_page(request, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke on our side, with the reference for whoever asks."""
    return error_page(request, 500)


def too_many_requests(request: HttpRequest, wait_s: int) -> HttpResponse:
    """Say that this was too fast, and after how many seconds to come back."""
    response = error_page(request, 429)
    response["Retry-After"] = str(wait_s)
    return response
