"""Browsing without words reads the best-liked products in order instead of sorting all of them."""

from django.db import migrations

# The order of `catalog.search.searching.browse`; what it needs besides makes it an index-only scan.
POPULAR = """
CREATE INDEX document_popular ON catalog_searchdocument
    ((coalesce(rating, 0) * least(reviews, 5)) DESC, product_id DESC)
    INCLUDE (merchant_id, rating, reviews)
"""
NEWEST = """
CREATE INDEX document_newest ON catalog_searchdocument (created_at DESC, product_id DESC)
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0022_pictures_cropped")]

    operations = [
        migrations.RunSQL(POPULAR, "DROP INDEX document_popular"),
        migrations.RunSQL(NEWEST, "DROP INDEX document_newest"),
    ]
