"""A reader of spans over an encoder: a question and a text in, the stretch that answers or none.

Question and text stand in one sequence, so that each layer compares them. The lower layers are the
encoder's, computed as they are; the upper ones are trained on. The first token stands for "not
here". Long texts are read in windows that overlap. Knows nothing of shops.

Sources: Devlin et al. 2018 (span heads); Rajpurkar et al. 2018, "Know what you don't know" (the
first token as no answer); Lee et al. 2019, "What would Elsa do?" (few layers are enough).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from shopguide.inference.errors import ModelMissing
from shopguide.inference.packing import plan_batches
from shopguide.inference.states import TokenStates, in_order_of_length
from shopguide.inference.upper import NEVER, Layer, Shape, Upper

WEIGHTS, CARD = "reader.safetensors", "card.json"
MOST, QUESTION, STRIDE = 256, 64, 64  # tokens: of a window, of its question, that windows share
LONGEST_SPAN = 80
Say = Callable[[str], None]


class Lender(Protocol):
    """An encoder, as far as readers need one."""

    id: str
    spec: Any
    tokenizer: Tokenizer
    batch_tokens: int

    def upper(self, *, layers: int, labels: int, most: int, seed: int) -> Upper | None:
        """Lend a copy of the uppermost layers."""
        ...

    def lower(self, ids: Sequence[Sequence[int]], layer: int) -> Tensor:
        """Run the first layers: n token id lists, shortest first -> (t, hidden), fp32."""
        ...


@dataclass(frozen=True, slots=True)
class Example:
    """A question about a text; ``end`` 0: the text does not answer."""

    question: str
    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """The best stretch ``text[start:end]``, and by how much it beats "not here"."""

    start: int
    end: int
    margin: float


@dataclass(frozen=True, slots=True)
class Window:
    """One sequence: which example, its tokens, where the text begins, each token's place."""

    example: int
    ids: list[int]
    first: int
    places: list[tuple[int, int]]

    def gold(self, example: Example) -> tuple[int, int]:
        """Return the answer's first and last token, 0 and 0 where it is not whole in here."""
        inside = [
            place
            for place, (start, end) in enumerate(self.places)
            if end > example.start and start < example.end and end > start
        ]
        whole = (
            inside
            and self.places[inside[0]][0] <= example.start
            and self.places[inside[-1]][1] >= example.end
        )
        return (self.first + inside[0], self.first + inside[-1]) if whole else (0, 0)


def windows_of(lender: Lender, examples: Sequence[Example]) -> list[Window]:
    """Cut each question and text into windows of at most ``MOST`` tokens, at least one each."""
    tokenizer = Tokenizer.from_str(lender.tokenizer.to_str())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found: list[Window] = []
    for number, one in enumerate(examples):
        asked = tokenizer.encode(lender.spec.query_prompt + one.question).ids
        asked = [*asked[: QUESTION - 1], asked[-1]]
        text = tokenizer.encode(one.text, add_special_tokens=False)
        room = MOST - len(asked) - 1
        starts = range(0, max(1, len(text.ids) - STRIDE), room - STRIDE)
        for start in starts:
            part = slice(start, start + room)
            ids = [*asked, *text.ids[part], asked[-1]]
            found.append(Window(number, ids, len(asked), list(text.offsets[part])))
    return found


def states_of(lender: Lender, windows: Sequence[Window], layer: int, say: Say) -> TokenStates:
    """Compute the windows' tokens after the lower layers."""
    lengths = [len(window.ids) for window in windows]
    states: TokenStates | None = None
    done, told = 0, time.monotonic()
    with torch.inference_mode():
        for batch in plan_batches(lengths, lender.batch_tokens):
            x = lender.lower([windows[place].ids for place in batch], layer)
            if states is None:
                states = TokenStates.empty(lengths, x.shape[1])
            states.put(batch, x)
            done += len(batch)
            if time.monotonic() - told > 5:
                told = time.monotonic()
                say(f"{done} of {len(windows)} windows read")
    return states or TokenStates.empty([], 1)


