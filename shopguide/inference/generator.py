"""Models that write text: one method, streamed, with a limit of tokens and of time.

In-process through transformers (`TransformersGenerator`); `FakeGenerator` is shipped beside it.
What they write is never shown as it is: `shopguide.writing` checks every sentence.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shopguide.inference.errors import ModelUnsupported

MOST_TOKENS = 1_000


@dataclass(frozen=True)
class GeneratorSpec:
    """Which model. ``model``: a directory or a hub id."""

    model: str
    revision: str | None = None
    threads: int = 1
    offline: bool = True
    name: str = ""


class Generator(ABC):
    """``id``: what readers are told wrote it."""

    id: str

    @abstractmethod
    def stream(self, system: str, text: str, *, tokens: int, timeout_s: float) -> Iterator[str]:
        """Yield the answer piece by piece; it ends at so many tokens or seconds."""


class FakeGenerator(Generator):
    """Answers by a function; the default says the lines back as they are."""

    def __init__(
        self, answer: Callable[[str], str] = lambda text: text, *, name: str = "fake"
    ) -> None:
        """Keep the function."""
        self.id, self._answer = name, answer

    def stream(self, system: str, text: str, *, tokens: int, timeout_s: float) -> Iterator[str]:
        """Yield the answer in pieces of seven characters."""
        answer = self._answer(text)[: tokens * 8]
        for start in range(0, len(answer), 7):
            yield answer[start : start + 7]


class TransformersGenerator(Generator):
    """A causal language model in this process. One answer at a time."""

    def __init__(self, spec: GeneratorSpec) -> None:
        """Load weights and tokenizer; errors are InferenceError with their remedy."""
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        from shopguide.inference.loading import Source

        torch.set_num_threads(spec.threads)
        source = Source(spec.model, revision=spec.revision, offline=spec.offline)
        self.id = spec.name or Path(spec.model).name
        self._model: Any = source.load(AutoModelForCausalLM, dtype="auto")
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(
                spec.model,
                revision=spec.revision,
                local_files_only=spec.offline or source.directory is not None,
                trust_remote_code=False,
            )
        except (OSError, ValueError) as error:
            raise ModelUnsupported(f"{spec.model} has no tokenizer.") from error
        self._one = threading.Lock()

    def stream(self, system: str, text: str, *, tokens: int, timeout_s: float) -> Iterator[str]:
        """Yield the answer as it is sampled greedily; leaving the iterator ends the sampling."""
        from transformers import TextIteratorStreamer

        asked = self._asked(system, text)
        streamer = TextIteratorStreamer(
            self._tokenizer, skip_prompt=True, skip_special_tokens=True, timeout=timeout_s
        )
        over = threading.Event()
        deadline = time.monotonic() + timeout_s
        worker = threading.Thread(
            target=self._generate, args=(asked, streamer, tokens, deadline, over), daemon=True
        )
        with self._one:
            worker.start()
            try:
                yield from _until(streamer, deadline)
            finally:
                over.set()
                worker.join()

    def _asked(self, system: str, text: str) -> Any:
        messages = [{"role": "system", "content": system}, {"role": "user", "content": text}]
        if getattr(self._tokenizer, "chat_template", None):
            return self._tokenizer.apply_chat_template(
                messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
            )
        return self._tokenizer(f"{system}\n\n{text}\n\n", return_tensors="pt")

    def _generate(
        self, asked: Any, streamer: Any, tokens: int, deadline: float, over: threading.Event
    ) -> None:
        import torch
        from transformers import StoppingCriteria, StoppingCriteriaList

        class Stopped(StoppingCriteria):
            """Ends when the time is over or nobody listens any more."""

            def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
                ended = over.is_set() or time.monotonic() > deadline
                return torch.full((input_ids.shape[0],), ended, dtype=torch.bool)

        try:
            with torch.inference_mode():
                self._model.generate(
                    input_ids=asked["input_ids"],
                    attention_mask=asked["attention_mask"],
                    max_new_tokens=min(tokens, MOST_TOKENS),
                    do_sample=False,
                    streamer=streamer,
                    stopping_criteria=StoppingCriteriaList([Stopped()]),
                    pad_token_id=self._tokenizer.pad_token_id or self._tokenizer.eos_token_id,
                )
        finally:
            streamer.end()


def _until(pieces: Iterator[str], deadline: float) -> Iterator[str]:
    """Pass pieces on until the deadline."""
    from queue import Empty

    try:
        for one in pieces:
            yield one
            if time.monotonic() > deadline:
                return
    except Empty:
        return


def build_generator(spec: GeneratorSpec) -> Generator:
    """Load the generator that a spec describes. Cost: seconds, and the weights' memory."""
    return TransformersGenerator(spec)
