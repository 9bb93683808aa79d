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
UNJUDGED = 1500  # products without a judgment that stand between the judged ones

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
    """Read 4,498 titles, 80 queries and the one title known to answer each."""
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
    return titles, queries, grades


def english_products() -> tuple[dict[str, str], dict[str, str], Grades]:
    """Read the judged products and some others, the queries and their grades."""
    folder = SHARED / "chorus_icecat"
    grades: Grades = defaultdict(dict)
    with (folder / "judgments_dev45.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            grades[row["query"]][row["docid"]] = float(row["rating"])
    judged = {product for found in grades.values() for product in found}
    with lzma.open(folder / "products.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = dict(_product(json.loads(line)) for line in lines)
    others = sorted(set(texts) - judged)
    kept = judged & set(texts) | set(random.Random(1).sample(others, UNJUDGED))
    return {name: texts[name] for name in sorted(kept)}, {q: q for q in grades}, grades


def _product(row: dict[str, Any]) -> tuple[str, str]:
    text = f"{row.get('title') or ''} {row.get('short_description') or ''}"
    return str(row["id"]), text[:400]


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
