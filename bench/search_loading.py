"""Bring a made-up corpus into the tables that search reads, for ``bench.search``.

The terms are those that the product's own indexing makes; rows go in by COPY to a temporary table,
as its import does. The vector index is built at the end, over all rows.
"""

import json
import time
from collections.abc import Iterable, Sequence
from typing import Any

from bench.search_corpus import WIDTH, Corpus, Row

KEEP = (
    "SELECT set_config('shopguide.everyone', 'on', false),"
    " set_config('shopguide.bulk', 'on', false)"
)


def load(corpus: Corpus, encoder_id: str) -> dict[str, float]:
    """Fill the projection; return the seconds of loading and of building the vector index."""
    from django.db import connections

    from catalog.indexing import count_terms
    from catalog.models.embedding import index_name, make_vector_index
    from shopguide.accounts.models import Merchant

    began = time.perf_counter()
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {index_name(encoder_id)}")
        cursor.execute("TRUNCATE accounts_merchant CASCADE")
        shop = Merchant.objects.create(slug="bench", currencies=["USD"])
        cursor.execute(KEEP)
        keys = products(cursor, shop.pk, corpus.rows)
        documents(cursor, shop.pk, keys, corpus.rows)
        offers(cursor, shop.pk)
        embeddings(cursor, shop.pk, keys, corpus, encoder_id)
    count_terms(shop)
    loaded = time.perf_counter()
    make_vector_index(using="owner")
    with connections["owner"].cursor() as cursor:
        for table in ("searchdocument", "searchoffer", "embedding", "termcount", "product"):
            cursor.execute(f"VACUUM (ANALYZE) catalog_{table}")
    return {"loading_s": loaded - began, "hnsw_s": time.perf_counter() - loaded}


def products(cursor: Any, shop: int, rows: Sequence[Row]) -> list[int]:
    """Insert products, with one variant each; return their keys in the corpus's order."""
    cursor.execute(
        "INSERT INTO catalog_product (merchant_id, sku, status, brand, attributes, option_names,"
        " revision, created_at) SELECT %s, 'S' || n, 'live', '', '{}', '{}', 0, now()"
        " FROM generate_series(0, %s) n RETURNING id",
        [shop, len(rows) - 1],
    )
    keys = [key for (key,) in cursor.fetchall()]
    cursor.execute(
        "INSERT INTO catalog_variant (merchant_id, product_id, sku, options, codes, position,"
        " active) SELECT merchant_id, id, sku, '{}', '{}', 0, true FROM catalog_product"
    )
    return keys


def terms_of(row: Row) -> tuple[str, int, list[str]]:
    """Return a row's tsvector literal, its length, and its terms in order for the peers."""
    from catalog.indexing import BODY, PLACE, TITLE, Words
    from catalog.text import index_terms

    words = Words()
    for weight, text in (
        (TITLE, row.title_en), (TITLE, row.title_zh), (PLACE, row.brand), (BODY, row.body),
    ):  # fmt: skip
        words.add(weight, text)
    plain = " ".join((row.title_en, row.title_zh, row.brand, row.body))
    return words.literal(), words.length, index_terms(plain)


def documents(cursor: Any, shop: int, keys: Sequence[int], rows: Sequence[Row]) -> None:
    """Insert the search documents, and the price of each product beside its key."""
    cursor.execute(
        "CREATE TEMP TABLE IF NOT EXISTS incoming (product bigint, terms text, titles text,"
        " length int, brand text, kind text, price numeric)"
    )
    cursor.execute("TRUNCATE incoming")

    def lines() -> Iterable[tuple[Any, ...]]:
        for key, row in zip(keys, rows, strict=True):
            literal, length, _terms = terms_of(row)
            titles = f"{row.title_en} · {row.title_zh} · {row.brand}".lower()
            facets = json.dumps({"material": [f"kind{row.kind}"]})
            yield key, literal, titles, length, row.brand, facets, row.price

    copy(cursor, "incoming (product, terms, titles, length, brand, kind, price)", lines())
    cursor.execute(
        "INSERT INTO catalog_searchdocument (product_id, merchant_id, revision, terms, names,"
        " titles, categories, brand, facets, card, locales, length, rating, reviews, created_at)"
        " SELECT product, %s, 1, terms::tsvector, ARRAY[titles], titles, '{}', brand, kind::jsonb,"
        " '{}', '{en,zh-hans}', length, NULL, 0, now() FROM incoming",
        [shop],
    )


def offers(cursor: Any, shop: int) -> None:
    """Insert one offer for each product."""
    cursor.execute(
        "INSERT INTO catalog_searchoffer (product_id, variant_id, merchant_id, currency, amount,"
        " in_stock, codes) SELECT v.product_id, v.id, %s, 'USD', i.price, true, '{}'"
        " FROM incoming i JOIN catalog_variant v ON v.product_id = i.product",
        [shop],
    )


def embeddings(
    cursor: Any, shop: int, keys: Sequence[int], corpus: Corpus, encoder_id: str
) -> None:
    """Insert one vector for each product."""
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS vectors (product bigint, vector halfvec)")
    cursor.execute("TRUNCATE vectors")
    lines = (
        (key, "[" + ",".join(f"{number:.4g}" for number in vector) + "]")
        for key, vector in zip(keys, corpus.vectors.reshape(-1, WIDTH).tolist(), strict=True)
    )
    copy(cursor, "vectors (product, vector)", lines)
    cursor.execute(
        "INSERT INTO catalog_embedding (document_id, merchant_id, locale, encoder_id, text_hash,"
        " vector) SELECT product, %s, 'en', %s, '', vector FROM vectors",
        [shop, encoder_id],
    )


def copy(cursor: Any, target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows into a temporary table."""
    with cursor.copy(f"COPY {target} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
