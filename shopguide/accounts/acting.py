"""Who is doing this: told to the database with each transaction, for the audit log's triggers.

For the web by a middleware, for workers by their tasks, for commands by nobody. It grants nothing;
what may be done is decided by `access` and the policies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

NOBODY = "command"


@dataclass(frozen=True)
class Actor:
    """Somebody, by number if it is a person, and the way they came: web, api, worker, key:…"""

    person: Callable[[], int | None]
    via: str


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def actor() -> tuple[str, str]:
    """Return the person's number, as text, and the way: what transactions tell the database."""
    now = _actor.get()
    if now is None:
        return "", NOBODY
    return str(now.person() or ""), now.via


@contextmanager
def acting(person: int | None, via: str = "worker") -> Iterator[None]:
    """Let what is written inside be somebody's: for tasks, by whoever asked for the job."""
    token = _actor.set(Actor(lambda: person, via))
    try:
        yield
    finally:
        _actor.reset(token)


def act_by_key(prefix: str) -> None:
    """Let the rest of this request be the work of an API key."""
    _actor.set(Actor(lambda: None, f"key:{prefix}"))


class ActingMiddleware:
    """Let what a request writes be the work of whoever is signed in; asked only when it writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        via = "api" if request.path.startswith("/api/") else "web"
        if request.path.startswith("/operator/"):
            via = "operator"
        token = _actor.set(Actor(lambda: request.user.pk, via))
        try:
            return self.get_response(request)
        finally:
            _actor.reset(token)
