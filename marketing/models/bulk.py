"""Texts for many products, written as one job."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from shopguide.accounts.models import Merchant
from shopguide.work import State, Work


class BulkJob(Work):
    """Drafts for many products: channels × languages of each, product by product.

    ``chosen``: ids, or the list's filter with the newest id it has counted, as of a bulk edit.
    ``last``: the product visited last, so that a killed run goes on behind it. ``refused``: which
    products could not be written about and why, the first hundred.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    chosen = models.JSONField(default=dict)
    channels = models.JSONField(default=list)
    locales = models.JSONField(default=list)
    tone = models.CharField(max_length=20, default="plain")
    segment = models.CharField(max_length=60, blank=True)
    season = models.CharField(max_length=60, blank=True)
    total = models.PositiveIntegerField(default=0)
    visited = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    refused = models.JSONField(default=list)
    stop_asked = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]

    @property
    def percent(self) -> int:
        """Return how many of the products have been visited, 0 to 100."""
        if self.over or not self.total:
            return 100
        return min(99, self.visited * 100 // self.total)

    @property
    def seconds_left(self) -> int | None:
        """Return the time left at the speed so far; None before it can be told."""
        if self.over or not self.visited:
            return None
        passed = (timezone.now() - self.created_at).total_seconds()
        return round(passed * max(0, self.total - self.visited) / self.visited)

    def cancel(self, **fields: object) -> None:
        """Mark the job as stopped by somebody; what it has written stays."""
        self._end(State.CANCELLED, **fields)
