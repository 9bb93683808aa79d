"""The door for a shop's own systems: ``Authorization: Bearer sgk_…`` and what a key may do.

An endpoint for them names `ApiKeyAuthentication` and ``permission_classes=[may("orders:read")]``;
``request.auth`` is the key, and ``request.auth.merchant`` the one shop it is about.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from shopguide.accounts.acting import act_by_key
from shopguide.accounts.keys import MARK, found
from shopguide.accounts.models import ApiKey


class ApiKeyAuthentication(BaseAuthentication):
    """Knows a shop's system by its key."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        """Return the key; 401 for one that opens nothing, None where there is none."""
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.startswith(f"{MARK}_"):
            return None
        key = found(secret.strip())
        if key is None:
            raise AuthenticationFailed(_("This key opens nothing: it is wrong, revoked or old."))
        act_by_key(key.prefix)
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        """Return what a caller without a key is asked for."""
        return "Bearer"


class ApiKeyScheme(OpenApiAuthenticationExtension):
    """How the key stands in the schema."""

    target_class = ApiKeyAuthentication
    name = "shop key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme."""
        return {"type": "http", "scheme": "bearer", "description": "a shop's key, `sgk_…`"}


def may(scope: str) -> type[BasePermission]:
    """Return the permission that wants a key with this scope."""

    class Scoped(BasePermission):
        """Lets in keys with one scope."""

        def has_permission(self, request: Request, view: Any) -> bool:
            """Tell whether the call came with such a key."""
            return isinstance(request.auth, ApiKey) and request.auth.may(scope)

    return Scoped
