"""Who judges a review: the trained head where there is one, else the word lists.

For workers and commands. Both answer the same: a feeling and a score for each text. Which one is
in use is read off the disk and costs no model; that id is stored with every judgement.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.lexicon.folding import fold
from catalog.opinions.labelled import JOINT, NEGATIVE, POSITIVE
from catalog.text.aspects import MODEL_VERSION as ASPECTS_VERSION
from catalog.text.opinion import MODEL_VERSION as WORDS_VERSION
from catalog.text.opinion import sentiment
from shopguide.inference.shelf import current

if TYPE_CHECKING:
    from shopguide.inference.states import TokenStates

SHELF = "sentiment"
LONGEST = 1_600  # characters of a text that are judged
CERTAIN = 1 - 1e-9
SURE = 0.2  # a score nearer to zero is a mixed feeling


class TextEncoder(Protocol):
    """What judging needs of an encoder; tokens only for heads with upper layers of their own."""

    id: str

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts: (n,) -> (n, dimensions), unit length."""
        ...

    def token_states(
        self,
        texts: Sequence[str],
        *,
        layer: int,
        most: int,
        path: Path | None = None,
        progress: Callable[[int], None] = ...,
    ) -> TokenStates:
        """Compute the tokens after ``layer`` layers, each text cut to ``most`` tokens."""
        ...


class Head(Protocol):
    """What judging needs of a trained head."""

    labels: tuple[str, ...]
    card: dict[str, Any]

    def read(
        self, encoder: TextEncoder, texts: Sequence[str]
    ) -> tuple[NDArray[np.float32], TokenStates | None]:
        """Return of an encoder what this head looks at: (n, vector), and tokens or None."""
        ...

    def chances(
        self,
        texts: Sequence[str],
        vectors: NDArray[np.float32],
        states: TokenStates | None = None,
    ) -> NDArray[np.float64]:
        """Return each label's chance: n folded texts and what was read of them -> (n, labels)."""
        ...


@dataclass(frozen=True)
class Judgement:
    """``feeling``: positive, neutral, negative; ``score``: -1 to 1."""

    feeling: str
    score: float


class Judge(Protocol):
    """Tells how texts feel; ``id`` names the model and all that its answers depend on."""

    id: str

    def judge(self, texts: Sequence[str]) -> list[Judgement]:
        """Judge texts, each a title, a line break and a body."""
        ...


def judge_id(models: Path, encoder_id: str) -> str:
    """Name the judge that is in use, loading nothing."""
    found = current(models / SHELF)
    usable = found is not None and found.name.endswith(suffix(encoder_id))
    return judged_by(found.name if usable and found else WORDS_VERSION)


def judged_by(version: str) -> str:
    """Return the id of a judge from its model's version; aspects are judged along with it."""
    return f"{version}+{ASPECTS_VERSION}"


def suffix(encoder_id: str) -> str:
    """Return the end of the version of each head that was trained over this encoder."""
    kept = "".join(one if one.isalnum() or one in "-_." else "_" for one in encoder_id)
    return f"--{kept}"


def shown_to_models(text: str) -> str:
    """Return a review's words as heads were trained on them."""
    title, _line, body = text.partition("\n")
    return JOINT.join(part for one in (title, body) if (part := one.strip()))[:LONGEST]


class HeadJudge:
    """Judges by the encoder and the trained head."""

    def __init__(self, version: str, head: Head, encoder: TextEncoder) -> None:
        self.id, self.head, self.encoder = judged_by(version), head, encoder
        self.good, self.bad = (head.labels.index(one) for one in (POSITIVE, NEGATIVE))

    def judge(self, texts: Sequence[str]) -> list[Judgement]:
        """Judge texts in one batch of the encoder."""
        if not texts:
            return []
        words = [shown_to_models(text) for text in texts]
        seen = self.head.read(self.encoder, words)
        chances = self.head.chances([fold(one) for one in words], *seen)
        scores = [float(row[self.good] - row[self.bad]) for row in chances]
        if weight := float(self.head.card.get("word_lists", 0)):
            said = [sentiment(one).score for one in words]
            pairs = zip(scores, said, strict=True)
            scores = [with_word_lists(score, one, weight) for score, one in pairs]
        return [_judgement(score) for score in scores]


class WordJudge:
    """Judges by the opinion word lists; for machines without a trained head."""

    id = judged_by(WORDS_VERSION)

    def judge(self, texts: Sequence[str]) -> list[Judgement]:
        """Judge texts one by one."""
        return [
            Judgement(found.label, found.score)
            for found in (sentiment(shown_to_models(text)) for text in texts)
        ]


def with_word_lists(score: float, said: float, weight: float) -> float:
    """Return a head's score moved by what the word lists say, both -1 to 1, as log odds add up."""
    sure = max(-CERTAIN, min(CERTAIN, score))
    return math.tanh(math.atanh(sure) + weight / 2 * max(-1.0, min(1.0, said)))


def _judgement(score: float) -> Judgement:
    score = round(max(-1.0, min(1.0, score)), 4)
    feeling = POSITIVE if score > SURE else NEGATIVE if score < -SURE else "neutral"
    return Judgement(feeling, score)
