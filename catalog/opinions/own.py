"""Labelled sentences that every machine has, and the plain head that they make.

For machines without labelled reviews of their own. The sentences (``sentences/``) were written for
this project, as many content as not. What they teach is one regression over the encoder's vectors;
it speaks together with the opinion word lists, which know what the sentences do not mention. On
3,000 texts each of two public sets, none of which it has seen, it is ahead of the word lists alone
(accuracy .89 and .81, macro-F1 .84 and .79). It never replaces a head trained on real reviews.
"""

from __future__ import annotations

import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog.opinions.judges import SHELF, TextEncoder, suffix, with_word_lists
from catalog.opinions.labelled import NEGATIVE, POSITIVE, Labelled
from catalog.text.opinion import sentiment

if TYPE_CHECKING:
    from shopguide.inference.heads import TextHead

SENTENCES = Path(__file__).parent / "sentences"
SIGNS = {"+": POSITIVE, "-": NEGATIVE}
SOURCE = "sentences of reviews, written for this project"
OWN = "sentiment-own-"
WORDS = 2.0  # what the word lists' score weighs: 0, 2, 4: macro-F1 .81, .84, .83 in English
# Praise counts half: complaints of real shoppers are milder than written ones. Accuracy in Chinese
# .87 without and .89 with it, macro-F1 in English .83 and .84.
COUNTS = (1.0, 0.5)
LABELS = (NEGATIVE, POSITIVE)
PARTS = 5


def own_sentences() -> Labelled:
    """Return the sentences and how each feels."""
    lines = [
        line
        for path in sorted(SENTENCES.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line[:1] in SIGNS
    ]
    texts, labels = [line[1:].strip() for line in lines], [SIGNS[line[0]] for line in lines]
    return Labelled(texts, labels, 0, SOURCE)


def own_version(encoder_id: str) -> str:
    """Name the version that the sentences make over an encoder, loading nothing."""
    recipe = f"{own_sentences().fingerprint} {WORDS} {COUNTS}"
    return f"{OWN}{sha256(recipe.encode()).hexdigest()[:10]}{suffix(encoder_id)}"


def lacks_a_head(models: Path, encoder_id: str) -> bool:
    """Tell whether the sentences have still to be learned here: nothing is in use or tried."""
    from shopguide.inference.shelf import current

    shelf = models / SHELF
    return current(shelf) is None and not (shelf / own_version(encoder_id)).is_dir()


def learn_own(models: Path, *, encoder: TextEncoder) -> dict[str, Any]:
    """Fit the plain head, keep it, and return its card; put it in use where it is the best.

    It is in use where it beats the word lists on sentences that did not train it and no head of
    real reviews is in use. Cost: some ten seconds, encoding the sentences.
    """
    from shopguide.inference.plain import fit_plain
    from shopguide.inference.shelf import current, use

    started, own = time.monotonic(), own_sentences()
    vectors = encoder.encode_documents(own.texts)
    truth = np.array([label == POSITIVE for label in own.labels], np.int64)
    said = np.array([sentiment(text).score for text in own.texts])
    metrics = cross_validated(vectors, truth, said)
    found, version = current(models / SHELF), own_version(encoder.id)
    free = found is None or found.name.startswith(OWN)
    head = fit_plain(vectors, truth, LABELS, counts=COUNTS)
    head.card = {
        "model": "sentiment",
        "version": version,
        "data": {"source": own.source, "texts": len(own), "fingerprint": own.fingerprint},
        "encoder": encoder.id,
        "word_lists": WORDS,
        "metrics": metrics,
        "in_use": free and metrics["macro_f1"] > metrics["peers"]["word_lists"]["macro_f1"],
        "seconds": round(time.monotonic() - started, 1),
    }
    if not (models / SHELF / version).is_dir():
        head.save(models / SHELF / version)
    if head.card["in_use"]:
        use(models / SHELF, version)
    return head.card


def cross_validated(
    vectors: NDArray[np.float32], truth: NDArray[np.int64], said: NDArray[np.float64]
) -> dict[str, Any]:
    """Measure on each fifth what the rest taught, the word lists beside it: (n, vector), (n,)."""
    from shopguide.inference.plain import fit_plain
    from shopguide.inference.scores import accuracy, macro_f1

    parts = np.random.default_rng(1).permutation(len(truth)) % PARTS
    scores = np.zeros(len(truth))
    for part in range(PARTS):
        rest = parts != part
        head = fit_plain(vectors[rest], truth[rest], LABELS, counts=COUNTS)
        scores[parts == part] = scores_of(head, vectors[parts == part], said[parts == part])

    def figures(guessed: NDArray[np.int64]) -> dict[str, Any]:
        found = {"accuracy": accuracy(truth, guessed), "macro_f1": macro_f1(truth, guessed)}
        return {name: round(one, 4) for name, one in found.items()}

    peers = {"word_lists": figures((said >= 0).astype(np.int64))}
    how = {"n": len(truth), "how": "5-fold, our own sentences", "peers": peers}
    return figures((scores >= 0).astype(np.int64)) | how


def scores_of(
    head: TextHead, vectors: NDArray[np.float32], said: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the scores, -1 to 1, of head and word lists together: (n, vector), (n,) -> (n,)."""
    chances = head.chances([""] * len(vectors), vectors)
    pairs = zip(chances[:, 1] - chances[:, 0], said, strict=True)
    return np.array([with_word_lists(float(score), float(one), WORDS) for score, one in pairs])
