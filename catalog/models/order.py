"""Orders: what was bought of one shop, for how much, and every step since."""

import secrets
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Variant
from shopguide.accounts.models import Merchant, Shopper

# No letters that are read as others; the number is said on the telephone.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class OrderState(models.TextChoices):
    """The life of an order."""

    PLACED = "placed", _("Placed")
    PAID = "paid", _("Paid")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    CANCELLED = "cancelled", _("Cancelled")


class PaymentState(models.TextChoices):
    """Where the money is."""

    PENDING = "pending", _("To be paid")
    PAID = "paid", _("Paid")
    PARTLY = "partly", _("Partly refunded")
    REFUNDED = "refunded", _("Refunded")


def new_number() -> str:
    """Return an order number that cannot be guessed from another one: 10 of 32 letters."""
    letters = "".join(secrets.choice(LETTERS) for _place in range(10))
    return f"{letters[:5]}-{letters[5:]}"


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders by who may see them."""

    def of(self, merchant: Merchant) -> Self:
        """Keep one shop's orders."""
        return self.filter(merchant=merchant)

    def by(self, shopper: Shopper) -> Self:
        """Keep one shopper's orders, newest first."""
        return self.filter(shopper=shopper).order_by("-placed_at", "-pk")


class Order(models.Model):
    """One shop's part of a checkout. Amounts are as they were when it was placed."""

    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="orders")
    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="orders")
    number = models.CharField(max_length=11, unique=True, default=new_number)
    # All orders of one checkout; placing it again finds them instead of buying twice.
    checkout = models.UUIDField(default=uuid.uuid4)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.PLACED)
    currency = models.CharField(max_length=3)
    items_amount = models.DecimalField(max_digits=14, decimal_places=2)
    discount_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    shipping_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    total_amount = models.DecimalField(max_digits=14, decimal_places=2)
    # The coupons that were used, as (code, amount); the way of shipping, by its names.
    discounts = models.JSONField(default=list, blank=True)
    shipping = models.JSONField(default=dict, blank=True)
    address = models.JSONField(default=dict)
    email = models.EmailField()
    language = models.CharField(max_length=10, default="en")
    payment_provider = models.CharField(max_length=20)
    payment_state = models.CharField(
        max_length=10, choices=PaymentState.choices, default=PaymentState.PENDING
    )
    carrier = models.CharField(max_length=80, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    placed_at = models.DateTimeField(default=timezone.now)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkout", "merchant"], name="order_once"),
            models.UniqueConstraint(fields=["merchant", "id"], name="order_of_its_shop"),
            models.CheckConstraint(
                condition=Q(
                    total_amount=F("items_amount") - F("discount_amount") + F("shipping_amount")
                ),
                name="order_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(discount_amount__gte=0, shipping_amount__gte=0, total_amount__gte=0),
                name="order_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OrderState.values), name="order_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["merchant", "-placed_at"], name="order_by_shop"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def payment_reference(self) -> str:
        """Return what a payment provider knows the order by: the same if it is placed again."""
        return f"{self.checkout}/{self.merchant_id}"

    @property
    def open(self) -> bool:
        """Tell whether the order can still be cancelled: nothing has left the shop."""
        return self.state in (OrderState.PLACED, OrderState.PAID, OrderState.PACKED)


class OrderLine(models.Model):
    """What was bought, as it was named and priced then."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="lines", db_constraint=False
    )
    # Empty when the shop has removed the variant; the words below stay.
    variant = models.ForeignKey(Variant, null=True, on_delete=models.SET_NULL, db_constraint=False)
    sku = models.CharField(max_length=100)
    # The path of its category then, by which the shop's policies know it.
    category = models.CharField(max_length=400, blank=True)
    titles = models.JSONField()
    options = models.JSONField(default=dict, blank=True)
    picture = models.CharField(max_length=200, blank=True)
    quantity = models.PositiveSmallIntegerField()
    unit_amount = models.DecimalField(max_digits=14, decimal_places=2)
    # What was taken from each stock row, to be put back if the order is cancelled.
    taken = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_quantity"),
            models.UniqueConstraint(fields=["merchant", "id"], name="order_line_of_its_shop"),
        ]

    @property
    def amount(self) -> Any:
        """Return what the line costs."""
        return self.unit_amount * self.quantity

    @property
    def title(self) -> str:
        """Return the product's name in the reader's language, or in the one it had."""
        wanted = get_language() or settings.LANGUAGE_CODE
        return str(self.titles.get(wanted) or next(iter(self.titles.values()), self.sku))


class Actor(models.TextChoices):
    """Who did something with an order."""

    SHOPPER = "shopper", _("Shopper")
    SHOP = "shop", _("Shop")
    SYSTEM = "system", pgettext_lazy("who", "System")


class OrderEvent(models.Model):
    """One step of an order: what, when, by whom. Rows are only ever added."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="events", db_constraint=False
    )
    kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=10, choices=Actor.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
