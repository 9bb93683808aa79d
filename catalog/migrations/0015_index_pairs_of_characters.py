"""Have every document made anew: the index now holds pairs of Chinese characters."""

from django.db import migrations

OUTDATE = """
SELECT set_config('shopguide.everyone', 'on', true);
UPDATE catalog_searchdocument SET revision = 0;
SELECT set_config('shopguide.everyone', '', true)
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_bulk_edits")]

    operations = [migrations.RunSQL(OUTDATE, migrations.RunSQL.noop)]
