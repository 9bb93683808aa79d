"""Proposals keep the fact, the words around the evidence; which text was read is remembered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0006_suspended_shops_leave_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Extraction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("locale", models.CharField(max_length=10)),
                ("revision", models.BigIntegerField()),
                ("text_hash", models.CharField(max_length=32)),
                ("model_version", models.CharField(max_length=60)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="attributeproposal",
            name="proposal_once",
        ),
        migrations.AddField(
            model_name="attributeproposal",
            name="after",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="attributeproposal",
            name="before",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="attributeproposal",
            name="code",
            field=models.SlugField(blank=True, db_index=False, max_length=100),
        ),
        migrations.AddField(
            model_name="attributeproposal",
            name="fact",
            field=models.JSONField(default=str),
        ),
        migrations.AddField(
            model_name="attributeproposal",
            name="text_hash",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddIndex(
            model_name="attributeproposal",
            index=models.Index(fields=["merchant", "verdict", "code"], name="proposal_waiting"),
        ),
        migrations.AddConstraint(
            model_name="attributeproposal",
            constraint=models.UniqueConstraint(
                fields=("product", "attribute", "value", "unit", "locale"), name="proposal_once"
            ),
        ),
        migrations.AddField(
            model_name="extraction",
            name="merchant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.merchant",
            ),
        ),
        migrations.AddField(
            model_name="extraction",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="extractions",
                to="catalog.product",
            ),
        ),
        migrations.AddConstraint(
            model_name="extraction",
            constraint=models.UniqueConstraint(
                fields=("product", "locale"), name="extraction_once"
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE catalog_extraction ADD CONSTRAINT extraction_product_id_same_shop"
            " FOREIGN KEY (merchant_id, product_id) REFERENCES catalog_product (merchant_id, id)"
            " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE",
            "ALTER TABLE catalog_extraction DROP CONSTRAINT extraction_product_id_same_shop",
        ),
        RowSecurity("catalog_extraction"),
    ]
