"""Index how often products were met in lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_names_for_operators"),
        ("profiles", "0009_learnt_versions_named"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("kind__in", ("impression", "click"))),
                fields=["product", "at"],
                name="event_met",
            ),
        ),
    ]
