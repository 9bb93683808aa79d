"""An invitation into a shop's team: for one address, for a week, to be used once."""

import datetime
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from shopguide.accounts.models.merchant import Merchant, Role

VALID = datetime.timedelta(days=7)


def nonce() -> str:
    """Return what only the newest letter of an invitation knows."""
    return secrets.token_urlsafe(16)


def expiry() -> datetime.datetime:
    """Return when an invitation made now runs out."""
    return timezone.now() + VALID


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what can still be done with them."""

    def open(self) -> Self:
        """Keep those that nobody has taken or taken back; some may have run out."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """One invitation. Its link is signed and holds ``nonce``, which a new letter changes."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Role.choices)
    language = models.CharField(max_length=10, default="en")
    # The site as the inviting person saw it: a worker that writes the letter knows no address.
    origin = models.CharField(max_length=200)
    nonce = models.CharField(max_length=32, default=nonce)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=expiry)
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
        ]

    @property
    def usable(self) -> bool:
        """Tell whether it still opens the door."""
        closed = self.accepted_at or self.revoked_at
        return not closed and self.expires_at > timezone.now()
