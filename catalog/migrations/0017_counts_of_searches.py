"""How often each query is asked, answered and opened from, by day and shop; nobody's id."""

import django.db.models.deletion
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_shoppers"),
        ("catalog", "0016_search_rules_of_shops"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("shop", "Shop"), ("market", "Market")], max_length=6
                    ),
                ),
                ("day", models.DateField()),
                ("locale", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=200)),
                ("query", models.CharField(max_length=200)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("empty", models.PositiveIntegerField(default=0)),
                ("clicks", models.PositiveIntegerField(default=0)),
                (
                    "merchant",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="search_count_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("merchant", "place", "day", "locale", "key"),
                        name="search_count_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merchant__isnull", False), ("place", "market"), _connector="OR"
                        ),
                        name="search_count_of_whom",
                    ),
                ],
            },
        ),
        # What the whole market place asks for may be read by its shops; queries of a shop only
        # by that shop.
        RowSecurity("catalog_searchcount", read="merchant_id IS NULL"),
    ]
