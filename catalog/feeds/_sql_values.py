"""The statements for what hangs on variants and products: prices, stock, media, reviews, offers.

As those of `_sql`: each writes only rows that differ, and leaves the planner no choice.
"""

PRICES_OF_NEW = """
INSERT INTO catalog_price (merchant_id, price_list_id, variant_id, amount, was)
SELECT %(merchant)s, i.price_list_id, k.id, i.amount, i.was
FROM incoming_price i JOIN variant_key k USING (v) WHERE k.created
"""
PRICES = """
WITH merged AS (
    SELECT i.price_list_id, k.id AS variant_id, i.amount, i.was
    FROM incoming_price i JOIN variant_key k USING (v)
    LEFT JOIN LATERAL (
        SELECT * FROM catalog_price
        WHERE price_list_id = i.price_list_id AND variant_id = k.id LIMIT 1
    ) c ON true
    WHERE NOT k.created
      AND (c.id IS NULL OR c.amount <> i.amount OR c.was IS DISTINCT FROM i.was)
), written AS (
    INSERT INTO catalog_price (merchant_id, price_list_id, variant_id, amount, was)
    SELECT %(merchant)s, price_list_id, variant_id, amount, was FROM merged
    ON CONFLICT (price_list_id, variant_id) DO UPDATE SET
        amount = excluded.amount, was = excluded.was
    RETURNING variant_id
)
INSERT INTO touched_variant SELECT variant_id FROM written
"""
STOCK_OF_NEW = """
INSERT INTO catalog_stock (merchant_id, warehouse_id, variant_id, quantity)
SELECT %(merchant)s, i.warehouse_id, k.id, i.quantity
FROM incoming_stock i JOIN variant_key k USING (v) WHERE k.created
"""
STOCK = """
WITH merged AS (
    SELECT i.warehouse_id, k.id AS variant_id, i.quantity
    FROM incoming_stock i JOIN variant_key k USING (v)
    LEFT JOIN LATERAL (
        SELECT * FROM catalog_stock
        WHERE warehouse_id = i.warehouse_id AND variant_id = k.id LIMIT 1
    ) c ON true
    WHERE NOT k.created AND i.kind IS NULL AND (c.id IS NULL OR c.quantity <> i.quantity)
), written AS (
    INSERT INTO catalog_stock (merchant_id, warehouse_id, variant_id, quantity)
    SELECT %(merchant)s, warehouse_id, variant_id, quantity FROM merged
    ON CONFLICT (warehouse_id, variant_id) DO UPDATE SET quantity = excluded.quantity
    RETURNING variant_id
)
INSERT INTO touched_variant SELECT variant_id FROM written
"""
# A file that knows only how many there are in all, or that there are some. What other warehouses
# have is left alone.
STOCK_IN_ALL = """
WITH stated AS (
    SELECT i.warehouse_id, k.id AS variant_id, i.quantity, i.kind, c.quantity AS own,
           coalesce((SELECT sum(quantity) FROM catalog_stock
                     WHERE variant_id = k.id AND warehouse_id <> i.warehouse_id), 0) AS others
    FROM incoming_stock i JOIN variant_key k USING (v)
    LEFT JOIN LATERAL (
        SELECT * FROM catalog_stock
        WHERE warehouse_id = i.warehouse_id AND variant_id = k.id LIMIT 1
    ) c ON true
    WHERE NOT k.created AND i.kind IS NOT NULL
), written AS (
    INSERT INTO catalog_stock (merchant_id, warehouse_id, variant_id, quantity)
    SELECT %(merchant)s, warehouse_id, variant_id, greatest(0, quantity - others) FROM stated
    WHERE CASE kind WHEN 'total' THEN coalesce(own, 0) + others <> quantity
                    ELSE coalesce(own, 0) + others < quantity END
       OR (own IS NULL AND others = 0)
    ON CONFLICT (warehouse_id, variant_id) DO UPDATE SET quantity = excluded.quantity
    RETURNING variant_id
)
INSERT INTO touched_variant SELECT variant_id FROM written
"""
# A file that brings the whole of a picture which a person has cropped means the part that is shown.
MEDIA_CROPPED = """
UPDATE incoming_media i SET file = m.file, width = m.width, height = m.height
FROM product_key k JOIN catalog_media m ON m.product_id = k.id AND m.crop IS NOT NULL
WHERE k.n = i.n AND NOT k.created AND m.crop ->> 'file' = i.file
"""
# A picture that an earlier import brought and this file no longer names, or names for other bytes.
MEDIA_GONE = """
WITH gone AS (
    DELETE FROM catalog_media m USING product_key k
    WHERE m.product_id = k.id AND NOT k.created AND m.source <> ''
      AND EXISTS (SELECT FROM incoming_source s WHERE s.n = k.n)
      AND (NOT EXISTS (SELECT FROM incoming_source s
                       WHERE s.n = k.n AND s.source IN (m.source, m.file))
           OR EXISTS (SELECT FROM incoming_media i
                      WHERE i.n = k.n AND i.source = m.source AND i.file <> m.file
                        AND NOT i.kept))
    RETURNING m.product_id
)
INSERT INTO touched_product SELECT DISTINCT product_id, false FROM gone
"""
MEDIA = """
WITH merged AS (
    SELECT k.id AS product_id, i.file, i.source, coalesce(i.alt_zh, m.alt_zh, '') AS alt_zh,
           coalesce(i.alt_en, m.alt_en, '') AS alt_en, i.options, i.width, i.height, i.position
    FROM incoming_media i JOIN product_key k USING (n)
    LEFT JOIN LATERAL (
        SELECT * FROM catalog_media WHERE product_id = k.id AND file = i.file LIMIT 1
    ) m ON true
    WHERE m.id IS NULL OR NOT i.kept AND (
          m.source <> i.source OR m.alt_zh <> i.alt_zh OR m.alt_en <> i.alt_en
          OR m.options <> i.options OR m.position <> i.position
          OR (m.width, m.height) <> (i.width, i.height))
    ORDER BY i.n, i.position
), written AS (
    INSERT INTO catalog_media (merchant_id, product_id, file, source, alt_zh, alt_en, options,
                               width, height, position)
    SELECT %(merchant)s, product_id, file, source, alt_zh, alt_en, options, width, height, position
    FROM merged
    ON CONFLICT (product_id, file) DO UPDATE SET
        source = excluded.source, alt_zh = excluded.alt_zh, alt_en = excluded.alt_en,
        options = excluded.options, width = excluded.width, height = excluded.height,
        position = excluded.position
    RETURNING product_id
)
INSERT INTO touched_product SELECT DISTINCT product_id, false FROM written
"""
REVIEWS = """
WITH written AS (
    INSERT INTO catalog_review (merchant_id, product_id, source_id, stars, title, body, language,
                                author, written_at)
    SELECT %(merchant)s, k.id, i.source_id, i.stars, i.title, i.body, i.language, i.author,
           coalesce(i.written_at, now())
    FROM incoming_review i JOIN product_key k USING (n)
    WHERE (SELECT id FROM catalog_review
           WHERE product_id = k.id AND source_id = i.source_id) IS NULL
    ON CONFLICT (product_id, source_id) DO NOTHING
    RETURNING product_id
)
INSERT INTO touched_product SELECT DISTINCT product_id, true FROM written
"""
# What search shows has changed: once for each product that did not get a new revision already.
REVISIONS = """
UPDATE catalog_product p SET revision = 0
FROM (SELECT id FROM touched_product WHERE shown UNION SELECT product_id FROM variant_written
      EXCEPT SELECT id FROM product_written) t
WHERE p.id = t.id
"""
# What catalog_refresh_offers does, for variants that cannot have offers yet: a third of the time.
OFFERS_OF_NEW = """
INSERT INTO catalog_searchoffer
    (product_id, variant_id, merchant_id, currency, amount, in_stock, codes)
SELECT p.id, k.id, %(merchant)s, coalesce(l.currency, ''), c.amount,
       coalesce(s.quantity > 0, false), coalesce(i.codes, '{}')
FROM variant_key k JOIN incoming_variant i USING (v) JOIN product_key p ON p.n = k.n
LEFT JOIN incoming_price c USING (v) LEFT JOIN catalog_pricelist l ON l.id = c.price_list_id
LEFT JOIN (SELECT v, sum(quantity) AS quantity FROM incoming_stock GROUP BY v) s USING (v)
WHERE k.created AND p.live AND coalesce(i.active, true)
ORDER BY k.id
"""
OFFERS = """
SELECT catalog_refresh_offers(ARRAY(
    SELECT id FROM variant_written WHERE NOT created UNION SELECT id FROM touched_variant))
"""
COUNTS = """
WITH own AS (
    SELECT n, created OR %(again)s AND id IN (
               SELECT row_id FROM catalog_importchange
               WHERE catalog_import_id = %(job)s AND kind = 'product' AND before IS NULL
           ) AS created,
           changed OR id IN (SELECT id FROM touched_product) AS changed FROM product_key
), variants AS (
    SELECT k.n, i.rows, k.created OR (SELECT o.created AND %(again)s FROM own o WHERE o.n = k.n)
               AS created, k.changed OR k.id IN (SELECT id FROM touched_variant) AS changed
    FROM variant_key k JOIN incoming_variant i USING (v)
), outcomes AS (
    SELECT CASE WHEN o.created THEN 'created'
                WHEN o.changed OR o.n IN (SELECT n FROM variants WHERE changed) THEN 'updated'
                ELSE 'unchanged' END AS outcome, i.rows
    FROM own o JOIN incoming_product i USING (n)
    UNION ALL
    SELECT CASE WHEN v.created THEN 'created' WHEN v.changed OR o.changed THEN 'updated'
                ELSE 'unchanged' END, v.rows
    FROM variants v JOIN own o USING (n)
)
SELECT outcome, sum(rows) FROM outcomes GROUP BY outcome
"""
RELATED = """
WITH wanted AS (
    SELECT p.id AS product_id, q.id AS other_id, min(i.position) AS position
    FROM incoming_related i
    JOIN catalog_product p ON p.merchant_id = %(shop)s AND p.sku = i.sku
    JOIN catalog_product q ON q.merchant_id = %(shop)s AND q.sku = i.other
    WHERE p.id <> q.id GROUP BY p.id, q.id
), gone AS (
    DELETE FROM catalog_relatedproduct r USING catalog_product p
    WHERE r.product_id = p.id AND p.merchant_id = %(shop)s
      AND p.sku IN (SELECT sku FROM incoming_related)
      AND NOT EXISTS (SELECT FROM wanted w WHERE w.product_id = p.id AND w.other_id = r.other_id)
)
INSERT INTO catalog_relatedproduct (merchant_id, product_id, other_id, position)
SELECT %(merchant)s, w.product_id, w.other_id, w.position FROM wanted w
LEFT JOIN catalog_relatedproduct r USING (product_id, other_id)
WHERE r.id IS NULL OR r.position <> w.position
ON CONFLICT (product_id, other_id) DO UPDATE SET position = excluded.position
"""
RELATED_UNKNOWN = """
SELECT i.line, i.col, i.other FROM incoming_related i WHERE i.other IS NOT NULL AND NOT EXISTS (
    SELECT FROM catalog_product q WHERE q.merchant_id = %(shop)s AND q.sku = i.other)
ORDER BY i.line, i.position
"""
