"""Learn which topic of the site a message asks about.

What rules recognize among our utterances teaches beside the written questions; all other
utterances teach what is no such question. Questions of another hand are measured, and train
nothing.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.understanding.intents.utterances import LANGUAGES, utterances
from assistant.understanding.sited import LIKELY, SHELF
from assistant.understanding.siting import site_topic
from assistant.understanding.spelling import respelt
from catalog.opinions.judges import suffix
from catalog.text import fold

if TYPE_CHECKING:
    from assistant.understanding.intents.training import QueryEncoder
    from shopguide.inference.heads import TextHead

Say = Callable[[str], None]
Asked = tuple[str, str]  # a message and its topic
HERE = Path(__file__).parent
NONE = "-"  # no question about the site
RECIPE = 1
WRITTEN = 3.0  # what a written question counts beside one that a rule recognized
ASIDE = 5  # every fifth question chooses the temperature


def questions(kept: str = "") -> list[Asked]:
    """Return the written questions with their topics; those of another hand with ``heldout``."""
    found = []
    for language in LANGUAGES:
        path = HERE / kept / f"{language}.toml"
        for topic, block in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found += [(line.strip(), topic) for line in block.splitlines() if line.strip()]
    return found


def others(kept: str = "spoken") -> list[Asked]:
    """Return what shoppers say, with the topic that rules recognize in it."""
    return [(one.text, site_topic(one.text) or NONE) for one in utterances(kept=kept)]


def version_of(encoder_id: str) -> str:
    """Name the version that our questions make over an encoder, loading nothing."""
    said = sha256(repr((RECIPE, WRITTEN, questions(), others())).encode()).hexdigest()[:10]
    return f"sited-{said}{suffix(encoder_id)}"


def lacks(models: Path, encoder_id: str) -> bool:
    """Tell whether our questions have still to be learned here."""
    from shopguide.inference.shelf import current

    found = current(models / SHELF)
    return found is None or found.name != version_of(encoder_id)


def learn(models: Path, encoder: QueryEncoder, say: Say = lambda _: None) -> dict[str, Any]:
    """Learn our questions, keep the head, put it in use and return its card."""
    from assistant.understanding.intents.training import encoded
    from shopguide.inference.shelf import use
    from shopguide.inference.softmax import SoftmaxRecipe, fit_softmax

    started, written, said = time.monotonic(), questions(), others()
    asked = [*written, *said]
    labels = (NONE, *sorted({topic for _, topic in asked if topic != NONE}))
    texts = [respelt(text) for text, _ in asked]
    say(f"encoding {len(texts)} questions about the site and others")
    counts = np.ones(len(asked), np.float32)
    counts[: len(written)] = WRITTEN
    head = fit_softmax(
        [fold(text) for text in texts], encoded(texts, encoder),
        np.array([labels.index(topic) for _, topic in asked], np.int64), labels,
        aside=np.arange(len(asked)) % ASIDE == 0, counts=counts, recipe=SoftmaxRecipe(spread=2.0),
    )  # fmt: skip
    version = version_of(encoder.id)
    head.card = {
        "model": "site",
        "version": version,
        "data": {"texts": len(asked), "written": len(written)},
        "encoder": encoder.id,
        "temperature": round(head.temperature, 3),
        "metrics": {
            "asked": figures(head, questions("heldout"), encoder),
            "others": figures(head, others("held_out"), encoder),
        },
        "in_use": True,
        "seconds": round(time.monotonic() - started, 1),
    }
    if not (models / SHELF / version).is_dir():
        head.save(models / SHELF / version)
    use(models / SHELF, version)
    return head.card


def figures(head: TextHead, asked: Sequence[Asked], encoder: QueryEncoder) -> dict[str, float]:
    """Return which share is answered rightly, wrongly, and taken though it is no such question."""
    from assistant.understanding.intents.training import encoded

    texts = [respelt(text) for text, _ in asked]
    chances = head.chances([fold(text) for text in texts], encoded(texts, encoder))
    best = chances.argmax(axis=1)
    told = [
        head.labels[place] if row[place] >= LIKELY else NONE
        for place, row in zip(best, chances, strict=True)
    ]
    pairs = [(found, topic) for found, (_, topic) in zip(told, asked, strict=True)]
    ours = [pair for pair in pairs if pair[1] != NONE]
    rest = [pair for pair in pairs if pair[1] == NONE]
    return {
        "n": len(pairs),
        "right": round(sum(a == b for a, b in ours) / max(1, len(ours)), 4),
        "wrong": round(sum(a not in (b, NONE) for a, b in ours) / max(1, len(ours)), 4),
        "taken": round(sum(a != NONE for a, _ in rest) / max(1, len(rest)), 4),
    }
