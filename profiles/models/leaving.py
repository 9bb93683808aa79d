"""Jobs about a person as a whole: everything known in one file, and everything forgotten."""

import uuid

from django.db import models
from django.utils import timezone

from shopguide.accounts.models import Shopper
from shopguide.work import State, Work


class Export(Work):
    """A file with all that is known of a shopper, made by a worker and kept for a week."""

    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="exports")
    # Below DATA_DIR/exports, never below MEDIA_ROOT.
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    tables = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]


class Erasure(Work):
    """A wish to be forgotten: waits until ``due_at``, can be taken back until then.

    Afterwards it belongs to nobody and holds the certificate, in which nothing is personal.
    """

    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    shopper = models.ForeignKey(
        Shopper, null=True, on_delete=models.SET_NULL, related_name="erasures"
    )
    due_at = models.DateTimeField(default=timezone.now)
    certificate = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    @property
    def waiting(self) -> bool:
        """Tell whether it can still be taken back."""
        return self.state == State.QUEUED
