"""A shop's written policies, version by version; an order keeps the one it was placed under."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from shopguide.accounts.models import Merchant


class PolicyVersion(models.Model):
    """What held from ``made_at`` until the next version. Rows are only ever added."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    number = models.PositiveIntegerField()
    terms = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "number"], name="policy_version_once"),
        ]
