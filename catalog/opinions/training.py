"""Train and measure the head that tells how a review feels.

For `train sentiment`, `evaluate_text sentiment` and the set-up of a fresh machine. Vectors are kept
by encoder and text, so a second run costs seconds. A model's card says where its labels come from;
nothing that was measured on training texts is called a result.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog.lexicon.folding import fold
from catalog.opinions.judges import LONGEST, SHELF, TextEncoder, suffix
from catalog.opinions.labelled import NEGATIVE, POSITIVE, BadFile, Labelled
from catalog.text.opinion import sentiment

if TYPE_CHECKING:
    from shopguide.inference.heads import TextHead

Say = Callable[[str], None]
SLICE = 512
FEWEST = 40  # labelled texts, below which nothing can be held out
PARTS = 5  # of a cross-validation


@dataclass(frozen=True)
class Material:
    """Labelled texts as arrays. ``truth``: places in ``labels``."""

    texts: list[str]  # folded
    vectors: NDArray[np.float32]
    truth: NDArray[np.int64]
    labels: tuple[str, ...]
    aids: int = 0  # so many of the last texts are never measured

    def take(self, rows: NDArray[np.int64]) -> Material:
        """Return these texts."""
        texts = [self.texts[row] for row in rows]
        return Material(texts, self.vectors[rows], self.truth[rows], self.labels)


def prepare(
    labelled: Labelled, encoder: TextEncoder, labels: Sequence[str] = (), say: Say = lambda _: None
) -> Material:
    """Encode and fold labelled texts. Errors: BadFile for too few texts or unknown labels."""
    known = tuple(labels) or tuple(sorted(set(labelled.labels)))
    if strange := set(labelled.labels) - {*known}:
        shown = ", ".join(sorted(strange)[:5])
        raise BadFile(f"The test file has labels that training does not know: {shown}.")
    if len(known) < 2 or not len(labelled):
        raise BadFile("There must be texts with at least two labels.")
    texts = [text[:LONGEST] for text in labelled.texts]
    places = {label: place for place, label in enumerate(known)}
    truth = np.array([places[label] for label in labelled.labels], np.int64)
    vectors = encode_all(texts, encoder, say)
    return Material([fold(text) for text in texts], vectors, truth, known, labelled.aids)


def encode_all(texts: Sequence[str], encoder: TextEncoder, say: Say) -> NDArray[np.float32]:
    """Encode texts, those of a length together: (n,) -> (n, dimensions)."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    started, parts = time.monotonic(), []
    for start in range(0, len(order), SLICE):
        parts.append(encoder.encode_documents([texts[one] for one in order[start : start + SLICE]]))
        if start and start % (8 * SLICE) == 0:
            say(f"{start} of {len(order)} texts read, {time.monotonic() - started:.0f} s")
    vectors = np.empty((len(order), parts[0].shape[1]), np.float32)
    vectors[order] = np.concatenate(parts)
    return vectors


def fit(material: Material, *, seed: int = 1, say: Say = lambda _: None) -> TextHead:
    """Fit a head on prepared texts."""
    from shopguide.inference.fitting import Recipe, fit_head

    return fit_head(
        material.texts, material.vectors, material.truth, material.labels,
        recipe=Recipe(seed=seed), say=say,
    )  # fmt: skip


def measure(head: TextHead, test: Material) -> dict[str, float]:
    """Return accuracy, macro-F1 and calibration error on texts that did not train the head."""
    from shopguide.inference.scores import accuracy, calibration_error, macro_f1

    chances = head.chances(test.texts, test.vectors)
    guessed = head.decide(chances)
    return rounded(
        accuracy=accuracy(test.truth, guessed),
        macro_f1=macro_f1(test.truth, guessed),
        ece=calibration_error(test.truth, guessed, chances),
    )


def measure_peers(train: Material, test: Material) -> dict[str, dict[str, float]]:
    """Measure tf-idf with logistic regression, and the majority, on the same texts."""
    from shopguide.inference.peers import fit_regression, majority
    from shopguide.inference.scores import accuracy, macro_f1

    regression = fit_regression(train.texts, train.truth, len(train.labels))
    guesses = {
        "tfidf_regression": regression.guess(test.texts),
        "majority": majority(train.truth, len(test.truth)),
    }
    if {*train.labels} == {NEGATIVE, POSITIVE}:
        guesses["word_lists"] = by_word_lists(test)
    return {
        name: rounded(
            accuracy=accuracy(test.truth, guessed), macro_f1=macro_f1(test.truth, guessed)
        )
        for name, guessed in guesses.items()
    }


def by_word_lists(test: Material) -> NDArray[np.int64]:
    """Guess by the opinion word lists, which need no training: n texts -> (n,)."""
    good, bad = test.labels.index(POSITIVE), test.labels.index(NEGATIVE)
    return np.array([good if sentiment(text).score >= 0 else bad for text in test.texts])


