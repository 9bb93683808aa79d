"""What an endpoint says when it cannot do what was asked: RFC 9457, in the reader's language.

For every endpoint under /api/. Codes are stable and stand in one catalogue, ``KINDS``; title and
next step are for people. It never shows what went wrong inside.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

log = logging.getLogger(__name__)
TYPE = "application/problem+json"
BUSY_S = 2


@dataclass(frozen=True)
class Kind:
    """A kind of refusal: its status, what happened and what to do next."""

    status: int
    title: str | Promise
    next_step: str | Promise


READ_AGAIN = _("Read the state again and decide anew.")
CORRECT = _("Correct what is named and send it again.")
KINDS: dict[str, Kind] = {
    "invalid": Kind(400, _("The request is not right"), CORRECT),
    "parse_error": Kind(400, _("The body is not JSON"), _("Send one JSON object in UTF-8.")),
    "too_deep": Kind(400, _("The body is nested too deeply"), _("Send a flatter object.")),
    "bad_text": Kind(
        400, _("The text has characters that no text has"), _("Leave out NUL and lone surrogates.")
    ),
    "bad_cursor": Kind(
        400, _("The cursor is not one of ours, or too old"), _("Begin again without a cursor.")
    ),
    "unknown_field": Kind(
        400, _("There is no such field to choose"), _("Choose among the fields of the answer.")
    ),
    "not_authenticated": Kind(
        401, _("Not signed in"), _("Sign in and send the session token.")
    ),
    "authentication_failed": Kind(
        401, _("The token is not valid, or no longer"), _("Sign in again, or leave the token out.")
    ),
    "declined": Kind(
        402, _("The payment was declined"), _("Nothing was ordered; choose another way to pay.")
    ),
    "permission_denied": Kind(
        403, _("Not allowed"), _("Sign in as somebody who may do this.")
    ),
    "not_found": Kind(404, _("Not found"), _("Check the address; it may be gone.")),
    "method_not_allowed": Kind(
        405, _("Not possible here"), _("Use one of the methods in Allow.")
    ),
    "not_acceptable": Kind(406, _("No such kind of answer"), _("Accept application/json.")),
    "conflict": Kind(409, _("Not possible as things are"), READ_AGAIN),
    "not_allowed": Kind(409, _("The state does not allow it"), READ_AGAIN),
    "still_running": Kind(
        409, _("The same request is still being carried out"), _("Wait a second and send it again.")
    ),
    "no_such_variant": Kind(
        409, _("No longer for sale"), _("Read the product again and choose what it has.")
    ),
    "no_price": Kind(
        409, _("Has no price yet"), _("Choose another product, or ask the shop.")
    ),
    "sold_out": Kind(409, _("Sold out"), _("Choose another variant, or come back later.")),
    "not_enough": Kind(409, _("Not as many are left"), _("Ask for at most what is left.")),
    "too_many": Kind(409, _("More than one may buy at once"), _("Ask for at most what is left.")),
    "cart_full": Kind(409, _("The cart is full"), _("Order, or take something out first.")),
    "no_such_coupon": Kind(
        409, _("No shop knows this code now"), _("Check how it is spelt, or go on without it.")
    ),
    "empty": Kind(409, _("The cart is empty"), _("Put something into it first.")),
    "changed": Kind(
        409, _("The cart is not what was confirmed"), _("Show the new total, then order again.")
    ),
    "no_shipping": Kind(
        409, _("A shop does not ship there"), _("Choose another address, or take it out.")
    ),
    "not_payable": Kind(
        409, _("A shop does not take this way of paying"), _("Choose one that checkout names.")
    ),
    "refused": Kind(
        409, _("The shop's rules are against it"), _("Read what the rules allow, and by when.")
    ),
    "no_such_line": Kind(409, _("There is no such line"), READ_AGAIN),
    "way": Kind(
        409, _("The money cannot go back this way"), _("Choose another way, as original.")
    ),
    "wanted": Kind(
        409,
        _("This cannot be sent in its place"),
        _("Choose one of the replacements that the rules name."),
    ),
    "no_invoices": Kind(
        409, _("The shop writes no invoice for this"), _("Ask the shop if you need one.")
    ),
    "issued": Kind(
        409, _("The invoice is written already"), _("Ask the shop if it must be changed.")
    ),
    "not_delivered": Kind(
        409, _("It has not been delivered yet"), _("Come back once it has arrived.")
    ),
    "no_product": Kind(
        409, _("The shop no longer sells this"), _("It cannot be reviewed any more.")
    ),
    "unknown_skus": Kind(
        409, _("The shop has no such variants"), _("Nothing was changed; correct the SKUs named.")
    ),
    "no_such": Kind(409, _("There is no such product on sale"), _("Search for another one.")),
    "full": Kind(409, _("There is no more room"), _("Take something out first.")),
    "not_joined": Kind(
        409, _("Only those who have joined may add to it"), _("Join the list first.")
    ),
    "stale": Kind(
        412, _("It has changed since it was read"), _("Read it again, then send If-Match anew.")
    ),
    "too_large": Kind(413, _("Too large"), _("Send less at once.")),
    "unsupported_media_type": Kind(
        415, _("Wrong kind of content"), _("Send application/json.")
    ),
    "key_reused": Kind(
        422,
        _("The key was used for another request"),
        _("Make a new Idempotency-Key for a new request."),
    ),
    "throttled": Kind(429, _("Too many requests"), _("Wait as Retry-After says.")),
    "error": Kind(
        500, _("Something broke on our side"), _("Try again; name the request id if it stays.")
    ),
    "busy": Kind(503, _("Too busy just now"), _("Wait as Retry-After says.")),
}  # fmt: skip


class Problem(APIException):
    """A refusal with a code of the catalogue; ``more`` are further members of the answer."""

    def __init__(self, code: str, detail: str = "", *, status: int = 0, **more: Any) -> None:
        super().__init__(detail or str(kind_of(code).title), code)
        self.status_code, self.more = status or kind_of(code, 409).status, more
        self.wait: int | None = more.pop("wait_s", None)


def kind_of(code: str, status: int = 400) -> Kind:
    """Return what a code means; an unknown one means what its status does."""
    if found := KINDS.get(code):
        return found
    same = (kind for kind in KINDS.values() if kind.status == status)
    return next(same, KINDS["invalid" if status < 500 else "error"])


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an exception as a problem; what is no refusal is logged and answered 500."""
    error = as_problem(error)
    response = exception_handler(error, context)
    if response is None:
        log.exception("endpoint failed", exc_info=error)
        response = Response(status=500)
    code = error.get_codes() if isinstance(error, APIException) else "error"
    if isinstance(error, Http404):
        code = "not_found"
    told = isinstance(error, APIException) and not isinstance(error, ValidationError)
    body = problem(
        response.status_code,
        code if isinstance(code, str) else "invalid",
        str(error.detail) if told else "",  # type: ignore[attr-defined]
    )
    if isinstance(error, ValidationError):
        body["errors"] = named(response.data)
    if isinstance(error, Problem):
        body |= error.more
    body["request_id"] = getattr(context.get("request"), "request_id", "")
    response.data = {key: value for key, value in body.items() if value not in ("", None)}
    response.content_type = TYPE
    return response


