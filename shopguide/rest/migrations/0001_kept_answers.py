"""Answers kept for requests that may be sent again, each seen by its owner alone."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from shopguide.accounts.tenancy import SHOPPER, TENANT, RowSecurity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("accounts", "0002_shoppers")]

    operations = [
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=128)),
                ("fingerprint", models.CharField(max_length=64)),
                ("attempt", models.UUIDField(default=uuid.uuid4)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("headers", models.JSONField(blank=True, default=dict)),
                ("body", models.BinaryField(blank=True, default=b"")),
                (
                    "merchant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.merchant",
                    ),
                ),
                (
                    "shopper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.shopper",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shopper", "key"), name="answer_once_per_shopper"
                    ),
                    models.UniqueConstraint(
                        fields=("merchant", "key"), name="answer_once_per_shop"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shopper", None), ("merchant", None), _connector="XOR"),
                        name="answer_of_one",
                    ),
                ],
                "indexes": [models.Index(fields=["started_at"], name="answer_by_age")],
            },
        ),
        RowSecurity("rest_keptanswer", owner=f"({SHOPPER}) OR ({TENANT})"),
    ]
