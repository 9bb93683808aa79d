"""A shop's terms of sale: ways of shipping and coupons."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models.offer import currency_code
from shopguide.accounts.models import Merchant


class ShippingMethod(models.Model):
    """A way of shipping to some countries, its price in one currency, free from a sum on."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="shipping")
    code = models.SlugField(max_length=40)
    name_zh = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    currency = models.CharField(max_length=3, validators=[currency_code])
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    free_from = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    days_least = models.PositiveSmallIntegerField(default=2)
    days_most = models.PositiveSmallIntegerField(default=5)
    # Two-letter codes; empty ships everywhere.
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["amount", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "code", "currency"], name="shipping_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & (Q(free_from=None) | Q(free_from__gte=0)),
                name="shipping_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(days_least__lte=models.F("days_most")), name="shipping_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        first, second = (self.name_zh, self.name_en) if chinese else (self.name_en, self.name_zh)
        return first or second or self.code

    def ships_to(self, country: str) -> bool:
        """Tell whether this way leads to a country, given by its two letters."""
        return not self.countries or country in self.countries

    def price_for(self, items: Decimal) -> Decimal:
        """Return what shipping costs for goods of this sum."""
        free = self.free_from is not None and items >= self.free_from
        return Decimal(0) if free else self.amount


class CouponKind(models.TextChoices):
    """What a coupon takes off."""

    PERCENT = "percent", _("Percent off the goods")
    AMOUNT = "amount", _("Amount off the goods")
    SHIPPING = "shipping", _("Free shipping")


class Coupon(models.Model):
    """A code that lowers an order of this shop.

    Stacking coupons add up with each other; one that does not stack stands alone.
    """

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="coupons")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=CouponKind.choices)
    value = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, blank=True)
    minimum = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    stacks = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    most_uses = models.PositiveIntegerField(null=True, blank=True)
    used = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "code"], name="coupon_once"),
            models.CheckConstraint(
                condition=Q(kind__in=CouponKind.values), name="coupon_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="percent") | Q(value__gt=0, value__lte=100),
                name="coupon_percent_in_range",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0, minimum__gte=0), name="coupon_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(kind="amount") | ~Q(currency=""), name="coupon_amount_has_currency"
            ),
            models.CheckConstraint(
                condition=Q(minimum=0) | ~Q(currency=""), name="coupon_minimum_has_currency"
            ),
            models.CheckConstraint(
                condition=Q(most_uses=None) | Q(used__lte=models.F("most_uses")),
                name="coupon_not_overused",
            ),
        ]

    def __str__(self) -> str:
        return self.code
