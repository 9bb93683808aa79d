"""On which days a product could not be had, so that they are not read as days without demand."""

import django.db.models.deletion
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("catalog", "0024_published_copy"),
        ("marketing", "0007_lists_for_followers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SoldOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
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
                        related_name="days_sold_out",
                        to="catalog.product",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="soldout",
            constraint=models.UniqueConstraint(fields=("product", "day"), name="sold_out_once"),
        ),
        migrations.RunSQL(
            "ALTER TABLE marketing_soldout ADD CONSTRAINT soldout_product_id_same_shop"
            " FOREIGN KEY (merchant_id, product_id) REFERENCES catalog_product (merchant_id, id)"
            " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE",
            "ALTER TABLE marketing_soldout DROP CONSTRAINT soldout_product_id_same_shop",
        ),
        RowSecurity("marketing_soldout"),
    ]
