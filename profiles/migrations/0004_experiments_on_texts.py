"""Experiments on the texts of products: which text, how people are split, how likely an arm was."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0023_index_popular_documents"),
        ("profiles", "0003_taste_sources_and_experiments"),
    ]

    operations = [
        migrations.AddField(
            model_name="experiment",
            name="mode",
            field=models.CharField(
                choices=[("ab", "Even split"), ("bandit", "Shifting split")],
                default="ab",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="experiment",
            name="product",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="experiments",
                to="catalog.product",
            ),
        ),
        migrations.AddField(
            model_name="experiment",
            name="channel",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="experiment",
            name="locale",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="experiment",
            name="splits",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="exposure",
            name="propensity",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="exposure",
            name="place",
            field=models.CharField(
                choices=[("list", "In a list"), ("page", "On its page")],
                default="list",
                max_length=4,
            ),
        ),
        migrations.AddConstraint(
            model_name="experiment",
            constraint=models.CheckConstraint(
                condition=Q(mode__in=["ab", "bandit"]), name="experiment_mode_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="experiment",
            constraint=models.UniqueConstraint(
                fields=("product", "locale"),
                condition=Q(stage="running", product__isnull=False),
                name="experiment_one_runs_on_a_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="exposure",
            constraint=models.CheckConstraint(
                condition=Q(propensity__isnull=True) | Q(propensity__gt=0, propensity__lte=1),
                name="exposure_propensity_is_a_chance",
            ),
        ),
    ]
