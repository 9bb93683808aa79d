"""A shop's API keys: issued, found, renewed with an overlap, revoked.

For the portal's page of keys and the API's door. A key is 43 random letters after its prefix; a
digest of it is all that is kept, so nobody can show it twice. It decides nothing about rows.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from shopguide.accounts.models import ApiKey, Merchant, User
from shopguide.accounts.tenancy import as_everyone, as_merchant

MARK = "sgk"
OVERLAP = datetime.timedelta(hours=24)
# A key in use is noted at most this often, so that reading stays reading.
NOTED = datetime.timedelta(minutes=1)


def issue(
    merchant: Merchant, name: str, scopes: Sequence[str], *, by: User | None
) -> tuple[ApiKey, str]:
    """Make a key; return it and the secret, which is never seen again."""
    prefix = f"{MARK}_{secrets.token_hex(4)}"
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    with as_merchant(merchant):
        key = ApiKey.objects.create(
            merchant=merchant,
            name=name,
            prefix=prefix,
            digest=digest(secret),
            scopes=sorted(set(scopes)),
            created_by=by,
        )
    return key, secret


def digest(secret: str) -> str:
    """Return what is kept of a secret: it is random enough that a plain hash tells nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def renew(key: ApiKey, *, by: User | None) -> tuple[ApiKey, str]:
    """Make a key in place of another, which opens the door for one more day."""
    with transaction.atomic(), as_merchant(key.merchant_id):
        made, secret = issue(key.merchant, key.name, key.scopes, by=by)
        made.replaces = key
        made.save(update_fields=["replaces"])
        limit = timezone.now() + OVERLAP
        if key.expires_at is None or key.expires_at > limit:
            key.expires_at = limit
            key.save(update_fields=["expires_at"])
    return made, secret


def revoke(key: ApiKey) -> None:
    """Let a key open nothing from the next request on."""
    with as_merchant(key.merchant_id):
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])


def found(secret: str) -> ApiKey | None:
    """Return the valid key with this secret, None for anything else. Two statements."""
    prefix = secret[: len(MARK) + 1 + 8]
    with as_everyone():
        key = ApiKey.objects.valid().select_related("merchant").filter(prefix=prefix).first()
        if key is None or not hmac.compare_digest(key.digest, digest(secret)):
            return None
        now = timezone.now()
        if key.last_used_at is None or now - key.last_used_at > NOTED:
            ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key
