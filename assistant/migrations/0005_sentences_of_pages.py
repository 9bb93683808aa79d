"""The sentences of products' pages as an encoder sees them: everybody's to read, as pages are."""

import django.db.models.deletion
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_names_for_operators"),
        ("assistant", "0004_labels_on_conversations"),
        ("catalog", "0025_stock_told_to_webhooks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sayings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reader_id", models.CharField(max_length=140)),
                ("revision", models.BigIntegerField()),
                ("text_hash", models.CharField(max_length=32)),
                ("vectors", models.BinaryField()),
                (
                    "text",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sayings",
                        to="catalog.producttext",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("text", "reader_id"), name="sayings_once")
                ],
            },
        ),
        RowSecurity("assistant_sayings", read="true"),
    ]
