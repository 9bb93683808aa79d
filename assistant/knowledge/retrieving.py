"""Find the passages that may answer a question, and say of each how well its words and sense fit.

Three statements. The first takes the shops' passages in a language, looks which of the things asked
for each one says, and how near its parts lie; the best by words and the best by sense are
candidates. The others read the sentences of those few. It decides nothing: `judging` does. A
shop's knowledge is small, so no vector index is asked: 325 parts of one shop take some 12 ms,
3,800 of eight some 35 ms, on a busy machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import connection

from assistant.knowledge.units import Unit, units_of
from catalog.indexing.words import Words
from catalog.models.embedding import quoted, vector_literal

CANDIDATES = 24
READ = 6  # candidates whose sentences are read


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and its signs. ``said``: share of what was asked for that it says, by rarity.

    ``titled``: the same of its title and other ways to ask; ``asked``, ``whole``, ``sentence``:
    cosines of its nearest way to ask, of all of it, of its nearest sentence; 0 without a vector.
    """

    pk: int
    article: int
    version: int
    merchant: int
    slug: str
    kind: str
    language: str
    title: str
    heading: str
    text: str
    said: float
    titled: float
    asked: float
    whole: float
    sentence: float
    units: tuple[bool, ...]
    ahead: float  # of the best passage of another article, by score
    score: float = 0.0

    @property
    def sense(self) -> float:
        """Return the mean of the cosines: near in all ways is surer than very near in one."""
        return (self.asked + self.whole + self.sentence) / 3


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a candidate: its place in the passage's text, its signs."""

    passage: int
    start: int
    end: int
    cosine: float
    units: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a question brings up, best first; ``mean``, ``spread``: cosines of all passages."""

    units: tuple[Unit, ...]
    rarity: tuple[float, ...]
    candidates: tuple[Candidate, ...]
    lines: tuple[Line, ...]
    scope: int
    mean: float
    spread: float


def retrieve(
    question: str,
    *,
    merchants: Sequence[int],
    language: str,
    vector: Sequence[float] | None,
) -> Found:
    """Find candidates among the passages of these shops in a language, best first."""
    units = units_of(question)
    params: dict[str, Any] = {
        "merchants": list(merchants),
        "language": language,
        "places": list(range(len(units))),
        "queries": [unit.query for unit in units],
        "most": CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_passages_sql(vector, params), params)
        rows = cursor.fetchall()
    if not rows:
        return Found(tuple(units), (), (), (), 0, 0.0, 0.0)
    scope, counts, mean, spread = rows[0][-4:]
    rarity = tuple(math.log(1 + (scope - n + 0.5) / (n + 0.5)) for n in counts)
    candidates = ranked([_candidate(row, rarity) for row in rows], with_sense=vector is not None)
    lines = _lines(candidates[:READ], units, vector)
    return Found(
        tuple(units), rarity, candidates, lines, scope, float(mean or 0), float(spread or 0)
    )


def _passages_sql(vector: Sequence[float] | None, params: dict[str, Any]) -> str:
    near = NOTHING
    if vector is not None:
        params["vector"] = vector_literal(vector)
        size = len(vector)
        cosine = f"max(1 - (v.vector::halfvec({size}) <=> %(vector)s::halfvec({size})))"
        near = (
            f"SELECT s.id, coalesce({cosine} FILTER (WHERE part.role = 'asked'), 0) AS asked,"
            f" coalesce({cosine} FILTER (WHERE part.role = 'whole'), 0) AS whole,"
            f" coalesce({cosine} FILTER (WHERE part.role = 'sentence'), 0) AS sentence"
            " FROM scope s JOIN assistant_passagepart part ON part.passage_id = s.id"
            " JOIN assistant_partvector v ON v.part_id = part.id"
            f" AND v.text_hash = part.text_hash AND v.encoder_id = {_encoder()} GROUP BY s.id"
        )
    return f"""
WITH asked AS MATERIALIZED (
    SELECT a.place, a.query::tsquery AS query
    FROM unnest(%(places)s::int[], %(queries)s::text[]) AS a(place, query)
), scope AS MATERIALIZED (
    SELECT p.*, m.slug FROM assistant_passage p
    JOIN accounts_merchant m ON m.id = p.merchant_id AND m.suspended_at IS NULL
    WHERE p.merchant_id = ANY(%(merchants)s) AND p.language = %(language)s
), hits AS MATERIALIZED (
    SELECT s.id, a.place FROM scope s JOIN asked a ON s.terms @@ a.query
), near AS MATERIALIZED ({near}
), counted AS (
    SELECT (SELECT count(*) FROM scope) AS scope,
           array(SELECT (SELECT count(*) FROM hits h WHERE h.place = a.place)
                 FROM asked a ORDER BY a.place) AS counts,
           (SELECT avg((asked + whole + sentence) / 3) FROM near) AS mean,
           (SELECT stddev_pop((asked + whole + sentence) / 3) FROM near) AS spread
), chosen AS (
    (SELECT id FROM hits GROUP BY id ORDER BY count(*) DESC, id LIMIT %(most)s)
    UNION
    (SELECT id FROM near ORDER BY asked + whole + sentence DESC, id LIMIT %(most)s)
)
SELECT s.id, s.article_id, s.version, s.merchant_id, s.slug, s.kind, s.language, s.title,
       s.heading, s.text,
       array(SELECT s.terms @@ a.query FROM asked a ORDER BY a.place) AS units,
       array(SELECT ts_filter(s.terms, '{{a,b}}') @@ a.query FROM asked a ORDER BY a.place)
           AS titled,
       n.asked, n.whole, n.sentence, c.scope, c.counts, c.mean, c.spread
