"""Tell a shop's own systems when a variant is sold out, runs short, or is there again.

Stock moves by orders, returns, imports, edits and the API: the database alone sees all of it. What
is told is what the row says when the statement ends; a shop that listens to nothing costs one look.
"""

from django.db import migrations

# Three or fewer run short, as `catalog.models.lacking.FEW` has it.
TOLD = """
CREATE FUNCTION catalog_stock_told() RETURNS trigger LANGUAGE plpgsql AS $told$
DECLARE
    others integer; left_now integer; left_before integer; named text; event bigint;
    variant_sku text; product_sku text; told_about text;
BEGIN
    IF NOT EXISTS (
        SELECT FROM accounts_webhook w WHERE w.merchant_id = NEW.merchant_id AND w.active
            AND (w.kinds = '{}' OR array_to_string(w.kinds, ',') LIKE '%stock.%')
    ) THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(sum(quantity), 0) INTO others FROM catalog_stock
        WHERE variant_id = NEW.variant_id AND id <> NEW.id;
    left_before := others + OLD.quantity;
    left_now := others + NEW.quantity;
    named := CASE
        WHEN left_before > 0 AND left_now = 0 THEN 'stock.out'
        WHEN left_before = 0 AND left_now > 0 THEN 'stock.back'
        WHEN left_before > 3 AND left_now <= 3 THEN 'stock.low'
    END;
    IF named IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT v.sku, p.sku INTO variant_sku, product_sku FROM catalog_variant v
        JOIN catalog_product p ON p.id = v.product_id WHERE v.id = NEW.variant_id;
    told_about := 'variant:' || NEW.variant_id;
    INSERT INTO accounts_webhookevent (merchant_id, number, kind, about, content, at)
        SELECT NEW.merchant_id, gen_random_uuid(), named, told_about, jsonb_build_object(
            'variant', NEW.variant_id, 'sku', variant_sku, 'product', product_sku,
            'left', left_now, 'before', left_before), now()
        WHERE EXISTS (
            SELECT FROM accounts_webhook w WHERE w.merchant_id = NEW.merchant_id AND w.active
                AND (w.kinds = '{}' OR named = ANY(w.kinds))
        )
        RETURNING id INTO event;
    IF event IS NOT NULL THEN
        INSERT INTO accounts_webhookdelivery (merchant_id, webhook_id, event_id, about, state,
                attempts, next_at, tries, created_at)
            SELECT NEW.merchant_id, w.id, event, told_about, 'queued', 0, now(), '[]', now()
            FROM accounts_webhook w WHERE w.merchant_id = NEW.merchant_id AND w.active
                AND (w.kinds = '{}' OR named = ANY(w.kinds));
    END IF;
    RETURN NULL;
END $told$;
CREATE TRIGGER stock_told AFTER UPDATE OF quantity ON catalog_stock
    FOR EACH ROW WHEN (OLD.quantity IS DISTINCT FROM NEW.quantity)
    EXECUTE FUNCTION catalog_stock_told();
"""
UNTOLD = "DROP TRIGGER stock_told ON catalog_stock; DROP FUNCTION catalog_stock_told();"


class Migration(migrations.Migration):
    """A trigger only."""

    dependencies = [
        ("accounts", "0005_second_steps_sealed"),
        ("catalog", "0024_published_copy"),
    ]

    operations = [migrations.RunSQL(TOLD, UNTOLD)]
