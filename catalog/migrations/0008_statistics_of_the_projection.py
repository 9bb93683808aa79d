"""Fresh statistics also for what search reads, asked for by indexing and encoding.

Without them a search over 19,406 products just indexed took 8 s. A table that another transaction
analyzes is skipped: nobody waits for a measurement that keeps its transaction open.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION catalog_analyze_grown() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE grown regclass;
BEGIN
    FOR grown IN
        SELECT c.oid FROM pg_class c
        WHERE c.oid = ANY(ARRAY['catalog_product', 'catalog_producttext', 'catalog_variant',
                                'catalog_price', 'catalog_stock', 'catalog_media',
                                'catalog_review', 'catalog_searchoffer', 'catalog_searchdocument',
                                'catalog_searchpassage', 'catalog_embedding',
                                'catalog_termcount']::regclass[])
          AND (pg_relation_size(c.oid) > 2 * current_setting('block_size')::bigint * c.relpages
               OR (c.reltuples <= 0 AND pg_relation_size(c.oid) > 0))
    LOOP
        EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_attribute_proposals_with_evidence")]

    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