def cross_validate(
    material: Material, *, seed: int = 1, say: Say = lambda _: None
) -> dict[str, Any]:
    """Measure on each fifth a head that the rest trained, peers beside it; each text once."""
    count = len(material.truth) - material.aids
    parts = np.random.default_rng(seed).permutation(count) % PARTS
    helping = np.arange(count, len(material.truth))
    runs = []
    for part in range(PARTS):
        rest = np.concatenate([np.flatnonzero(parts != part), helping])
        seen, test = material.take(rest), material.take(np.flatnonzero(parts == part))
        figures = measure(fit(seen, seed=seed), test)
        runs.append((len(test.truth), figures, measure_peers(seen, test)))
        say(f"part {part + 1} of {PARTS}: {figures}")
    weights = [size for size, _figures, _peers in runs]
    peers = runs[0][2]
    return {
        **averaged(weights, [figures for _size, figures, _peers in runs]),
        "peers": {name: averaged(weights, [run[2][name] for run in runs]) for name in peers},
    }


def averaged(weights: Sequence[int], figures: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the mean of each figure over the parts."""
    return rounded(
        **{
            name: float(np.average([one[name] for one in figures], weights=weights))
            for name in figures[0]
        }
    )


def train(
    labelled: Labelled,
    *,
    encoder: TextEncoder,
    models: Path,
    seed: int = 1,
    adopt: bool = True,
    say: Say = lambda _: None,
) -> dict[str, Any]:
    """Train a head, keep it as a version, and return its card.

    The figures on the card are of texts that trained nothing when they were taken; then the head
    that is kept is trained on all. It is put in use only where it is ahead of the word lists that
    judge without it. Errors: BadFile. The same texts and seed give the same version.
    """
    from shopguide.inference.shelf import use

    started = time.monotonic()
    if len(labelled) < FEWEST:
        raise BadFile(f"{len(labelled)} labelled texts are too few. Give at least {FEWEST}.")
    if {*labelled.labels} != {NEGATIVE, POSITIVE}:
        raise BadFile("Labels must be feelings. Give 0 and 1, or stars from 1 to 5.")
    material = prepare(labelled, encoder, say=say)
    metrics = held_out_metrics(material, seed, say)
    head = fit(material, seed=seed, say=say)
    card = card_of(labelled, material, head, encoder.id, seed) | {
        "metrics": metrics,
        "in_use": (used := adopt and metrics["macro_f1"] > word_lists_f1(metrics)),
        "seconds": round(time.monotonic() - started, 1),
    }
    head.card = card
    shelf = models / SHELF
    if not (shelf / card["version"]).is_dir():
        head.save(shelf / card["version"])
    if used:
        use(shelf, card["version"])
    else:
        say("kept, not put in use: the word lists do better, or these are only our own texts")
    return card


def word_lists_f1(metrics: dict[str, Any]) -> float:
    """Return the macro-F1 of the word lists, as measured beside a head."""
    return float(metrics["peers"]["word_lists"]["macro_f1"])


def held_out_metrics(material: Material, seed: int, say: Say) -> dict[str, Any]:
    """Measure head and peers on texts held out by the seed; few texts are cross-validated."""
    if len(material.truth) < 2_000:
        say("measuring by cross-validation")
        count = len(material.truth) - material.aids
        return {**cross_validate(material, seed=seed, say=say), "n": count, "how": "5-fold"}
    order = np.random.default_rng(seed).permutation(len(material.truth))
    cut = len(order) // 10
    seen, test = material.take(order[cut:]), material.take(order[:cut])
    say(f"measuring on {cut} texts that train nothing")
    return {
        **measure(fit(seen, seed=seed, say=say), test),
        "n": cut,
        "how": "a tenth held out",
        "peers": measure_peers(seen, test),
    }


def card_of(
    labelled: Labelled, material: Material, head: TextHead, encoder_id: str, seed: int
) -> dict[str, Any]:
    """Return what is known of a model beside its figures."""
    recipe = f"{labelled.fingerprint} {seed} {len(head.vocabulary)} {head.longest} {SHELF}"
    counts = np.bincount(material.truth, minlength=len(material.labels))
    return {
        "model": "sentiment",
        "version": f"sentiment-{sha256(recipe.encode()).hexdigest()[:10]}{suffix(encoder_id)}",
        "data": {
            "source": labelled.source,
            "texts": len(labelled),
            "left_out": labelled.left_out,
            "labels": dict(zip(material.labels, counts.tolist(), strict=True)),
            "fingerprint": labelled.fingerprint,
        },
        "encoder": encoder_id,
        "temperature": round(head.temperature, 3),
        "seed": seed,
    }


def evaluate(
    train_on: Labelled,
    test_on: Labelled,
    *,
    encoder: TextEncoder,
    seed: int = 1,
    say: Say = lambda _: None,
) -> dict[str, Any]:
    """Train on one file, measure on another, beside the peers in the same run. Errors: BadFile."""
    if len(train_on) < FEWEST:
        raise BadFile(f"{len(train_on)} labelled texts are too few. Give at least {FEWEST}.")
    seen = prepare(train_on, encoder, say=say)
    test = prepare(test_on, encoder, seen.labels, say)
    head = fit(seen, seed=seed, say=say)
    return {
        **measure(head, test),
        "n": len(test.truth),
        "model": f"sentiment head over {encoder.id}",
        "trained_on": len(seen.truth),
        "left_out": test_on.left_out,
        "peers": measure_peers(seen, test),
    }


def rounded(**figures: float) -> dict[str, float]:
    """Return figures with four digits."""
    return {name: round(figure, 4) for name, figure in figures.items()}
