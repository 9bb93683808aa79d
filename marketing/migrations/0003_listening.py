"""What is said elsewhere, alerts about it, and what is not believed; keys within one shop."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity

TABLES = (
    "mentionimport", "mention", "listening", "suspicion", "opinionalert", "alertwatch",
    "alertletter",
)  # fmt: skip
# Child table, its columns, parent table and key.
KEYS = [
    ("mention", "merchant_id, product_id", "catalog_product", "merchant_id, id"),
    ("mention", "event_id", "profiles_event", "id"),
    ("opinionalert", "merchant_id, product_id", "catalog_product", "merchant_id, id"),
    ("suspicion", "review_id", "catalog_review", "id"),
    ("suspicion", "mention_id", "marketing_mention", "id"),
]


def named(child: str, columns: str) -> str:
    """Return the name of a key."""
    return f"marketing_{child}_{columns.rsplit(', ', maxsplit=1)[-1]}_kept"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("catalog", "0024_published_copy"),
        ("marketing", "0002_copy_drafts"),
        ("profiles", "0005_segments_and_contacts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Listening",
            fields=[
                (
                    "merchant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.merchant",
                    ),
                ),
                ("state", models.CharField(blank=True, max_length=200)),
                ("weighed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="MentionImport",
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
                ("file", models.CharField(max_length=500)),
                ("file_name", models.CharField(max_length=200)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("review", "Reviews"),
                            ("chat", "Chats"),
                            ("social", "Social media"),
                            ("forum", "Forums"),
                            ("news", "News"),
                            ("service", "Customer service"),
                            ("other", "Elsewhere"),
                        ],
                        default="social",
                        max_length=10,
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("repeated", models.PositiveIntegerField(default=0)),
                ("unmatched", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("errors", models.JSONField(blank=True, default=list)),
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
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("review", "Reviews"),
                            ("chat", "Chats"),
                            ("social", "Social media"),
                            ("forum", "Forums"),
                            ("news", "News"),
                            ("service", "Customer service"),
                            ("other", "Elsewhere"),
                        ],
                        max_length=10,
                    ),
                ),
                ("site", models.CharField(blank=True, max_length=60)),
                ("key", models.CharField(max_length=32)),
                ("author", models.CharField(blank=True, max_length=16)),
                ("author_since", models.DateField(blank=True, null=True)),
                ("text", models.TextField()),
                ("language", models.CharField(blank=True, max_length=10)),
                ("stars", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("said_at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("model", models.CharField(blank=True, max_length=120)),
                ("text_hash", models.CharField(blank=True, max_length=32)),
                (
                    "feeling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("positive", "Positive"),
                            ("neutral", "Mixed"),
                            ("negative", "Negative"),
                        ],
                        max_length=10,
                    ),
                ),
                ("score", models.FloatField(blank=True, null=True)),
                ("aspects", models.JSONField(blank=True, default=list)),
                (
                    "event",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="profiles.event",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="catalog.product",
                    ),
                ),
                (
                    "mention_import",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="marketing.mentionimport",
                    ),
                ),
            ],
            options={
                "ordering": ["-said_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="OpinionAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aspect", models.CharField(max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "New"),
                            ("taken", "Being looked at"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("seen", models.PositiveIntegerField()),
                ("expected", models.FloatField()),
                ("p", models.FloatField()),
                ("doubtful", models.PositiveIntegerField(default=0)),
                ("voices", models.JSONField(default=list)),
                ("answer", models.TextField(blank=True)),
                ("answer_language", models.CharField(blank=True, max_length=10)),
                ("answer_claims", models.JSONField(blank=True, default=list)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("grown_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mended", "Something was wrong, and is mended"),
                            ("known", "Known, nothing to be done now"),
                            ("false_alarm", "False alarm"),
                            ("attack", "Not honest opinions"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
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
                        related_name="opinion_alerts",
                        to="catalog.product",
                    ),
                ),
            ],
            options={
                "ordering": ["-found_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AlertLetter",
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
                            ("queued", "Queued"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="marketing.opinionalert",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Suspicion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("copy", "The same words as another"),
                                ("twin", "Nearly the same words as another"),
                                ("new_accounts", "One of many from accounts that are new"),
                                ("one_author", "One of many by the same person"),
                                ("stars", "The stars say the opposite of the words"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                    ),
                ),
                ("first", models.CharField(blank=True, max_length=40)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mention",
                    models.OneToOneField(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suspicion",
                        to="marketing.mention",
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
                    "review",
                    models.OneToOneField(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suspicion",
                        to="catalog.review",
                    ),
                ),
            ],
            options={
                "ordering": ["-found_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AlertWatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("merchant", "user"), name="alert_watch_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["merchant", "-said_at"], name="mention_of_shop"),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["product", "-said_at"], name="mention_of_product"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("merchant", "key"), name="mention_once"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "source__in",
                        ["review", "chat", "social", "forum", "news", "service", "other"],
                    )
                ),
                name="mention_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(("stars", None), ("stars__range", (1, 5)), _connector="OR"),
                name="mention_stars",
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("feeling", ""),
                    ("feeling__in", ["positive", "neutral", "negative"]),
                    _connector="OR",
                ),
                name="mention_feeling_known",
            ),
        ),
        migrations.AddIndex(
            model_name="opinionalert",
            index=models.Index(fields=["merchant", "state", "-found_at"], name="alert_of_shop"),
        ),
        migrations.AddConstraint(
            model_name="opinionalert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=("product", "aspect"),
                name="alert_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "taken", "closed"])),
                name="opinion_alert_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionalert",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="opinion_alert_window",
            ),
        ),
        migrations.AddIndex(
            model_name="alertletter",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["made_at"], name="alert_letter_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="alertletter",
            constraint=models.UniqueConstraint(fields=("alert", "user"), name="alert_letter_once"),
        ),
        migrations.AddIndex(
            model_name="suspicion",
            index=models.Index(fields=["merchant", "-found_at"], name="suspicion_of_shop"),
        ),
        migrations.AddConstraint(
            model_name="suspicion",
            constraint=models.CheckConstraint(
                condition=models.Q(("review", None), ("mention", None), _connector="XOR"),
                name="suspicion_of_one_thing",
            ),
        ),
        migrations.RunSQL(
            [
                f"ALTER TABLE marketing_{child} ADD CONSTRAINT {named(child, columns)}"
                f" FOREIGN KEY ({columns}) REFERENCES {parent} ({key})"
                " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
                for child, columns, parent, key in KEYS
            ],
            [
                f"ALTER TABLE marketing_{child} DROP CONSTRAINT {named(child, columns)}"
                for child, columns, _parent, _key in KEYS
            ],
        ),
        *(RowSecurity(f"marketing_{table}") for table in TABLES),
    ]
