"""What a shopper has put in the cart, and the coupon codes that were typed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.models.product import Variant
from shopguide.accounts.models import Merchant, Shopper

MOST_OF_ONE = 99


class Cart(models.Model):
    """The codes of a cart; its lines hang on the shopper."""

    shopper = models.OneToOneField(Shopper, primary_key=True, on_delete=models.CASCADE)
    codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)


class CartLine(models.Model):
    """So many of a variant. ``seen_amount`` is the price when it was put there or last shown."""

    shopper = models.ForeignKey(
        Shopper, on_delete=models.CASCADE, related_name="cart_lines", db_index=False
    )
    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, db_constraint=False)
    quantity = models.PositiveSmallIntegerField(default=1)
    currency = models.CharField(max_length=3, blank=True)
    seen_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["shopper", "variant"], name="cart_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_OF_ONE), name="cart_line_quantity"
            ),
        ]
