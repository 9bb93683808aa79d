"""Write documents, passages and the counts of terms: a statement for each batch."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection, transaction

from catalog.models import TermCount
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant


@dataclass
class Document:
    """One product's row in the projection, and its passages by language."""

    product: int
    merchant: int
    revision: int
    terms: str
    names: list[str]
    titles: str
    categories: list[int]
    brand: str
    facets: dict[str, list[Any]]
    locales: list[str]
    length: int
    card: dict[str, Any]
    rating: str | None
    reviews: int
    created: str
    passages: list[dict[str, str]] = field(default_factory=list)


STORE = """
WITH rows AS (
    SELECT * FROM jsonb_to_recordset(%(documents)s::jsonb) AS r(
        product bigint, merchant bigint, revision bigint, terms text, names jsonb, titles text,
        categories jsonb, brand text, facets jsonb, locales jsonb, length int, card jsonb,
        rating numeric, reviews int, created timestamptz)
)
INSERT INTO catalog_searchdocument
    (product_id, merchant_id, revision, terms, names, titles, categories, brand, facets, locales,
     length, card, rating, reviews, created_at)
SELECT product, merchant, revision, terms::tsvector,
       ARRAY(SELECT jsonb_array_elements_text(names)), titles,
       ARRAY(SELECT jsonb_array_elements_text(categories)::bigint), brand, facets,
       ARRAY(SELECT jsonb_array_elements_text(locales)), length, card, rating, reviews, created
FROM rows
ON CONFLICT (product_id) DO UPDATE SET
    revision = excluded.revision, terms = excluded.terms, names = excluded.names,
    titles = excluded.titles, categories = excluded.categories, brand = excluded.brand,
    facets = excluded.facets, locales = excluded.locales, length = excluded.length,
    card = excluded.card,
    rating = excluded.rating, reviews = excluded.reviews, created_at = excluded.created_at
"""
PASSAGES = """
WITH rows AS (
    SELECT * FROM jsonb_to_recordset(%(passages)s::jsonb) AS r(
        product bigint, merchant bigint, locale text, text text, hash text)
), gone AS (
    DELETE FROM catalog_searchpassage p WHERE p.document_id = ANY(%(products)s)
        AND NOT EXISTS (SELECT FROM rows WHERE product = p.document_id AND locale = p.locale)
), outdated AS (
    DELETE FROM catalog_embedding e WHERE e.document_id = ANY(%(products)s)
        AND NOT EXISTS (SELECT FROM rows WHERE product = e.document_id AND locale = e.locale)
)
INSERT INTO catalog_searchpassage AS p (document_id, merchant_id, locale, text, text_hash)
SELECT product, merchant, locale, text, hash FROM rows
ON CONFLICT (document_id, locale) DO UPDATE
SET text = excluded.text, text_hash = excluded.text_hash WHERE p.text_hash <> excluded.text_hash
"""


def store(documents: Sequence[Document]) -> None:
    """Write documents and passages. Two statements; an unchanged passage is not written."""
    if not documents:
        return
    rows = [asdict(document) for document in documents]
    passages = [
        {**passage, "product": row["product"], "merchant": row["merchant"]}
        for row in rows
        for passage in row.pop("passages")
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STORE, {"documents": json.dumps(rows)})
        cursor.execute(
            PASSAGES,
            {
                "passages": json.dumps(passages),
                "products": [row["product"] for row in rows],
            },
        )


COUNT = """
INSERT INTO catalog_termcount (merchant_id, term, documents)
SELECT %(merchant)s, word, ndoc
FROM ts_stat('SELECT terms FROM catalog_searchdocument WHERE merchant_id = {merchant:d}')
WHERE length(word) <= 200
ON CONFLICT (term, merchant_id) DO UPDATE SET documents = excluded.documents
WHERE catalog_termcount.documents <> excluded.documents
"""


def freshen_statistics() -> None:
    """Have tables analyzed that have doubled, so that Postgres plans for them as they are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalog_analyze_grown()")


def count_terms(merchant: Merchant) -> None:
    """Count in how many of the shop's documents each term stands. One scan of its documents."""
    with as_merchant(merchant), connection.cursor() as cursor:
        TermCount.objects.filter(merchant=merchant).delete()
        cursor.execute(COUNT.format(merchant=merchant.pk), {"merchant": merchant.pk})
        # The empty term counts all documents.
        cursor.execute(
            "INSERT INTO catalog_termcount (merchant_id, term, documents)"
            " SELECT %(merchant)s, '', count(*) FROM catalog_searchdocument"
            " WHERE merchant_id = %(merchant)s",
            {"merchant": merchant.pk},
        )
