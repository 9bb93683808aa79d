"""Models that write text: one method, streamed, with a limit of tokens and of time.

In-process through transformers (`TransformersGenerator`); `FakeGenerator` is shipped beside it.
One model in memory serves many who taught it: `taught` returns it with one's adapters on.
What they write is never shown as it is: `shopguide.writing` checks every sentence.
"""

from __future__ import annotations

import json
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopguide.inference.errors import ModelUnsupported

if TYPE_CHECKING:
    from shopguide.inference.adapting import Adapters, Exercise, Recipe

MOST_TOKENS = 1_000
ADAPTERS, SHAPE = "adapter.safetensors", "adapter.json"


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

    def taught(self, version: Path) -> Generator:
        """Return it as somebody taught it; itself where a model cannot be taught."""
        return self


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
        self._adapters: Adapters | None = None
        self._worn: Path | None = None

    def stream(self, system: str, text: str, *, tokens: int, timeout_s: float) -> Iterator[str]:
        """Yield the answer as it is sampled greedily; leaving the iterator ends the sampling."""
        return self._streamed(system, text, tokens, timeout_s, None)

    def taught(self, version: Path) -> Generator:
        """Return the model with a version's adapters on; the weights are shared.

        Errors: ModelUnsupported where the version was made for another model.
        """
        return _Taught(self, version)

    def teach(
        self,
        exercises: Sequence[Exercise],
        recipe: Recipe,
        *,
        say: Callable[[str], None] = lambda line: None,
    ) -> int:
        """Learn new adapters, which are worn from then on; return how many tokens were read."""
        from shopguide.inference.adapting import learn

        with self._one:
            adapters, self._worn = self._with_adapters(recipe.rank, recipe.alpha), None
            return learn(self._model, adapters, exercises, recipe, say)

    def surprise(self, exercises: Sequence[Exercise], *, taught: bool) -> float:
        """Return how foreign answers are to it, with or without the adapters that it wears."""
        from shopguide.inference.adapting import surprise

        with self._one:
            if self._adapters:
                self._adapters.wear(taught)
            return surprise(self._model, exercises)

    def exercise(self, system: str, text: str, answer: str) -> Exercise:
        """Return what it would be asked and what it is to answer, as tokens."""
        from shopguide.inference.adapting import Exercise

        asked = self._asked(system, text)["input_ids"][0].tolist()
        said = self._tokenizer(answer, add_special_tokens=False)["input_ids"]
        return Exercise(tuple(asked), (*said, int(self._tokenizer.eos_token_id)))

    def save_taught(self, version: Path) -> None:
        """Write the adapters that were learnt last, and what they belong to."""
        if self._adapters is None:
            raise ModelUnsupported("Nothing has been learnt yet.")
        self._adapters.save(version / ADAPTERS)
        shape = {"rank": self._adapters.rank, "alpha": self._adapters.alpha, "base": self.id}
        (version / SHAPE).write_text(json.dumps(shape) + "\n", "utf-8")

    def _with_adapters(self, rank: int, alpha: float) -> Adapters:
        """Return this model's adapters, put beside its layers at the first call."""
        from shopguide.inference.adapting import Adapters

        if self._adapters is None:
            self._adapters = Adapters(self._model, rank=rank, alpha=alpha)
        if (self._adapters.rank, self._adapters.alpha) != (rank, alpha):
            raise ModelUnsupported("A version has adapters of another size than the model wears.")
        return self._adapters

    def _wear(self, version: Path | None) -> None:
        """Put a version's adapters on; none are worn for None. Called by who holds the lock."""
        if version is None:
            if self._adapters is not None:
                self._adapters.wear(False)
            return
        if version != self._worn:
            shape = _shape(version)
            if shape.get("base") != self.id:
                raise ModelUnsupported(f"{version} was not made for {self.id}.")
            adapters = self._with_adapters(int(shape["rank"]), float(shape["alpha"]))
            adapters.load(version / ADAPTERS)
            self._worn = version
        if self._adapters is not None:
            self._adapters.wear(True)

    def _streamed(
        self, system: str, text: str, tokens: int, timeout_s: float, version: Path | None
    ) -> Iterator[str]:
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
            self._wear(version)
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


class _Taught(Generator):
    """A model with somebody's adapters on; a view, so that many share the weights."""

    def __init__(self, model: TransformersGenerator, version: Path) -> None:
        self._model, self._version = model, version
        self.id = f"{model.id}+{version.name}"

    def stream(self, system: str, text: str, *, tokens: int, timeout_s: float) -> Iterator[str]:
        """Yield the answer of the model as it was taught."""
        return self._model._streamed(system, text, tokens, timeout_s, self._version)


def _shape(version: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((version / SHAPE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelUnsupported(f"{version} holds no adapters.") from error
    return found


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
