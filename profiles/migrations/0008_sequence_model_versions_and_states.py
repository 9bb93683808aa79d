"""Versions of the sequence model, what they make of shoppers, and how well each does."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgvector.django.vector
from django.db import migrations, models

from shopguide.accounts.tenancy import SHOPPER, RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_second_steps_sealed"),
        ("profiles", "0007_portraits_and_followings"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemVector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("product", models.BigIntegerField()),
                ("mark", models.CharField(max_length=40)),
                ("vector", pgvector.django.vector.VectorField()),
            ],
        ),
        migrations.CreateModel(
            name="StatePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("product", models.BigIntegerField()),
                ("vector", pgvector.django.vector.VectorField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TrainingRun",
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
                (
                    "mode",
                    models.CharField(
                        choices=[("whole", "Whole"), ("update", "Update")],
                        default="whole",
                        max_length=6,
                    ),
                ),
                ("seed", models.PositiveIntegerField(default=1)),
                ("checkpoint", models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="UserState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vector", pgvector.django.vector.VectorField()),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "listed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("actions", models.JSONField(default=dict)),
                ("last_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Watched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("deeds", models.PositiveIntegerField(default=0)),
                ("ndcg", models.FloatField(default=0.0)),
                ("hits", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Weights",
            fields=[
                (
                    "trained",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="weights",
                        serialize=False,
                        to="profiles.trained",
                    ),
                ),
                ("body", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="trained",
            name="shadow",
            field=models.BooleanField(default=False, verbose_name="beside the live one"),
        ),
        migrations.AddField(
            model_name="trained",
            name="share",
            field=models.FloatField(default=0.0, verbose_name="share of shoppers"),
        ),
        migrations.AddConstraint(
            model_name="trained",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gte", 0), ("share__lte", 1)),
                name="trained_share_is_a_share",
            ),
        ),
        migrations.AddField(
            model_name="itemvector",
            name="trained",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="profiles.trained",
            ),
        ),
        migrations.AddField(
            model_name="statepart",
            name="shopper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="state_parts",
                to="accounts.shopper",
            ),
        ),
        migrations.AddField(
            model_name="statepart",
            name="trained",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="state_parts",
                to="profiles.trained",
            ),
        ),
        migrations.AddField(
            model_name="trainingrun",
            name="trained",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="runs",
                to="profiles.trained",
            ),
        ),
        migrations.AddField(
            model_name="userstate",
            name="shopper",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="states",
                to="accounts.shopper",
            ),
        ),
        migrations.AddField(
            model_name="userstate",
            name="trained",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="states",
                to="profiles.trained",
            ),
        ),
        migrations.AddField(
            model_name="watched",
            name="trained",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="watched",
                to="profiles.trained",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemvector",
            constraint=models.UniqueConstraint(
                fields=("trained", "product"), name="item_vector_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statepart",
            constraint=models.UniqueConstraint(
                fields=("shopper", "trained", "product"), name="state_part_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrun",
            constraint=models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(("state__in", ("queued", "running"))),
                name="training_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ("whole", "update"))), name="training_mode_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="userstate",
            constraint=models.UniqueConstraint(
                fields=("shopper", "trained"), name="user_state_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="watched",
            constraint=models.UniqueConstraint(
                fields=("trained", "day"), name="watched_once_a_day"
            ),
        ),
        *(RowSecurity(f"profiles_{table}", owner=SHOPPER) for table in ("userstate", "statepart")),
    ]
