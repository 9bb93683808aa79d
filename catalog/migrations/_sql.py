"""SQL of the catalogue's migrations: composite keys, revision triggers, kept offers."""

# Child table, its columns, parent table and key. The merchant is part of each key, so that a row
# of one shop cannot point at another shop's product, whatever the code does.
KEYS = [
    ("producttext", "product_id", "product"),
    ("variant", "product_id", "product"),
    ("relatedproduct", "product_id", "product"),
    ("relatedproduct", "other_id", "product"),
    ("media", "product_id", "product"),
    ("review", "product_id", "product"),
    ("attributeproposal", "product_id", "product"),
    ("searchdocument", "product_id", "product"),
    ("searchoffer", "variant_id", "variant"),
    ("price", "variant_id", "variant"),
    ("price", "price_list_id", "pricelist"),
    ("stock", "variant_id", "variant"),
    ("stock", "warehouse_id", "warehouse"),
]


def add_keys() -> list[str]:
    """Return the statements that add the composite foreign keys."""
    return [
        f"ALTER TABLE catalog_{child} ADD CONSTRAINT {child}_{column}_same_shop"
        f" FOREIGN KEY (merchant_id, {column}) REFERENCES catalog_{parent} (merchant_id, id)"
        " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
        for child, column, parent in KEYS
    ] + [
        f"ALTER TABLE catalog_{child} ADD CONSTRAINT {child}_document"
        " FOREIGN KEY (document_id) REFERENCES catalog_searchdocument (product_id)"
        " ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
        for child in ("searchpassage", "embedding")
    ]


def drop_keys() -> list[str]:
    """Return the statements that take the composite foreign keys away again."""
    named = [(child, f"{child}_{column}_same_shop") for child, column, _parent in KEYS]
    named += [(child, f"{child}_document") for child in ("searchpassage", "embedding")]
    return [f"ALTER TABLE catalog_{child} DROP CONSTRAINT {name}" for child, name in named]


REVISIONS = """
CREATE SEQUENCE catalog_revision;

-- A product whose own facts change gets the next revision; a caller may also ask for one
-- by setting revision to 0.
CREATE FUNCTION catalog_product_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.revision = 0
       OR (NEW.sku, NEW.status, NEW.category_id, NEW.brand, NEW.attributes, NEW.option_names)
          IS DISTINCT FROM
          (OLD.sku, OLD.status, OLD.category_id, OLD.brand, OLD.attributes, OLD.option_names) THEN
        NEW.revision := nextval('catalog_revision');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER product_changed BEFORE INSERT OR UPDATE ON catalog_product
    FOR EACH ROW EXECUTE FUNCTION catalog_product_changed();

-- What is no longer live leaves the shop window in the same statement.
CREATE FUNCTION catalog_product_shown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'live' THEN
        PERFORM catalog_refresh_offers(
            ARRAY(SELECT id FROM catalog_variant WHERE product_id = NEW.id));
    ELSE
        DELETE FROM catalog_searchdocument WHERE product_id = NEW.id;
        DELETE FROM catalog_searchoffer WHERE product_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER product_shown AFTER UPDATE OF status ON catalog_product
    FOR EACH ROW WHEN ((OLD.status = 'live') <> (NEW.status = 'live'))
    EXECUTE FUNCTION catalog_product_shown();

-- Whatever is written about a product gives the product its next revision. An import that touches
-- thousands of rows says so (shopguide.bulk) and does the same once, for all of them.
CREATE FUNCTION catalog_child_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('shopguide.bulk', true) = 'on' THEN
        RETURN NULL;
    END IF;
    UPDATE catalog_product SET revision = 0 WHERE id IN (SELECT product_id FROM changed);
    RETURN NULL;
END $$;
"""

OFFERS = """
CREATE FUNCTION catalog_refresh_offers(variants bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH offered AS (
        SELECT v.product_id, v.id AS variant_id, v.merchant_id, coalesce(l.currency, '') AS currency,
               min(p.amount) AS amount, v.codes,
               coalesce((SELECT sum(s.quantity) FROM catalog_stock s WHERE s.variant_id = v.id), 0)
                   > 0 AS in_stock
        FROM catalog_variant v
        JOIN catalog_product product ON product.id = v.product_id AND product.status = 'live'
        LEFT JOIN catalog_price p ON p.variant_id = v.id
        LEFT JOIN catalog_pricelist l ON l.id = p.price_list_id
        WHERE v.id = ANY(variants) AND v.active
        GROUP BY v.id, l.currency
    ), gone AS (
        DELETE FROM catalog_searchoffer o
        WHERE o.variant_id = ANY(variants) AND NOT EXISTS (
            SELECT FROM offered f WHERE f.variant_id = o.variant_id AND f.currency = o.currency)
    )
    INSERT INTO catalog_searchoffer AS o
        (product_id, variant_id, merchant_id, currency, amount, in_stock, codes)
    SELECT product_id, variant_id, merchant_id, currency, amount, in_stock, codes FROM offered
    ON CONFLICT (variant_id, currency) DO UPDATE
    SET amount = excluded.amount, in_stock = excluded.in_stock, codes = excluded.codes
    WHERE (o.amount, o.in_stock, o.codes)
        IS DISTINCT FROM (excluded.amount, excluded.in_stock, excluded.codes);
END $$;

CREATE FUNCTION catalog_variant_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('shopguide.bulk', true) IS DISTINCT FROM 'on' THEN
        PERFORM catalog_refresh_offers(ARRAY(SELECT id FROM changed));
        UPDATE catalog_product SET revision = 0 WHERE id IN (SELECT product_id FROM changed);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION catalog_offer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('shopguide.bulk', true) IS DISTINCT FROM 'on' THEN
        PERFORM catalog_refresh_offers(ARRAY(SELECT DISTINCT variant_id FROM changed));
    END IF;
    RETURN NULL;
END $$;
"""


def watch(table: str, function: str) -> list[str]:
    """Return the statement triggers that run ``function`` on the rows a statement changed."""
    events = [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")]
    return [
        f"CREATE TRIGGER {table}_{event.lower()}d AFTER {event} ON catalog_{table}"
        f" REFERENCING {image} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        for event, image in events
    ]


def triggers() -> list[str]:
    """Return all functions and triggers, in an order in which each finds what it needs."""
    return [
        OFFERS,
        REVISIONS,
        *watch("variant", "catalog_variant_changed"),
        *watch("price", "catalog_offer_changed"),
        *watch("stock", "catalog_offer_changed"),
        *watch("producttext", "catalog_child_changed"),
        *watch("review", "catalog_child_changed"),
        *watch("media", "catalog_child_changed"),
    ]
