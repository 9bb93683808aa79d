"""Copy of more channels than title and description, where it stands."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("catalog", "0023_index_popular_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=20)),
                (
                    "locale",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")], max_length=10
                    ),
                ),
                ("arm", models.CharField(blank=True, max_length=40)),
                ("parts", models.JSONField(default=dict)),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("merchant", "Written by the shop"),
                            ("imported", "Imported"),
                            ("generated", "Written by a model"),
                        ],
                        default="generated",
                        max_length=10,
                    ),
                ),
                ("draft_id", models.BigIntegerField()),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.merchant",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("product", "channel", "locale", "arm"), name="published_copy_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE catalog_publishedcopy ADD CONSTRAINT publishedcopy_product_id_same_shop"
            " FOREIGN KEY (merchant_id, product_id) REFERENCES catalog_product (merchant_id, id)"
            " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE",
            "ALTER TABLE catalog_publishedcopy DROP CONSTRAINT publishedcopy_product_id_same_shop",
        ),
        RowSecurity(
            "catalog_publishedcopy",
            read="EXISTS (SELECT FROM catalog_product p"
            " WHERE p.id = product_id AND p.status = 'live')",
        ),
    ]
