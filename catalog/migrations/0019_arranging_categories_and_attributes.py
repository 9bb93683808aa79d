"""What was done to a shop's categories and attributes; the values that an attribute may have."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity

KINDS = [
    ("category_add", "Category added"), ("category_rename", "Category renamed"),
    ("category_merge", "Category merged"), ("category_delete", "Category deleted"),
    ("attribute_define", "Attribute defined"), ("attribute_merge", "Attribute merged"),
    ("attribute_delete", "Attribute deleted"), ("value_rename", "Value renamed"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_shoppers"),
        ("catalog", "0018_edits_in_a_grid"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("attribute", "allowed", models.JSONField(blank=True, default=list)),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("subject", models.CharField(max_length=250)),
                ("target", models.CharField(blank=True, max_length=250)),
                ("touched", models.PositiveIntegerField(default=0)),
                ("rows", models.JSONField(default=dict)),
                ("made", models.JSONField(default=list)),
                ("was", models.JSONField(default=dict)),
                ("became", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("kept", models.PositiveIntegerField(default=0)),
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
            options={"ordering": ["-pk"]},
        ),
        RowSecurity("catalog_arrangement"),
    ]
