"""Products like a product, or like a text: the nearest by their stored vectors.

For product pages and the assistant. It reads vectors that were stored when the products were
encoded; without any, the best-liked of a product's category stand in. It never shows what is no
longer live.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

# Encoders spread their distances differently, so all of this is in shares of a distance: how much
# nearer a product of the same category counts, and how far beyond the nearest one a product of
# another department may be.
SAME_CATEGORY = 0.35
ALIKE = 1.1
LOOKED_AT = 60

SIMILAR = """
WITH self AS MATERIALIZED (
    SELECT d.product_id, d.categories FROM catalog_searchdocument d
    WHERE d.product_id = %(product)s
), own AS MATERIALIZED (
    SELECT e.vector::halfvec({size}) AS vector FROM catalog_embedding e
    WHERE e.document_id = %(product)s AND e.encoder_id = {encoder}
), near AS MATERIALIZED (
    SELECT found.document_id, min(found.distance) AS distance
    FROM own CROSS JOIN LATERAL (
        SELECT e.document_id, e.vector::halfvec({size}) <=> own.vector AS distance
        FROM catalog_embedding e WHERE e.encoder_id = {encoder}
        ORDER BY e.vector::halfvec({size}) <=> own.vector LIMIT %(looked_at)s
    ) found
    WHERE found.document_id <> %(product)s
    GROUP BY found.document_id
), kin AS MATERIALIZED (
    SELECT d.product_id FROM catalog_searchdocument d
    WHERE NOT EXISTS (SELECT FROM own)
        AND d.categories @> (SELECT categories[1:1] FROM self) AND d.categories <> '{{}}'
    ORDER BY coalesce(d.rating, 0) * least(d.reviews, 5) DESC, d.product_id
    LIMIT %(most)s + 1
)
SELECT d.product_id
FROM (SELECT document_id, distance FROM near UNION ALL SELECT product_id, 0 FROM kin)
    AS found(product_id, distance)
JOIN catalog_searchdocument d ON d.product_id = found.product_id CROSS JOIN self
CROSS JOIN (SELECT min(distance) AS distance FROM near) best
WHERE d.product_id <> self.product_id
    AND (d.categories && self.categories OR found.distance <= %(alike)s * best.distance)
ORDER BY found.distance
         * (1 - %(same)s * (d.categories[1] IS NOT DISTINCT FROM self.categories[1])::int),
         coalesce(d.rating, 0) * least(d.reviews, 5) DESC, d.product_id
LIMIT %(most)s
"""


def similar(product: int, *, encoder_id: str, dimensions: int, most: int = 8) -> list[int]:
    """Return the live products most like one, nearest first. One statement, an index scan."""
    from catalog.models.embedding import quoted

    statement = SIMILAR.format(size=dimensions, encoder=quoted(encoder_id).replace("%", "%%"))
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "product": product,
                "same": SAME_CATEGORY,
                "alike": ALIKE,
                "looked_at": LOOKED_AT,
                "most": most,
            },
        )
        return [row[0] for row in cursor.fetchall()]


NEAREST = """
WITH near AS MATERIALIZED (
    SELECT e.document_id, e.vector::halfvec({size}) <=> %(vector)s::halfvec({size}) AS distance
    FROM catalog_embedding e WHERE e.encoder_id = {encoder}
    ORDER BY e.vector::halfvec({size}) <=> %(vector)s::halfvec({size}) LIMIT %(most)s
)
SELECT d.product_id, 1 - min(n.distance) FROM near n
JOIN catalog_searchdocument d ON d.product_id = n.document_id
WHERE %(merchant)s::bigint IS NULL OR d.merchant_id = %(merchant)s
GROUP BY d.product_id
ORDER BY min(n.distance), d.product_id
"""


def nearest(
    vector: Sequence[float], *, encoder_id: str, dimensions: int, merchant: int | None, most: int
) -> list[tuple[int, float]]:
    """Return live products by their cosine with a text's vector, nearest first. An index scan.

    A product that has texts in two languages counts by the nearer one. ``merchant``: keep only one
    shop's among the ``most`` nearest texts of the market place.
    """
    from catalog.models.embedding import quoted, vector_literal

    encoder = quoted(encoder_id).replace("%", "%%")
    with connection.cursor() as cursor:
        cursor.execute(
            NEAREST.format(size=dimensions, encoder=encoder),
            {"vector": vector_literal(vector), "merchant": merchant, "most": most},
        )
        return [(product, float(cosine)) for product, cosine in cursor.fetchall()]


COSINES = """
SELECT e.document_id, 1 - min(e.vector::halfvec({size}) <=> %(vector)s::halfvec({size}))
FROM catalog_embedding e
WHERE e.encoder_id = %(encoder)s AND e.document_id = ANY(%(products)s) GROUP BY e.document_id
"""


def cosines(
    products: Sequence[int], vector: Sequence[float], *, encoder_id: str, dimensions: int
) -> dict[int, float]:
    """Return the cosines of some products with a text's vector, by the nearer of their texts.

    What is not encoded is left out. One query by key.
    """
    from catalog.models.embedding import vector_literal

    with connection.cursor() as cursor:
        cursor.execute(
            COSINES.format(size=dimensions),
            {"vector": vector_literal(vector), "encoder": encoder_id, "products": list(products)},
        )
        return {product: float(cosine) for product, cosine in cursor.fetchall()}
