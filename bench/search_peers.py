"""The peers of ``bench.search``, in the peers' environment: bm25s, tantivy, hnswlib in process.

Reads one JSON command a line and answers with one: ``load`` a corpus, ``run`` a class of queries,
``near`` for recall. All get the product's own terms, filters as ready masks, and vectors as arrays,
so that only searching is timed. Scores are fused as the product does it: a weighted sum of scaled
scores over the union of both candidate lists.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bm25s
import hnswlib
import numpy as np
import tantivy

NEAR, WORDS, TOP = 200, 200, 50
EXACT_BELOW = 2_000
WORDS_WEIGHT, VECTOR_WEIGHT, SPREAD = 0.6, 0.4, 0.12
Ids = Any
Found = tuple[Any, Any]


class Peers:
    """Both word engines and the vector index over one corpus."""

    def load(self, folder: str) -> dict[str, float]:
        """Build the indexes; return the seconds that each took."""
        path = Path(folder)
        self.vectors = np.load(path / "vectors.npy")
        lines = path.joinpath("terms.jsonl").read_text("utf-8").splitlines()
        terms = [json.loads(line) for line in lines]
        self.classes = json.loads(path.joinpath("queries.json").read_text("utf-8"))
        self.asked = np.load(path / "asked.npy")
        self.masks = dict(np.load(path / "masks.npz"))
        self.allowed = {name: np.flatnonzero(mask) for name, mask in self.masks.items()}
        return {
            "bm25s": timed(lambda: self._bm25s(terms)),
            "tantivy": timed(lambda: self._tantivy(terms)),
            "hnswlib": timed(self._hnswlib),
        }

    def _bm25s(self, terms: list[list[str]]) -> None:
        ids: dict[str, int] = {}
        coded = [[ids.setdefault(term, len(ids)) for term in document] for document in terms]
        self.ids, self.bm25 = ids, bm25s.BM25()
        self.bm25.index((coded, ids), show_progress=False)

    def _tantivy(self, terms: list[list[str]]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True, fast=True)
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        self.schema = builder.build()
        self.tantivy = tantivy.Index(self.schema)
        writer = self.tantivy.writer(heap_size=200_000_000, num_threads=1)
        for number, document in enumerate(terms):
            writer.add_document(tantivy.Document(id=number, terms=" ".join(document)))
        writer.commit()
        writer.wait_merging_threads()
        self.tantivy.reload()
        self.searcher = self.tantivy.searcher()

    def _hnswlib(self) -> None:
        self.hnsw = hnswlib.Index(space="cosine", dim=self.vectors.shape[1])
        self.hnsw.init_index(len(self.vectors), M=16, ef_construction=64)
        self.hnsw.set_num_threads(1)
        self.hnsw.add_items(self.vectors)
        self.hnsw.set_ef(NEAR)

    def by_bm25s(self, terms: list[str], name: str | None) -> Found:
        """Return the best documents by bm25s and their scores."""
        known = [self.ids[term] for term in terms if term in self.ids]
        if not known:
            return np.empty(0, np.int64), np.empty(0)
        scores = self.bm25.get_scores_from_ids(known)
        if name:
            scores = scores * self.masks[name]
        best = np.argpartition(-scores, WORDS)[:WORDS] if len(scores) > WORDS else scores.argsort()
        best = best[scores[best] > 0]
        return best, scores[best]

    def by_tantivy(self, terms: list[str], name: str | None) -> Found:
        """Return the best documents by tantivy and their scores; a filter takes more of them."""
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self.schema, "terms", term))
                for term in terms
            ]
        )
        depth = WORDS if name is None else min(len(self.vectors), 20 * WORDS)
        hits = self.searcher.search(query, depth, count=False).hits
        if not hits:
            return np.empty(0, np.int64), np.empty(0)
        ids = self.searcher.fast_field_values("id", [address for _, address in hits])
        found, scores = np.array(ids), np.array([score for score, _ in hits])
        kept = self.masks[name][found] if name else slice(None)
        return found[kept][:WORDS], scores[kept][:WORDS]

    def near(self, vector: Any, name: str | None) -> Found:
        """Return the nearest documents: exactly among few, else by the index."""
        if name and len(self.allowed[name]) <= EXACT_BELOW:
            few = self.allowed[name]
            cosines = self.vectors[few] @ vector
            best = np.argsort(-cosines)[:NEAR]
            return few[best], cosines[best]
        depth = NEAR if name is None else min(len(self.vectors), 5 * NEAR)
        self.hnsw.set_ef(depth)
        labels, distances = self.hnsw.knn_query(vector, k=depth)
        found, cosines = labels[0].astype(np.int64), 1 - distances[0]
        kept = self.masks[name][found] if name else slice(None)
        return found[kept][:NEAR], cosines[kept][:NEAR]

    def hybrid(self, words: Callable[..., Found], query: dict[str, Any]) -> list[int]:
        """Fuse words and vector over the union of their candidates; return the best."""
        vector, name = self.asked[query["vector"]], query["mask"]
        near, _cosines = self.near(vector, name)
        if not query["terms"]:
            return list(near[:TOP])
        said, scores = words(query["terms"], name)
        union = np.union1d(said, near)
        cosines = self.vectors[union] @ vector
        total = VECTOR_WEIGHT * np.clip(1 - (cosines.max() - cosines) / SPREAD, 0, None)
        if len(said):
            total[np.searchsorted(union, said)] += WORDS_WEIGHT * scores / scores.max()
        return list(union[np.argsort(-total)[:TOP]])

    def run(self, way: str, name: str) -> list[float]:
        """Time each query of a class: seconds."""
        words = {"bm25s": self.by_bm25s, "tantivy": self.by_tantivy}[way]
        return [timed(lambda q=query: self.hybrid(words, q)) for query in self.classes[name]]

    def recall(self) -> list[list[int]]:
        """Return what the vector index finds for the first queries."""
        return [
            [int(one) for one in self.near(vector, None)[0][:TOP]] for vector in self.asked[:50]
        ]


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds that ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Answer commands until the input ends."""
    peers = Peers()
    answers = {"load": peers.load, "run": peers.run, "recall": peers.recall}
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        print(json.dumps(answers[command](*arguments)), flush=True)


if __name__ == "__main__":
    main()
