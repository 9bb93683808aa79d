"""Stock advice: what was sold, what will be asked for, what is on its way, and a shop's terms."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.models import Product
from shopguide.accounts.models import Merchant
from shopguide.work import Work

LEAD_DAYS, COVER_DAYS, SERVICE = 14, 28, 95
LEVELS = (80, 90, 95, 98)


class PastSale(models.Model):
    """How many of a product were sold on one day elsewhere, or before the shop came here."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="past_sales", db_constraint=False
    )
    day = models.DateField()
    quantity = models.PositiveIntegerField()
    source = models.CharField(max_length=20, default="import")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "day", "source"], name="past_sale_once"),
        ]


class SoldOut(models.Model):
    """That nothing of a product could be had at some hour of a day: few sales then tell little."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="days_sold_out", db_constraint=False
    )
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "day"], name="sold_out_once"),
        ]


class Incoming(models.Model):
    """What a shop has ordered of a product and waits for. Stock itself is not moved by it."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="incoming", db_constraint=False
    )
    quantity = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)]
    )
    expected_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["expected_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="incoming_at_least_one"),
        ]


class StockTerms(models.Model):
    """How a shop orders goods again; without a product, for all that have no terms of their own.

    ``lead_days`` pass until goods arrive; ``service`` is in how many of 100 cases stock shall last
    until then; an order covers ``cover_days`` more; goods come in packs of ``pack``.
    """

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="stock_terms",
        db_constraint=False,
    )  # fmt: skip
    lead_days = models.PositiveSmallIntegerField(default=LEAD_DAYS)
    cover_days = models.PositiveSmallIntegerField(default=COVER_DAYS)
    service = models.PositiveSmallIntegerField(default=SERVICE)
    pack = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "product"], name="stock_terms_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(
                    lead_days__range=(1, 56), cover_days__range=(1, 56), service__in=LEVELS,
                    pack__gte=1,
                ),
                name="stock_terms_sane",
            ),
        ]  # fmt: skip


class ForecastRun(Work):
    """One forecast of a shop's demand as a job: what it was made of, and how good it proved."""

    merchant = models.ForeignKey(Merchant, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    number = models.PositiveIntegerField()
    # The first day that is forecast, the version of the method, and days of history.
    begins = models.DateField(default=datetime.date.today)
    method = models.CharField(max_length=40, blank=True)
    days = models.PositiveIntegerField(default=0)
    products = models.PositiveIntegerField(default=0)
    # Measured by backtest; empty where the history is too short for one.
    mase = models.FloatField(null=True, blank=True)
    coverage = models.FloatField(null=True, blank=True)
    # {"80": [...], "95": [...]}: bounds in spreads, by weeks ahead; "band" of one week.
    bounds = models.JSONField(default=dict, blank=True)
    uplifts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["merchant", "number"], name="forecast_run_once"),
            models.UniqueConstraint(
                fields=["merchant"],
                condition=Q(state__in=("queued", "running")),
                name="forecast_run_one_at_a_time",
            ),
            models.UniqueConstraint(fields=["merchant", "id"], name="forecast_run_of_its_shop"),
        ]


class DemandQuerySet(models.QuerySet["Demand"]):
    """Forecasts of products."""

    def newest(self, merchant: Merchant) -> Self:
        """Keep those of the shop's newest finished run."""
        runs = ForecastRun.objects.filter(merchant=merchant, state="done").order_by("-number")
        return self.filter(run_id__in=runs.values("pk")[:1])


class Demand(models.Model):
    """What will be asked for of one product, by one run.

    ``history``: pieces sold in each of the last weeks, oldest first. ``ahead``: mean pieces on each
    coming day. ``spread``: the standard deviation of a week, in roots of its mean.
    """

    merchant = models.ForeignKey(
        Merchant, on_delete=models.CASCADE, db_constraint=False, related_name="+"
    )
    run = models.ForeignKey(
        ForecastRun, on_delete=models.CASCADE, related_name="demands", db_constraint=False
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="demands", db_constraint=False
    )
    method = models.CharField(max_length=20)
    history = ArrayField(models.PositiveIntegerField())
    ahead = ArrayField(models.FloatField())
    spread = models.FloatField()
    mase = models.FloatField(null=True, blank=True)
    first_sold = models.DateField(null=True, blank=True)
    last_sold = models.DateField(null=True, blank=True)

    objects: Any = DemandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "product"], name="demand_once"),
        ]
