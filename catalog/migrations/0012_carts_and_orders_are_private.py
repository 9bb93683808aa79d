"""Who reads and writes carts, orders and terms of sale; keys within one shop."""

from django.db import migrations

from shopguide.accounts.tenancy import SHOPPER, RowSecurity

OF_OWN_ORDER = "EXISTS (SELECT FROM catalog_order o WHERE o.id = order_id)"
KEYS = [
    ("orderline", "order_id", "order", "CASCADE"),
    ("orderevent", "order_id", "order", "CASCADE"),
    ("cartline", "variant_id", "variant", "CASCADE"),
    # The shop may take a variant out of its catalogue; what was bought keeps its words.
    ("orderline", "variant_id", "variant", "SET NULL (variant_id)"),
]


def add(child: str, column: str, parent: str, deleting: str) -> str:
    """Return the statement that ties a row to another of the same shop."""
    return (
        f"ALTER TABLE catalog_{child} ADD CONSTRAINT {child}_{column}_same_shop"
        f" FOREIGN KEY (merchant_id, {column}) REFERENCES catalog_{parent} (merchant_id, id)"
        f" ON DELETE {deleting} DEFERRABLE INITIALLY IMMEDIATE"
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_carts_and_orders")]

    operations = [
        migrations.RunSQL(
            [add(*key) for key in KEYS],
            [
                f"ALTER TABLE catalog_{child} DROP CONSTRAINT {child}_{column}_same_shop"
                for child, column, _parent, _deleting in KEYS
            ],
        ),
        RowSecurity("catalog_cart", owner=SHOPPER),
        RowSecurity("catalog_cartline", owner=SHOPPER),
        RowSecurity("catalog_order", read=SHOPPER),
        RowSecurity("catalog_orderline", read=OF_OWN_ORDER),
        RowSecurity("catalog_orderevent", read=OF_OWN_ORDER),
        RowSecurity("catalog_shippingmethod", read="active"),
        RowSecurity("catalog_coupon", read="active"),
    ]
