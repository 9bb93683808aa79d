"""One SQL statement from words, vector and filters to a ranked pool of products.

Candidates come from exact names, from words (all of them first; the rare ones if that finds few)
and from the vector; every candidate is then scored by both, so that neither source hides what the
other knows. Filters are asked inside each source: a selective filter is answered exactly from the
materialised matches, a wide one by iterating the vector index. It never looks at prices or taste.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from catalog.indexing import quote_term
from catalog.models.embedding import quoted, vector_literal
from catalog.search.filtering import Filters
from catalog.search.scoring import FUSED, UNITS, scored_sql
from catalog.search.signs import Candidate, Query, Unit, Weights

# A ranked search ends here: nobody pages further, and its cost stays bounded.
POOL = 240
# Under so many matching rows the exact scan beats the index.
EXACT_BELOW = 2_000
# How many neighbours the vector brings. With 100 of them 79 of the 100 questions in the other
# language are answered, with 150 the 80 that their test asks for.
NEIGHBOURS = 150


def retrieve(query: Query, filters: Filters, weights: Weights = Weights()) -> list[Candidate]:
    """Return at most :data:`POOL` products that fulfil the filters, best first. One statement."""
    statement, params = build(query, filters, weights)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [Candidate(*row) for row in cursor.fetchall()]


def build(query: Query, filters: Filters, weights: Weights) -> tuple[str, dict[str, Any]]:
    """Return the statement and its parameters."""
    condition, params = filters.sql()
    parts = [terms_sql(query, filters, params), *matching_sql(filters, condition)]
    sources = []
    if query.names:
        params["names"] = list(query.names)
        parts.append(named_sql(condition))
        sources.append("SELECT product_id FROM named")
    if query.units:
        parts += words_sql(query, condition, params)
        sources += ["SELECT product_id FROM all_words", "SELECT product_id FROM rare_words"]
    if query.kind_words:
        params["kind_words"] = " | ".join(query.kind_words)
        parts.append(titled_sql(condition))
        sources.append("SELECT product_id FROM titled")
    if query.vector is not None:
        params["vector"] = vector_literal(query.vector)
        parts += near_sql(query, filters, condition, len(query.vector))
        sources += ["SELECT product_id FROM near"]
    parts.append(UNITS)
    parts.append(f"candidates AS MATERIALIZED ({' UNION '.join(sources) or 'SELECT 0::bigint'})")
    parts.append(scored_sql(query, params, weights))
    params |= {
        "words_weight": weights.words if query.vector is not None else 1.0,
        "vector_weight": weights.vector if query.vector is not None and query.units else 1.0,
        "exact_weight": weights.exact,
        "kind_weight": weights.kind if query.kinds else 0.0,
        "wish_weight": weights.wish,
        "spread": weights.spread,
        "pool": POOL,
    }
    return "WITH " + ",\n".join(parts) + FUSED, params


def terms_sql(query: Query, filters: Filters, params: dict[str, Any]) -> str:
    """Words and their parts, each with its rarity in the scope (idf as in BM25)."""
    rows = [
        (number, term, unit.boost, is_part)
        for number, unit in enumerate(query.units)
        for term, is_part in [
            (unit.term, False),
            *((part, True) for part in (*unit.parts, *unit.pairs)),
        ]
    ]
    params["units"] = [row[0] for row in rows]
    params["terms"] = [row[1] for row in rows]
    params["literals"] = [quote_term(row[1]) for row in rows]
    params["boosts"] = [row[2] for row in rows]
    params["are_parts"] = [row[3] for row in rows]
    params["synonyms"] = [
        "" if row[3] else " | ".join(f"({one})" for one in query.units[row[0]].synonyms)
        for row in rows
    ]
    scope = " AND c.merchant_id = %(merchant)s" if filters.merchant else ""
    return f"""
terms AS MATERIALIZED (
    SELECT q.*, q.literal::tsquery AS query, nullif(q.synonym, '')::tsquery AS synonyms,
           coalesce(counted.documents, 0) AS documents,
           q.boost * ln(1 + (every.documents - coalesce(counted.documents, 0) + 0.5)
                        / (coalesce(counted.documents, 0) + 0.5)) AS idf
    FROM unnest(%(units)s::int[], %(terms)s::text[], %(literals)s::text[], %(boosts)s::float8[],
                %(are_parts)s::bool[], %(synonyms)s::text[])
        AS q(unit, term, literal, boost, is_part, synonym)
    CROSS JOIN (SELECT greatest(sum(c.documents), 1) AS documents FROM catalog_termcount c
                WHERE c.term = ''{scope}) AS every
    LEFT JOIN LATERAL (
        SELECT least(coalesce(sum(c.documents), 0), every.documents) AS documents
        FROM catalog_termcount c
        WHERE c.term = q.term{scope}) AS counted ON TRUE
)"""


def matching_sql(filters: Filters, condition: str) -> list[str]:
    """The rows that fulfil the filters, up to the number from which the index is the better way."""
    if not filters:
        return []
    return [
        f"""
