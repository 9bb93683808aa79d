"""The statements that bring a staged chunk into the shop. Each writes only rows that differ.

Merged rows are compared before they are written, so an unchanged row is not even locked; ON
CONFLICT is there for a row that somebody else adds in the same moment. NULL in a staged row means
"the file does not say", and what the shop has is kept.

The statements leave the planner no choice that depends on statistics, which know nothing of a new
shop and believe, during its first import, that it has one row. Plain joins then became nested
loops of 8,000 × 8,000 rows, now and then. So the shop's rows are looked up one by one in a unique
index (LATERAL with LIMIT), the shop's number is hidden from estimates in a subquery (``%(shop)s``),
and what the chunk has written is asked for with IN, which is hashed. `PLANS` does the same for
foreign keys.
"""

from typing import Any


def execute(cursor: Any, statement: str, merchant: int, **values: Any) -> None:
    """Execute one of the statements below for a shop."""
    hidden = statement.replace("%(shop)s", "(SELECT %(merchant)s::bigint)")
    cursor.execute(hidden, {"merchant": merchant, **values})


def keep_journal(cursor: Any, job: int | None) -> None:
    """Let the database write down what the following statements change, or no longer."""
    cursor.execute("SELECT set_config('shopguide.journal', %s, true)", [str(job or "")])


# Fresh statistics for tables that have doubled, in a transaction of its own before a chunk.
ANALYZE_GROWN = "SELECT catalog_analyze_grown()"
# Plans of foreign-key checks are kept for the session. Made while a table was empty, a scan of the
# whole table or of the shop's rows would stay while it grows; so each chunk makes them anew.
PLANS = (
    "DISCARD PLANS; SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan"
)
# For a caller with a transaction of its own around ours.
PLANS_AGAIN = (
    "SET LOCAL shopguide.bulk = 'off'; SET LOCAL enable_seqscan = on;"
    " SET LOCAL plan_cache_mode = auto"
)

