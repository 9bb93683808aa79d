"""Where a shop's own systems hear what happens: endpoints, events, and each delivery."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shopguide.accounts.models.merchant import Merchant


class Kind(models.TextChoices):
    """What can be heard of."""

    ORDER_PLACED = "order.placed", _("An order is placed")
    ORDER_PAID = "order.paid", _("An order is paid")
    ORDER_PACKED = "order.packed", _("An order is packed")
    ORDER_SHIPPED = "order.shipped", _("An order is shipped")
    ORDER_DELIVERED = "order.delivered", _("An order is delivered")
    ORDER_CANCELLED = "order.cancelled", _("An order is cancelled")
    ORDER_CHANGED = "order.changed", _("Something else happens to an order")
    RETURN_ASKED = "return.asked", _("A return is asked for")
    RETURN_APPROVED = "return.approved", _("A return is approved")
    RETURN_REJECTED = "return.rejected", _("A return is rejected")
    RETURN_WITHDRAWN = "return.withdrawn", _("A shopper keeps it after all")
    RETURN_SENT = "return.sent", _("A shopper has sent it back")
    RETURN_RECEIVED = "return.received", _("What was returned has arrived")
    RETURN_REFUNDED = "return.refunded", _("A return is settled by money")
    RETURN_EXCHANGED = "return.exchanged", _("A return is settled by a replacement")
    REFUND_PAID = "refund.paid", _("Money has gone back")
    STOCK_OUT = "stock.out", _("Something is sold out")
    STOCK_LOW = "stock.low", _("Something runs short")
    STOCK_BACK = "stock.back", _("Something sold out is there again")
    REVIEW_WRITTEN = "review.written", _("A buyer writes a review")
    REVIEW_CHANGED = "review.changed", _("A buyer changes a review")
    REVIEW_DECIDED = "review.decided", _("A held review is shown or not")
    REVIEW_DELETED = "review.deleted", _("A buyer deletes a review")
    CHAT_HANDED_OVER = "chat.handed_over", _("A conversation is handed over")
    CHAT_TAKEN_BACK = "chat.taken_back", _("The assistant answers again")
    CHAT_RESOLVED = "chat.resolved", _("A conversation is settled")
    PING = "ping", _("A test")


class Webhook(models.Model):
    """An address that is told. Its secret is reckoned from ``number`` and ``generation``."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(_("address"), max_length=500)
    # Empty: of everything.
    kinds = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    generation = models.PositiveSmallIntegerField(default=1)
    # Until then the former secret signs too.
    overlap_until = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url

    def hears(self, kind: str) -> bool:
        """Tell whether it is told of a kind of event."""
        return self.active and (not self.kinds or kind in self.kinds or kind == Kind.PING)


class WebhookEvent(models.Model):
    """Something that happened, written in the transaction in which it did: the outbox.

    ``about`` names the object; what happens to one object is told in the order of ``pk``.
    ``content`` holds facts of the order, never who the shopper is.
    """

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def body(self) -> dict[str, Any]:
        """Return what is sent."""
        return {
            "id": str(self.number),
            "type": self.kind,
            "about": self.about,
            "at": self.at.isoformat(),
            "data": self.content,
        }


class DeliveryState(models.TextChoices):
    """Where a delivery is."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("On its way")
    DONE = "done", _("Delivered")
    FAILED = "failed", _("Given up")


PENDING = (DeliveryState.QUEUED, DeliveryState.SENDING)


class DeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Deliveries by whether their turn has come."""

    def due(self, now: datetime.datetime | None = None) -> Self:
        """Keep those whose time has come, that nobody is sending, with none of theirs before."""
        now = now or timezone.now()
        free = Q(state=DeliveryState.QUEUED) | Q(state=DeliveryState.SENDING, lease_until__lt=now)
        earlier = type(self)(self.model).filter(
            webhook=OuterRef("webhook"),
            about=OuterRef("about"),
            pk__lt=OuterRef("pk"),
            state__in=PENDING,
        )
        return self.filter(free, ~Exists(earlier), next_at__lte=now, webhook__active=True)


class WebhookDelivery(models.Model):
    """One event on its way to one address, with every try."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(WebhookEvent, on_delete=models.CASCADE, related_name="deliveries")
    about = models.CharField(max_length=80)
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    # The newest tries: when, the status, what was answered or went wrong, milliseconds.
    tries = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["webhook", "about", "id"],
                condition=Q(state__in=["queued", "sending"]),
                name="delivery_pending",
            ),
            models.Index(fields=["webhook", "-id"], name="delivery_log"),
        ]

    @property
    def status(self) -> int | None:
        """Return what the last try was answered."""
        return self.tries[-1]["status"] if self.tries else None
