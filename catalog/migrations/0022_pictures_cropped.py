"""Which part of a picture is shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0021_after_sales_rules_in_the_database")]

    operations = [
        migrations.AddField("media", "crop", models.JSONField(blank=True, null=True)),
    ]