# A row that gives no title may be about a variant by its SKU alone: then it means its product.
ALIASES = """
UPDATE incoming_product i SET sku = p.sku
FROM catalog_variant x JOIN catalog_product p ON p.id = x.product_id
WHERE NOT i.titled AND x.merchant_id = %(shop)s AND x.sku = i.sku AND NOT EXISTS (
    SELECT FROM catalog_product q WHERE q.merchant_id = %(shop)s AND q.sku = i.sku)
"""
UNTITLED = """
DELETE FROM incoming_product i WHERE NOT i.titled AND NOT EXISTS (
    SELECT FROM catalog_product p WHERE p.merchant_id = %(shop)s AND p.sku = i.sku)
RETURNING i.n
"""
# What somebody edited since the import began, other than the import itself: it is left as it is.
EDITED = """
DELETE FROM incoming_product i USING (
    SELECT n.n, p.id, p.xmin AS written FROM incoming_product n CROSS JOIN LATERAL (
        SELECT id, xmin FROM catalog_product WHERE merchant_id = %(shop)s AND sku = n.sku LIMIT 1) p
) k
WHERE k.n = i.n AND (
    age(k.written) < age(%(began)s::xid)
    OR EXISTS (SELECT FROM catalog_producttext t
               WHERE t.product_id = k.id AND age(t.xmin) < age(%(began)s::xid))
    OR EXISTS (SELECT FROM catalog_variant x
               WHERE x.product_id = k.id AND (age(x.xmin) < age(%(began)s::xid) OR EXISTS (
                   SELECT FROM catalog_price c
                   WHERE c.variant_id = x.id AND age(c.xmin) < age(%(began)s::xid)))))
RETURNING i.n
"""
# An import that goes on where it was killed has written some of that itself.
EDITED_AGAIN = EDITED.replace(
    "RETURNING i.n",
    """AND k.id NOT IN (
    SELECT row_id FROM catalog_importchange
    WHERE catalog_import_id = %(job)s AND kind = 'product'
    UNION ALL SELECT t.product_id FROM catalog_importchange j JOIN catalog_producttext t
    ON t.id = j.row_id WHERE j.catalog_import_id = %(job)s AND j.kind = 'producttext'
    UNION ALL SELECT x.product_id FROM catalog_importchange j JOIN catalog_variant x
    ON x.id = j.row_id WHERE j.catalog_import_id = %(job)s AND j.kind = 'variant'
    UNION ALL SELECT x.product_id FROM catalog_importchange j JOIN catalog_price c
    ON c.id = j.row_id JOIN catalog_variant x ON x.id = c.variant_id
    WHERE j.catalog_import_id = %(job)s AND j.kind = 'price'
    UNION ALL SELECT x.product_id FROM catalog_importchange j JOIN catalog_stock c
    ON c.id = j.row_id JOIN catalog_variant x ON x.id = c.variant_id
    WHERE j.catalog_import_id = %(job)s AND j.kind = 'stock'
    UNION ALL SELECT m.product_id FROM catalog_importchange j JOIN catalog_media m
    ON m.id = j.row_id WHERE j.catalog_import_id = %(job)s AND j.kind = 'media')
RETURNING i.n""",
)
# Added products and variants: one row each, with a digest by which a later edit is noticed.
JOURNAL_ADDED = """
INSERT INTO catalog_importchange (catalog_import_id, merchant_id, kind, row_id, after)
SELECT %(job)s, %(merchant)s, 'product', d.id, to_jsonb(d.digest)
FROM catalog_product_digest(ARRAY(SELECT id FROM product_written WHERE created)) d
UNION ALL
SELECT %(job)s, %(merchant)s, 'variant', d.id, to_jsonb(d.digest)
FROM catalog_variant_digest(ARRAY(
    SELECT id FROM variant_written WHERE created
    AND product_id NOT IN (SELECT id FROM product_written WHERE created))) d
"""
PRODUCTS = """
WITH merged AS (
    SELECT i.sku, coalesce(i.status, p.status, 'live') AS status,
           coalesce(i.category_id, p.category_id) AS category_id,
           coalesce(i.brand, p.brand, '') AS brand,
           coalesce(p.attributes, '{}') || coalesce(i.attributes, '{}') AS attributes,
           coalesce(i.option_names, p.option_names, '{}') AS option_names,
           coalesce(p.created_at, i.created_at, now()) AS created_at
    FROM incoming_product i
    LEFT JOIN LATERAL (
        SELECT * FROM catalog_product WHERE merchant_id = %(shop)s AND sku = i.sku LIMIT 1
    ) p ON true
    WHERE p.id IS NULL OR p.status <> i.status OR p.brand <> i.brand
       OR p.category_id IS DISTINCT FROM coalesce(i.category_id, p.category_id)
       OR p.option_names <> i.option_names
       OR p.attributes <> p.attributes || coalesce(i.attributes, '{}')
    ORDER BY i.n
), written AS (
    INSERT INTO catalog_product AS p (merchant_id, sku, status, category_id, brand, attributes,
                                      option_names, revision, created_at)
    SELECT %(merchant)s, sku, status, category_id, brand, attributes, option_names, 0, created_at
    FROM merged
    ON CONFLICT (merchant_id, sku) DO UPDATE SET
        status = excluded.status, category_id = excluded.category_id, brand = excluded.brand,
        attributes = excluded.attributes, option_names = excluded.option_names,
        deleted_at = CASE WHEN excluded.status = 'live' THEN NULL ELSE p.deleted_at END
    RETURNING id, xmax = 0 AS created
)
INSERT INTO product_written SELECT id, created FROM written
"""
PRODUCT_KEYS = """
INSERT INTO product_key
SELECT i.n, p.id, p.id IN (SELECT id FROM product_written WHERE created),
       p.id IN (SELECT id FROM product_written), p.status = 'live'
FROM incoming_product i CROSS JOIN LATERAL (
    SELECT id, status FROM catalog_product WHERE merchant_id = %(shop)s AND sku = i.sku LIMIT 1) p
"""
TEXTS_OF_NEW = """
INSERT INTO catalog_producttext
    (merchant_id, product_id, locale, title, description, provenance, arm)
SELECT %(merchant)s, k.id, i.locale, i.title, coalesce(i.description, ''), 'imported', ''
FROM incoming_text i JOIN product_key k USING (n) WHERE k.created AND i.title IS NOT NULL
"""
TEXTS = """
WITH merged AS (
    SELECT k.id, i.locale, coalesce(i.title, t.title) AS title,
           coalesce(i.description, t.description, '') AS description
    FROM incoming_text i JOIN product_key k USING (n)
    LEFT JOIN LATERAL (
        SELECT * FROM catalog_producttext
        WHERE product_id = k.id AND locale = i.locale AND arm = '' LIMIT 1
    ) t ON true
    WHERE NOT k.created AND ((t.id IS NULL AND i.title IS NOT NULL)
                             OR t.title <> i.title OR t.description <> i.description)
), written AS (
    INSERT INTO catalog_producttext
        (merchant_id, product_id, locale, title, description, provenance, arm)
    SELECT %(merchant)s, id, locale, title, description, 'imported', '' FROM merged
    ON CONFLICT (product_id, locale, arm) DO UPDATE SET
        title = excluded.title, description = excluded.description,
        provenance = excluded.provenance, approved_by_id = NULL
    RETURNING product_id
)
INSERT INTO touched_product SELECT DISTINCT product_id, true FROM written
"""
TEXTS_WITHOUT_TITLE = """
SELECT i.n, i.locale FROM incoming_text i JOIN product_key k USING (n)
WHERE i.title IS NULL AND NOT EXISTS (
    SELECT FROM catalog_producttext t
    WHERE t.product_id = k.id AND t.locale = i.locale AND t.arm = '')
"""
VARIANTS_KNOWN = """
INSERT INTO variant_known
SELECT i.v, k.id, x.id, x.product_id
FROM incoming_variant i JOIN product_key k USING (n) LEFT JOIN LATERAL (
    SELECT id, product_id FROM catalog_variant
    WHERE merchant_id = %(shop)s AND sku = i.sku LIMIT 1) x ON true
"""
SKUS_ELSEWHERE = """
DELETE FROM incoming_variant i USING variant_known w
WHERE w.v = i.v AND w.owner <> w.product_id
RETURNING i.n, i.v
"""
# Only among products that were there before: in new ones the file alone says what there is.
SAME_OPTIONS = """
DELETE FROM incoming_variant i
USING product_key k CROSS JOIN LATERAL (
    SELECT sku, options FROM catalog_variant WHERE product_id = k.id OFFSET 0) x
WHERE k.n = i.n AND NOT k.created AND NOT i.fallback
  AND x.sku <> i.sku AND x.options = coalesce(i.options, '{}')
  AND (i.options IS NOT NULL OR i.v IN (SELECT v FROM variant_known WHERE id IS NULL))
  AND x.sku NOT IN (SELECT sku FROM incoming_variant WHERE options IS NOT NULL)
RETURNING i.n, i.v
"""
VARIANTS_NEW = """
WITH written AS (
    INSERT INTO catalog_variant (merchant_id, product_id, sku, options, codes, position, active)
    SELECT %(merchant)s, w.product_id, i.sku, coalesce(i.options, '{}'), coalesce(i.codes, '{}'),
           i.position, coalesce(i.active, true)
    FROM incoming_variant i JOIN variant_known w USING (v)
    WHERE w.id IS NULL AND (NOT i.fallback OR i.n IN (SELECT n FROM product_key WHERE created) OR (
          SELECT id FROM catalog_variant WHERE product_id = w.product_id LIMIT 1) IS NULL)
    ORDER BY i.v
    RETURNING id, product_id, sku
)
INSERT INTO variant_written SELECT id, product_id, sku, true FROM written
"""
VARIANTS_CHANGED = """
WITH written AS (
    UPDATE catalog_variant x SET
        options = coalesce(i.options, x.options), codes = coalesce(i.codes, x.codes),
        position = CASE WHEN i.listed AND NOT i.fallback THEN i.position ELSE x.position END,
        active = coalesce(i.active, x.active)
    FROM incoming_variant i JOIN variant_known w USING (v)
    WHERE x.id = w.id AND (x.options <> i.options OR x.codes <> i.codes OR x.active <> i.active
                           OR (i.listed AND NOT i.fallback AND x.position <> i.position))
    RETURNING x.id, x.product_id, x.sku
)
INSERT INTO variant_written SELECT id, product_id, sku, false FROM written
"""
# Where there is a choice to make, a variant without options is no longer one of the choices.
PLAIN_VARIANTS_GONE = """
WITH written AS (
    UPDATE catalog_variant x SET active = false
    FROM product_key k JOIN incoming_product i USING (n)
    WHERE x.product_id = k.id AND NOT k.created AND x.active AND x.options = '{}'
      AND k.n IN (SELECT n FROM incoming_variant WHERE options <> '{}')
      AND x.sku NOT IN (SELECT sku FROM incoming_variant)
    RETURNING x.id, x.product_id, x.sku
)
INSERT INTO variant_written SELECT id, product_id, sku, false FROM written
"""
VARIANT_KEYS = """
INSERT INTO variant_key
SELECT i.v, i.n, w.id, false, w.id IN (SELECT id FROM variant_written)
FROM incoming_variant i JOIN variant_known w USING (v) WHERE w.id IS NOT NULL
UNION ALL
SELECT i.v, i.n, w.id, true, true
FROM incoming_variant i JOIN variant_written w USING (sku) WHERE w.created
"""
