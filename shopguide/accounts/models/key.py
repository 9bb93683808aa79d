"""Keys by which a shop's own systems call the API: what they may, and until when."""

import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models.merchant import Merchant


class Scope(models.TextChoices):
    """What a key may do."""

    ORDERS_READ = "orders:read", _("Read orders")
    ORDERS_WRITE = "orders:write", _("Move orders on")
    CATALOGUE_READ = "catalogue:read", _("Read the catalogue")
    CATALOGUE_WRITE = "catalogue:write", _("Change the catalogue")


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    """Keys by whether they open anything."""

    def valid(self, now: datetime.datetime | None = None) -> Self:
        """Keep keys that are neither revoked nor run out, of shops that are open."""
        in_time = Q(expires_at=None) | Q(expires_at__gt=now or timezone.now())
        return self.filter(in_time, revoked_at=None, merchant__suspended_at=None)


class ApiKey(models.Model):
    """One key. The secret is shown once; what is kept is its digest and the first letters."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices), default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    # Set when a new one takes its place: both open the door until then.
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=Scope.values), name="key_scopes_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def over(self) -> bool:
        """Tell whether it opens nothing any more."""
        run_out = self.expires_at is not None and self.expires_at <= timezone.now()
        return run_out or self.revoked_at is not None

    def may(self, scope: str) -> bool:
        """Tell whether the key has a scope."""
        return scope in self.scopes
