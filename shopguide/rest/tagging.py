"""Entity tags: what has not changed is not sent again, and nobody changes what they have not seen.

For every endpoint. A tag is the hash of the whole answer, so whatever a reader would see
differently (a price, a language) is another tag.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from shopguide.problems import Problem

MATCH = re.compile(r'\*|(W/)?"[!-~]{1,80}"(\s*,\s*(W/)?"[!-~]{1,80}")*')


def tag_of(content: bytes) -> str:
    """Return the entity tag of an answer's bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def tag_of_value(value: Any) -> str:
    """Return the entity tag that an answer with this value has."""
    return tag_of(JSONRenderer().render(value))


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tag an answer, or return 304 if the asker has it already."""
    response["ETag"] = tag_of(response.content)
    found = get_conditional_response(request, etag=response["ETag"], response=response)
    if found is None or found.status_code != 304:
        return response
    return found


def check_match(request: Request) -> None:
    """Refuse (400) an If-Match that is none."""
    sent = request.headers.get("If-Match")
    if sent is not None and not MATCH.fullmatch(sent.strip()):
        raise ValidationError({"If-Match": ["Send an ETag as it was read, with its quotes."]})


def must_match(request: Request, current: Callable[[], Any]) -> None:
    """Refuse (412) a change by If-Match of what has changed since; call it under the row's lock.

    ``current`` makes the answer that reading gives now; it is not called without the header.
    """
    sent = request.headers.get("If-Match", "")
    if not sent:
        return
    wanted = parse_etags(sent)
    if wanted != ["*"] and tag_of_value(current()) not in wanted:
        raise Problem("stale")
