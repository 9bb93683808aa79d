"""Edits in the grid are bulk edits too: kept, listed and taken back like these."""

from django.db import migrations, models

KINDS = [
    ("status", "Status"), ("category", "Category"), ("brand", "Brand"), ("price", "Price"),
    ("stock", "Stock"), ("grid", "Edited in the grid"), ("undo", "Undo"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("catalog", "0017_counts_of_searches")]

    operations = [
        migrations.AlterField("bulkedit", "kind", models.CharField(choices=KINDS, max_length=10)),
    ]
