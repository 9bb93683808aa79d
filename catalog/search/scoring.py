"""The second half of the statement: every candidate scored by its words and by its vector.

For `retrieving`, which finds the candidates. It never looks at prices or taste.
"""

from __future__ import annotations

import json
from typing import Any

from catalog.models.embedding import quoted
from catalog.search.signs import Query, Weights


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
    by_place, by_title, mentions = kind_sql(query, params)
    either = "(r.by_place OR r.by_title)::int"
    kindness = "(r.by_place::int + r.by_title::int) / 2.0" if query.wider else either
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
           d.length, {cosine} AS cosine, {named} AS named,
           {by_place} AS by_place, {by_title} AS by_title, {mentions} AS mentions,
           {wished} AS wished
    FROM candidates JOIN catalog_searchdocument d USING (product_id)
), scored AS MATERIALIZED (
    SELECT r.product_id, r.merchant_id, r.cosine, r.named, r.by_place,
           r.by_place OR r.by_title AS of_kind, {kindness} AS kindness, r.mentions, r.wished,
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


def kind_sql(query: Query, params: dict[str, Any]) -> tuple[str, str, str]:
    """Whether a product is of the kind asked for by its category, by its title, by any mention."""
    by_place, by_title, mentions = "FALSE", "FALSE", "FALSE"
    if query.kinds:
        params["kinds"] = list(query.kinds)
        by_place = "d.categories && %(kinds)s::bigint[]"
    if query.kind_words:
        params["kind_anywhere"] = " | ".join(query.kind_words).replace(":A", "")
        by_title = "d.terms @@ %(kind_words)s::tsquery"
        mentions = "d.terms @@ %(kind_anywhere)s::tsquery"
    return by_place, by_title, mentions


# A product that states others of these, and not the one asked for, is for something else.
EXCLUSIVE = frozenset({"season"})


def wish_sql(query: Query, params: dict[str, Any]) -> str:
    """What share of the wished dimensions a product states, less what it contradicts: −1 to 1."""
    by_dimension: dict[str, list[str]] = {}
    for number, (dimension, code) in enumerate(query.wishes):
        params[f"wish_{number}"] = json.dumps({dimension: [code]})
        by_dimension.setdefault(dimension, []).append(f"d.facets @> %(wish_{number})s::jsonb")
    if not by_dimension:
        return "0::float8"
    shares = [
        f"CASE WHEN {' OR '.join(tests)} THEN 1"
        + (f" WHEN d.facets ? '{dimension}' THEN -1" if dimension in EXCLUSIVE else "")
        + " ELSE 0 END"
        for dimension, tests in by_dimension.items()
    ]
    return f"({' + '.join(shares)}) / {len(shares)}::float8"


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
         + %(exact_weight)s * named::int + %(kind_weight)s * kindness
         + %(wish_weight)s * wished AS score,
       words, coverage, s.cosine, named, of_kind, mentions, wished, by_place
FROM scored s CROSS JOIN (SELECT max(cosine) AS cosine FROM scored) best
-- Beyond `spread` all vectors score zero; the nearer still comes first.
ORDER BY score DESC, s.cosine DESC NULLS LAST, product_id
LIMIT %(pool)s
"""
