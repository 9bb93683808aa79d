"""Copy that a person has approved, where it stands: by channel, language and arm of a trial."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from catalog.models.product import Product, Provenance
from shopguide.accounts.models import Merchant


class CopyQuerySet(models.QuerySet["PublishedCopy"]):
    """Published copy."""

    def shown(self, arm: str = "") -> Self:
        """Keep what everybody sees, or what those in one arm of a trial see."""
        return self.filter(arm=arm)


class PublishedCopy(models.Model):
    """A channel's text of a product as it stands now, and who wrote and approved it.

    ``parts``: texts by the channel's fields. ``draft_id``: the number of marketing's draft behind
    it; the database takes no row without an approved draft of exactly these words. Titles and
    descriptions stand in `ProductText`; their rows here say which draft they come from. ``arm`` is
    empty for what everybody sees.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="copies", db_constraint=False
    )
    channel = models.CharField(max_length=20)
    locale = models.CharField(max_length=10, choices=[("zh-hans", "中文"), ("en", "English")])
    arm = models.CharField(max_length=40, blank=True)
    parts = models.JSONField(default=dict)
    provenance = models.CharField(
        max_length=10, choices=Provenance.choices, default=Provenance.GENERATED
    )
    draft_id = models.BigIntegerField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)

    objects = CopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "channel", "locale", "arm"], name="published_copy_once"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(str(text) for text in self.parts.values())
