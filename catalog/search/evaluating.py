"""Measure search on a judged catalogue through the product's own path.

For `manage.py evaluate_search`. The catalogue becomes a scratch shop: imported, indexed, encoded
and searched as any other, in one transaction that is never committed: nobody else sees it, and
whatever happens, nothing of it remains. Vectors are kept on disk by encoder and text, so that a
second run costs seconds.
"""

import csv
import hashlib
import json
import math
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from catalog.encoding import DocumentEncoder, encode_products
from catalog.feeds.importing import import_file
from catalog.indexing import index_products
from catalog.models import CatalogImport, Product
from catalog.search.constraining import Asked
from catalog.search.market import Market, forget, read_market
from catalog.search.measuring import ndcg, ndcg_judged, recall, reciprocal_rank
from catalog.search.searching import search
from catalog.search.understanding import understand
from catalog.text import language_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from shopguide.reading import BadFile, opened

MODES = ("lexical", "vector", "hybrid")
DEPTH = 240
Say = Callable[[str], None]


class QueryEncoder(DocumentEncoder, Protocol):
    """An encoder that also encodes queries."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode queries: (n,) -> (n, dimensions), unit length."""
        ...

    def encode_queries_twice(
        self, texts: Sequence[str]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Encode queries, and what their tokens were on the way: (n, dimensions), (n, hidden)."""
        ...


@dataclass(frozen=True)
class Judged:
    """Queries by id, and the grade of each judged product by query id."""

    queries: dict[str, str]
    grades: dict[str, dict[str, float]]


def evaluate(
    catalogue: Path,
    judged: Judged,
    *,
    encoder: QueryEncoder,
    cache: Path,
    modes: Sequence[str] = MODES,
    say: Say = lambda line: None,
) -> dict[str, dict[str, float]]:
    """Return the measures of each mode. Costs the encoding of what is not in the cache."""
    remembering = RememberingEncoder(encoder, cache)
    with scratch_shop(catalogue, remembering, say) as (market, skus):
        answer = {}
        for mode in modes:
            rankings = {
                key: rank(query, mode, market, skus, remembering)
                for key, query in judged.queries.items()
            }
            answer[mode] = measures(rankings, judged)
            say(f"{mode}: {answer[mode]}")
        return answer


def rank(
    query: str, mode: str, market: Market, skus: Mapping[int, str], encoder: "RememberingEncoder"
) -> list[str]:
    """Return the catalogue's ids in the order in which search shows them."""
    locale = "zh-hans" if language_of(query).language.startswith("zh") else "en"
    need = understand(query, vocabulary=market.vocabulary, locale=locale, currency="USD")
    vector = None
    if mode != "lexical":
        vector = encoder.encode_queries([need.sentence or need.query])[0].tolist()
    found = search(
        Asked(need=need, locale=locale, merchant=market.merchant, size=1, sort="relevance"),
        market,
        vector=vector,
        encoder_id=encoder.id,
        facets=False,
        words=mode != "vector",
    )
    return [skus[product] for product in found.ranked[:DEPTH]]


def measures(rankings: Mapping[str, list[str]], judged: Judged) -> dict[str, float]:
    """Return the means over queries that have a relevant product, and how many were declined."""
    answerable = [
        key for key in rankings if any(grade > 0 for grade in judged.grades[key].values())
    ]
    unanswerable = [key for key in rankings if key not in answerable]
    methods = {"ndcg@10": ndcg, "ndcg@10_judged": ndcg_judged, "mrr@10": reciprocal_rank}

    def mean(method: Callable[..., float]) -> float:
        values = [method(rankings[key], judged.grades[key]) for key in answerable]
        return round(sum(values) / len(values), 4) if values else 0.0

    return {
        **{name: mean(method) for name, method in methods.items()},
        "recall@50": mean(recall),
        "queries": len(rankings),
        "unanswerable": len(unanswerable),
        "declined": sum(not rankings[key] for key in unanswerable),
        "wrongly_declined": sum(not rankings[key] for key in answerable),
    }


@contextmanager
def scratch_shop(
    catalogue: Path, encoder: QueryEncoder, say: Say
) -> Iterator[tuple[Market, dict[int, str]]]:
    """Make a shop of the catalogue in a transaction of its own, rolled back at the end."""
    with transaction.atomic():
        try:
            yield made_of(catalogue, encoder, say)
        finally:
            transaction.set_rollback(True)
            forget()


def made_of(catalogue: Path, encoder: QueryEncoder, say: Say) -> tuple[Market, dict[int, str]]:
    """Import, index and encode the catalogue; return its market and the SKUs by product."""
    name = f"scratch-{uuid4().hex[:8]}"
    shop = Merchant.objects.create(slug=name, name_en=name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.jsonl"
        count = write_own_format(catalogue, path)
        say(f"{count} products read")
        with as_merchant(shop):
            job = CatalogImport.objects.create(
                merchant=shop, file=str(path), file_name=path.name, format="jsonl"
            )
        report = import_file(job, fetch=False)
    if report.failed:
        say(f"{report.failed} rows not taken, the first: {report.errors[0]}")
    index_products(shop, progress=lambda done: say(f"{done} products indexed"))
    encode_products(shop, encoder=encoder, progress=lambda done: say(f"{done} texts encoded"))
    forget()
    with as_merchant(shop):
        skus = dict(Product.objects.of(shop).values_list("pk", "sku"))
    return read_market(shop.pk, 0), skus


# --- Files -------------------------------------------------------------------------------------
TITLES = ("title", "name", "text")
BRANDS = ("brand", "supplier", "manufacturer")
BODIES = ("description", "short_description", "body", "content")
NOT_TEXT = ("id", "ean", "image", "img", "url", "date")
MOST_FACTS = 60


def write_own_format(source: Path, target: Path) -> int:
    """Write a JSONL or TSV catalogue as our own JSON Lines; return the number of products."""
    count = 0
    with target.open("w", encoding="utf-8") as lines:
        for entry in read_entries(source):
            lines.write(json.dumps(own_record(entry), ensure_ascii=False) + "\n")
            count += 1
    if not count:
        raise BadFile(f"{source.name} holds no product. Give JSON Lines, or lines of id⇥text.")
    return count


def read_entries(source: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries of a catalogue: JSON Lines with an ``id``, or ``id⇥text``."""
    with opened(source) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            if line.lstrip().startswith("{"):
                try:
                    entry = json.loads(line)
                except ValueError as error:
                    raise BadFile(f"{source.name}, line {number} is not JSON: {error}") from error
                if "id" not in entry:
                    raise BadFile(f"{source.name}, line {number} has no id. Give each product one.")
                yield entry
            else:
                key, tab, text = line.rstrip("\r\n").partition("\t")
                if not tab:
                    raise BadFile(f"{source.name}, line {number}: write id, a tab and the text.")
                yield {"id": key, "title": text}


def own_record(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as a record of our own format: known fields by name, the rest as facts."""
    title = first(entry, TITLES) or str(entry["id"])
    brand = first(entry, BRANDS)[:120]
    body = "\n".join(str(entry[name]) for name in BODIES if entry.get(name))
    language = "zh-hans" if language_of(title).language.startswith("zh") else "en"
    used = {*TITLES, *BRANDS, *BODIES, "price", "currency"}
    facts = {}
    for name, value in entry.items():
        plain = name.removeprefix("attr_t_").removeprefix("attr_n_").removeprefix("attr_b_")
        if name not in used and not plain.startswith(NOT_TEXT) and is_fact(value):
            facts[plain[:80]] = value
    model = entry.get("name")
    if model and str(model) != title:
        facts["model"] = str(model)[:80]
    return {
        "sku": str(entry["id"])[:100],
        "status": "live",
        "brand": brand,
        "title": {language: title[:500]},
        "description": {language: body},
        "attributes": dict(list(facts.items())[-MOST_FACTS:]),
    }


def is_fact(value: object) -> bool:
    """Tell whether a field says something a shopper could ask for."""
    return isinstance(value, str) and 0 < len(value) <= 80


def first(entry: Mapping[str, Any], names: Sequence[str]) -> str:
    """Return the first of these fields that says something."""
    return next((str(entry[name]).strip() for name in names if entry.get(name)), "")


def read_judged(queries: Path, qrels: Path) -> Judged:
    """Read queries and grades: TSV and TREC qrels, or one CSV ``query,docid,rating`` for both."""
    if queries == qrels or queries.name.removesuffix(".gz").removesuffix(".xz").endswith(".csv"):
        return read_judged_csv(qrels)
    asked: dict[str, str] = {}
    with opened(queries) as lines:
        for line in lines:
            key, tab, text = line.rstrip("\r\n").partition("\t")
            if tab:
                asked[key] = text
    grades: dict[str, dict[str, float]] = {key: {} for key in asked}
    with opened(qrels) as lines:
        for number, line in enumerate(lines, 1):
            parts = line.split()
            if len(parts) >= 4 and parts[0] in grades:
                grade = grade_of(parts[3], f"{qrels.name}, line {number}")
                grades[parts[0]][parts[2]] = grade
    judged = {key: text for key, text in asked.items() if grades[key]}
    if not judged:
        raise BadFile(f"No query of {queries.name} is judged in {qrels.name}. Check the ids.")
    return Judged(judged, grades)


def read_judged_csv(path: Path) -> Judged:
    """Read a CSV with the columns query, docid and rating."""
    grades: dict[str, dict[str, float]] = defaultdict(dict)
    with opened(path) as lines:
        rows = csv.DictReader(lines)
        if not {"query", "docid", "rating"} <= set(rows.fieldnames or ()):
            raise BadFile(f"{path.name} needs the columns query, docid and rating.")
        for row in rows:
            where = f"{path.name}, line {rows.line_num}"
            grades[row["query"]][row["docid"]] = grade_of(row["rating"], where)
    if not grades:
        raise BadFile(f"{path.name} holds no judgement.")
    return Judged({query: query for query in grades}, dict(grades))


def grade_of(written: str | None, where: str) -> float:
    """Return a grade as a finite number, 0 for none. Errors: BadFile."""
    try:
        grade = float(written or 0)
    except ValueError:
        grade = math.nan
    if not math.isfinite(grade):
        raise BadFile(f"{where}: “{written}” is not a grade. Write a number.")
    return grade


class RememberingEncoder:
    """An encoder whose vectors are kept in a file by encoder and text."""

    def __init__(self, encoder: QueryEncoder, path: Path) -> None:
        self.encoder, self.id, self.dimensions = encoder, encoder.id, encoder.dimensions
        path.mkdir(parents=True, exist_ok=True)
        self.store = sqlite3.connect(path / "vectors.sqlite3")
        self.store.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB)")

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode documents, each text once in its life: (n,) -> (n, dimensions)."""
        return self._remembered("document", texts, self.encoder.encode_documents)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode queries, each text once in its life: (n,) -> (n, dimensions)."""
        return self._remembered("query", texts, self.encoder.encode_queries)

    def encode_queries_twice(
        self, texts: Sequence[str]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Encode queries in both ways: (n,) -> (n, dimensions), (n, hidden)."""
        both = self._remembered(
            "query twice", texts,
            lambda fresh: np.concatenate(self.encoder.encode_queries_twice(fresh), axis=1),
        )  # fmt: skip
        return both[:, : self.dimensions], both[:, self.dimensions :]

    def _remembered(
        self,
        kind: str,
        texts: Sequence[str],
        encode: Callable[[Sequence[str]], NDArray[np.float32]],
    ) -> NDArray[np.float32]:
        keys = [
            hashlib.sha256(f"{self.id}\0{kind}\0{text}".encode("utf-8", "replace")).hexdigest()
            for text in texts
        ]
        known: dict[str, NDArray[np.float32]] = {}
        for key in keys:
            row = self.store.execute("SELECT vector FROM vectors WHERE key = ?", [key]).fetchone()
            if row:
                known[key] = np.frombuffer(row[0], np.float32)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            fresh = encode(list(missing.values())).astype(np.float32)
            known.update(zip(missing, fresh, strict=True))
            with self.store:
                self.store.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(key, known[key].tobytes()) for key in missing],
                )
        return np.stack([known[key] for key in keys])
