"""A suspended shop leaves the search projection in the statement that suspends it.

Opened again, its products are without documents, and the next sweep indexes and encodes them.
"""

from django.db import migrations

SUSPENDED = """
CREATE FUNCTION catalog_merchant_suspended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := coalesce(current_setting('shopguide.everyone', true), '');
BEGIN
    PERFORM set_config('shopguide.everyone', 'on', true);
    DELETE FROM catalog_searchdocument WHERE merchant_id = NEW.id;
    DELETE FROM catalog_termcount WHERE merchant_id = NEW.id;
    PERFORM set_config('shopguide.everyone', before, true);
    RETURN NULL;
END $$;
CREATE TRIGGER merchant_suspended AFTER UPDATE OF suspended_at ON accounts_merchant
    FOR EACH ROW WHEN (NEW.suspended_at IS NOT NULL)
    EXECUTE FUNCTION catalog_merchant_suspended();
UPDATE accounts_merchant SET suspended_at = suspended_at WHERE suspended_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0005_statistics_of_grown_tables"),
    ]

    operations = [
        migrations.RunSQL(SUSPENDED, "DROP FUNCTION catalog_merchant_suspended CASCADE"),
    ]
