"""Prices per currency and stock per warehouse. Money is Decimal, here and everywhere."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from catalog.models.product import Variant
from shopguide.accounts.models import Merchant

currency_code = RegexValidator(r"^[A-Z]{3}$", "A currency is three capital letters, e.g. CNY.")


class PriceList(models.Model):
    """A shop's prices in one currency."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="price_lists")
    currency = models.CharField(max_length=3, validators=[currency_code])
    name = models.CharField(max_length=60, default="standard")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "currency", "name"], name="price_list_once"
            ),
            models.UniqueConstraint(fields=["merchant", "id"], name="price_list_of_its_shop"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_list_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merchant.slug} {self.currency}"


class Price(models.Model):
    """What one variant costs on one price list; ``was`` is the former price, if it is lowered."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    price_list = models.ForeignKey(
        PriceList, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, related_name="prices", db_constraint=False
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    was = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["price_list", "variant"], name="price_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
            models.CheckConstraint(
                condition=Q(was=None) | Q(was__gt=F("amount")), name="price_was_higher"
            ),
        ]

    @property
    def currency(self) -> str:
        """Return the currency of the price list."""
        return self.price_list.currency


class PriceChange(models.Model):
    """What a variant has cost from one moment on; no amount means no price. Kept by triggers."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    price_list = models.ForeignKey(
        PriceList, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    variant = models.ForeignKey(
        Variant,
        on_delete=models.CASCADE,
        related_name="price_changes",
        db_constraint=False,
        db_index=False,
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at", "pk"]
        indexes = [
            models.Index(fields=["variant", "price_list", "changed_at"], name="price_history")
        ]


class Warehouse(models.Model):
    """A place where a shop keeps stock."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="warehouses")
    code = models.CharField(max_length=60, default="main")
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "code"], name="warehouse_once"),
            models.UniqueConstraint(fields=["merchant", "id"], name="warehouse_of_its_shop"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Stock(models.Model):
    """How many of a variant lie in one warehouse."""

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    warehouse = models.ForeignKey(
        Warehouse, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, related_name="stock", db_constraint=False
    )
    quantity = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "stock"
        constraints = [
            models.UniqueConstraint(fields=["warehouse", "variant"], name="stock_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="stock_not_negative"),
        ]
