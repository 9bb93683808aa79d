"""Deeds may be words that were said of a product in a chat."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_keys_webhooks_and_log"),
        ("profiles", "0005_segments_and_contacts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="event",
            name="event_kind_known",
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("impression", "Impression"),
                    ("view", "View"),
                    ("search", "Search"),
                    ("save", "Save"),
                    ("cart", "Cart"),
                    ("purchase", "Purchase"),
                    ("dislike", "Dislike"),
                    ("click", "Click"),
                    ("dwell", "Dwell"),
                    ("return", "Return"),
                    ("review", "Review"),
                    ("follow", "Follow"),
                    ("share", "Share"),
                    ("why", "Why"),
                    ("said", "Said"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="signal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("impression", "Impression"),
                    ("view", "View"),
                    ("search", "Search"),
                    ("save", "Save"),
                    ("cart", "Cart"),
                    ("purchase", "Purchase"),
                    ("dislike", "Dislike"),
                    ("click", "Click"),
                    ("dwell", "Dwell"),
                    ("return", "Return"),
                    ("review", "Review"),
                    ("follow", "Follow"),
                    ("share", "Share"),
                    ("why", "Why"),
                    ("said", "Said"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "impression",
                            "view",
                            "search",
                            "save",
                            "cart",
                            "purchase",
                            "dislike",
                            "click",
                            "dwell",
                            "return",
                            "review",
                            "follow",
                            "share",
                            "why",
                            "said",
                        ],
                    )
                ),
                name="event_kind_known",
            ),
        ),
    ]
