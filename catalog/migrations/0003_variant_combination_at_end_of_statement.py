"""Two variants may swap their options in one statement: the combination is checked at its end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_rules_in_the_database")]

    operations = [
        migrations.RemoveConstraint(model_name="variant", name="variant_combination_once"),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(
                fields=("product", "options"),
                name="variant_combination_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ),
    ]
