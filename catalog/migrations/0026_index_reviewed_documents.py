"""The order by how many have reviewed a product, for what is asked for as best sellers."""

from django.db import migrations

REVIEWED = """
CREATE INDEX document_reviewed ON catalog_searchdocument (reviews DESC, product_id DESC)
"""


class Migration(migrations.Migration):
    """Add the index."""

    dependencies = [("catalog", "0025_stock_told_to_webhooks")]

    operations = [migrations.RunSQL(REVIEWED, "DROP INDEX document_reviewed")]
