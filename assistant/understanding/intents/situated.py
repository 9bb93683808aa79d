"""The second head: what a message is for at its place in the conversation.

For the worker that reads messages. It hears what the first head made of the words, where they were
said and which signs they carry, and crosses the place with all of that. A dear mistake (handing
over, cancelling) wants its words, or a chance that is worth it. `situating` teaches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.understanding.intents.names import INTENTS
from assistant.understanding.intents.utterances import fingerprint
from assistant.understanding.placing import PLACES, SIGNS, Placed

if TYPE_CHECKING:
    from shopguide.inference.heads import TextHead

Twice = tuple[NDArray[np.float32], NDArray[np.float32]]
SHELF = "situated"
HEARING = "intents"  # the shelf of the first head
RECIPE = 5
UNHEARD = 1e-4  # chances of the first head below this are all the same
# What a wrong act costs in log odds, where nothing but a head speaks for it.
COSTS = {
    "human": 2.0, "cancel": 2.0, "return": 1.0, "exchange": 1.0, "refund": 1.0, "account": 1.5,
    "change_address": 1.0, "small_talk": 1.0, "out_of_scope": 0.5,
}  # fmt: skip


def version_of(heard_by: str) -> str:
    """Name the version that our placed utterances make over a first head."""
    said = f"{fingerprint('placed')} {fingerprint('paged')}"
    recipe = f"{heard_by} {said} {RECIPE} {' '.join((*PLACES, *SIGNS))}"
    _, _, encoder = heard_by.partition("--")
    return f"situated-{sha256(recipe.encode()).hexdigest()[:10]}--{encoder}"


def lacks(models: Path) -> bool:
    """Tell whether the placed utterances have still to be learned over the first head in use."""
    from shopguide.inference.shelf import current

    first, found = current(models / HEARING), current(models / SHELF)
    return first is not None and (found is None or found.name != version_of(first.name))


def features(
    vectors: NDArray[np.float32], where: Sequence[Placed], heard: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return what the head looks at: (n, vector), n places, (n, intents) chances -> (n, more).

    After each vector come place, signs and rule, and the place crossed with signs and with what the
    first head heard; of a message without a place all of that but signs and rule is 0.
    """
    place = np.array([[one.place == name for name in PLACES] for one in where], np.float32)
    signs = np.array([[name in one.signs for name in SIGNS] for one in where], np.float32)
    ruled = np.array([[one.ruled == name for name in INTENTS] for one in where], np.float32)
    loud = 1 - np.log(np.maximum(heard, UNHEARD)) / np.log(UNHEARD)  # 0 unheard, 1 certain
    parts = (vectors, place, signs, ruled, _crossed(place, signs), _crossed(place, loud))
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _crossed(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.float32]:
    """Return each number times each other: (n, a), (n, b) -> (n, a * b)."""
    return np.asarray((one[:, :, None] * other[:, None, :]).reshape(len(one), -1), np.float32)


def heard_in_place(
    head: TextHead, first: TextHead, texts: Sequence[str], twice: Twice, where: Sequence[Placed],
) -> NDArray[np.float64]:  # fmt: skip
    """Return each intent's chance: n folded texts, their vectors, n places -> (n, intents).

    ``twice``: as an encoder's `encode_queries_twice` gives them. The first head hears only the
    vectors that texts are searched with.
    """
    heard = first.chances(texts, twice[0])
    return head.chances(texts, features(np.concatenate(twice, axis=1), where, heard))


def chosen(chances: NDArray[np.float64], where: Sequence[Placed]) -> NDArray[np.int64]:
    """Return the intents worth acting on: (n, intents), n places -> (n,)."""
    costs = np.array([[cost_of(name, one) for name in INTENTS] for one in where])
    return np.asarray((np.log(np.maximum(chances, 1e-12)) - costs).argmax(axis=1))


def cost_of(intent: str, where: Placed) -> float:
    """Return what it costs to be wrong with an intent, in log odds; 0 where its words are said."""
    return 0.0 if where.ruled == intent else COSTS.get(intent, 0.0)
