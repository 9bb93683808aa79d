"""Rerankers: a query and a few documents in, a score for each out.

For the search verb, behind a setting, on the first candidates only: a cross-encoder reads query
and document together and costs a model pass a pair. Scores order documents for one query; they
mean nothing across queries, and are never shown.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.encoder import NumberFormat, clean
from shopguide.inference.errors import EncodingFailed

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class RerankerSpec:
    """Which reranker to build, and how to run it."""

    model: str | Path  # a transformers directory of a sequence classifier, or a hub id
    revision: str | None = None
    dtype: NumberFormat = "auto"
    device: str = "cpu"
    threads: int = 1
    offline: bool = True
    max_tokens: int = 512
    name: str = ""

    @property
    def label(self) -> str:
        """Name the model without its path, with its revision where one is pinned."""
        name = self.name or Path(str(self.model)).name
        return f"{name}@{self.revision}" if self.revision else name


class Reranker(ABC):
    """Judge how well documents answer a query. Safe to share between threads."""

    id: str

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def score(self, query: str, documents: Sequence[str]) -> Scores:
        """Score each document for the query: n documents -> (n,), higher is better.

        Errors: EncodingFailed when a score is not finite. Cost: one model pass a document.
        """
        if isinstance(documents, str):
            raise TypeError("documents is a sequence of strings, not one string")
        if not documents:
            return np.zeros(0, np.float32)
        with self._lock:
            scores = self._score(clean(query), [clean(document) for document in documents])
        if not np.isfinite(scores).all():
            raise EncodingFailed("The reranker returned a score that is not a number.")
        return scores

    @abstractmethod
    def _score(self, query: str, documents: list[str]) -> Scores:
        """Score cleaned, non-empty documents: (n,)."""
