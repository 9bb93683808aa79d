"""A writer whose words come from a transformers model in this process; for workers only."""

from __future__ import annotations

from collections.abc import Iterator

from shopguide.inference.errors import InferenceError
from shopguide.inference.generator import Generator
from shopguide.writing.plan import Holds
from shopguide.writing.rewriting import Asked, Rewriter, WriterFailed


def local_writer(
    generator: Generator, *, holds: Holds = lambda _text: False, total_s: float = 20.0
) -> Rewriter:
    """Return a writer that rephrases with a model of the model room.

    ``total_s``: small models on a processor are slow; what is not there by then is the realiser's.
    """

    def model(asked: Asked) -> Iterator[str]:
        try:
            yield from generator.stream(
                asked.system, asked.lines, tokens=asked.tokens, timeout_s=asked.timeout_s
            )
        except InferenceError as error:
            raise WriterFailed(error.reason) from error

    return Rewriter(generator.id, model, holds=holds, total_s=total_s)
