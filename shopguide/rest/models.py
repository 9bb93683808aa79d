"""The answers kept for requests that may be sent again."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from shopguide.accounts.models import Merchant, Shopper


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    """Kept answers by age."""

    def outlived(self) -> Self:
        """Keep those that are older than answers are kept."""
        age = timedelta(hours=settings.API_ANSWERS_KEPT_HOURS)
        return self.filter(started_at__lt=timezone.now() - age)


class KeptAnswer(models.Model):
    """A request that carried an Idempotency-Key, and what it was answered; empty while it runs.

    Belongs to a shopper or, for requests of a shop's systems, to a shop; nobody else sees it.
    """

    shopper = models.ForeignKey(Shopper, null=True, blank=True, on_delete=models.CASCADE)
    merchant = models.ForeignKey(Merchant, null=True, blank=True, on_delete=models.CASCADE)
    key = models.CharField(max_length=128)
    # What was asked, as a hash: the same key may not mean another request.
    fingerprint = models.CharField(max_length=64)
    # Who carries it out; another takes over when this one has died.
    attempt = models.UUIDField(default=uuid.uuid4)
    started_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    body = models.BinaryField(default=b"", blank=True)

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shopper", "key"], name="answer_once_per_shopper"),
            models.UniqueConstraint(fields=["merchant", "key"], name="answer_once_per_shop"),
            models.CheckConstraint(
                condition=Q(shopper=None) ^ Q(merchant=None), name="answer_of_one"
            ),
        ]
        indexes = [models.Index(fields=["started_at"], name="answer_by_age")]

    def __str__(self) -> str:
        return f"{self.key} · {self.status or 'running'}"
