"""What reviews say as rows, and a row for each change of a price, written by the database."""

import django.db.models.deletion
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity

OF_LIVE_PRODUCT = (
    "EXISTS (SELECT FROM catalog_product p WHERE p.id = product_id AND p.status = 'live')"
)
OF_OFFERED_VARIANT = (
    "EXISTS (SELECT FROM catalog_searchoffer o WHERE o.variant_id = catalog_pricechange.variant_id)"
)
KEYS = [
    ("reviewopinion", "product_id", "product"),
    ("aspectmention", "product_id", "product"),
    ("pricechange", "variant_id", "variant"),
    ("pricechange", "price_list_id", "pricelist"),
]
# One row for each price that is another after the statement; a price taken away has no amount.
WATCH_PRICES = """
CREATE FUNCTION catalog_price_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO catalog_pricechange (merchant_id, price_list_id, variant_id, amount, changed_at)
        SELECT merchant_id, price_list_id, variant_id, amount, statement_timestamp() FROM after;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO catalog_pricechange (merchant_id, price_list_id, variant_id, amount, changed_at)
        SELECT a.merchant_id, a.price_list_id, a.variant_id, a.amount, statement_timestamp()
        FROM after a JOIN before b USING (id) WHERE a.amount <> b.amount;
    ELSE
        INSERT INTO catalog_pricechange (merchant_id, price_list_id, variant_id, amount, changed_at)
        SELECT b.merchant_id, b.price_list_id, b.variant_id, NULL, statement_timestamp()
        FROM before b
        JOIN catalog_variant v ON v.id = b.variant_id
        JOIN catalog_pricelist l ON l.id = b.price_list_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER price_kept_new AFTER INSERT ON catalog_price
    REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION catalog_price_kept();
CREATE TRIGGER price_kept_changed AFTER UPDATE ON catalog_price
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION catalog_price_kept();
CREATE TRIGGER price_kept_gone AFTER DELETE ON catalog_price
    REFERENCING OLD TABLE AS before
    FOR EACH STATEMENT EXECUTE FUNCTION catalog_price_kept();
"""
# The history of prices that are there already begins now; nobody knows what they were before.
BEGIN_HISTORY = """
SELECT set_config('shopguide.everyone', 'on', true);
INSERT INTO catalog_pricechange (merchant_id, price_list_id, variant_id, amount, changed_at)
SELECT merchant_id, price_list_id, variant_id, amount, now() FROM catalog_price;
SELECT set_config('shopguide.everyone', '', true);
"""


def merchant() -> "models.ForeignKey[object, object]":
    """Return the column that row-level security reads."""
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        to="accounts.merchant",
    )


def child_of(parent: str, name: str) -> "models.ForeignKey[object, object]":
    """Return a key whose constraint is the composite one below."""
    return models.ForeignKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=name,
        to=f"catalog.{parent}",
    )


def big_id() -> "models.BigAutoField[int, int]":
    """Return the usual key."""
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_drafts_of_edits")]

    operations = [
        migrations.CreateModel(
            name="ReviewOpinion",
            fields=[
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="opinion",
                        serialize=False,
                        to="catalog.review",
                    ),
                ),
                ("model", models.CharField(max_length=120)),
                ("text_hash", models.CharField(max_length=32)),
                (
                    "feeling",
                    models.CharField(
                        choices=[
                            ("positive", "Positive"),
                            ("neutral", "Mixed"),
                            ("negative", "Negative"),
                        ],
                        max_length=10,
                    ),
                ),
                ("score", models.FloatField()),
                ("merchant", merchant()),
                ("product", child_of("product", "opinions")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("feeling__in", ["positive", "neutral", "negative"])),
                        name="opinion_feeling_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (-1, 1))), name="opinion_score_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AspectMention",
            fields=[
                ("id", big_id()),
                ("aspect", models.CharField(max_length=30)),
                ("polarity", models.SmallIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("merchant", merchant()),
                ("product", child_of("product", "aspect_mentions")),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aspects",
                        to="catalog.review",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "aspect", "polarity"), name="aspect_once_per_review"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("polarity__in", (-1, 1))), name="aspect_good_or_bad"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))),
                        name="aspect_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceChange",
            fields=[
                ("id", big_id()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("changed_at", models.DateTimeField()),
                ("merchant", merchant()),
                (
                    "price_list",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="catalog.pricelist",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="price_changes",
                        to="catalog.variant",
                    ),
                ),
            ],
            options={
                "ordering": ["changed_at", "pk"],
                "indexes": [
                    models.Index(
                        fields=["variant", "price_list", "changed_at"], name="price_history"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            [
                f"ALTER TABLE catalog_{child} ADD CONSTRAINT {child}_{column}_same_shop"
                f" FOREIGN KEY (merchant_id, {column})"
                f" REFERENCES catalog_{parent} (merchant_id, id)"
                " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
                for child, column, parent in KEYS
            ],
            [
                f"ALTER TABLE catalog_{child} DROP CONSTRAINT {child}_{column}_same_shop"
                for child, column, _parent in KEYS
            ],
        ),
        RowSecurity("catalog_reviewopinion", read=OF_LIVE_PRODUCT),
        RowSecurity("catalog_aspectmention", read=OF_LIVE_PRODUCT),
        RowSecurity("catalog_pricechange", read=OF_OFFERED_VARIANT),
        migrations.RunSQL(BEGIN_HISTORY + WATCH_PRICES, "DROP FUNCTION catalog_price_kept CASCADE"),
    ]
