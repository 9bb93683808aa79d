"""Encoders and rerankers that need no weights: for tests, and for looking at pages without models.

They keep the contract of the real ones (``tests/shopguide/inference/contract.py`` runs on both):
deterministic on every platform, similar texts near, Chinese as well as English. They understand
words and spellings and nothing more, so no claim about relevance may rest on them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.encoder import Encoder, EncoderSpec, Vectors, clean
from shopguide.inference.rerank import Reranker

WORD = re.compile(r"[^\W_]+")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
WORD_WEIGHT, PART_WEIGHT = 2.0, 0.5
BASE_WEIGHT = 0.05  # so that a text without a single letter has a direction too


class FakeEncoder(Encoder):
    """Hash words and pieces of words into signed buckets."""

    def __init__(self, dimensions: int = 384, *, name: str = "fake") -> None:
        super().__init__(EncoderSpec(model=name, dimensions=dimensions, name=name))
        self.id = name

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words and Han characters, and two for the ends."""
        return [2 + len(list(_words(clean(text)))) for text in texts]

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimensions, np.float32)
        vector[0] = BASE_WEIGHT
        for word in _words(text):
            self._add(vector, word, WORD_WEIGHT)
            for part in _parts(word):
                self._add(vector, part, PART_WEIGHT)
        return vector

    def _add(self, vector: NDArray[np.float32], feature: str, weight: float) -> None:
        digest = int.from_bytes(blake2b(feature.encode(), digest_size=8).digest(), "little")
        # The first bucket is the base's alone: no sum of features can cancel it.
        bucket = 1 + (digest >> 1) % (self.dimensions - 1)
        vector[bucket] += weight if digest & 1 else -weight


class FakeReranker(Reranker):
    """Score a document by the share of the query's words and pieces that it has."""

    id = "fake-reranker"

    def _score(self, query: str, documents: list[str]) -> NDArray[np.float32]:
        wanted = _features(query)
        found = [len(wanted & _features(document)) for document in documents]
        return np.array(found, np.float32) / np.float32(max(1, len(wanted)))


def _features(text: str) -> set[str]:
    return {feature for word in _words(text) for feature in (word, *_parts(word))}


def _words(text: str) -> Iterator[str]:
    """Yield folded words; a run of Han characters yields each character and each pair."""
    for match in WORD.finditer(unicodedata.normalize("NFKC", text).casefold()):
        word = match.group()
        if not HAN.search(word):
            yield word
            continue
        yield from word
        yield from (word[i : i + 2] for i in range(len(word) - 1))


def _parts(word: str) -> Iterator[str]:
    """Yield the trigrams of a marked word, so that forms and typos of it stay near."""
    if len(word) < 3 or HAN.search(word):
        return
    marked = f"^{word}$"
    yield from (marked[i : i + 3] for i in range(len(marked) - 2))
