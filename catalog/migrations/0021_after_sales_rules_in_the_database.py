"""Who sees what follows an order; which state may follow which; no refund beyond what was paid."""

from django.db import migrations

from shopguide.accounts.tenancy import SHOPPER, TENANT, RowSecurity

OF_OWN_ORDER = "EXISTS (SELECT FROM catalog_order o WHERE o.id = order_id)"
OF_OWN_RETURN = "EXISTS (SELECT FROM catalog_return r WHERE r.id = back_id)"
OF_SEEN_REVIEW = "EXISTS (SELECT FROM catalog_buyerreview b WHERE b.id = own_id)"
# Child, its columns, parent and what happens when the parent goes: all within one shop.
KEYS = [
    ("return", "order_id", "order", "CASCADE"),
    ("returnline", "back_id", "return", "CASCADE"),
    ("returnline", "line_id", "orderline", "CASCADE"),
    ("returnline", "wanted_id", "variant", "SET NULL (wanted_id)"),
    ("returnpicture", "back_id", "return", "CASCADE"),
    ("refund", "order_id", "order", "CASCADE"),
    ("refund", "back_id", "return", "CASCADE"),
    ("invoice", "order_id", "order", "CASCADE"),
    ("buyerreview", "product_id", "product", "CASCADE"),
    ("buyerreview", "line_id", "orderline", "CASCADE"),
    ("reviewpicture", "own_id", "buyerreview", "CASCADE"),
]
# What a shopper keeps goes with the product; the shop that removes it does not see it.
KEPT = [
    ("wishitem", "product_id", "product", "CASCADE"),
    ("alert", "product_id", "product", "CASCADE"),
    ("alert", "variant_id", "variant", "CASCADE"),
    ("buyerreview", "review_id", "review", "SET NULL"),
]
MOVES = {
    "order": {
        "placed": ("paid", "packed", "cancelled"),
        "paid": ("packed", "cancelled"),
        "packed": ("shipped", "cancelled"),
        "shipped": ("delivered",),
    },
    "return": {
        "asked": ("approved", "rejected", "withdrawn"),
        "approved": ("received", "refunded", "rejected", "withdrawn"),
        "received": ("refunded", "exchanged", "rejected"),
    },
}
ROWS = ", ".join(
    f"('{kind}', '{before}', '{after}')"
    for kind, moves in MOVES.items()
    for before, nexts in moves.items()
    for after in nexts
)

TRANSITIONS = [
    "CREATE TABLE catalog_transition (kind text NOT NULL, before text NOT NULL,"
    " after text NOT NULL, PRIMARY KEY (kind, before, after))",
    f"INSERT INTO catalog_transition VALUES {ROWS}",  # noqa: S608 - our own words
    # The application reads it; only a migration changes it.
    "ALTER TABLE catalog_transition ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE catalog_transition FORCE ROW LEVEL SECURITY",
    "CREATE POLICY reading ON catalog_transition FOR SELECT USING (true)",
    """
CREATE FUNCTION catalog_state_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM catalog_transition t
        WHERE t.kind = TG_ARGV[0] AND t.before = OLD.state AND t.after = NEW.state
    ) THEN
        RAISE EXCEPTION 'a % does not go from % to %', TG_ARGV[0], OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'state_moves';
    END IF;
    RETURN NEW;
END $$
""",
    *[
        f"CREATE TRIGGER {kind}_state_moves BEFORE UPDATE OF state ON catalog_{kind}"
        f" FOR EACH ROW EXECUTE FUNCTION catalog_state_moves('{kind}')"
        for kind in MOVES
    ],
]

