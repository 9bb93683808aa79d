"""What we tell allauth of our people: emails but no telephones, second steps kept sealed."""

from __future__ import annotations

import base64
import logging
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from shopguide.sealing import Unsealable, seal, unseal

log = logging.getLogger(__name__)
SECOND_STEP = "second step"


class AccountAdapter(DefaultAccountAdapter):
    """Without telephones: allauth's app client asks for them all the same."""

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        """Return the telephone somebody signs in with: nobody does."""
        return None

    def get_user_by_phone(self, phone: str) -> None:
        """Return whose telephone it is: nobody's."""


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of code apps and the seeds of recovery codes, encrypted where they are kept."""

    def encrypt(self, text: str) -> str:
        """Return what the table keeps."""
        return seal(text, SECOND_STEP)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; where its key is gone, a new one that no code ever fits.

        An error here would be a failing page, an empty secret one whose codes anybody can reckon.
        """
        try:
            return unseal(encrypted_text, SECOND_STEP)
        except Unsealable:
            log.error("a second step cannot be read: its sealing key is not among the settings")
            return base64.b32encode(secrets.token_bytes(40)).decode()
