"""What a shop says about its own search: products to move for a query, words that mean others."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product
from shopguide.accounts.models import Merchant


class ScheduledQuerySet(models.QuerySet["models.Model"]):
    """Rows that hold for a time."""

    def at(self, moment: datetime.datetime) -> Self:
        """Keep what holds at a moment."""
        begun = Q(starts_at=None) | Q(starts_at__lte=moment)
        return self.filter(begun, Q(ends_at=None) | Q(ends_at__gt=moment))


class Scheduled(models.Model):
    """Abstract: holds from a moment to another; an empty end is open."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ScheduledQuerySet.as_manager()

    class Meta:
        abstract = True


class SearchRule(Scheduled):
    """For one query, one product of the shop stands first, higher, or last.

    ``key`` is the folded query. Rules move a shop's products among the places they have; only in
    the shop's own search does a pinned product come in that the words had not found.
    """

    class Action(models.TextChoices):
        """Where the product goes."""

        PIN = "pin", _("Pinned")
        BOOST = "boost", _("Higher")
        BURY = "bury", _("Last")

    query = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    action = models.CharField(max_length=10, choices=Action.choices)
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="search_rules", db_constraint=False
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["key", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "key", "product"], name="rule_once"),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="rule_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["key"], name="rule_key")]


class SearchSynonym(Scheduled):
    """In the shop's own search a word that shoppers say means a word that its products use."""

    locale = models.CharField(max_length=10, choices=[("zh-hans", "中文"), ("en", "English")])
    said = models.CharField(max_length=80)
    meant = models.CharField(max_length=80)

    class Meta:
        ordering = ["locale", "said"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "locale", "said"], name="synonym_once"),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="synonym_ends_after_start",
            ),
        ]
