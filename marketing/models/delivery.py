"""What carriers write about parcels, and texts for customs: read by rules, decided by people."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Order, Product
from shopguide.accounts.models import Merchant


class NoteQuerySet(models.QuerySet["DeliveryNote"]):
    """Delivery notes by what is to be done about them."""

    def waiting(self) -> Self:
        """Keep exceptions that nobody has dealt with."""
        return self.filter(settled_at=None).exclude(acts="")


class DeliveryNote(models.Model):
    """One text of a carrier, the kind it was read as, and who must act ("" is nobody)."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.CASCADE, related_name="delivery_notes",
        db_constraint=False,
    )  # fmt: skip
    text = models.CharField(max_length=500)
    kind = models.CharField(max_length=20)
    acts = models.CharField(max_length=10, blank=True)
    # The words by which the kind was told; empty where a person has said it.
    because = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: Any = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at", "-pk"]
        indexes = [
            models.Index(fields=["merchant", "-noted_at"], name="delivery_note_by_shop"),
        ]


class CustomsText(models.Model):
    """What is declared of a product in one language: proposed from its facts, approved by a person.

    ``revision``: the product's revision that it was made of. ``code`` is typed by a person only.
    """

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="customs_texts", db_constraint=False
    )
    locale = models.CharField(max_length=10, choices=[("zh-hans", "中文"), ("en", "English")])
    parts = models.JSONField(default=dict)
    code = models.CharField(_("HS code"), max_length=14, blank=True)
    revision = models.BigIntegerField(default=0)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "locale"], name="customs_text_once"),
        ]
