"""What holds for every address below /api/, whoever answers it: sizes, rates, one kind of error.

Pages are left alone. It stands outside of sessions and sign-in, so that what is refused costs no
query.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import APIException

from shopguide.problems import KINDS, answer, as_problem
from shopguide.rest.limiting import take, tell
from shopguide.rest.reading import parsed

log = logging.getLogger(__name__)
API, AUTH, DOCS = "/api/", "/api/v1/auth/", "/api/v1/docs/"
BODIES = ("POST", "PUT", "PATCH", "DELETE")


class ApiMiddleware:
    """Refuse what is too large or too often; answer every failure as a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get_response(request)
        response = refusal(request) or as_problem_page(request, self.get_response(request))
        tell(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what a view below /api/ did not catch."""
        if not request.path.startswith(API):
            return None
        found = as_problem(error)
        if isinstance(found, APIException):
            return told(request, found)
        if type(found).__name__ == "ImmediateHttpResponse":  # allauth's way to answer at once
            return None
        log.exception("endpoint failed", exc_info=error)
        return answer(request, "error")


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Return why a request is not even looked at, None if it is."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return answer(request, "invalid")
    form = request.content_type == "multipart/form-data"
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE if form else settings.API_BODY_BYTES
    if int(length[:20]) > most:
        return answer(request, "too_large")
    wait_s = take(request, [("ip", str(request.META.get("REMOTE_ADDR", "")))])
    if wait_s is not None:
        return answer(request, "throttled", wait_s=wait_s)
    if request.path.startswith(AUTH) and request.method in BODIES and request.body:
        return unreadable(request)
    return None


def unreadable(request: HttpRequest) -> HttpResponse | None:
    """Return why the body of a sign-in cannot be read; its own views look less closely."""
    try:
        parsed(request.body)
    except APIException as error:
        return told(request, error)
    return None


def told(request: HttpRequest, error: APIException) -> HttpResponse:
    """Return an exception as a problem."""
    code = error.get_codes()
    wait_s = getattr(error, "wait", None)
    return answer(request, code if isinstance(code, str) else "invalid", wait_s=wait_s)


def as_problem_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the answer; a page about a failure becomes the problem of its status."""
    page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code < 400 or not page or request.path == DOCS:
        return response
    same = (code for code, kind in KINDS.items() if kind.status == response.status_code)
    return answer(request, next(same, "invalid" if response.status_code < 500 else "error"))
