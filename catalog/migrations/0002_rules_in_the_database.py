"""What the database itself holds true: keys within one shop, revisions, offers, row security."""

from django.db import migrations

from catalog.migrations._sql import add_keys, drop_keys, triggers
from shopguide.accounts.tenancy import RowSecurity

OF_LIVE_PRODUCT = (
    "EXISTS (SELECT FROM catalog_product p WHERE p.id = product_id AND p.status = 'live')"
)
OF_OFFERED_VARIANT = (
    "EXISTS (SELECT FROM catalog_searchoffer o WHERE o.variant_id = {table}.variant_id)"
)
READERS = {
    "category": "true",
    "attribute": "true",
    "product": "status = 'live'",
    "producttext": OF_LIVE_PRODUCT,
    "variant": OF_LIVE_PRODUCT,
    "media": OF_LIVE_PRODUCT,
    "review": OF_LIVE_PRODUCT,
    "relatedproduct": OF_LIVE_PRODUCT,
    "pricelist": "true",
    "price": OF_OFFERED_VARIANT,
    "stock": OF_OFFERED_VARIANT,
    "searchdocument": "true",
    "searchoffer": "true",
    "searchpassage": "true",
    "embedding": "true",
    "termcount": "true",
    "warehouse": "",
    "attributeproposal": "",
    "catalogimport": "",
    "rowerror": "",
}


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.RunSQL(add_keys(), drop_keys()),
        migrations.RunSQL(
            triggers(),
            [
                "DROP FUNCTION catalog_product_changed, catalog_product_shown,"
                " catalog_child_changed, catalog_variant_changed, catalog_offer_changed,"
                " catalog_refresh_offers CASCADE",
                "DROP SEQUENCE catalog_revision",
            ],
        ),
        # Typing errors are found by likeness of letters; names by their beginning.
        migrations.RunSQL(
            "CREATE INDEX document_titles ON catalog_searchdocument"
            " USING gin (titles gin_trgm_ops) WITH (fastupdate = off)",
            "DROP INDEX document_titles",
        ),
        *(
            RowSecurity(
                f"catalog_{table}", read=reading.format(table=f"catalog_{table}") if reading else ""
            )
            for table, reading in READERS.items()
        ),
    ]
