"""Copy on its way to the shop window, and the database's own rules about it."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from marketing.migrations._copy_sql import DRAFTS, DROP, TEXTS, add_keys, drop_keys
from shopguide.accounts.tenancy import RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("catalog", "0024_published_copy"),
        ("marketing", "0001_questions_and_proposals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Brief",
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
                ("channel", models.CharField(max_length=20)),
                (
                    "locale",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")], max_length=10
                    ),
                ),
                ("tone", models.CharField(default="plain", max_length=20)),
                ("segment", models.CharField(blank=True, max_length=60)),
                ("season", models.CharField(blank=True, max_length=60)),
                ("variants", models.PositiveSmallIntegerField(default=3)),
                ("why", models.JSONField(blank=True, default=list)),
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
                        related_name="copy_briefs",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BulkJob",
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
                ("chosen", models.JSONField(default=dict)),
                ("channels", models.JSONField(default=list)),
                ("locales", models.JSONField(default=list)),
                ("tone", models.CharField(default="plain", max_length=20)),
                ("segment", models.CharField(blank=True, max_length=60)),
                ("season", models.CharField(blank=True, max_length=60)),
                ("total", models.PositiveIntegerField(default=0)),
                ("visited", models.PositiveIntegerField(default=0)),
                ("written", models.PositiveIntegerField(default=0)),
                ("last", models.BigIntegerField(default=0)),
                ("refused", models.JSONField(default=list)),
                ("stop_asked", models.BooleanField(default=False)),
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
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.merchant",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CopyRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "four_eyes",
                    models.BooleanField(
                        default=False, verbose_name="Whoever wrote a text may not approve it"
                    ),
                ),
                (
                    "threshold",
                    models.FloatField(
                        default=0.6,
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                        verbose_name="Least quality for approving together",
                    ),
                ),
                (
                    "merchant",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copy_rules",
                        to="accounts.merchant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
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
                ("angle", models.CharField(blank=True, max_length=20)),
                ("tone", models.CharField(default="plain", max_length=20)),
                ("segment", models.CharField(blank=True, max_length=60)),
                ("season", models.CharField(blank=True, max_length=60)),
                ("parts", models.JSONField(default=dict)),
                ("claims", models.JSONField(blank=True, default=list)),
                ("warnings", models.JSONField(blank=True, default=list)),
                ("quality", models.JSONField(blank=True, default=dict)),
                ("writer", models.CharField(blank=True, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("submitted", "To be decided"),
                            ("approved", "Approved"),
                            ("rejected", "Sent back"),
                            ("scheduled", "Planned"),
                            ("published", "Live"),
                            ("replaced", "Replaced"),
                            ("withdrawn", "Taken down"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("stopped", models.CharField(blank=True, max_length=500)),
                (
                    "brief",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="drafts",
                        to="marketing.brief",
                    ),
                ),
                (
                    "bulk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="drafts",
                        to="marketing.bulkjob",
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
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
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
                        related_name="copy_drafts",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CopyVersion",
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
                ("number", models.PositiveIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("found", "Stood there before"),
                            ("published", "Published"),
                            ("restored", "Restored"),
                            ("withdrawn", "Taken down"),
                        ],
                        max_length=10,
                    ),
                ),
                ("parts", models.JSONField(blank=True, default=dict)),
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
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                        related_name="copy_versions",
                        to="catalog.product",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="versions",
                        to="marketing.draft",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Unusable"),
                            (2, "Needs work"),
                            (3, "Fit to publish"),
                            (4, "Excellent"),
                        ]
                    ),
                ),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing"),
                            ("facts", "Facts"),
                            ("language", "Language"),
                            ("channel", "Wrong for its place"),
                            ("dull", "Says nothing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
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
            ],
        ),
        migrations.CreateModel(
            name="Voice",
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
                ("tone", models.CharField(default="plain", max_length=20)),
                (
                    "words_to_use",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "words_to_avoid",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=500)),
                (
                    "merchant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.merchant",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="brief",
            index=models.Index(fields=["merchant", "product"], name="brief_of_product"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["merchant", "state", "-id"], name="copy_draft_by_state"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("state", "scheduled")),
                fields=["publish_at"],
                name="copy_draft_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "submitted",
                            "approved",
                            "rejected",
                            "scheduled",
                            "published",
                            "replaced",
                            "withdrawn",
                        ],
                    )
                ),
                name="copy_draft_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "scheduled"), _negated=True),
                    ("publish_at__isnull", False),
                    _connector="OR",
                ),
                name="copy_draft_planned_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="copyversion",
            constraint=models.UniqueConstraint(
                fields=("product", "channel", "locale", "number"), name="copy_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("draft", "by"), name="copy_rating_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__range", (1, 4))), name="copy_rating_grade"
            ),
        ),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.UniqueConstraint(fields=("merchant", "locale"), name="voice_once"),
        ),
        migrations.RunSQL(add_keys(), drop_keys()),
        *(
            RowSecurity(f"marketing_{table}")
            for table in (
                "brief",
                "bulkjob",
                "draft",
                "voice",
                "copyrules",
                "copyversion",
                "rating",
            )
        ),
        migrations.RunSQL([DRAFTS, TEXTS], DROP),
    ]
