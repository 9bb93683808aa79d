"""What a model takes shoppers to be like, whom they follow, and two more things they may say."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from shopguide.accounts.tenancy import SHOPPER, RowSecurity

ABOUT = [
    ("category", "Kind of product"),
    ("brand", "Brand"),
    ("colour", "Colour"),
    ("aspect", "Quality"),
    ("price", "Price"),
    ("type", "Way of shopping"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("profiles", "0006_said_in_chats"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="stance", name="stance_about_something_known"),
        migrations.AlterField(
            model_name="stance",
            name="about",
            field=models.CharField(choices=ABOUT, max_length=10),
        ),
        migrations.AddConstraint(
            model_name="stance",
            constraint=models.CheckConstraint(
                condition=models.Q(("about__in", [code for code, _name in ABOUT])),
                name="stance_about_something_known",
            ),
        ),
        migrations.CreateModel(
            name="Portrait",
            fields=[
                (
                    "shopper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="portrait",
                        serialize=False,
                        to="accounts.shopper",
                    ),
                ),
                ("version", models.CharField(max_length=60)),
                ("mark", models.CharField(max_length=64)),
                ("chances", models.JSONField(default=dict)),
                ("likely", models.FloatField()),
                ("evidence", models.JSONField(default=dict)),
                ("deeds", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("likely__gte", 0), ("likely__lte", 1)),
                        name="portrait_likely_is_a_chance",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Following",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "followed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="accounts.shopper",
                    ),
                ),
                (
                    "shopper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followings",
                        to="accounts.shopper",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("shopper", "followed"), name="following_once"),
                    models.CheckConstraint(
                        condition=models.Q(("shopper", models.F("followed")), _negated=True),
                        name="following_somebody_else",
                    ),
                ],
            },
        ),
        RowSecurity("profiles_portrait", owner=SHOPPER),
        RowSecurity("profiles_following", owner=SHOPPER),
    ]
