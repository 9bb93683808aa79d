"""What the assistant did after a yes: seen and written as its shopper alone."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from shopguide.accounts.tenancy import SHOPPER, RowSecurity


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("assistant", "0002_conversations_and_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("tool", models.CharField(max_length=30)),
                ("version", models.PositiveSmallIntegerField()),
                ("arguments", models.JSONField(default=dict)),
                ("outcome", models.JSONField(default=dict)),
                ("done_at", models.DateTimeField(auto_now_add=True)),
                (
                    "shopper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deeds",
                        to="accounts.shopper",
                    ),
                ),
            ],
            options={
                "ordering": ["-done_at"],
                "indexes": [models.Index(fields=["shopper", "-done_at"], name="deed_of_shopper")],
            },
        ),
        RowSecurity("assistant_deed", owner=SHOPPER),
    ]
