"""Learn the second reader of wording: a head that tells unlawful sentences by how they are said.

For a worker of a fresh machine and for `train wording`. It learns the labelled sentences that the
rules were mended by (``sentences.txt``, in the manners that they were written in) and, as lawful
ones, the demo shops' own sentences. From which chance on it speaks is set on manners that trained
nothing. It bans nothing: rules do, and what it marks is for the person who decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog import demo
from catalog.lexicon.folding import fold
from catalog.opinions.judges import TextEncoder, suffix
from marketing.copy.phrasing.reading import split
from marketing.copy.phrasing.words import table
from marketing.copy.wording.finding import breaches
from marketing.copy.wording.rules import RULES

if TYPE_CHECKING:
    from shopguide.inference.heads import TextHead

Say = Callable[[str], None]
SHELF, OWN = "wording", "wording-own-"
SENTENCES = Path(__file__).with_name("sentences.txt")
SOURCE = "sentences written for this project, the demo shops' descriptions, words of facts"
LAWFUL = "-"
LABELS = (LAWFUL, *RULES)
RECIPE = 2  # counts changes of the recipe: another number is another version
# Means of the tokens after this layer know more of how a thing is said than the last layer's:
# recall at 1 % false alarms, manners left out, .61 and .45 over means and final vectors alone.
LAYER = 8
RIDGE_GRAMS, RIDGE_VECTOR = 0.1, 1.0  # .5 and 1: recall .69 where these have .80
# What a shop's sentence counts beside a labelled one, and how many of them are learned. Without
# them one sentence in eleven of three imported catalogues is marked, with them one in eighty.
A_SHOPS, EVERY = 0.3, 2
PARTS = 4  # of the manners, each left out once
FALSE_ALARMS = 0.01  # of lawful sentences in manners left out


@dataclass(frozen=True)
class Labelled:
    """n sentences, each with its rule or "-", and the manner it was written in; -1: a shop's."""

    texts: list[str]
    rules: list[str]
    manners: list[int]

    @property
    def truth(self) -> NDArray[np.int64]:
        """Return the place of each sentence's label: (n,)."""
        return np.array([LABELS.index(one) for one in self.rules], np.int64)

    @property
    def own(self) -> NDArray[np.bool_]:
        """Tell which were labelled by hand: (n,)."""
        return np.array(self.manners) >= 0


@cache
def labelled() -> Labelled:
    """Return the sentences labelled by hand; a line that begins with "=" begins a manner."""
    found, manner = Labelled([], [], []), 0
    for line in SENTENCES.read_text("utf-8").splitlines():
        manner += line.startswith("=")
        if line and line[0] not in "#=":
            code, text = line.split("\t")
            found.texts.append(text)
            found.rules.append(code)
            found.manners.append(manner)
    return found


def material() -> Labelled:
    """Return what is learned: labelled sentences, then lawful ones of the demo and of facts."""
    own = labelled()
    told = [
        sentence
        for shop in demo.merchants()
        for record in demo.products(shop["slug"])
        for text in record["description"].values()
        for sentence in split(text)
    ]
    shops = [one for one in dict.fromkeys([*told[::EVERY], *_composed()]) if not breaches(one)]
    return Labelled(
        [*own.texts, *shops],
        [*own.rules, *[LAWFUL] * len(shops)],
        [*own.manners, *[-1] * len(shops)],
    )


def _composed() -> list[str]:
    """Return plain sentences as the realiser makes them of facts: what it does, when, for whom."""
    frames = {
        "features": ("这一款{}。", "It {}."),
        "occasions": ("{}都用得上。", "Good for {}."),
        "audiences": ("适合{}。", "It is for {}."),
    }
    return [
        frame.format(row[language])
        for name, pair in frames.items()
        for row in table(name).values()
        for language, frame in zip(("zh", "en"), pair, strict=True)
        if row.get(language)
    ]


