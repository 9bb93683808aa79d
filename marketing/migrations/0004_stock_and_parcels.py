"""Demand and stock advice, delivery notes, texts for customs."""

import datetime

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity

# Child table, column, parent table: keys within one shop, whatever the code does.
KEYS = [
    ("pastsale", "product_id", "catalog_product"),
    ("incoming", "product_id", "catalog_product"),
    ("stockterms", "product_id", "catalog_product"),
    ("demand", "product_id", "catalog_product"),
    ("demand", "run_id", "marketing_forecastrun"),
    ("deliverynote", "order_id", "catalog_order"),
    ("customstext", "product_id", "catalog_product"),
]
TABLES = ("pastsale", "incoming", "stockterms", "forecastrun", "demand", "deliverynote",
          "customstext")  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("catalog", "0024_published_copy"),
        ("marketing", "0003_listening"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForecastRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("failure", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("number", models.PositiveIntegerField()),
                ("begins", models.DateField(default=datetime.date.today)),
                ("method", models.CharField(blank=True, max_length=40)),
                ("days", models.PositiveIntegerField(default=0)),
                ("products", models.PositiveIntegerField(default=0)),
                ("mase", models.FloatField(blank=True, null=True)),
                ("coverage", models.FloatField(blank=True, null=True)),
                ("bounds", models.JSONField(blank=True, default=dict)),
                ("uplifts", models.JSONField(blank=True, default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("method", models.CharField(max_length=20)),
                (
                    "history",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None
                    ),
                ),
                (
                    "ahead",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(), size=None
                    ),
                ),
                ("spread", models.FloatField()),
                ("mase", models.FloatField(blank=True, null=True)),
                ("first_sold", models.DateField(blank=True, null=True)),
                ("last_sold", models.DateField(blank=True, null=True)),
                (
                    "merchant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="demands",
                        to="catalog.product",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="demands",
                        to="marketing.forecastrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Incoming",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000000),
                        ]
                    ),
                ),
                ("expected_on", models.DateField()),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incoming",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "ordering": ["expected_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PastSale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("quantity", models.PositiveIntegerField()),
                ("source", models.CharField(default="import", max_length=20)),
                (
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_sales",
                        to="catalog.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StockTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lead_days", models.PositiveSmallIntegerField(default=14)),
                ("cover_days", models.PositiveSmallIntegerField(default=28)),
                ("service", models.PositiveSmallIntegerField(default=95)),
                ("pack", models.PositiveSmallIntegerField(default=1)),
                (
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stock_terms",
                        to="catalog.product",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CustomsText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "locale",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")], max_length=10
                    ),
                ),
                ("parts", models.JSONField(default=dict)),
                ("code", models.CharField(blank=True, max_length=14, verbose_name="HS code")),
                ("revision", models.BigIntegerField(default=0)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="customs_texts",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("product", "locale"), name="customs_text_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("kind", models.CharField(max_length=20)),
                ("acts", models.CharField(blank=True, max_length=10)),
                ("because", models.CharField(blank=True, max_length=120)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delivery_notes",
                        to="catalog.order",
                    ),
                ),
            ],
            options={
                "ordering": ["-noted_at", "-pk"],
                "indexes": [
                    models.Index(fields=["merchant", "-noted_at"], name="delivery_note_by_shop")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="forecastrun",
            constraint=models.UniqueConstraint(
                fields=("merchant", "number"), name="forecast_run_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("queued", "running"))),
                fields=("merchant",),
                name="forecast_run_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecastrun",
            constraint=models.UniqueConstraint(
                fields=("merchant", "id"), name="forecast_run_of_its_shop"
            ),
        ),
        migrations.AddConstraint(
            model_name="demand",
            constraint=models.UniqueConstraint(fields=("run", "product"), name="demand_once"),
        ),
        migrations.AddConstraint(
            model_name="incoming",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="incoming_at_least_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="pastsale",
            constraint=models.UniqueConstraint(
                fields=("product", "day", "source"), name="past_sale_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockterms",
            constraint=models.UniqueConstraint(
                fields=("merchant", "product"), name="stock_terms_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="stockterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cover_days__range", (1, 56)),
                    ("lead_days__range", (1, 56)),
                    ("pack__gte", 1),
                    ("service__in", (80, 90, 95, 98)),
                ),
                name="stock_terms_sane",
            ),
        ),
        migrations.RunSQL(
            [
                f"ALTER TABLE marketing_{child} ADD CONSTRAINT {child}_{column}_same_shop"
                f" FOREIGN KEY (merchant_id, {column}) REFERENCES {parent} (merchant_id, id)"
                " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
                for child, column, parent in KEYS
            ],
            [
                f"ALTER TABLE marketing_{child} DROP CONSTRAINT {child}_{column}_same_shop"
                for child, column, _parent in KEYS
            ],
        ),
        *(RowSecurity(f"marketing_{table}") for table in TABLES),
    ]
