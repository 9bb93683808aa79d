"""Segments of a shop, how people may be reached, and deeds found by product."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from shopguide.accounts.tenancy import SHOPPER, RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("profiles", "0004_experiments_on_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "shopper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact",
                        serialize=False,
                        to="accounts.shopper",
                    ),
                ),
                ("email", models.BooleanField(default=True)),
                ("push", models.BooleanField(default=False)),
                ("site", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("zone", models.CharField(blank=True, max_length=40)),
                ("quiet_from", models.PositiveSmallIntegerField(default=21)),
                ("quiet_until", models.PositiveSmallIntegerField(default=9)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Muted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("via", models.CharField(default="page", max_length=10)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("rule", models.JSONField(default=dict)),
                ("most", models.PositiveIntegerField(blank=True, null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("personalisation", "Personal recommendations"),
                    ("marketing", "Offers from shops"),
                    ("media", "Voice and pictures"),
                    ("training", "Improving the models"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("kind", "impression"), _negated=True),
                fields=["product", "shopper"],
                name="event_of_product",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("quiet_from__lte", 23), ("quiet_until__lte", 23)),
                name="contact_hours_of_a_day",
            ),
        ),
        migrations.AddField(
            model_name="muted",
            name="merchant",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="accounts.merchant"
            ),
        ),
        migrations.AddField(
            model_name="muted",
            name="shopper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="muted",
                to="accounts.shopper",
            ),
        ),
        migrations.AddField(
            model_name="segment",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="segment",
            name="merchant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="segments",
                to="accounts.merchant",
            ),
        ),
        migrations.AddField(
            model_name="segment",
            name="seed",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="alike",
                to="profiles.segment",
            ),
        ),
        migrations.AddConstraint(
            model_name="muted",
            constraint=models.UniqueConstraint(fields=("shopper", "merchant"), name="muted_once"),
        ),
        migrations.AddConstraint(
            model_name="segment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at", None)),
                fields=("merchant", "name"),
                name="segment_name_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="segment",
            constraint=models.UniqueConstraint(
                fields=("merchant", "id"), name="segment_of_its_shop"
            ),
        ),
        migrations.AddConstraint(
            model_name="segment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("most", None), ("seed", None)),
                    models.Q(("most__gte", 1), ("seed__isnull", False)),
                    _connector="OR",
                ),
                name="segment_alike_has_size",
            ),
        ),
        RowSecurity("profiles_segment"),
        RowSecurity("profiles_contact", owner=SHOPPER),
        RowSecurity("profiles_muted", owner=SHOPPER),
    ]
