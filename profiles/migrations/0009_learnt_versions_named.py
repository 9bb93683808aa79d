"""Operators see versions by their name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("profiles", "0008_sequence_model_versions_and_states")]

    operations = [
        migrations.AlterModelOptions(
            name="trained",
            options={
                "ordering": ["kind", "-version"],
                "verbose_name": "learnt version",
                "verbose_name_plural": "learnt versions",
            },
        ),
    ]