FROM chosen JOIN scope s USING (id) LEFT JOIN near n USING (id) CROSS JOIN counted c
"""


NOTHING = """
SELECT NULL::bigint AS id, NULL::float8 AS asked, NULL::float8 AS whole, NULL::float8 AS sentence
WHERE FALSE"""


def _encoder() -> str:
    return quoted(settings.ENCODER_ID).replace("%", "%%")


def _candidate(row: tuple[Any, ...], rarity: tuple[float, ...]) -> Candidate:
    pk, article, version, merchant, slug, kind, language, title, heading, text = row[:10]
    units, titled = tuple(row[10]), tuple(row[11])
    asked, whole, sentence = (float(one or 0) for one in row[12:15])
    return Candidate(
        pk, article, version, merchant, slug, kind, language, title, heading, text,
        said=share(units, rarity), titled=share(titled, rarity), asked=asked, whole=whole,
        sentence=sentence, units=units, ahead=0.0,
    )  # fmt: skip


def share(units: Sequence[bool], rarity: Sequence[float]) -> float:
    """Return how much of what was asked for is said, rare things counting more: 0 to 1."""
    total = sum(rarity)
    return sum(w for one, w in zip(units, rarity, strict=True) if one) / total if total else 0.0


# Of 248 questions with an answer, .5 words and the best cosine find 219 first, the mean of the
# cosines 221, with .4 for words 223.
WORDS, TITLES, SENSE, SPREAD = 0.3, 0.1, 0.6, 0.08


def ranked(candidates: list[Candidate], *, with_sense: bool) -> tuple[Candidate, ...]:
    """Order by words and sense together, each from 0 to 1; note how far each is ahead."""
    best = max((one.sense for one in candidates), default=0.0)

    def score(one: Candidate) -> float:
        words = (WORDS * one.said + TITLES * one.titled) / (WORDS + TITLES)
        if not with_sense or not best:
            return words
        sense = max(0.0, 1 - (best - one.sense) / SPREAD)
        return (WORDS + TITLES) * words + SENSE * sense

    scored = sorted(
        (replace(one, score=score(one)) for one in candidates), key=lambda one: (-one.score, one.pk)
    )
    others = {
        one.pk: max((two.score for two in scored if two.article != one.article), default=0.0)
        for one in scored[:READ]
    }
    return tuple(replace(one, ahead=one.score - others.get(one.pk, one.score)) for one in scored)


def _lines(
    candidates: Sequence[Candidate], units: Sequence[Unit], vector: Sequence[float] | None
) -> tuple[Line, ...]:
    """Read the sentences of some candidates: by their vectors, and which things each says."""
    texts = {one.pk: one.text for one in candidates}
    params: dict[str, Any] = {"passages": list(texts), "encoder": settings.ENCODER_ID}
    cosine = "NULL::float8"
    if vector is not None:
        params["vector"] = vector_literal(vector)
        cosine = f"1 - (v.vector::halfvec({len(vector)}) <=> %(vector)s::halfvec({len(vector)}))"
    with connection.cursor() as cursor:
        cursor.execute(SENTENCES.format(cosine=cosine), params)
        rows = cursor.fetchall()
        literals = [_literal(texts[passage][start:end]) for passage, start, end, _near in rows]
        queries = [unit.query for unit in units]
        cursor.execute(SAID, {"literals": literals, "queries": queries})
        said = cursor.fetchall()
    return tuple(
        Line(passage, start, end, float(near or 0), tuple(units))
        for (passage, start, end, near), (units,) in zip(rows, said, strict=True)
    )


def _literal(text: str) -> str:
    words = Words()
    words.add("D", text)
    return words.literal()


SENTENCES = """
SELECT part.passage_id, part.start, part."end", {cosine}
FROM assistant_passagepart part
LEFT JOIN assistant_partvector v ON v.part_id = part.id
     AND v.text_hash = part.text_hash AND v.encoder_id = %(encoder)s
WHERE part.passage_id = ANY(%(passages)s) AND part.role = 'sentence'
ORDER BY part.id
"""
SAID = """
SELECT array(SELECT l.literal::tsvector @@ q.query::tsquery
             FROM unnest(%(queries)s::text[]) WITH ORDINALITY AS q(query, place) ORDER BY q.place)
FROM unnest(%(literals)s::text[]) WITH ORDINALITY AS l(literal, place) ORDER BY l.place
"""
