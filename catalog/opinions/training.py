"""Train and measure the head that tells how a review feels.

For `train sentiment`, `evaluate_text sentiment` and the set-up of a fresh machine. From ``ENOUGH``
texts on the encoder's upper layers are trained along, which costs minutes; fewer texts get a head
over vectors, which are kept by encoder and text. A model's card says where its labels come from;
nothing that was measured on training texts is called a result.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog.opinions.judges import SHELF, suffix
from catalog.opinions.labelled import NEGATIVE, POSITIVE, Labelled
from catalog.opinions.material import (
    ENOUGH,
    MOST,
    LendingEncoder,
    Material,
    Say,
    desk,
    lend,
    prepare,
)
from catalog.text.opinion import sentiment
from shopguide.reading import BadFile

if TYPE_CHECKING:
    from shopguide.inference.heads import TextHead
    from shopguide.inference.upper import Upper

FEWEST = 40  # labelled texts, below which nothing can be held out
PARTS = 5  # of a cross-validation
MOST_TESTED = 5_000


def fit(
    material: Material,
    *,
    upper: Upper | None = None,
    seed: int = 1,
    say: Say = lambda _: None,
) -> TextHead:
    """Fit a head on prepared texts; ``upper`` is trained in place."""
    from shopguide.inference.fitting import Recipe, fit_head

    return fit_head(
        material.texts, material.vectors, material.truth, material.labels,
        states=material.states, upper=upper, recipe=Recipe(seed=seed), say=say,
    )  # fmt: skip


def measure(head: TextHead, test: Material) -> dict[str, float]:
    """Return accuracy, macro-F1 and calibration error on texts that did not train the head."""
    from shopguide.inference.scores import accuracy, calibration_error, macro_f1

    chances = head.chances(test.texts, test.vectors, test.states)
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
    encoder: LendingEncoder,
    models: Path,
    room: Path | None = None,
    seed: int = 1,
    say: Say = lambda _: None,
) -> dict[str, Any]:
    """Train a head, keep it as a version, and return its card.

    The figures on the card are of texts that trained nothing when they were taken. It is put in use
    only where it is ahead of the word lists that judge without it. ``room``: a directory for what
    is computed on the way, given back at the end; without one it is held in memory. Errors:
    BadFile. The same texts and seed give the same version.
    """
    from shopguide.inference.shelf import use

    started = time.monotonic()
    if len(labelled) < FEWEST:
        raise BadFile(f"{len(labelled)} labelled texts are too few. Give at least {FEWEST}.")
    if {*labelled.labels} != {NEGATIVE, POSITIVE}:
        raise BadFile("Labels must be feelings. Give 0 and 1, or stars from 1 to 5.")
    labelled = labelled.sample(MOST, seed)
    upper = lend(encoder, labelled, seed)
    with desk(room) as path:
        material = prepare(labelled, encoder, upper=upper, path=path("all"), say=say)
        head, metrics = fit_and_measure(material, upper, seed, say)
    card = card_of(labelled, material, head, encoder.id, seed) | {
        "metrics": metrics,
        "in_use": (used := metrics["macro_f1"] > word_lists_f1(metrics)),
        "seconds": round(time.monotonic() - started, 1),
    }
    head.card = card
    shelf = models / SHELF
    if not (shelf / card["version"]).is_dir():
        head.save(shelf / card["version"])
    if used:
        use(shelf, card["version"])
    else:
        say("kept, not put in use: the word lists do better")
    return card


def word_lists_f1(metrics: dict[str, Any]) -> float:
    """Return the macro-F1 of the word lists, as measured beside a head."""
    return float(metrics["peers"]["word_lists"]["macro_f1"])


def fit_and_measure(
    material: Material, upper: Upper | None, seed: int, say: Say
) -> tuple[TextHead, dict[str, Any]]:
    """Return the head that is kept, and figures of texts that trained nothing.

    Few texts are cross-validated. A head with upper layers costs minutes and is fitted once: the
    very head that was measured is kept. Others are fitted again on all texts.
    """
    count = len(material.truth) - material.aids
    if upper is None and len(material.truth) < ENOUGH:
        say("measuring by cross-validation")
        figures = cross_validate(material, seed=seed, say=say)
        return fit(material, seed=seed, say=say), {**figures, "n": count, "how": "5-fold"}
    order = np.random.default_rng(seed).permutation(len(material.truth))
    cut = min(len(order) // 10, MOST_TESTED)
    seen, test = material.take(np.sort(order[cut:])), material.take(np.sort(order[:cut]))
    say(f"measuring on {cut} texts that train nothing")
    head = fit(seen, upper=upper, seed=seed, say=say)
    how = {"n": cut, "how": "held out", "peers": measure_peers(seen, test)}
    metrics = {**measure(head, test), **how}
    return (head if upper else fit(material, seed=seed, say=say)), metrics


def card_of(
    labelled: Labelled, material: Material, head: TextHead, encoder_id: str, seed: int
) -> dict[str, Any]:
    """Return what is known of a model beside its figures."""
    recipe = f"{labelled.fingerprint} {seed} {len(head.vocabulary)} {head.longest} {SHELF}"
    recipe += f" {head.upper.shape}" if head.upper else ""
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
        "trained_layers": head.upper.shape.layers if head.upper else 0,
        "temperature": round(head.temperature, 3),
        "seed": seed,
    }


def evaluate(
    train_on: Labelled,
    test_on: Labelled,
    *,
    encoder: LendingEncoder,
    room: Path | None = None,
    seed: int = 1,
    say: Say = lambda _: None,
) -> dict[str, Any]:
    """Train on one file, measure on another, beside the peers in the same run. Errors: BadFile."""
    if len(train_on) < FEWEST:
        raise BadFile(f"{len(train_on)} labelled texts are too few. Give at least {FEWEST}.")
    started = time.monotonic()
    train_on = train_on.sample(MOST, seed)
    upper = lend(encoder, train_on, seed)
    with desk(room) as path:
        seen = prepare(train_on, encoder, upper=upper, path=path("train"), say=say)
        labels = seen.labels
        test = prepare(test_on, encoder, labels, upper=upper, path=path("test"), say=say)
        figures = measure(fit(seen, upper=upper, seed=seed, say=say), test)
    above = f", its upper {upper.shape.layers} layers trained along" if upper else ""
    return {
        **figures,
        "n": len(test.truth),
        "model": f"sentiment head over {encoder.id}{above}",
        "trained_on": len(seen.truth),
        "left_out": test_on.left_out,
        "peers": measure_peers(seen, test),
        "seconds": round(time.monotonic() - started, 1),
    }


def rounded(**figures: float) -> dict[str, float]:
    """Return figures with four digits."""
    return {name: round(figure, 4) for name, figure in figures.items()}
