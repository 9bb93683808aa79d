"""What a shopper keeps beside the cart: favourites, alerts, addresses."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product, Variant
from shopguide.accounts.models import Shopper


class WishItem(models.Model):
    """A product that somebody wants to find again."""

    shopper = models.ForeignKey(
        Shopper, on_delete=models.CASCADE, related_name="wishes", db_index=False
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, db_constraint=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["shopper", "product"], name="wish_once"),
        ]


class AlertKind(models.TextChoices):
    """Of what somebody wants to be told."""

    PRICE = "price", _("Price below")
    STOCK = "stock", _("Back in stock")


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts by whether they still wait."""

    def waiting(self) -> Self:
        """Keep alerts that have neither been told nor stopped."""
        return self.filter(told_at=None, stopped_at=None)


class Alert(models.Model):
    """Tell somebody once, by email. ``below``: the price from which on, in ``currency``."""

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="alerts")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, db_constraint=False)
    # Empty: whichever variant it is.
    variant = models.ForeignKey(
        Variant, null=True, blank=True, on_delete=models.CASCADE, db_constraint=False
    )
    kind = models.CharField(max_length=10, choices=AlertKind.choices)
    currency = models.CharField(max_length=3)
    below = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    email = models.EmailField()
    language = models.CharField(max_length=10, default="en")
    # Who has it may stop the alert: it stands in the letter.
    token = models.UUIDField(unique=True, default=uuid.uuid4)
    made_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="alert_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="stock", below=None) | Q(kind="price", below__gt=0),
                name="alert_price_has_amount",
            ),
        ]
        indexes = [
            models.Index(
                fields=["product"],
                condition=Q(told_at=None, stopped_at=None),
                name="alert_waiting",
            ),
        ]


class Address(models.Model):
    """A place that somebody orders to, in the fields of `catalog.address_form`."""

    shopper = models.ForeignKey(Shopper, on_delete=models.CASCADE, related_name="addresses")
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=25)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=120)
    district = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=12, blank=True)
    is_default = models.BooleanField(default=False)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-is_default", "-used_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shopper"], condition=Q(is_default=True), name="address_one_default"
            ),
        ]


class ExchangeRate(models.Model):
    """How much of a currency one US dollar is, as the operator has entered it: for estimates."""

    currency = models.CharField(_("currency"), max_length=3, primary_key=True)
    per_dollar = models.DecimalField(_("for one US dollar"), max_digits=18, decimal_places=6)
    as_of = models.DateField(_("as of"), default=timezone.localdate)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.CheckConstraint(condition=Q(per_dollar__gt=0), name="rate_above_nothing"),
        ]

    def __str__(self) -> str:
        return self.currency
