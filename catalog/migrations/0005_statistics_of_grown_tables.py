"""Let an import ask for fresh statistics of the tables that it has made grow.

Only the owner may ANALYZE. Until autovacuum comes by, which takes a minute, Postgres plans for the
tables as they were: looking up 8,000 SKUs took 34 s through an index on the shop alone, 0.3 s with
statistics. The function takes no argument and does nothing while tables have not doubled.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION catalog_analyze_grown() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE grown regclass;
BEGIN
    FOR grown IN
        SELECT c.oid FROM pg_class c
        WHERE c.oid = ANY(ARRAY['catalog_product', 'catalog_producttext', 'catalog_variant',
                                'catalog_price', 'catalog_stock', 'catalog_media',
                                'catalog_review', 'catalog_searchoffer']::regclass[])
          AND (pg_relation_size(c.oid) > 2 * current_setting('block_size')::bigint * c.relpages
               OR (c.reltuples <= 0 AND pg_relation_size(c.oid) > 0))
    LOOP
        EXECUTE format('ANALYZE %s', grown);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_offers_one_variant_at_a_time")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION catalog_analyze_grown()"),
    ]