# The order's row is locked first, so that two refunds at once are counted one after the other.
REFUNDS = [
    """
CREATE FUNCTION catalog_refund_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid numeric;
    given numeric;
BEGIN
    SELECT total_amount INTO paid FROM catalog_order WHERE id = NEW.order_id FOR UPDATE;
    SELECT coalesce(sum(amount), 0) INTO given FROM catalog_refund
        WHERE order_id = NEW.order_id AND id IS DISTINCT FROM NEW.id;
    IF paid IS NULL OR given + NEW.amount > paid THEN
        RAISE EXCEPTION 'refunds of % would exceed what was paid', NEW.order_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_fits';
    END IF;
    RETURN NEW;
END $$
""",
    "CREATE TRIGGER refund_fits BEFORE INSERT OR UPDATE OF amount, order_id ON catalog_refund"
    " FOR EACH ROW EXECUTE FUNCTION catalog_refund_fits()",
    """
CREATE FUNCTION catalog_return_line_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bought integer;
    others integer;
BEGIN
    SELECT quantity INTO bought FROM catalog_orderline WHERE id = NEW.line_id FOR UPDATE;
    SELECT coalesce(sum(l.quantity), 0) INTO others
        FROM catalog_returnline l JOIN catalog_return r ON r.id = l.back_id
        WHERE l.line_id = NEW.line_id AND l.id IS DISTINCT FROM NEW.id
          AND r.state NOT IN ('rejected', 'withdrawn');
    IF bought IS NULL OR others + NEW.quantity > bought THEN
        RAISE EXCEPTION 'more of line % would come back than was bought', NEW.line_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'return_line_fits';
    END IF;
    RETURN NEW;
END $$
""",
    "CREATE TRIGGER return_line_fits BEFORE INSERT OR UPDATE OF quantity, line_id"
    " ON catalog_returnline FOR EACH ROW EXECUTE FUNCTION catalog_return_line_fits()",
]


def within_shop(child: str, column: str, parent: str, deleting: str) -> str:
    """Return the statement that ties a row to another of the same shop."""
    return (
        f"ALTER TABLE catalog_{child} ADD CONSTRAINT {child}_{column}_same_shop"
        f" FOREIGN KEY (merchant_id, {column}) REFERENCES catalog_{parent} (merchant_id, id)"
        f" ON DELETE {deleting} DEFERRABLE INITIALLY IMMEDIATE"
    )


def tied(child: str, column: str, parent: str, deleting: str) -> str:
    """Return the statement that ties a row to another."""
    return (
        f"ALTER TABLE catalog_{child} ADD CONSTRAINT {child}_{column}_there"
        f" FOREIGN KEY ({column}) REFERENCES catalog_{parent} (id)"
        f" ON DELETE {deleting} DEFERRABLE INITIALLY IMMEDIATE"
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0020_after_sales_and_what_shoppers_keep")]

    operations = [
        migrations.RunSQL(
            [within_shop(*key) for key in KEYS] + [tied(*key) for key in KEPT],
            [
                f"ALTER TABLE catalog_{child} DROP CONSTRAINT {child}_{column}_{end}"
                for rows, end in ((KEYS, "same_shop"), (KEPT, "there"))
                for child, column, _parent, _deleting in rows
            ],
        ),
        migrations.RunSQL(
            TRANSITIONS,
            [
                "DROP FUNCTION catalog_state_moves CASCADE",
                "DROP TABLE catalog_transition",
            ],
        ),
        migrations.RunSQL(
            REFUNDS, ["DROP FUNCTION catalog_refund_fits, catalog_return_line_fits CASCADE"]
        ),
        RowSecurity("catalog_policyversion", read="true"),
        RowSecurity("catalog_return", read=OF_OWN_ORDER),
        RowSecurity("catalog_returnline", read=OF_OWN_RETURN),
        RowSecurity("catalog_returnpicture", read=OF_OWN_RETURN),
        RowSecurity("catalog_refund", read=OF_OWN_ORDER),
        RowSecurity("catalog_invoice", read=OF_OWN_ORDER),
        RowSecurity("catalog_letter", owner=f"({TENANT}) OR ({SHOPPER})"),
        RowSecurity("catalog_buyerreview", read=f"state = 'shown' OR ({SHOPPER})"),
        RowSecurity("catalog_reviewpicture", read=OF_SEEN_REVIEW),
        RowSecurity("catalog_wishitem", owner=SHOPPER),
        RowSecurity("catalog_alert", owner=SHOPPER),
        RowSecurity("catalog_address", owner=SHOPPER),
    ]