matching AS MATERIALIZED (
    SELECT d.product_id FROM catalog_searchdocument d WHERE {condition} LIMIT {EXACT_BELOW + 1}
), few AS MATERIALIZED (SELECT count(*) <= {EXACT_BELOW} AS yes FROM matching)"""
    ]


def named_sql(condition: str) -> str:
    """Products whose SKU or whole title is the query."""
    return f"""
named AS MATERIALIZED (
    SELECT d.product_id FROM catalog_searchdocument d
    WHERE d.names && %(names)s::text[] AND {condition} LIMIT 50
)"""


def titled_sql(condition: str) -> str:
    """Products whose title names the kind asked for, in whichever language."""
    return f"""
titled AS MATERIALIZED (
    SELECT product_id FROM (
        SELECT d.product_id, d.terms FROM catalog_searchdocument d
        WHERE d.terms @@ %(kind_words)s::tsquery AND {condition} LIMIT 1000
    ) found
    ORDER BY ts_rank(%(field_weights)s::float4[], terms, %(kind_words)s::tsquery) DESC, product_id
    LIMIT 50
)"""


def words_sql(query: Query, condition: str, params: dict[str, Any]) -> list[str]:
    """Products with all words; where these are few, products with the rare words among them."""
    params["all_of"] = " & ".join(unit_query(unit) for unit in query.units)
    return [
        f"""
all_words AS MATERIALIZED (
    SELECT product_id FROM (
        SELECT d.product_id, d.terms FROM catalog_searchdocument d
        WHERE d.terms @@ %(all_of)s::tsquery AND {condition} LIMIT 1500
    ) found
    ORDER BY ts_rank(%(field_weights)s::float4[], terms, %(all_of)s::tsquery) DESC, product_id
    LIMIT 200
)""",
        f"""
rarest AS MATERIALIZED (
    SELECT string_agg(literal, ' | ')::tsquery AS query FROM (
        SELECT literal, sum(documents) OVER (ORDER BY is_part, documents, term) AS reached,
               row_number() OVER (ORDER BY is_part, documents, term) AS place
        FROM terms WHERE documents > 0
    ) counted
    WHERE (place = 1 OR reached <= 3000) AND (SELECT count(*) FROM all_words) < 60
), rare_words AS MATERIALIZED (
    SELECT product_id FROM (
        SELECT d.product_id, d.terms FROM catalog_searchdocument d
        WHERE d.terms @@ (SELECT query FROM rarest) AND {condition} LIMIT 3000
    ) found
    ORDER BY ts_rank(%(field_weights)s::float4[], terms, (SELECT query FROM rarest)) DESC,
             product_id
    LIMIT 200
)""",
    ]


def unit_query(unit: Unit) -> str:
    """Return a unit as a tsquery: the term, all of its parts together, or a synonym."""
    ways = [quote_term(unit.term)]
    if unit.parts:
        ways.append("(" + " & ".join(quote_term(part) for part in unit.parts) + ")")
    ways += [f"({synonym})" for synonym in unit.synonyms]
    return "(" + " | ".join(ways) + ")"


def near_sql(query: Query, filters: Filters, condition: str, dimensions: int) -> list[str]:
    """The nearest products: by the index, or exactly among few matching rows."""
    distance = f"e.vector::halfvec({dimensions}) <=> %(vector)s::halfvec({dimensions})"
    of_encoder = f"e.encoder_id = {quoted(query.encoder_id)}".replace("%", "%%")
    join = "JOIN catalog_searchdocument d ON d.product_id = e.document_id" if filters else ""
    only = f"AND {condition} AND NOT (SELECT yes FROM few)" if filters else ""
    parts = [
        f"""
by_index AS MATERIALIZED (
    SELECT e.document_id AS product_id FROM catalog_embedding e {join}
    WHERE {of_encoder} {only} ORDER BY {distance} LIMIT {NEIGHBOURS}
)"""
    ]
    near = "SELECT product_id FROM by_index"
    if filters:
        parts.append(
            f"""
by_scan AS MATERIALIZED (
    SELECT e.document_id AS product_id FROM matching m
    JOIN catalog_embedding e ON e.document_id = m.product_id AND {of_encoder}
    WHERE (SELECT yes FROM few) ORDER BY {distance} LIMIT {NEIGHBOURS}
)"""
        )
        near += " UNION SELECT product_id FROM by_scan"
    return [*parts, f"near AS MATERIALIZED ({near})"]
