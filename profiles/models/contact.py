"""How somebody may be reached by shops, and by which shops not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from shopguide.accounts.models import Merchant, Shopper


class Contact(models.Model):
    """By which ways shops may write, in which language and zone, and between which hours not.

    It says how, never whether: without the consent to offers nothing is written at all.
    """

    shopper = models.OneToOneField(
        Shopper, primary_key=True, on_delete=models.CASCADE, related_name="contact"
    )
    email = models.BooleanField(default=True)
    push = models.BooleanField(default=False)
    site = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    # A name of the IANA database; empty is guessed from the country of the last order.
    zone = models.CharField(max_length=40, blank=True)
    # From this hour until that one nothing is written; the same hour twice is never quiet.
    quiet_from = models.PositiveSmallIntegerField(default=21)
    quiet_until = models.PositiveSmallIntegerField(default=9)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__lte=23, quiet_until__lte=23), name="contact_hours_of_a_day"
            ),
        ]


class Muted(models.Model):
    """That a shopper wants to hear nothing of one shop."""

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="muted")
    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, db_index=False)
    via = models.CharField(max_length=10, default="page")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["shopper", "merchant"], name="muted_once"),
        ]
