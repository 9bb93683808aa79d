"""Labelled texts as the arrays that a head is trained on and measured on.

For ``training``. Fewer than ``ENOUGH`` texts become vectors, which their encoder may remember; from
there on the encoder's upper layers are trained along, and all tokens below them are computed once
and kept in a file until the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.lexicon.folding import fold
from catalog.opinions.judges import LONGEST, TextEncoder
from catalog.opinions.labelled import Labelled
from shopguide.reading import BadFile

if TYPE_CHECKING:
    from shopguide.inference.states import TokenStates
    from shopguide.inference.upper import Upper

Say = Callable[[str], None]
SLICE = 512
ENOUGH = 2_000  # labelled texts from which upper layers are trained along
MOST = 100_000  # of which a head is trained; more are drawn from
LAYERS = 3  # of the encoder that are
TOKENS = 128  # of a text that they read


class LendingEncoder(TextEncoder, Protocol):
    """An encoder whose upper layers may be trained on."""

    def upper(self, *, layers: int, labels: int, most: int, seed: int) -> Upper | None:
        """Lend a copy of the uppermost layers; None where that is not built."""
        ...


@dataclass(frozen=True)
class Material:
    """Labelled texts as arrays. ``truth``: places in ``labels``."""

    texts: list[str]  # folded
    vectors: NDArray[np.float32]
    truth: NDArray[np.int64]
    labels: tuple[str, ...]
    aids: int = 0  # so many of the last texts are never measured
    states: TokenStates | None = None  # for upper layers

    def take(self, rows: NDArray[np.int64]) -> Material:
        """Return these texts."""
        states = None if self.states is None else self.states.take(rows)
        texts = [self.texts[row] for row in rows]
        return Material(texts, self.vectors[rows], self.truth[rows], self.labels, 0, states)


def labels_of(labelled: Labelled) -> tuple[str, ...]:
    """Return the labels that occur, in order."""
    return tuple(sorted(set(labelled.labels)))


def lend(encoder: LendingEncoder, labelled: Labelled, seed: int) -> Upper | None:
    """Return fresh upper layers where there are texts enough to train them; else None."""
    if len(labelled) < ENOUGH:
        return None
    labels = len(labels_of(labelled))
    return encoder.upper(layers=LAYERS, labels=labels, most=TOKENS, seed=seed)


def prepare(
    labelled: Labelled,
    encoder: TextEncoder,
    labels: Sequence[str] = (),
    *,
    upper: Upper | None = None,
    path: Path | None = None,
    say: Say = lambda _: None,
) -> Material:
    """Encode and fold labelled texts; for upper layers, keep all tokens in the file ``path``.

    Errors: BadFile for too few texts or unknown labels.
    """
    known = tuple(labels) or labels_of(labelled)
    if strange := set(labelled.labels) - {*known}:
        shown = ", ".join(sorted(strange)[:5])
        raise BadFile(f"The test file has labels that training does not know: {shown}.")
    if len(known) < 2 or not len(labelled):
        raise BadFile("There must be texts with at least two labels.")
    texts = [text[:LONGEST] for text in labelled.texts]
    places = {label: place for place, label in enumerate(known)}
    truth = np.array([places[label] for label in labelled.labels], np.int64)
    folded = [fold(text) for text in texts]
    if upper is None:
        vectors = encode_all(texts, encoder, say)
        return Material(folded, vectors, truth, known, labelled.aids)
    vectors, states = read_tokens(texts, encoder, upper, path, say)
    return Material(folded, vectors, truth, known, labelled.aids, states)


def read_tokens(
    texts: Sequence[str], encoder: TextEncoder, upper: Upper, path: Path | None, say: Say
) -> tuple[NDArray[np.float32], TokenStates | None]:
    """Compute all tokens below the upper layers, on all cores."""
    from shopguide.inference.heads import read
    from shopguide.inference.tuning import all_cores

    started, told = time.monotonic(), [0]

    def progress(done: int) -> None:
        if done >= told[0] + 8 * SLICE:
            told[0] = done
            say(f"{done} of {len(texts)} texts read, {time.monotonic() - started:.0f} s")

    # A Chinese character is about two thirds of a token, an English one a quarter.
    with all_cores(sum(map(len, texts)) // 3):
        return read(encoder, texts, upper, path=path, progress=progress)


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


@contextmanager
def desk(room: Path | None) -> Iterator[Callable[[str], Path | None]]:
    """Give files by name in a directory that is removed afterwards; None without a room."""
    if room is None:
        yield lambda name: None
        return
    room.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=room, prefix="tokens-") as directory:
        yield lambda name: Path(directory) / f"{name}.npy"
