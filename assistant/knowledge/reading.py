"""Ask the trained reader, where there is one, which stretch of a passage answers.

The chat worker and the portal ask; the `interactive` worker reads. Nobody waits long, and without a
reader in use, a worker or an answer in time the best sentence stands as it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from celery.exceptions import TimeoutError as CeleryTimeout
from django.conf import settings
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
SHELF = "reader"
# A question and some texts in; for each text its start, end and margin over "not here" out.
Spans = list[tuple[int, int, float]]
Read = Callable[[str, Sequence[str]], Spans | None]
_kept: dict[str, Any] = {}


def has_reader() -> bool:
    """Tell whether a reader of the encoder in use is in use, loading nothing."""
    from shopguide.inference.shelf import current

    found = current(Path(settings.MODELS_DIR) / SHELF)
    return found is not None and found.name.endswith(f"--{settings.ENCODER_ID}".replace("/", "_"))


def read_here(question: str, texts: Sequence[str]) -> Spans | None:
    """Read in this process, loading reader and encoder at the first call; None without a reader.

    Margins are over the reader's own threshold: above zero it answers.
    """
    from shopguide.backends import encoder
    from shopguide.inference.shelf import current
    from shopguide.inference.spans import Example, SpanReader

    if not has_reader():
        return None
    found = current(Path(settings.MODELS_DIR) / SHELF)
    assert found is not None  # noqa: S101 - has_reader has looked
    if _kept.get("version") != found.name:
        _kept.update(version=found.name, reader=SpanReader.load(found))
    reader = _kept["reader"]
    threshold = float(reader.card.get("threshold", 0))
    model: Any = encoder()
    spans = reader.read(model, [Example(question, text) for text in texts], lambda _line: None)
    return [(one.start, one.end, round(one.margin - threshold, 4)) for one in spans]


def ask_reader(question: str, texts: Sequence[str], *, wait_s: float = 1.0) -> Spans | None:
    """Let a worker read; None where there is no reader or nobody answers in time."""
    from assistant.knowledge.tasks import read_passages

    if not texts or not has_reader():
        return None
    try:
        asked = read_passages.apply_async((question, list(texts)), expires=10, retry=False)
        found: Spans | None = asked.get(timeout=wait_s, interval=0.01, disable_sync_subtasks=False)
    except (CeleryTimeout, OperationalError, OSError) as error:
        log.warning("no reading in time: %s", type(error).__name__)
        return None
    except Exception as error:  # a failing worker, whatever its reason, is an absent one
        log.warning("no reading: %s", type(error).__name__)
        return None
    return found
