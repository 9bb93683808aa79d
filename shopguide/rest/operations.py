"""What an endpoint takes and answers, said once beside its function.

The door reads requests by it and the schema is written from it, so that neither can differ from
the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from rest_framework import serializers
from rest_framework.request import Request

Shape = type[serializers.Serializer]
ANYBODY, PERSON = "anybody", "person"


class Asked(Request):
    """A request after its door: ``asked`` are checked parameters, ``sent`` the checked body."""

    _request: HttpRequest
    asked: dict[str, Any]
    sent: dict[str, Any]
    path: str
    operation: Operation


@dataclass(frozen=True)
class Leaving:
    """An operation that is going: since when it should not be used, when it ends, what instead."""

    since: datetime
    sunset: datetime
    instead: str = ""


@dataclass(frozen=True)
class Operation:
    """One method at one address.

    ``who``: ``anybody`` (a shopper, signed in or not), ``person`` (signed in), or the scope of an
    API key. ``codes``: the refusals it may answer with beside those of every operation.
    ``matches``: it heeds If-Match. ``key_needed``: without an Idempotency-Key it is refused.
    """

    handler: Callable[..., Any]
    id: str
    tag: str
    answer: Shape | None
    query: Shape | None = None
    body: Shape | None = None
    status: int = 200
    who: str = ANYBODY
    codes: tuple[str, ...] = ()
    matches: bool = False
    key_needed: bool = False
    sparse: bool = True
    leaving: Leaving | None = None
    # The kind of content of an operation that answers with a file.
    media: str = ""
    # Its body is a form, because there is a file in it.
    form: bool = False

    @property
    def summary(self) -> str:
        """Return the first line of what the function says of itself."""
        return (self.handler.__doc__ or "").strip().partition("\n")[0]

    @property
    def text(self) -> str:
        """Return all that the function says of itself."""
        return "\n".join(line.strip() for line in (self.handler.__doc__ or "").strip().splitlines())


def operation(
    id: str,
    *,
    tag: str,
    answer: Shape | None,
    codes: Sequence[str] = (),
    **more: Any,
) -> Callable[[Callable[..., Any]], Operation]:
    """Declare a function as an operation; it gets the request and the parts of the address."""

    def declare(handler: Callable[..., Any]) -> Operation:
        return Operation(handler, id, tag, answer, codes=tuple(codes), **more)

    return declare
