"""Who is asking: by session token, never by a cookie, so nothing can be forged from another site.

A token that is not valid is refused and not taken for none: an app whose session has ended must
not go on as a stranger.
"""

from __future__ import annotations

from typing import Any

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.http import HttpRequest
from rest_framework.exceptions import AuthenticationFailed

HEADER = "X-Session-Token"


class SessionTokenAuthentication(XSessionTokenAuthentication):
    """The session token of an app that somebody signed in with."""

    def authenticate(self, request: HttpRequest) -> tuple[Any, Any] | None:
        """Return the person and the session; AuthenticationFailed for a token that is not valid."""
        token = request.headers.get(HEADER, "")
        if not token:
            return None
        found = super().authenticate(request) if token.isascii() and len(token) < 100 else None
        if found is None or not found[0].is_active:
            raise AuthenticationFailed()
        return found

    def authenticate_header(self, request: HttpRequest) -> str:
        """Return what WWW-Authenticate asks for."""
        return f'Session realm="shop", header="{HEADER}"'
