"""One SQL statement from words, vector and filters to a ranked pool of products.

Candidates come from exact names, from words (all of them first; the rare ones if that finds few)
and from the vector; every candidate is then scored by both, so that neither source hides what the
other knows. Filters are asked inside each source: a selective filter is answered exactly from the
materialised matches, a wide one by iterating the vector index. It never looks at prices or taste.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from catalog.indexing import quote_term
from catalog.models.embedding import quoted, vector_literal
from catalog.search.filtering import Filters

# A ranked search ends here: nobody pages further, and its cost stays bounded.
POOL = 240
# Under so many matching rows the exact scan beats the index.
EXACT_BELOW = 2_000
# How many neighbours the vector brings. Twice as many cost 3 ms more and changed no measure.
NEIGHBOURS = 100


@dataclass(frozen=True)
class Weights:
    """How much each sign of relevance counts. Tuned on development queries, see docs/search.md."""

    words: float = 0.6
    vector: float = 0.4
    # How much of a word's weight counts by where it stands: body, facts, place, title.
    fields: tuple[float, float, float, float] = (0.7, 0.2, 0.5, 1.0)
    # What the characters of a Chinese word are worth where the word itself is not found.
    parts: float = 0.3
    # What a Chinese word is worth at most: titles repeat their words to be found by them.
    repeated: float = 1.2
    # What a synonym is worth beside the word that was said.
    synonym: float = 0.8
    # How far below the best cosine a product's vector score reaches zero.
    spread: float = 0.12
    length: float = 0.35
    exact: float = 1.0
    kind: float = 0.15
    wish: float = 0.15


@dataclass(frozen=True)
class Unit:
    """One word of the query, the parts that may stand for it together, and its synonyms.

    Parts are a Chinese word's characters or a model's segments: a word weighs what it weighs,
    however many it has. Synonyms are tsqueries.
    """

    term: str
    parts: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    boost: float = 1.0
    # A Chinese word's neighbouring characters: what an unknown word is known by.
    pairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """What is asked: words, exact names, and a vector if there is one."""

    units: tuple[Unit, ...] = ()
    names: tuple[str, ...] = ()
    # The kind of product: categories of the shop, and words by which a title would name it.
    kinds: tuple[int, ...] = ()
    kind_words: tuple[str, ...] = ()
    # Facts that are welcome, as (dimension, code).
    wishes: tuple[tuple[str, str], ...] = ()
    vector: Sequence[float] | None = None
    encoder_id: str = ""


@dataclass(frozen=True)
class Candidate:
    """One product of the pool. ``words`` and ``vector``: 0 to about 1; ``cosine``: −1 to 1."""

    product: int
    merchant: int
    score: float
    words: float
    coverage: float
    cosine: float | None
    named: bool
    of_kind: bool = False


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


def scored_sql(query: Query, params: dict[str, Any], weights: Weights) -> str:
    """Every candidate by its words and by its vector, whichever source it came from."""
    params |= {
        "field_weights": list(weights.fields),
        "length_weight": weights.length,
        "part_weight": weights.parts,
        "repeated": weights.repeated,
        "synonym_weight": weights.synonym,
    }
    named = "d.product_id IN (SELECT product_id FROM named)" if query.names else "FALSE"
    of_kind = kind_sql(query, params)
    wished = wish_sql(query, params)
    cosine = "NULL::float8"
    if query.vector is not None:
        size = len(query.vector)
        of_encoder = f"e.encoder_id = {quoted(query.encoder_id)}".replace("%", "%%")
        cosine = (
            f"(SELECT 1 - min(e.vector::halfvec({size}) <=> %(vector)s::halfvec({size}))"
            f" FROM catalog_embedding e WHERE e.document_id = d.product_id AND {of_encoder})"
        )
    return f"""
