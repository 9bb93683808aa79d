"""What a head has to beat, on the same texts in the same run: tf-idf with regression, majority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.bags import Vocabulary
from shopguide.inference.linear import Linear, fit_linear
from shopguide.inference.ngrams import count_grams


@dataclass(frozen=True)
class Regression:
    """tf-idf of single units and pairs, and one linear map."""

    vocabulary: Vocabulary
    linear: Linear
    longest: int

    def guess(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the likeliest label's place for each folded text: (n,) -> (n,)."""
        bags = self.vocabulary.bags(count_grams(texts, longest=self.longest))
        return np.asarray(self.linear.logits(bags).argmax(axis=1))


def fit_regression(
    texts: Sequence[str], truth: NDArray[np.int64], labels: int, *, longest: int = 2
) -> Regression:
    """Fit the regression: n folded texts, (n,) places."""
    grams = count_grams(texts, longest=longest)
    vocabulary = Vocabulary.of(grams, least=1)
    linear = fit_linear(vocabulary.bags(grams), len(vocabulary), truth, labels)
    return Regression(vocabulary, linear, longest)


def majority(truth: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Guess the commonest label of training for everything."""
    return np.full(size, np.bincount(truth).argmax(), np.int64)
