"""Encoders: texts in, unit vectors out.

For tasks and commands that search, index or compare texts. ``Encoder`` is the seam: everything
public is built here over one abstract method, ``_encode``. An encoder never pads in public,
never lets one text's neighbours change its vector, and never downloads when ``offline``.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.errors import EncodingFailed, ModelUnsupported

if TYPE_CHECKING:
    from shopguide.inference.states import TokenStates
    from shopguide.inference.upper import Upper

Vectors = NDArray[np.float32]
NumberFormat = Literal["auto", "fp32", "bf16", "int8"]
QueryRuntime = Literal["torch", "ctranslate2"]


@dataclass(frozen=True)
class EncoderSpec:
    """Which encoder to build, and how to run it."""

    model: str | Path  # a transformers directory, or a hub id
    dimensions: int
    revision: str | None = None
    query_prompt: str = ""
    document_prompt: str = ""
    dtype: NumberFormat = "auto"
    device: str = "cpu"  # "cpu", "cuda", "cuda:1"
    threads: int = 1
    offline: bool = True
    max_tokens: int = 512
    query_runtime: QueryRuntime = "torch"  # ctranslate2: short queries in 0.4 of the time
    name: str = ""  # what the id starts with; the directory's or the hub's name by default

    @property
    def label(self) -> str:
        """Name the model without its path, with its revision where one is pinned."""
        name = self.name or Path(str(self.model)).name
        return f"{name}@{self.revision}" if self.revision else name


class Encoder(ABC):
    """Turn texts into unit vectors; texts about the same thing lie close together.

    ``id`` is stored with every vector: only vectors with the same id may be compared.
    Safe to share between threads: one text batch runs at a time.
    """

    id: str
    dimensions: int

    def __init__(self, spec: EncoderSpec) -> None:
        self.spec = spec
        self.dimensions = spec.dimensions
        self._lock = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode what people ask: n texts -> (n, dimensions), each row of unit length."""
        return self._vectors(texts, self.spec.query_prompt)

    def encode_queries_twice(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Encode what people ask, and what its tokens were on the way there.

        n texts -> (n, dimensions) as `encode_queries` gives them, and (n, hidden): each text's mean
        token after two thirds of the layers, which knows more of how a thing is said. It has no
        columns where an encoder shows no layers.
        """
        vectors = self.encode_queries(texts)
        return vectors, np.zeros((len(vectors), 0), np.float32)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode what is to be found: n texts -> (n, dimensions), each row of unit length."""
        return self._vectors(texts, self.spec.document_prompt)

    def upper(self, *, layers: int, labels: int, most: int, seed: int) -> Upper | None:
        """Lend a copy of the uppermost layers to be trained on; None where that is not built."""
        return None

    def token_states(
        self,
        texts: Sequence[str],
        *,
        layer: int,
        most: int,
        path: Path | None = None,
        progress: Callable[[int], None] = lambda done: None,
        asked: bool = False,
    ) -> TokenStates:
        """Compute documents' tokens after ``layer`` layers, each text cut to ``most`` tokens.

        ``asked``: texts are queries. Kept in memory or in the file ``path``. Errors:
        ModelUnsupported where that is not built.
        """
        raise ModelUnsupported(
            f"{self.id} does not show its layers.", remedy="Train the head again."
        )

    @abstractmethod
    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens that each text costs as a document, after truncation."""

    @abstractmethod
    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        """Encode cleaned, non-empty batches: n texts -> (n, at least dimensions), any length."""

    def _vectors(self, texts: Sequence[str], prompt: str) -> Vectors:
        if isinstance(texts, str):
            raise TypeError("texts is a sequence of strings, not one string")
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        with self._lock:
            raw = self._encode([clean(text) for text in texts], prompt)
        return unit_rows(raw[:, : self.dimensions])


def clean(text: str) -> str:
    """Drop what no tokenizer can take (lone surrogates) and needless white space."""
    return " ".join(text.encode("utf-8", "ignore").decode("utf-8").split())


def unit_rows(vectors: Vectors) -> Vectors:
    """Scale every row to unit length: (n, d) -> (n, d).

    Errors: EncodingFailed when a row is zero or not finite, for it has no direction.
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths == 0).any():
        raise EncodingFailed("The model returned a vector without a direction.")
    return np.ascontiguousarray(vectors / lengths, dtype=np.float32)
