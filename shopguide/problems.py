"""What an endpoint says when it cannot do what was asked: RFC 9457, in the reader's language.

For every endpoint under /api/. Codes are stable; title and next step are for people.
"""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

log = logging.getLogger(__name__)
TYPE = "application/problem+json"


class Problem(APIException):
    """A refusal with a code of its own."""

    def __init__(self, code: str, detail: str, *, status: int = 409, **more: Any) -> None:
        super().__init__(detail, code)
        self.status_code, self.more = status, more


def titles() -> dict[int, tuple[str, str]]:
    """Return what a status means and what to do next."""
    return {
        400: (_("The request is not right"), _("Correct what is named and send it again.")),
        401: (_("Not signed in"), _("Sign in and send the session token.")),
        403: (_("Not allowed"), _("Sign in as somebody who may do this.")),
        404: (_("Not found"), _("Check the address; it may be gone.")),
        405: (_("Not possible here"), _("Use one of the methods in Allow.")),
        409: (_("Not possible as things are"), _("Read the state again and decide anew.")),
        413: (_("Too large"), _("Send less at once.")),
        415: (_("Wrong kind of content"), _("Send application/json.")),
        406: (_("No such kind of answer"), _("Accept application/json.")),
        429: (_("Too many requests"), _("Wait as Retry-After says.")),
        500: (_("Something broke on our side"), _("Try again; name the request id if it stays.")),
    }


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an exception as a problem; what is no refusal is logged and answered 500."""
    response = exception_handler(error, context)
    if response is None:
        log.exception("endpoint failed", exc_info=error)
        response = Response(status=500)
    code = error.get_codes() if isinstance(error, APIException) else "not_found"
    detail = str(getattr(error, "detail", "")) if isinstance(error, APIException) else ""
    body = problem(response.status_code, code if isinstance(code, str) else "invalid", detail)
    if isinstance(error, ValidationError):
        body |= {"detail": "", "errors": response.data}
    if isinstance(error, Problem):
        body |= error.more
    if isinstance(error, Http404):
        body["detail"] = ""
    request = context.get("request")
    body["request_id"] = getattr(request, "request_id", "")
    response.data = {key: value for key, value in body.items() if value not in ("", None)}
    response.content_type = TYPE
    return response


def problem(status: int, code: str, detail: str = "") -> dict[str, Any]:
    """Return the body of a problem."""
    title, next_step = titles().get(status, titles()[400 if status < 500 else 500])
    return {
        "type": f"/api/v1/docs/#problem-{code.replace('_', '-')}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "next_step": next_step,
    }


def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    """Answer an address below /api/ that there is not."""
    body = problem(404, "not_found") | {"request_id": getattr(request, "request_id", "")}
    return JsonResponse(body, status=404, content_type=TYPE)
