"""What a message is for: names, our own utterances, a trained head over the encoder, and rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.understanding.intents.names import INTENTS, MEANINGS, OUT_OF_SCOPE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["INTENTS", "MEANINGS", "OUT_OF_SCOPE", "predict", "version"]


def version() -> str:
    """Return the version of the head in use; "" where there is none."""
    from assistant.understanding.intents.training import SHELF
    from shopguide.backends import head

    kept = head(SHELF)
    return kept[0] if kept else ""


def predict(
    texts: Sequence[str], vectors: NDArray[np.float32] | None = None
) -> list[tuple[str, float] | None]:
    """Return each text's intent and its chance; None for all where no head is in use here.

    For workers, which have models. ``vectors``: the texts as queries, (n, dimensions), where they
    are known already. Cost: a millisecond beside the encoder.
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
    if vectors is None or plain != list(texts):
        vectors = encoder().encode_queries(plain)
    chances = kept[1].chances([fold(text) for text in plain], vectors)
    best = kept[1].decide(chances)
    return [
        (kept[1].labels[place], float(row[place])) for row, place in zip(chances, best, strict=True)
    ]
