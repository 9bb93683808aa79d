"""Which question about the site itself a message asks, in words no rule knows.

For workers, which have models. A head over the encoder's query vectors, learned from written
questions of each topic and from what shoppers say otherwise; `training` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHELF = "sited"
LIKELY = 0.5  # a topic less likely than this is not told
# The topic of what is learned for the rules' sake only: heads mix it up with goods' own reviews.
LEFT_TO_RULES = frozenset(("reviews",))


def heard_as(told: Sequence[Any] | None) -> tuple[str, float]:
    """Return a topic and its chance as a worker or a trace tells them."""
    return (str(told[0]), float(told[1])) if told else ("", 0.0)


def topic_in(text: str, vector: NDArray[np.float32]) -> tuple[str, float]:
    """Return the topic of a message with its query vector (1, dimensions), and its chance.

    ("", 0) where it is no such question, or nobody can tell.

    Cost: half a millisecond.
    """
    from django.conf import settings

    from assistant.understanding.sited.training import NONE
    from assistant.understanding.spelling import respelt
    from catalog.opinions.judges import suffix
    from catalog.text import fold
    from shopguide.backends import head

    kept = head(SHELF)
    if kept is None or not kept[0].endswith(suffix(settings.ENCODER_ID)):
        return "", 0.0
    chances = kept[1].chances([fold(respelt(text))], vector)[0]
    best = int(chances.argmax())
    label = kept[1].labels[best]
    known = label != NONE and label not in LEFT_TO_RULES and chances[best] >= LIKELY
    return (label, round(float(chances[best]), 4)) if known else ("", 0.0)
