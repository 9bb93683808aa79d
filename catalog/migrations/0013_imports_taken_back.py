"""Imports that only look, can be stopped and taken back; widths and likeness of pictures.

The database itself writes down what an import changes, while ``shopguide.journal`` names it.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from shopguide.accounts.tenancy import RowSecurity

# What belongs to a product or variant, in one text. It is compared before an import is taken back.
DIGESTS = """
CREATE FUNCTION catalog_variant_digest(wanted bigint[])
RETURNS TABLE (id bigint, digest text) LANGUAGE sql STABLE AS $$
    SELECT v.id, md5(concat_ws('|', v.sku, v.options, v.active,
        (SELECT string_agg(concat_ws(':', p.price_list_id, p.amount, p.was), ',' ORDER BY p.id)
         FROM catalog_price p WHERE p.variant_id = v.id),
        (SELECT string_agg(concat_ws(':', s.warehouse_id, s.quantity), ',' ORDER BY s.id)
         FROM catalog_stock s WHERE s.variant_id = v.id)))
    FROM unnest(wanted) w (id) JOIN catalog_variant v USING (id)
$$;
CREATE FUNCTION catalog_product_digest(wanted bigint[])
RETURNS TABLE (id bigint, digest text) LANGUAGE sql STABLE AS $$
    SELECT p.id, md5(concat_ws('|', p.sku, p.status, p.category_id, p.brand, p.attributes,
        p.option_names, p.deleted_at,
        (SELECT string_agg(concat_ws(':', t.locale, t.arm, t.title, t.description, t.provenance),
                           ',' ORDER BY t.id)
         FROM catalog_producttext t WHERE t.product_id = p.id),
        (SELECT string_agg(d.digest, ',' ORDER BY d.id) FROM catalog_variant_digest(
             ARRAY(SELECT v.id FROM catalog_variant v WHERE v.product_id = p.id)) d),
        (SELECT string_agg(concat_ws(':', m.file, m.alt_zh, m.alt_en, m.position), ',' ORDER BY m.id)
         FROM catalog_media m WHERE m.product_id = p.id),
        (SELECT string_agg(r.id::text, ',' ORDER BY r.id)
         FROM catalog_review r WHERE r.product_id = p.id)))
    FROM unnest(wanted) w (id) JOIN catalog_product p USING (id)
$$;
"""
JOURNAL = """
CREATE FUNCTION catalog_journal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    job bigint := nullif(current_setting('shopguide.journal', true), '')::bigint;
BEGIN
    IF job IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO catalog_importchange (catalog_import_id, merchant_id, kind, row_id, after)
        SELECT job, merchant_id, TG_ARGV[0], id, to_jsonb(a) - 'revision' FROM after a
        WHERE merchant_id IS NOT NULL;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO catalog_importchange (catalog_import_id, merchant_id, kind, row_id, before, after)
        SELECT job, a.merchant_id, TG_ARGV[0], id, to_jsonb(b) - 'revision',
               to_jsonb(a) - 'revision'
        FROM after a JOIN before b USING (id)
        WHERE a.merchant_id IS NOT NULL
          AND to_jsonb(a) - 'revision' <> to_jsonb(b) - 'revision';
    ELSE
        INSERT INTO catalog_importchange (catalog_import_id, merchant_id, kind, row_id, before)
        SELECT job, merchant_id, TG_ARGV[0], id, to_jsonb(b) - 'revision' FROM before b
        WHERE merchant_id IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
"""
# Products and variants that an import adds are written down by itself, with a digest.
WATCHED = {
    "product": ("UPDATE",),
    "producttext": ("INSERT", "UPDATE", "DELETE"),
    "variant": ("UPDATE",),
    "price": ("INSERT", "UPDATE"),
    "stock": ("INSERT", "UPDATE"),
    "media": ("INSERT", "UPDATE", "DELETE"),
    "review": ("INSERT",),
    "relatedproduct": ("INSERT", "UPDATE", "DELETE"),
    "category": ("INSERT",),
    "pricelist": ("INSERT",),
    "warehouse": ("INSERT",),
    "attribute": ("INSERT", "UPDATE"),
}
TABLES = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}
TRIGGERS = [
    f"CREATE TRIGGER {table}_journal_{event.lower()} AFTER {event} ON catalog_{table}"
    f" REFERENCING {TABLES[event]} FOR EACH STATEMENT"
    f" EXECUTE FUNCTION catalog_journal('{table}')"
    for table, events in WATCHED.items()
    for event in events
]
FORMATS = [
    ("auto", "Detect"), ("csv", "CSV"), ("jsonl", "JSON Lines"), ("xlsx", "Excel"),
    ("magento", "Magento"), ("google", "Google Merchant"), ("shopify", "Shopify"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_shoppers"), ("catalog", "0012_carts_and_orders_are_private")]

    operations = [
        migrations.AddField("catalogimport", "began", models.CharField(blank=True, max_length=20)),
        migrations.AddField("catalogimport", "dry", models.BooleanField(default=False)),
        migrations.AddField("catalogimport", "stop_asked", models.BooleanField(default=False)),
        migrations.AddField(
            "catalogimport",
            "undoes",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="undone_by",
                to="catalog.catalogimport",
            ),
        ),
        migrations.AlterField(
            "catalogimport",
            "format",
            models.CharField(choices=FORMATS, default="auto", max_length=10),
        ),
        migrations.AddField(
            "media",
            "widths",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, null=True, size=None
            ),
        ),
        migrations.AddField("media", "likeness", models.BigIntegerField(blank=True, null=True)),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("row_id", models.BigIntegerField()),
                ("before", models.JSONField(blank=True, null=True)),
                ("after", models.JSONField(blank=True, null=True)),
                (
                    "catalog_import",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="catalog.catalogimport",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.merchant",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        RowSecurity("catalog_importchange"),
        migrations.RunSQL(DIGESTS, "DROP FUNCTION catalog_product_digest, catalog_variant_digest"),
        migrations.RunSQL([JOURNAL, *TRIGGERS], "DROP FUNCTION catalog_journal CASCADE"),
    ]
