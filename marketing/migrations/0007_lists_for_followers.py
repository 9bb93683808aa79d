"""A list may be shown to people who follow its owner."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketing", "0006_trials_of_copy")]

    operations = [
        migrations.AddField(
            model_name="grouplist",
            name="shown_as",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
    ]