read AS MATERIALIZED (
    -- ts_filter gives each document once out of its compressed form, before the terms ask it.
    SELECT d.product_id, d.merchant_id, ts_filter(d.terms, '{{a,b,c,d}}') AS terms, d.titles,
           d.length, {cosine} AS cosine, {named} AS named, {of_kind} AS of_kind,
           {wished} AS wished
    FROM candidates JOIN catalog_searchdocument d USING (product_id)
), scored AS MATERIALIZED (
    SELECT r.product_id, r.merchant_id, r.cosine, r.named, r.of_kind, r.wished,
           coalesce(said.words, 0) / (1 + %(length_weight)s * ln(1 + r.length / 20.0)) AS words,
           coalesce(said.coverage, 0) AS coverage
    FROM read r CROSS JOIN LATERAL (
        SELECT sum(w.idf * greatest(w.whole, %(part_weight)s * w.parts)) / nullif(sum(w.idf), 0)
                   AS words,
               sum(w.idf) FILTER (WHERE w.whole > 0 OR w.parts > 0.99 AND w.telling)
                   / nullif(sum(w.idf), 0)
                   AS coverage
        FROM (
            -- A word that the segmenter cut otherwise in the title still stands there.
            SELECT u.unit, u.idf, u.telling,
                   greatest(least(1.645 * ts_rank(%(field_weights)s::float4[], r.terms, u.query),
                                  u.most),
                            (u.whole_in_title AND position(u.term IN r.titles) > 0)::int,
                            -- ts_rank shares among the operands of OR; one of them is enough.
                            CASE WHEN r.terms @@ u.synonyms THEN %(synonym_weight)s * least(1,
                                1.645 * (numnode(u.synonyms) + 1) / 2
                                * ts_rank(%(field_weights)s::float4[], r.terms, u.synonyms))
                            END) AS whole,
                   CASE WHEN u.whole_in_title THEN coalesce((
                       SELECT sum(p.idf * (r.terms @@ p.query)::int) / nullif(sum(p.idf), 0)
                       FROM terms p WHERE p.unit = u.unit AND p.is_part), 0) ELSE 0 END AS parts
            -- OFFSET keeps the planner from asking for `whole` and `parts` at every mention above.
            FROM units u OFFSET 0
        ) w
    ) said
)"""


def kind_sql(query: Query, params: dict[str, Any]) -> str:
    """Whether a product is of the kind asked for: by its category, or by its title."""
    tests = []
    if query.kinds:
        params["kinds"] = list(query.kinds)
        tests.append("d.categories && %(kinds)s::bigint[]")
    if query.kind_words:
        params["kind_words"] = " | ".join(query.kind_words)
        tests.append("d.terms @@ %(kind_words)s::tsquery")
    return f"({' OR '.join(tests)})" if tests else "FALSE"


def wish_sql(query: Query, params: dict[str, Any]) -> str:
    """What share of the wished dimensions a product states, 0 to 1."""
    by_dimension: dict[str, list[str]] = {}
    for number, (dimension, code) in enumerate(query.wishes):
        params[f"wish_{number}"] = json.dumps({dimension: [code]})
        by_dimension.setdefault(dimension, []).append(f"d.facets @> %(wish_{number})s::jsonb")
    if not by_dimension:
        return "0"
    shares = [f"({' OR '.join(tests)})::int" for tests in by_dimension.values()]
    return f"({' + '.join(shares)}) / {len(shares)}.0"


UNITS = """
units AS MATERIALIZED (
    -- A word that stands nowhere weighs at most what the most telling of its parts weighs.
    SELECT u.unit, u.term, u.query, u.synonyms, p.count > 0 AS whole_in_title, p.telling,
           CASE WHEN u.term ~ '[\u3400-\u9fff]' THEN %(repeated)s ELSE 'infinity' END AS most,
           CASE WHEN u.documents = 0 AND p.count > 0 THEN least(u.idf, p.idf) ELSE u.idf END AS idf
    FROM terms u CROSS JOIN LATERAL (
        -- Two characters that stand somewhere apart are not the word.
        SELECT count(*) AS count, max(p.idf) AS idf, max(length(p.term)) > 1 AS telling FROM terms p
        WHERE p.unit = u.unit AND p.is_part) p
    WHERE NOT u.is_part
)"""

FUSED = """
SELECT product_id, merchant_id,
       %(words_weight)s * words
         + %(vector_weight)s * coalesce(greatest(0, 1 - (best.cosine - s.cosine) / %(spread)s), 0)
         + %(exact_weight)s * named::int + %(kind_weight)s * of_kind::int
         + %(wish_weight)s * wished AS score,
       words, coverage, s.cosine, named, of_kind
FROM scored s CROSS JOIN (SELECT max(cosine) AS cosine FROM scored) best
-- Beyond `spread` all vectors score zero; the nearer still comes first.
ORDER BY score DESC, s.cosine DESC NULLS LAST, product_id
LIMIT %(pool)s
"""
