"""Train and measure the head that tells what a message by itself is for.

For `train intent`, `evaluate_text intent` and the set-up of a fresh machine, which learns our own
utterances. One regression over the encoder's query vectors (the same that retrieval asks for) and
the words. The temperature is chosen on speakers that trained nothing; the figures on the card are
of utterances written apart, Chinese and English by themselves. It never learns from shoppers
without being told to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.understanding.hearing import ear
from assistant.understanding.intents import situated
from assistant.understanding.intents.forms import faults
from assistant.understanding.intents.names import INTENTS, OUT_OF_SCOPE
from assistant.understanding.intents.situated import Twice
from assistant.understanding.intents.situating import learn as learn_in_place
from assistant.understanding.intents.utterances import (
    LANGUAGES,
    ROUGH,
    SOURCE,
    Kept,
    Utterance,
    fingerprint,
    utterances,
)
from assistant.understanding.sited import training as sited
from assistant.understanding.spelling import respelt
from catalog.opinions.judges import suffix
from catalog.opinions.labelled import Labelled
from catalog.opinions.material import Material
from catalog.opinions.training import FEWEST, measure, measure_peers, rounded
from catalog.text import fold
from shopguide.reading import BadFile

if TYPE_CHECKING:
    from shopguide.inference.heads import TextHead

Say = Callable[[str], None]
SHELF = "intents"
OWN = "intents-own-"
RECIPE = 11  # counts changes of the recipe: another number is another version
# What people type is oftener none of our business than one in 36: recall of it .80 without this and
# .88 with it in Chinese, .90 and .93 in English, before there were faulty copies.
FOREIGN_ODDS = 0.7
MOST = 20_000  # labelled texts of a file that are learned from
SLICE = 512
ASIDE = 0.15
# The temperature is chosen on a trial that has not heard the voices aside; who has heard all is
# right oftener than that and would be too modest (Chinese: calibration error .062, with this .045).
SURER = 0.85
# What a faulty copy counts beside what was said. Macro-F1 of Chinese by another hand, as written
# and by pinyin: .915 and .891 with 1, .922 and .891 with a half.
A_COPY = 0.5
# Of the vectors. Macro-F1 of voices left out: .747 and .765 with 3, .751 and .778 with 2.
SPREAD = 2.0
HELD_VOICE = 2  # whose plain words choose the temperature


class QueryEncoder(Protocol):
    """What intents need of an encoder."""

    id: str

    def encode_queries_twice(self, texts: Sequence[str]) -> Twice:
        """Encode what people ask, and its tokens on the way: (n, dimensions), (n, hidden)."""
        ...


def own_version(encoder_id: str) -> str:
    """Name the version that our utterances make over an encoder, loading nothing."""
    recipe = f"{fingerprint()} {RECIPE}"
    return f"{OWN}{sha256(recipe.encode()).hexdigest()[:10]}{suffix(encoder_id)}"


def lacks_a_head(models: Path, encoder_id: str) -> bool:
    """Tell whether our utterances, plain or placed, have still to be learned here."""
    first = lacks_the_first(models, encoder_id) or situated.lacks(models)
    return first or sited.lacks(models, encoder_id)


def lacks_the_first(models: Path, encoder_id: str) -> bool:
    """Tell whether our plain utterances have still to be learned; one trained by hand stays."""
    from shopguide.inference.shelf import current

    found = current(models / SHELF)
    if found is not None and not found.name.startswith(OWN) and found.name.endswith(
        suffix(encoder_id)
    ):  # fmt: skip
        return False
    version = own_version(encoder_id)
    return found is None or found.name != version


def learn_lacking(models: Path, *, encoder: QueryEncoder, say: Say = lambda _: None) -> None:
    """Learn what `lacks_a_head` misses, and nothing else."""
    if lacks_the_first(models, encoder.id):
        learn_own(models, encoder=encoder, say=say)
        return
    if situated.lacks(models):
        in_place(models, encoder, say)
    if sited.lacks(models, encoder.id):
        sited.learn(models, encoder, say)


def in_place(models: Path, encoder: QueryEncoder, say: Say) -> dict[str, Any]:
    """Learn the placed utterances over the head in use; return what its card measured."""
    from shopguide.inference.heads import TextHead
    from shopguide.inference.shelf import current

    found = current(models / SHELF)
    if found is None:
        raise ValueError("There is no first head to hear with.")
    first = TextHead.load(found)
    return learn_in_place(models, first, found.name, encoder.encode_queries_twice, say)


def learn_own(models: Path, *, encoder: QueryEncoder, say: Say = lambda _: None) -> dict[str, Any]:
    """Learn our utterances, keep the head, put it in use and return its card.

    Cost: 22,000 short texts are encoded, those that were once before are remembered.
    """
    from shopguide.inference.shelf import use
    from shopguide.inference.softmax import SoftmaxRecipe, favour, fit_softmax

    started, own = time.monotonic(), utterances()
    say(f"encoding {len(own)} utterances")
    plain = len(own)
    own = (*own, *in_haste(own))
    material = material_of(own, encoder)
    aside = np.array([one.voice in (HELD_VOICE, ROUGH) for one in own])
    ordinary = np.array([one.voice == HELD_VOICE for one in own])
    ordinary[plain:] = False
    counts = np.ones(len(own), np.float32)
    counts[plain:] = A_COPY
    head = fit_softmax(
        material.texts, material.vectors, material.truth, material.labels,
        aside=aside, judged=ordinary, counts=counts, recipe=SoftmaxRecipe(spread=SPREAD),
    )  # fmt: skip
    head.temperature *= SURER
    favour(head, OUT_OF_SCOPE, FOREIGN_ODDS)
    say("measuring on utterances that train nothing")
    head.card = {
        "model": "intent",
        "version": own_version(encoder.id),
        "data": {"source": SOURCE, "texts": len(own), "fingerprint": fingerprint()},
        "encoder": encoder.id,
        "temperature": round(head.temperature, 3),
        "metrics": {
            kept: {one: figures(head, utterances(one, kept=kept), encoder) for one in LANGUAGES}
            for kept in HELD_OUT
        },
        "in_use": True,
        "seconds": round(time.monotonic() - started, 1),
    }
    if not (models / SHELF / head.card["version"]).is_dir():
        head.save(models / SHELF / head.card["version"])
    use(models / SHELF, head.card["version"])
    placed = in_place(models, encoder, say)
    return {**head.card, "in_place": placed, "site": sited.learn(models, encoder, say)}


HELD_OUT: tuple[Kept, ...] = ("held_out", "rough")


def in_haste(said: Sequence[Utterance]) -> list[Utterance]:
    """Return faulty copies of utterances: a typo, Chinese read by its sound, a wrong character.

    Pinyin is read back by an ear that has not heard the voice it belongs to.
    """
    return [
        replace(one, text=copy)
        for one in said
        for copy in faults(one.text, one.language, ear(without=one.voice))
        if copy != one.text
    ]


def material_of(said: Sequence[Utterance], encoder: QueryEncoder) -> Material:
    """Return utterances as arrays."""
    texts = [respelt(one.text) for one in said]
    truth = np.array([INTENTS.index(one.intent) for one in said], np.int64)
    return Material([fold(text) for text in texts], encoded(texts, encoder), truth, INTENTS)


def encoded(texts: Sequence[str], encoder: QueryEncoder) -> NDArray[np.float32]:
    """Encode texts, those of a length together: (n,) -> (n, dimensions).

    In both ways, for an encoder that remembers: the second head asks for the same texts.
    """
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    parts = [
        encoder.encode_queries_twice([texts[one] for one in order[start : start + SLICE]])[0]
        for start in range(0, len(order), SLICE)
    ]
    vectors = np.empty((len(order), parts[0].shape[1]), np.float32)
    vectors[order] = np.concatenate(parts)
    return vectors


def figures(
    head: TextHead, said: Sequence[Utterance], encoder: QueryEncoder
) -> dict[str, float | int]:
    """Measure a head on utterances: accuracy, macro-F1, calibration, recall of what is foreign."""
    test = material_of(said, encoder)
    chances = head.chances(test.texts, test.vectors)
    foreign = test.truth == INTENTS.index(OUT_OF_SCOPE)
    found = head.decide(chances)[foreign] == INTENTS.index(OUT_OF_SCOPE)
    recall = rounded(out_of_scope_recall=float(found.mean()) if foreign.any() else 0.0)
    return {**measure(head, test), **recall, "n": len(said)}


def labelled_material(
    labelled: Labelled, encoder: QueryEncoder, labels: Sequence[str] = ()
) -> Material:
    """Return a labelled file as arrays. Errors: BadFile for too few or unknown labels."""
    known = tuple(labels) or tuple(sorted(set(labelled.labels)))
    if strange := set(labelled.labels) - {*known}:
        shown = ", ".join(sorted(strange)[:5])
        raise BadFile(f"The test file has labels that training does not know: {shown}.")
    if len(known) < 2 or not len(labelled):
        raise BadFile("There must be texts with at least two labels.")
    texts = [text[:2_000] for text in labelled.texts]
    truth = np.array([known.index(label) for label in labelled.labels], np.int64)
    return Material([fold(text) for text in texts], encoded(texts, encoder), truth, known)


def fit_file(material: Material, seed: int) -> TextHead:
    """Fit a head on a labelled file; a share drawn by the seed chooses the temperature."""
    from shopguide.inference.softmax import fit_softmax

    aside = np.random.default_rng(seed).random(len(material.truth)) < ASIDE
    return fit_softmax(
        material.texts, material.vectors, material.truth, material.labels, aside=aside
    )


def train(
    labelled: Labelled, *, encoder: QueryEncoder, models: Path, seed: int = 1,
    say: Say = lambda _: None,
) -> dict[str, Any]:  # fmt: skip
    """Learn our utterances and a file's together, keep the head in use, and return its card.

    The file's labels must be intents of ours. A tenth of it trains nothing and is measured.
    """
    from shopguide.inference.shelf import use

    started = time.monotonic()
    if strange := set(labelled.labels) - {*INTENTS}:
        shown = ", ".join(sorted(strange)[:5])
        raise BadFile(f"No such intent: {shown}. The labels are: {', '.join(INTENTS)}.")
    if len(labelled) < FEWEST:
        raise BadFile(f"{len(labelled)} labelled texts are too few. Give at least {FEWEST}.")
    labelled = labelled.sample(MOST, seed)
    say(f"encoding {len(labelled)} texts and our own")
    given, own = labelled_material(labelled, encoder, INTENTS), material_of(utterances(), encoder)
    order = np.random.default_rng(seed).permutation(len(given.truth))
    cut = max(1, len(order) // 10)
    test, seen = given.take(order[:cut]), given.take(order[cut:])
    head = fit_file(joined(own, seen), seed)
    recipe = f"{fingerprint()} {labelled.fingerprint} {seed} {RECIPE}"
    head.card = {
        "model": "intent",
        "version": f"intents-{sha256(recipe.encode()).hexdigest()[:10]}{suffix(encoder.id)}",
        "data": {
            "source": f"{SOURCE} + {labelled.source}",
            "texts": len(own.truth) + len(seen.truth),
            "fingerprint": labelled.fingerprint,
        },
        "encoder": encoder.id,
        "metrics": {**measure(head, test), "n": cut, "how": "a tenth of the file, held out"},
        "in_use": True,
        "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip
    if not (models / SHELF / head.card["version"]).is_dir():
        head.save(models / SHELF / head.card["version"])
    use(models / SHELF, head.card["version"])
    return {**head.card, "in_place": in_place(models, encoder, say)}


def joined(one: Material, other: Material) -> Material:
    """Return two materials of the same labels as one."""
    return Material(
        one.texts + other.texts,
        np.concatenate([one.vectors, other.vectors]),
        np.concatenate([one.truth, other.truth]),
        one.labels,
    )


def evaluate(
    train_on: Labelled, test_on: Labelled, *, encoder: QueryEncoder, seed: int = 1,
    say: Say = lambda _: None,
) -> dict[str, Any]:  # fmt: skip
    """Train on one file, measure on another, beside the peers in the same run. Errors: BadFile."""
    if len(train_on) < FEWEST:
        raise BadFile(f"{len(train_on)} labelled texts are too few. Give at least {FEWEST}.")
    started = time.monotonic()
    train_on, test_on = train_on.sample(MOST, seed), test_on.sample(MOST, seed)
    say(f"encoding {len(train_on)} and {len(test_on)} texts")
    seen = labelled_material(train_on, encoder)
    test = labelled_material(test_on, encoder, seen.labels)
    head = fit_file(seen, seed)
    found: dict[str, Any] = {**measure(head, test)}
    if OUT_OF_SCOPE in seen.labels:
        place = seen.labels.index(OUT_OF_SCOPE)
        guessed = head.decide(head.chances(test.texts, test.vectors))
        if (foreign := test.truth == place).any():
            found |= rounded(out_of_scope_recall=float((guessed[foreign] == place).mean()))
    return {
        **found,
        "n": len(test.truth),
        "model": f"intent head over {encoder.id}",
        "trained_on": len(seen.truth),
        "left_out": test_on.left_out,
        "peers": measure_peers(seen, test),
        "seconds": round(time.monotonic() - started, 1),
    }
