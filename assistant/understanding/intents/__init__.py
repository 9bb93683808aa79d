"""What a message is for: names, our own utterances, trained heads over the encoder, and rules."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.understanding.intents.names import INTENTS, MEANINGS, OUT_OF_SCOPE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.understanding.placing import Placed
    from shopguide.inference.heads import TextHead

log = logging.getLogger(__name__)
__all__ = ["INTENTS", "MEANINGS", "OUT_OF_SCOPE", "Heard", "hear", "predict", "version"]
LEAST = 0.001  # a chance below this is not told


class Heard(NamedTuple):
    """The intent worth acting on, the chance that it is right, and those of the others."""

    intent: str
    chance: float
    odds: Mapping[str, float]


def version() -> str:
    """Return the version of the head in use, the one that knows places if it is; "" for none."""
    from assistant.understanding.intents.training import SHELF
    from shopguide.backends import head

    kept = head(SHELF)
    if kept is None:
        return ""
    second = _situated(kept[0])
    return kept[0] if second is None else str(second.card["version"])


def predict(
    texts: Sequence[str],
    twice: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
    where: Sequence[Placed] = (),
) -> list[tuple[str, float] | None]:
    """Return each text's intent and its chance; None for all where no head is in use here."""
    return [one and (one.intent, one.chance) for one in hear(texts, twice, where)]


def hear(
    texts: Sequence[str],
    twice: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
    where: Sequence[Placed] = (),
) -> list[Heard | None]:
    """Return what a head hears in each text; None for all where no head is in use here.

    For workers, which have models. ``twice``: what the encoder's `encode_queries_twice` makes of
    the texts, where that is known already; ``where``: where in their conversations they are said,
    if that is known.
    Cost: a millisecond beside the encoder.
    """
    from django.conf import settings

    from assistant.understanding.intents.training import SHELF
    from assistant.understanding.languages import plainly
    from assistant.understanding.spelling import respelt
    from catalog.opinions.judges import suffix
    from catalog.text import fold
    from shopguide.backends import encoder, head

    kept = head(SHELF)
    if kept is None or not texts or not kept[0].endswith(suffix(settings.ENCODER_ID)):
        return [None] * len(texts)
    plain = [respelt(plainly(text)) for text in texts]
    if twice is None or plain != list(texts):
        twice = encoder().encode_queries_twice(plain)
    folded, first = [fold(text) for text in plain], kept[1]
    placed = _in_place(kept[0], first, folded, twice, where)
    if placed is None:
        alone = first.chances(folded, twice[0])
        placed = alone, first.decide(alone)
    chances, best = placed
    return [
        Heard(first.labels[place], float(row[place]), {
            label: round(float(chance), 4)
            for label, chance in zip(first.labels, row, strict=True) if chance >= LEAST
        })
        for row, place in zip(chances, best, strict=True)
    ]  # fmt: skip


def _in_place(
    heard_by: str,
    first: TextHead,
    folded: Sequence[str],
    twice: tuple[NDArray[np.float32], NDArray[np.float32]],
    where: Sequence[Placed],
) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """Return chances and choices by the head that knows places; None where none fits this code.

    A head learned by an older recipe has other inputs; until it is learned anew it counts as
    lacking.
    """
    from assistant.understanding.intents.situated import chosen, heard_in_place

    second = _situated(heard_by) if where else None
    if second is None:
        return None
    try:
        chances = heard_in_place(second, first, folded, twice, where)
    except ValueError as error:
        log.warning("the head that knows places is out of date, train it anew: %s", error)
        return None
    return chances, chosen(chances, where)


def _situated(heard_by: str) -> TextHead | None:
    """Return the head that knows places, None where none was learned over this first head."""
    from assistant.understanding.intents.situated import SHELF
    from shopguide.backends import head

    kept = head(SHELF)
    return kept[1] if kept is not None and kept[1].card["heard_by"] == heard_by else None