def as_problem(error: Exception) -> Exception:
    """Return what Django or the database says of a request in the words of the catalogue."""
    if isinstance(error, RequestDataTooBig):
        return Problem("too_large")
    if isinstance(error, SuspiciousOperation | BadRequest):
        return Problem("invalid")
    if isinstance(error, OperationalError):
        log.warning("database too slow or gone: %s", type(error.__cause__ or error).__name__)
        return Problem("busy", wait_s=BUSY_S)
    return error


def named(errors: Any) -> dict[str, Any]:
    """Return what is wrong by field, whatever shape it was said in."""
    return dict(errors) if isinstance(errors, Mapping) else {"body": errors}


def problem(status: int, code: str, detail: str = "") -> dict[str, Any]:
    """Return the body of a problem."""
    kind = kind_of(code, status)
    return {
        "type": f"/api/v1/docs/#problem-{code.replace('_', '-')}",
        "title": str(kind.title),
        "status": status,
        "code": code,
        "detail": "" if detail == str(kind.title) else detail,
        "next_step": str(kind.next_step),
    }


def answer(request: HttpRequest, code: str, *, wait_s: int | None = None) -> JsonResponse:
    """Answer a request with a problem outside of an endpoint."""
    body = problem(kind_of(code).status, code)
    body = {key: value for key, value in body.items() if value != ""}
    body["request_id"] = getattr(request, "request_id", "")
    response = JsonResponse(body, status=body["status"], content_type=TYPE)
    if wait_s is not None:
        response["Retry-After"] = str(wait_s)
    return response


@csrf_exempt  # it changes nothing, whatever is sent
def not_found(request: HttpRequest, path: str = "") -> JsonResponse:
    """Answer an address below /api/ that there is not."""
    return answer(request, "not_found")