def own_version(encoder_id: str) -> str:
    """Name the version that the sentences make over an encoder, loading nothing."""
    recipe = sha256(SENTENCES.read_bytes() + bytes([RECIPE])).hexdigest()[:10]
    return f"{OWN}{recipe}{suffix(encoder_id)}"


def lacks_a_head(models: Path, encoder_id: str) -> bool:
    """Tell whether the sentences as they are have still to be learned here."""
    from shopguide.inference.shelf import current

    found = current(models / SHELF)
    return found is None or found.name != own_version(encoder_id)


def learn_own(models: Path, *, encoder: TextEncoder, say: Say = lambda _: None) -> dict[str, Any]:
    """Learn the sentences, keep the head, put it in use and return its card.

    Cost: 17 seconds of a core: 3,400 sentences to encode and five fits.
    """
    from shopguide.inference.shelf import use

    started, known = time.monotonic(), material()
    say(f"encoding {len(known.texts)} sentences")
    vectors, layer = _seen(known.texts, encoder)
    own = known.own
    say("leaving manners out")
    odds = left_out(known, vectors)
    threshold = float(np.quantile(odds[own & (known.truth == 0)], 1 - FALSE_ALARMS))
    head = _fitted(known, vectors, np.ones(len(own), bool))
    head.layer = layer
    unlawful = own & (known.truth > 0)
    head.card = {
        "model": "wording",
        "version": own_version(encoder.id),
        "data": {"source": SOURCE, "texts": len(known.texts), "labelled": int(own.sum())},
        "encoder": encoder.id,
        "threshold": round(threshold, 4),
        "metrics": {
            "how": f"each of {PARTS} parts of the manners left out once",
            "recall": round(float((odds[unlawful] > threshold).mean()), 4),
            "false_alarms": FALSE_ALARMS,
        },
        "in_use": True,
        "seconds": round(time.monotonic() - started, 1),
    }
    shelf = models / SHELF
    if not (shelf / head.card["version"]).is_dir():
        head.save(shelf / head.card["version"])
    use(shelf, head.card["version"])
    return head.card


def odds_of(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the log odds of being unlawful: (n, labels) -> (n,)."""
    lawful = np.clip(chances[:, 0], 1e-9, 1 - 1e-9)
    return np.log((1 - lawful) / lawful)


def left_out(known: Labelled, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return each labelled sentence's odds by a head that has not heard its manner: (n,)."""
    odds = np.zeros(len(known.texts))
    part = np.where(known.own, np.array(known.manners) % PARTS, -1)
    for one in range(PARTS):
        rows = np.flatnonzero(part == one)
        head = _fitted(known, vectors, part != one)
        texts = [fold(known.texts[int(row)]) for row in rows]
        odds[rows] = odds_of(head.chances(texts, vectors[rows]))
    return odds


def _fitted(known: Labelled, vectors: NDArray[np.float32], kept: NDArray[np.bool_]) -> TextHead:
    from shopguide.inference.softmax import SoftmaxRecipe, fit_softmax

    rows = np.flatnonzero(kept)
    return fit_softmax(
        [fold(known.texts[int(row)]) for row in rows], vectors[rows], known.truth[rows], LABELS,
        aside=np.zeros(len(rows), bool),
        counts=np.where(known.own[rows], 1.0, A_SHOPS).astype(np.float32),
        recipe=SoftmaxRecipe(ridge_grams=RIDGE_GRAMS, ridge_vector=RIDGE_VECTOR),
    )  # fmt: skip


def _seen(texts: Sequence[str], encoder: TextEncoder) -> tuple[NDArray[np.float32], int]:
    """Return what the head looks at and of which layer it is; 0: of an encoder that shows none."""
    from shopguide.inference.errors import ModelUnsupported
    from shopguide.inference.heads import MOST_TOKENS

    try:
        return encoder.token_states(texts, layer=LAYER, most=MOST_TOKENS).means(), LAYER
    except ModelUnsupported:
        return encoder.encode_documents(texts), 0
