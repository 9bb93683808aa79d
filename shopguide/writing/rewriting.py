"""Let a model put the realiser's sentences into other words, and take them back one by one.

The realiser writes first, so an answer is always there. A model is given its sentences as numbered
lines with slots instead of facts (`slots`); each line that comes back in time, with its slots and
nothing else that looks like a fact, and that ``holds``, takes its sentence's place. Every other
sentence stays the realiser's: a model that is late, broken or lying costs its turn of phrase only.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from shopguide.writing.plan import Holds, Plan
from shopguide.writing.realiser import Realiser
from shopguide.writing.slots import Slotted, slotted

log = logging.getLogger(__name__)
PROMPT_VERSION = "rewrite-1"
_LINE = re.compile(r"^\s*(\d{1,2})\s*[.)）、:：]\s*(\S.*)$")
MOST_CHARACTERS = 8_000
# What no shop assistant may rewrite: a refusal, a promise of what will be done, somebody in danger.
KEPT_ACTS = frozenset({"refuse", "confirm", "done", "kept", "declined", "failed", "hand_over"})


class WriterFailed(Exception):
    """A model gave nothing that can be used; ``args[0]`` says why, for a log."""


@dataclass(frozen=True)
class Asked:
    """What a model is asked: instructions, numbered lines, and how long it may take."""

    system: str
    lines: str
    tokens: int
    timeout_s: float


# Yields text as it comes; raises WriterFailed.
Model = Callable[[Asked], Iterator[str]]


class Rewriter:
    """A writer that lets ``model`` rephrase. ``total_s``: after that the rest is the realiser's.

    Until it is told by `holding` how to check them, no wording of the model is shown.
    """

    def __init__(
        self,
        model_name: str,
        model: Model,
        *,
        holds: Holds = lambda _text: False,
        total_s: float = 2.5,
    ) -> None:
        """Keep the model and the check that its sentences must pass."""
        self._model_name = model_name
        self._model, self._holds, self._total_s = model, holds, total_s
        self._realiser = Realiser()
        self.rewritten = 0  # sentences that are the model's

    @property
    def name(self) -> str:
        """Return who has written so far: the model once a sentence of its own was shown."""
        return self._model_name if self.rewritten else self._realiser.name

    def holding(self, holds: Holds) -> Rewriter:
        """Return the writer for one answer, with its check."""
        return Rewriter(self._model_name, self._model, holds=holds, total_s=self._total_s)

    def write(self, plan: Plan) -> Iterator[str]:
        """Yield the plan's sentences, in the model's words where those can be shown."""
        sentences = list(self._realiser.write(plan))
        if plan.act in KEPT_ACTS:
            yield from sentences
        else:
            yield from self.reworded(sentences, plan)

    def reworded(self, sentences: Sequence[str], plan: Plan) -> Iterator[str]:
        """Yield these sentences, in the model's words where those can be shown.

        Of the plan it needs the language, the voice and the facts that are to become slots.
        """
        masked = [slotted(one, plan) for one in sentences]
        asked = {place + 1: one for place, one in enumerate(masked) if one.worth_writing}
        lines = self._lines(asked, plan) if asked else iter(())
        ready: dict[int, str] = {}
        for place, sentence in enumerate(sentences, 1):
            if place in asked:
                _read_up_to(place, lines, ready)
            yield self._chosen(sentence, asked.get(place), ready.get(place))

    def _chosen(self, sentence: str, asked: Slotted | None, written: str | None) -> str:
        """Return the model's wording if it can be shown, else the realiser's."""
        if asked is None or written is None:
            return sentence
        text = asked.filled(written)
        if text is None or text == sentence or not self._holds(text):
            return sentence
        self.rewritten += 1
        return text

    def _lines(self, asked: dict[int, Slotted], plan: Plan) -> Iterator[tuple[int, str]]:
        """Yield numbered lines as they are complete; a failure ends them."""
        request = Asked(
            instructions(plan),
            "\n".join(f"{place}. {one.text}" for place, one in asked.items()),
            tokens=60 + 2 * sum(len(one.text) for one in asked.values()),
            timeout_s=self._total_s,
        )
        deadline = time.monotonic() + self._total_s
        try:
            yield from _numbered(self._model(request), deadline)
        except WriterFailed as error:
            log.warning("%s gave up: %s", self._model_name, error)


def _read_up_to(place: int, lines: Iterator[tuple[int, str]], ready: dict[int, str]) -> None:
    """Take lines until the one for this place, or one behind it, has come."""
    while not ready or max(ready) < place:
        line = next(lines, None)
        if line is None:
            return
        ready.setdefault(*line)


def _numbered(pieces: Iterator[str], deadline: float) -> Iterator[tuple[int, str]]:
    held, seen = "", 0
    for piece in pieces:
        seen += len(piece)
        if seen > MOST_CHARACTERS or time.monotonic() > deadline:
            raise WriterFailed("too long" if seen > MOST_CHARACTERS else "too late")
        held += piece
        while "\n" in held:
            line, _, held = held.partition("\n")
            if found := _LINE.match(line):
                yield int(found[1]), found[2]
    if found := _LINE.match(held):
        yield int(found[1]), found[2]


def instructions(plan: Plan) -> str:
    """Return what a model is told. Nothing in it is a shop's or a shopper's but the voice."""
    voice = re.sub(r"[^\w\s,.，。、-]", " ", plan.voice)[:200].strip()
    if plan.chinese:
        return (
            "你是一家网店的导购，请把下面编号的每一句话换一种自然、亲切、简洁的说法。"
            "每行一句，保留行号；花括号里的内容如 {price_1} 必须原样保留，每个恰好一次。"
            "不要增加任何数字、承诺、链接或新的信息，不要合并或省略句子，只输出这些行。"
            + (f"店铺语气：{voice}。" if voice else "")
        )
    return (
        "You are a shop assistant. Put each numbered sentence below into other words: natural, "
        "warm and short. One sentence a line, with its number. Keep everything in braces, such as "
        "{price_1}, exactly as it is, each exactly once. Add no number, promise, link or new fact, "
        "and neither join nor leave out sentences. Answer with these lines only."
        + (f" The shop's voice: {voice}." if voice else "")
    )
