"""What a number format costs in search quality: vectors alone, on the shared data sets."""

import csv
import gzip
import json
import lzma
import math
import os
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SHOPGUIDE_SHARED_DATA", ROOT.parent / "shared" / "data"))
# Enough to tell formats apart in a minute or two; the product's own search quality is measured
# on everything by ``manage.py evaluate_search``.
OTHER_TITLES = 1000
ENGLISH_QUERIES = 15
OTHER_PRODUCTS = 200
LONGEST = 200

Grades = dict[str, dict[str, float]]


def score(encoder: Any) -> dict[str, float]:
    """Rank by cosine and score: MRR@10 on Chinese titles, nDCG@10 on English products."""
    found: dict[str, float] = {}
    if (SHARED / "multicpr_ecom_mini_zh").is_dir():
        ranked, grades = rank(encoder, *chinese_titles())
        found["zh mrr@10"] = mean(reciprocal_rank(ranked[q], grades[q]) for q in grades)
    if (SHARED / "chorus_icecat").is_dir():
        ranked, grades = rank(encoder, *english_products())
        relevant = [q for q in grades if any(grade > 0 for grade in grades[q].values())]
        found["en ndcg@10"] = mean(ndcg(ranked[q], grades[q]) for q in relevant)
    return found


def chinese_titles() -> tuple[dict[str, str], dict[str, str], Grades]:
    """Read titles, 80 queries and the one title known to answer each."""
    folder = SHARED / "multicpr_ecom_mini_zh"
    with gzip.open(folder / "corpus.tsv.gz", "rt", encoding="utf-8") as file:
        titles = dict(line.rstrip("\n").split("\t", 1) for line in file)
    with (folder / "queries.dev80.tsv").open(encoding="utf-8") as file:
        queries = dict(line.rstrip("\n").split("\t", 1) for line in file)
    grades: Grades = defaultdict(dict)
    with (folder / "qrels.dev80.tsv").open(encoding="utf-8") as file:
        for line in file:
            query, _, title, grade = line.split()
            grades[query][title] = float(grade)
    right = {title for found in grades.values() for title in found}
    kept = _kept(titles, right, OTHER_TITLES)
    return kept, {query: queries[query] for query in grades}, grades


def english_products() -> tuple[dict[str, str], dict[str, str], Grades]:
    """Read the judged products and some others, the queries and their grades."""
    folder = SHARED / "chorus_icecat"
    grades: Grades = defaultdict(dict)
    with (folder / "judgments_dev45.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            grades[row["query"]][row["docid"]] = float(row["rating"])
    grades = {query: grades[query] for query in sorted(grades)[:ENGLISH_QUERIES]}
    judged = {product for found in grades.values() for product in found}
    with lzma.open(folder / "products.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = dict(_product(json.loads(line)) for line in lines)
    return _kept(texts, judged, OTHER_PRODUCTS), {q: q for q in grades}, grades


def _kept(texts: dict[str, str], wanted: set[str], others: int) -> dict[str, str]:
    """Keep what is judged, and some that stand between."""
    rest = random.Random(1).sample(sorted(set(texts) - wanted), others)
    return {name: texts[name] for name in sorted(wanted & set(texts)) + rest}


def _product(row: dict[str, Any]) -> tuple[str, str]:
    text = f"{row.get('title') or ''} {row.get('short_description') or ''}"
    return str(row["id"]), text[:LONGEST]


def rank(
    encoder: Any, documents: dict[str, str], queries: dict[str, str], grades: Grades
) -> tuple[dict[str, list[str]], Grades]:
    """Rank all documents for each query; the ten best."""
    names = list(documents)
    vectors = encoder.encode_documents(["passage: " + documents[name] for name in names])
    asked = encoder.encode_documents(["query: " + query for query in queries.values()])
    best = np.argsort(-(asked @ vectors.T), axis=1)[:, :10]
    rows = zip(queries, best, strict=True)
    return {query: [names[index] for index in row] for query, row in rows}, grades


def reciprocal_rank(ranked: list[str], grades: dict[str, float]) -> float:
    """Score the first right answer: 1 at rank 1, 1/2 at rank 2, 0 below rank 10."""
    places = (place for place, name in enumerate(ranked, 1) if grades.get(name, 0) > 0)
    return 1 / next(places, math.inf)


def ndcg(ranked: list[str], grades: dict[str, float]) -> float:
    """Score the first ten by graded gain 2^r - 1; unjudged counts as 0."""
    ideal = sorted(grades.values(), reverse=True)[:10]
    return _gain(grades.get(name, 0) for name in ranked) / (_gain(iter(ideal)) or 1)


def _gain(grades: Iterator[float]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def mean(values: Iterator[float]) -> float:
    """Average; not a number of nothing."""
    found = list(values)
    return sum(found) / len(found) if found else math.nan
