"""A group of a shop's customers, drawn by a rule or by likeness to another group."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from shopguide.accounts.models import Merchant


class Segment(models.Model):
    """A rule, never a list of people: who is in it is asked anew each time.

    ``rule``: see `profiles.segments.grammar`. With a ``seed`` it holds the ``most`` people whose
    taste is nearest to the seed's, as far as this shop has seen it.
    """

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="segments")
    name = models.CharField(max_length=80)
    rule = models.JSONField(default=dict)
    seed = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="alike"
    )
    most = models.PositiveIntegerField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    made_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "name"], condition=Q(archived_at=None), name="segment_name_once"
            ),
            models.UniqueConstraint(fields=["merchant", "id"], name="segment_of_its_shop"),
            models.CheckConstraint(
                condition=Q(seed=None, most=None) | Q(seed__isnull=False, most__gte=1),
                name="segment_alike_has_size",
            ),
        ]

    def __str__(self) -> str:
        return self.name
