"""What shops know: articles in versions, passages of the approved ones, questions unanswered."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgvector.django.halfvec
from django.conf import settings
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity

# Approved articles are everybody's to read, in the version that is live; passages are there for
# those alone. Gaps are the shop's.
READERS = {
    "article": "state = 'approved'",
    "articleversion": (
        "EXISTS (SELECT FROM assistant_article a WHERE a.id = article_id"
        " AND a.state = 'approved' AND a.live = number)"
    ),
    "passage": "true",
    "passagepart": "true",
    "partvector": "true",
    "gap": "",
}


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("catalog", "0001_initial"),  # pgvector
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("faq", "Question and answer"),
                            ("policy", "Policy"),
                            ("manual", "Manual"),
                            ("sizes", "Size chart"),
                            ("compatibility", "Compatibility"),
                        ],
                        default="faq",
                        max_length=20,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")], max_length=10
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("written", "Written here"),
                            ("uploaded", "From a file"),
                            ("imported", "Imported"),
                            ("terms", "From the shop's rules"),
                            ("chat", "From a chat"),
                            ("demo", "Demo"),
                        ],
                        default="written",
                        max_length=20,
                    ),
                ),
                ("source_name", models.CharField(blank=True, max_length=200)),
                ("key", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("retired", "Retired"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("live", models.PositiveIntegerField(default=0)),
                ("latest", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "merchant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="articles",
                        to="accounts.merchant",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "title", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ArticleVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField(max_length=200000)),
                ("asked", models.TextField(blank=True, max_length=10000)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
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
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="assistant.article",
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
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Gap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "中文"), ("en", "English")], max_length=10
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("question", models.CharField(max_length=300)),
                ("times", models.PositiveIntegerField(default=1)),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="assistant.article",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
            ],
            options={
                "ordering": ["-times", "-last_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=10)),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("heading", models.CharField(blank=True, max_length=400)),
                ("text", models.TextField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("asked", models.TextField(blank=True)),
                ("terms", django.contrib.postgres.search.SearchVectorField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="assistant.article",
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
                "ordering": ["article", "position"],
            },
        ),
        migrations.CreateModel(
            name="PassagePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("asked", "Asked"), ("whole", "Whole"), ("sentence", "Sentence")],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("text_hash", models.CharField(max_length=32)),
                ("start", models.PositiveIntegerField(default=0)),
                ("end", models.PositiveIntegerField(default=0)),
                (
                    "merchant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.merchant",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="assistant.passage",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartVector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("encoder_id", models.CharField(max_length=120)),
                ("text_hash", models.CharField(max_length=32)),
                ("vector", pgvector.django.halfvec.HalfVectorField()),
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
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vectors",
                        to="assistant.passagepart",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["merchant", "state"], name="article_merchant_state"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("merchant", "language", "key"),
                name="article_key_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("live__lte", models.F("latest"))), name="article_live_exists"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("live__gt", 0), ("state", "approved")),
                    models.Q(models.Q(("state", "approved"), _negated=True), ("live", 0)),
                    _connector="OR",
                ),
                name="article_approved_is_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.UniqueConstraint(
                fields=("article", "number"), name="article_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="gap",
            constraint=models.UniqueConstraint(
                fields=("merchant", "language", "key"), name="gap_once"
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["terms"], name="knowledge_passage_terms"
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=models.Index(fields=["merchant", "language"], name="knowledge_passage_scope"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(
                fields=("article", "version", "position"), name="knowledge_passage_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(("start__lte", models.F("end"))), name="passage_span_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="partvector",
            constraint=models.UniqueConstraint(
                fields=("part", "encoder_id"), name="part_vector_once"
            ),
        ),
        *(RowSecurity(f"assistant_{table}", read=reading) for table, reading in READERS.items()),
    ]