class SpanReader(nn.Module):
    """Upper layers, and for each token how likely an answer begins and ends there."""

    def __init__(self, shape: Shape, layers: nn.ModuleList | None = None) -> None:
        super().__init__()
        self.shape = shape
        self.layers = layers or nn.ModuleList([Layer(shape) for _ in range(shape.layers)])
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(shape.hidden, 2)
        self.card: dict[str, Any] = {}

    def forward(self, x: Tensor, here: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits of beginnings and ends: (n, t, hidden), (n, t) bool -> (n, t) twice."""
        for layer in self.layers:
            x = layer(x, here)
        logits = self.out(self.drop(x)).masked_fill(~here[:, :, None], NEVER)
        return logits[:, :, 0], logits[:, :, 1]

    def read(self, lender: Lender, examples: Sequence[Example], say: Say = print) -> list[Span]:
        """Return the best span of each example: n questions and texts -> n spans."""
        windows = windows_of(lender, examples)
        states = states_of(lender, windows, self.shape.base, say)
        return self.spans(examples, windows, states)

    def spans(
        self, examples: Sequence[Example], windows: Sequence[Window], states: TokenStates
    ) -> list[Span]:
        """Return the best span of each example over all of its windows."""
        self.eval()
        best: dict[int, Span] = {}
        with torch.inference_mode():
            for rows in in_order_of_length(states.lengths, 32):
                starts, ends = self(*states.padded(rows))
                for place, row in enumerate(rows):
                    window = windows[row]
                    span = best_span(starts[place].numpy(), ends[place].numpy(), window)
                    kept = best.get(window.example)
                    if kept is None or span.margin > kept.margin:
                        best[window.example] = span
        return [best.get(number, Span(0, 0, -1e9)) for number in range(len(examples))]

    def save(self, directory: Path) -> None:
        """Write the reader into a new directory, whole or not at all."""
        partial = directory.with_name(directory.name + ".partial")
        partial.mkdir(parents=True, exist_ok=True)
        arrays = {name: value.half().contiguous() for name, value in self.state_dict().items()}
        save_file(arrays | {"shape": torch.from_numpy(self.shape.numbers())}, partial / WEIGHTS)
        (partial / CARD).write_text(json.dumps(self.card, ensure_ascii=False, indent=1), "utf-8")
        partial.replace(directory)

    @classmethod
    def load(cls, directory: Path) -> SpanReader:
        """Read a reader back. Errors: ModelMissing with its remedy."""
        try:
            arrays = load_file(directory / WEIGHTS)
            card = json.loads((directory / CARD).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"There is no readable reader in {directory.name}.", remedy="Train it again."
            ) from error
        made = cls(Shape.of(arrays.pop("shape").tolist()))
        made.load_state_dict({name: value.float() for name, value in arrays.items()})
        made.card = card
        return made.eval()


def best_span(starts: NDArray[np.float32], ends: NDArray[np.float32], window: Window) -> Span:
    """Return the best span within the text: (t,), (t,). Its start is never after its end."""
    count = len(window.places)
    if not count:
        return Span(0, 0, -1e9)
    nothing = float(starts[0] + ends[0])
    begin = starts[window.first : window.first + count]
    finish = ends[window.first : window.first + count]
    total = begin[:, None] + finish[None, :]
    steps = np.arange(count)[None, :] - np.arange(count)[:, None]
    total = np.where((steps >= 0) & (steps < LONGEST_SPAN), total, -np.inf)
    first, last = np.unravel_index(int(total.argmax()), total.shape)
    margin = float(total[first, last]) - nothing
    return Span(window.places[first][0], window.places[last][1], margin)


@dataclass(frozen=True)
class Schedule:
    """How a reader is trained."""

    layers: int = 3
    rounds: int = 3
    batch: int = 16
    rate: float = 1e-4
    rate_new: float = 1e-3
    decay: float = 0.01


def fit_reader(
    lender: Lender,
    examples: Sequence[Example],
    *,
    schedule: Schedule = Schedule(),
    seed: int = 1,
    say: Say = lambda line: None,
) -> SpanReader:
    """Train on examples. Deterministic for a number of threads.

    Cost: each window is read once by the lower layers (some 4,000 tokens a CPU-second), then
    ``rounds`` times by the upper ones.
    """
    lent = lender.upper(layers=schedule.layers, labels=2, most=MOST, seed=seed)
    if lent is None:
        raise ModelMissing("This encoder lends no layers.", remedy="Use a BERT-shaped one.")
    reader = SpanReader(lent.shape, lent.layers)
    nn.init.normal_(reader.out.weight, std=0.02)
    nn.init.zeros_(reader.out.bias)
    windows = windows_of(lender, examples)
    states = states_of(lender, windows, lent.shape.base, say)
    gold = torch.tensor([window.gold(examples[window.example]) for window in windows])
    train_on(reader, states, gold, schedule=schedule, seed=seed, say=say)
    return reader.eval()


def train_on(
    reader: SpanReader,
    states: TokenStates,
    gold: Tensor,
    *,
    schedule: Schedule,
    seed: int,
    say: Say,
) -> None:
    """Train in place: n windows, (n, 2) first and last tokens."""
    chance = np.random.default_rng(seed)
    optimiser = optimiser_of(reader, schedule)
    total = max(1, schedule.rounds * -(-len(states) // schedule.batch))
    step = 0
    reader.train()
    for _round in range(schedule.rounds):
        blurred = states.lengths * chance.uniform(0.85, 1.15, len(states))
        batches = [*in_order_of_length(blurred, schedule.batch)]
        chance.shuffle(batches)
        for rows in batches:
            for group in optimiser.param_groups:
                group["lr"] = (
                    group["first"] * min(1.0, 10 * (step + 1) / total) * (1 - step / total)
                )
            starts, ends = reader(*states.padded(rows))
            loss = F.cross_entropy(starts, gold[rows, 0]) + F.cross_entropy(ends, gold[rows, 1])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            step += 1
            if step % 20 == 0 or step == total:
                say(f"step {step} of {total}, loss {loss.item():.3f}")


def optimiser_of(reader: SpanReader, schedule: Schedule) -> torch.optim.Optimizer:
    """Return AdamW with a rate for the encoder's layers and one for what is new."""
    groups = [
        {"params": [*reader.out.parameters()], "lr": schedule.rate_new, "weight_decay": 0.0},
        {
            "params": [*reader.layers.parameters()],
            "lr": schedule.rate,
            "weight_decay": schedule.decay,
        },
    ]
    optimiser = torch.optim.AdamW(groups)
    for group in optimiser.param_groups:
        group["first"] = group["lr"]
    return optimiser
