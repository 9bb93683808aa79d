"""Put a text on one of several labels, by vocabulary, by words and, where given, by vectors.

For categories of imported products and other small label sets. Vectors are an argument: the
pipeline itself loads no model. It never answers with a label that was not offered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from catalog.lexicon import lexicon
from catalog.text.terms import query_terms

MODEL_VERSION = "classify-lexicon-1"
_KIND_WEIGHT, _TERM_WEIGHT, _VECTOR_WEIGHT = 1.0, 0.6, 1.2
_TEMPERATURE = 0.25
_HEAD_ENDS = (" for ", " with ", ", ", " - ", "适用")


@dataclass(frozen=True, slots=True)
class Classification:
    """The best label (None where nothing speaks for any), shares of all labels, and the version."""

    label: str | None
    confidence: float
    scores: dict[str, float]
    model_version: str = MODEL_VERSION


def classify(
    text: str,
    labels: Mapping[str, Sequence[str]],
    *,
    vector: NDArray[np.float32] | None = None,
    centroids: Mapping[str, NDArray[np.float32]] | None = None,
) -> Classification:
    """Choose among ``labels``, each with the names it goes by in any language.

    ``vector`` and ``centroids``: (d,), unit length, by one encoder; they add cosine similarity
    and its name to the model version. Cost: one lexicon match, about 0.4 ms.
    """
    head = _head(text)
    kinds, terms = _kinds(head), frozenset(query_terms(head))
    raw = {label: _vocabulary_score(kinds, terms, tuple(names)) for label, names in labels.items()}
    version = MODEL_VERSION
    if vector is not None and centroids:
        version += "+centroids"
        for label in labels:
            if label in centroids:
                raw[label] += _VECTOR_WEIGHT * float(np.dot(vector, centroids[label]))
    if not raw or max(raw.values()) <= 0:
        return Classification(None, 0.0, dict.fromkeys(labels, 0.0), version)
    scores = _shares(raw)
    best = max(scores, key=lambda label: scores[label])
    return Classification(best, scores[best], scores, version)


def _head(text: str) -> str:
    """Cut off what a product is for or comes with: "case for iPhone" is a case, no phone."""
    lowered = text.lower()
    places = [place for sign in _HEAD_ENDS if (place := lowered.find(sign)) > 0]
    head = text[: min(places, default=len(text))]
    return head if _kinds(head) else text


@lru_cache(maxsize=4096)
def _kinds(text: str) -> tuple[str, ...]:
    """List the product types named in a text, last first: the head of a title stands last."""
    spans = [span for span in lexicon().match(text) if span.dimension == "category"]
    return tuple(dict.fromkeys(span.code for span in reversed(spans)))


def _vocabulary_score(
    kinds: tuple[str, ...], terms: frozenset[str], names: tuple[str, ...]
) -> float:
    return max((_name_score(kinds, terms, name) for name in names), default=0.0)


def _name_score(kinds: tuple[str, ...], terms: frozenset[str], name: str) -> float:
    """Score one name: same or wider product type, then shared words."""
    offered = _kinds(name)
    score = 0.0
    for rank, kind in enumerate(kinds):
        wider = (kind, *lexicon().dimension("category").ancestors(kind))
        for distance, code in enumerate(wider):
            if code in offered:
                score = max(score, _KIND_WEIGHT / (1 + rank * 0.5) / (1 + distance * 0.6))
    wanted = frozenset(query_terms(name))
    shared = len(wanted & terms) / len(wanted) if wanted else 0.0
    return score + _TERM_WEIGHT * shared


def _shares(raw: Mapping[str, float]) -> dict[str, float]:
    values = np.array(list(raw.values())) / _TEMPERATURE
    weights = np.exp(values - values.max())
    weights /= weights.sum()
    return {label: float(weight) for label, weight in zip(raw, weights, strict=True)}
