"""Trials of copy: what is compared, planned for how many people, and what became of it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity

KEYS = (
    ("trial", "product_id", "catalog_product"),
    ("trialarm", "trial_id", "marketing_trial"),
)


def add(table: str, column: str, parent: str) -> str:
    """Return the statement that ties a row to a row of the same shop."""
    return (
        f"ALTER TABLE marketing_{table} ADD CONSTRAINT marketing_{table}_{column}_same_shop"
        f" FOREIGN KEY (merchant_id, {column}) REFERENCES {parent} (merchant_id, id)"
        " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("catalog", "0024_published_copy"),
        ("marketing", "0005_campaigns_and_sharing"),
        ("profiles", "0005_segments_and_contacts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Trial",
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
                ("hypothesis", models.CharField(blank=True, max_length=300)),
                ("control", models.JSONField(default=dict)),
                ("rate", models.FloatField()),
                ("lift", models.FloatField()),
                ("people", models.PositiveIntegerField()),
                ("days", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Running"),
                            ("stopped", "Stopped by a person"),
                            ("fault", "Stopped: split wrongly"),
                            ("harm", "Stopped: it did harm"),
                            ("changed", "Stopped: a text was changed"),
                            ("same", "Over: no difference found"),
                            ("adopted", "Adopted"),
                            ("back", "Rolled back"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("winner", models.CharField(blank=True, max_length=40)),
                ("before", models.PositiveIntegerField(blank=True, null=True)),
                ("demo", models.BooleanField(default=False)),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "experiment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trial",
                        to="profiles.experiment",
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
                        related_name="copy_trials",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="TrialArm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("parts", models.JSONField(default=dict)),
                (
                    "out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "In"),
                            ("drop", "It did worse"),
                            ("cost", "It cost too much"),
                            ("harm", "It hurt something else"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="trial_arms",
                        to="marketing.draft",
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
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arms",
                        to="marketing.trial",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="trial",
            index=models.Index(fields=["merchant", "-id"], name="trial_by_shop"),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.CheckConstraint(
                condition=models.Q(("lift__gt", 0), ("rate__gt", 0), ("rate__lt", 1)),
                name="trial_plan_can_be",
            ),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.UniqueConstraint(fields=("merchant", "id"), name="trial_of_its_shop"),
        ),
        migrations.AddConstraint(
            model_name="trialarm",
            constraint=models.UniqueConstraint(fields=("trial", "name"), name="trial_arm_once"),
        ),
        migrations.RunSQL(
            [add(*key) for key in KEYS],
            [
                f"ALTER TABLE marketing_{table} DROP CONSTRAINT"
                f" marketing_{table}_{column}_same_shop"
                for table, column, _parent in KEYS
            ],
        ),
        RowSecurity("marketing_trial"),
        RowSecurity("marketing_trialarm"),
    ]
