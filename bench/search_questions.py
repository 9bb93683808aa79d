"""The questions of ``bench.search`` by class, and the files from which the peers read them."""

import json
import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.search_corpus import Corpus

QUERIES = 16


@dataclass(frozen=True)
class Asked:
    """One question, for us and for the peers. ``mask``: name of the filter, None without."""

    text: str
    vector: int
    mask: str | None = None


def questions(
    made: Corpus, terms: Sequence[Sequence[str]]
) -> tuple[dict[str, list[Asked]], NDArray[np.float32]]:
    """Return queries by class, and their vectors: each near a product of the corpus."""
    chance, draw = random.Random(11), np.random.default_rng(11)
    rows = made.rows
    places = [chance.randrange(len(rows)) for _ in range(64)]
    noise = draw.normal(size=(64, made.vectors.shape[1])) * 0.5 / math.sqrt(made.vectors.shape[1])
    asked = made.vectors[places] + noise
    asked = (asked / np.linalg.norm(asked, axis=1, keepdims=True)).astype(np.float32)
    counted = Counter(word for document in terms for word in set(document))
    plain = {word: number for word, number in counted.items() if word.isalpha() and len(word) > 3}
    rare = sorted(word for word, number in plain.items() if number <= 3 and word.isascii())
    common = [word for word, _ in Counter(plain).most_common(12)]
    titles = [rows[place].title_en.split() for place in places]

    def of(texts: Callable[[int], str], mask: str | None = None) -> list[Asked]:
        return [Asked(texts(number), number, mask) for number in range(QUERIES)]

    def two(number: int) -> str:
        return " ".join(chance.sample(titles[number], 2))

    classes = {
        "rare word": of(lambda _: chance.choice(rare)),
        "common word": of(lambda number: common[number % len(common)]),
        "two words": of(two),
        "long sentence": of(lambda n: " ".join([*titles[n], *rows[places[n]].body.split()[:8]])),
        "Chinese words": of(lambda number: rows[places[number]].title_zh[:6]),
        "price below": of(two, "price"),
        "one brand of 100": of(two, "brand"),
        "vector only": of(lambda _: ""),
    }
    return classes, asked


def cheap(corpus_prices: Sequence[Decimal]) -> Decimal:
    """Return the price under which a fifth of the products are."""
    return sorted(corpus_prices)[len(corpus_prices) // 5]


def write(
    folder: Path,
    made: Corpus,
    terms: Sequence[Sequence[str]],
    classes: Mapping[str, Sequence[Asked]],
    asked: NDArray[np.float32],
) -> None:
    """Leave the corpus and the queries where the peers read them."""
    from catalog.text import query_terms

    np.save(folder / "vectors.npy", made.vectors)
    np.save(folder / "asked.npy", asked)
    limit = cheap([row.price for row in made.rows])
    np.savez(
        folder / "masks.npz",
        price=np.array([row.price <= limit for row in made.rows]),
        brand=np.array([row.brand == "Brand07" for row in made.rows]),
    )
    with (folder / "terms.jsonl").open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(document) + "\n" for document in terms)
    said = {
        name: [
            {"terms": query_terms(q.text) if q.text else [], "vector": q.vector, "mask": q.mask}
            for q in queries
        ]
        for name, queries in classes.items()
    }
    (folder / "queries.json").write_text(json.dumps(said), encoding="utf-8")
