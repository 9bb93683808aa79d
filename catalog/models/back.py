"""What comes back: returns, exchanges, refunds; and invoices that were asked for."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.order import Order, OrderLine, new_number
from catalog.models.product import Variant
from catalog.policies.terms import Condition, Payer, Reason, Way
from shopguide.accounts.models import Merchant
from shopguide.work import Work


class ReturnKind(models.TextChoices):
    """What the shopper wants for it."""

    REFUND = "refund", _("Money back")
    EXCHANGE = "exchange", _("Exchange")


class ReturnState(models.TextChoices):
    """The life of a return. What may follow what stands in `catalog.orders.returning.NEXT`."""

    ASKED = "asked", _("Asked for")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RECEIVED = "received", _("Received by the shop")
    REFUNDED = "refunded", _("Money back")
    EXCHANGED = "exchanged", _("Replacement sent")


# Of these the goods stay with the shopper, so they may be asked for again.
OFF = (ReturnState.REJECTED, ReturnState.WITHDRAWN)


class ReturnQuerySet(models.QuerySet["Return"]):
    """Returns by what they still need."""

    def of(self, merchant: Merchant) -> Self:
        """Keep one shop's returns."""
        return self.filter(merchant=merchant)

    def open(self) -> Self:
        """Keep returns that the shop has still to do something about."""
        return self.filter(
            state__in=(ReturnState.ASKED, ReturnState.APPROVED, ReturnState.RECEIVED)
        )


class Return(models.Model):
    """Some lines of an order that come back, for one reason."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="returns")
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="returns", db_constraint=False
    )
    number = models.CharField(max_length=11, unique=True, default=new_number)
    kind = models.CharField(max_length=10, choices=ReturnKind.choices)
    state = models.CharField(max_length=10, choices=ReturnState.choices, default=ReturnState.ASKED)
    reason = models.CharField(max_length=20, choices=[(one, one) for one in Reason])
    condition = models.CharField(max_length=10, choices=[(one, one) for one in Condition])
    way = models.CharField(max_length=10, choices=[(one, one) for one in Way])
    note = models.CharField(max_length=1000, blank=True)
    # The form's own number: sent twice, it asks once.
    key = models.UUIDField(default=uuid.uuid4)
    # What the shop said when it decided; the parcels there and, for an exchange, back.
    answer = models.CharField(max_length=500, blank=True)
    carrier = models.CharField(max_length=80, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    sent_carrier = models.CharField(max_length=80, blank=True)
    sent_tracking = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "id"], name="return_of_its_shop"),
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values), name="return_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ReturnKind.values), name="return_kind_known"
            ),
            models.UniqueConstraint(fields=["order", "key"], name="return_asked_once"),
        ]
        indexes = [models.Index(fields=["merchant", "-asked_at"], name="return_by_shop")]

    def __str__(self) -> str:
        return self.number


class ReturnLine(models.Model):
    """So many of a line, and by which rule it may come back.

    ``taken``: the stock its replacement was taken from. ``restocked``: how many can be sold again.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    back = models.ForeignKey(
        Return, on_delete=models.CASCADE, related_name="lines", db_constraint=False
    )
    line = models.ForeignKey(
        OrderLine, on_delete=models.CASCADE, related_name="back", db_constraint=False
    )
    quantity = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=40)
    payer = models.CharField(max_length=10, choices=[(one, one) for one in Payer])
    fee_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    wanted = models.ForeignKey(
        Variant, null=True, blank=True, on_delete=models.SET_NULL, db_constraint=False
    )
    taken = models.JSONField(default=dict, blank=True)
    restocked = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["back", "line"], name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_line_quantity"),
            models.CheckConstraint(
                condition=Q(fee_percent__range=(0, 100)), name="return_line_fee_in_range"
            ),
            models.CheckConstraint(
                condition=Q(restocked__lte=models.F("quantity")), name="return_line_restocked"
            ),
        ]


class ReturnPicture(models.Model):
    """A picture that shows why; seen by the shop and its shopper alone."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    back = models.ForeignKey(
        Return, on_delete=models.CASCADE, related_name="pictures", db_constraint=False
    )
    file = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]


class Refund(Work):
    """Money that goes back, once: the row is the job, its number the provider's key.

    All refunds of an order together never exceed what was paid; a trigger holds that.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="refunds", db_constraint=False
    )
    # Empty for the refund of a cancelled order.
    back = models.OneToOneField(
        Return, null=True, on_delete=models.CASCADE, related_name="refund", db_constraint=False
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    shipping_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3)
    way = models.CharField(max_length=10)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_above_nothing"),
            models.CheckConstraint(
                condition=Q(shipping_amount__gte=0) & Q(shipping_amount__lte=models.F("amount")),
                name="refund_shipping_within",
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(back=None), name="refund_of_cancelling_once"
            ),
        ]

    @property
    def key(self) -> str:
        """Return the name by which a provider knows this refund, and makes it once."""
        return f"refund-{self.pk}"


class Invoice(models.Model):
    """What an invoice for an order is to say, and its number once the shop has written it."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    order = models.OneToOneField(
        Order, on_delete=models.CASCADE, related_name="invoice", db_constraint=False
    )
    title = models.CharField(max_length=120)
    tax_number = models.CharField(max_length=40, blank=True)
    email = models.EmailField()
    number = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    issued_at = models.DateTimeField(null=True, blank=True)
