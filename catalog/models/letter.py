"""Letters to shoppers: the outbox, written in the transaction that gives the news."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.order import Order
from shopguide.accounts.models import Merchant, Shopper


class LetterKind(models.TextChoices):
    """What a letter tells."""

    PLACED = "placed", _("Order placed")
    SHIPPED = "shipped", _("Order shipped")
    DELIVERED = "delivered", _("Order delivered")
    CANCELLED = "cancelled", _("Order cancelled")
    RETURN_ASKED = "return_asked", _("Return asked for")
    RETURN_DECIDED = "return_decided", _("Return decided")
    REFUNDED = "refunded", _("Money back")
    REPLACED = "replaced", _("Replacement sent")
    PRICE_BELOW = "price_below", _("Price dropped")
    BACK_IN_STOCK = "back_in_stock", _("Back in stock")


class LetterState(models.TextChoices):
    """The life of a letter. What may have been sent is never sent again."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by what is to be done."""

    def due(self) -> Self:
        """Keep letters whose time has come, the oldest first."""
        now = timezone.now()
        return self.filter(state=LetterState.QUEUED, due_at__lte=now).order_by("due_at", "pk")


class Letter(models.Model):
    """One email, known by its ``key``: the same news gives the same key, so it goes out once."""

    # Empty for letters that are about no shop's order.
    merchant = models.ForeignKey(
        Merchant, null=True, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="letters")
    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    language = models.CharField(max_length=10)
    facts = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LetterState.values), name="letter_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="queued"), name="letter_due"),
        ]
