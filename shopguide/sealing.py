"""Secrets that must be read again, encrypted before a table keeps them.

For what cannot be kept as a digest: the secrets of a second step. Keys come from the settings
(`SEALING_KEYS`, else `SECRET_KEY` and its fallbacks), the newest first; who has the database or a
copy of it alone reads nothing. Each purpose has keys of its own, so that what was sealed for one
is none of another's. Fernet: AES-128-CBC, authenticated by HMAC-SHA256.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "sealed:"
SALT = b"shopguide.sealing"


class Unsealable(Exception):
    """A text that none of the keys has sealed for this purpose."""


def seal(text: str, purpose: str) -> str:
    """Encrypt a text by the newest key; twice the same text gives two different ones."""
    return MARK + ring_of(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """Return what was sealed; Unsealable for all else, plain texts too."""
    try:
        return ring_of(purpose).decrypt(token_of(sealed)).decode()
    except InvalidToken as error:
        raise Unsealable(purpose) from error


def reseal(sealed: str, purpose: str) -> str:
    """Return a sealed text under the newest key, the same one where it is that already."""
    newest = Fernet(key_for(secrets_kept()[0], purpose))
    try:
        newest.decrypt(token_of(sealed))
    except InvalidToken:
        return seal(unseal(sealed, purpose), purpose)
    return sealed


def is_sealed(text: str) -> bool:
    """Tell whether a text says of itself that it is sealed."""
    return text.startswith(MARK)


def token_of(sealed: str) -> bytes:
    """Return the part that is encrypted, nothing of a plain text."""
    return sealed.removeprefix(MARK).encode() if is_sealed(sealed) else b""


def ring_of(purpose: str) -> MultiFernet:
    """Return the keys of a purpose: the first encrypts, each may decrypt."""
    return MultiFernet([Fernet(key_for(secret, purpose)) for secret in secrets_kept()])


def secrets_kept() -> list[str]:
    """Return the secrets that keys are made of, the newest first."""
    return list(settings.SEALING_KEYS) or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def key_for(secret: str, purpose: str) -> bytes:
    """Return the key of a purpose by one secret (RFC 5869)."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=SALT, info=purpose.encode())
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))
