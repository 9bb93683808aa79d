"""What we tell allauth of our people: they have e-mails and no telephones to sign in with."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Without telephones: allauth's app client asks for them all the same."""

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        """Return the telephone somebody signs in with: nobody does."""
        return None

    def get_user_by_phone(self, phone: str) -> None:
        """Return whose telephone it is: nobody's."""
