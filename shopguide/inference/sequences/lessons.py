"""Teach the sequence model: every deed of every history foretells the one after it.

Several tasks on one trunk, each with its weight; batches of like length; all items compete where
they are few, else negatives shared by a batch, with the correction by log Q. A lesson can be broken
off and gone on with, shared among processes, and taken up again on fresh deeds.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.sequences.attention import padded
from shopguide.inference.sequences.deeds import UNKNOWN, Deeds
from shopguide.inference.sequences.histories import Histories, Ids
from shopguide.inference.sequences.outlook import Outlook
from shopguide.inference.sequences.teaching import Drawing, Recipe, Say, bucketed, one_thread, rate

TASKS = ("item", "action", "kind", "type")
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"item": 1.0, "action": 1.2, "kind": 0.2, "type": 0.6}
)
Keep = Callable[[bytes], None]


class Parallel(Protocol):
    """Several processes that teach one model, each its part of every batch."""

    @property
    def rank(self) -> int:
        """Return the number of this process."""

    @property
    def world(self) -> int:
        """Return how many there are."""

    def average(self, parameters: Iterable[nn.Parameter], count: int) -> None:
        """Make gradients those of all parts together; ``count``: the deeds of this part."""


@dataclass(frozen=True)
class Alone:
    """One process does all."""

    rank: int = 0
    world: int = 1

    def average(self, parameters: Iterable[nn.Parameter], count: int) -> None:
        """Leave gradients as they are."""


class Distributed:
    """The processes of ``torch.distributed``, which is to be initialised (gloo on CPUs)."""

    def __init__(self) -> None:
        self.rank: int = torch.distributed.get_rank()
        self.world: int = torch.distributed.get_world_size()

    def average(self, parameters: Iterable[nn.Parameter], count: int) -> None:
        """Sum gradients over processes, each weighed by its deeds. One message a parameter."""
        total = torch.tensor(float(count))
        torch.distributed.all_reduce(total)
        for one in parameters:
            grad = torch.zeros_like(one) if one.grad is None else one.grad * count
            torch.distributed.all_reduce(grad)
            one.grad = grad / total.clamp(min=1)


@dataclass(frozen=True)
class Lesson:
    """How the model is taught. ``tokens``: places of a batch; ``weights``: of the tasks."""

    epochs: int = 40
    tokens: int = 1_024
    negatives: int = 1_024
    whole: int = 4_096  # catalogues up to so many items compete in full
    rate: float = 4e-3
    text_rate: float = 0.1  # of the rate, for the projection of texts
    warm: float = 0.05
    decay: float = 0.01
    seed: int = 1
    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    frozen: tuple[str, ...] = ()  # names of parameters begin so: they stay as they are
    saved: int = 5  # a checkpoint after so many epochs

    @property
    def recipe(self) -> Recipe:
        """Return what drawing and the course of the rate go by."""
        return Recipe(
            epochs=self.epochs, tokens=self.tokens, negatives=self.negatives, rate=self.rate,
            warm=self.warm, decay=self.decay, seed=self.seed,
        )  # fmt: skip


@dataclass
class Taught:
    """What came of a lesson. ``losses``: the last epoch's, by task; ``epoch``: the best one."""

    model: Outlook
    losses: dict[str, float]
    epoch: int
    quality: float | None = None
    seconds: float = 0.0


def teach_deeds(
    model: Outlook,
    deeds: Deeds,
    lesson: Lesson = Lesson(),
    *,
    judge: Callable[[Outlook], float] | None = None,
    checkpoint: bytes | None = None,
    keep: Keep = lambda _body: None,
    parallel: Parallel = Alone(),
    say: Say = lambda _line: None,
) -> Taught:
    """Teach a model on deeds in its place; the same seed and deeds give the same model.

    ``judge``: of the epochs the one it finds best is returned, else the last. ``keep`` gets what
    ``checkpoint`` goes on from. One thread: its tensors are small.
    """
    with one_thread():
        course = Course(model, deeds, lesson, parallel)
        if checkpoint:
            course.load(checkpoint)
        return course.run(judge, keep, say)


class Course:
    """One lesson under way."""

    def __init__(self, model: Outlook, deeds: Deeds, lesson: Lesson, parallel: Parallel) -> None:
        self.model, self.lesson, self.parallel = model, lesson, parallel
        long = np.flatnonzero(deeds.histories.lengths > 1)
        self.deeds = deeds.chosen(long)
        self.drawing = Negatives(deeds.histories, lesson)
        self.epoch, self.best_epoch, self.best = 0, 0, -1.0
        self.best_state: dict[str, Tensor] | None = None
        self.losses: dict[str, float] = {}
        self.optimiser = self.made()
        count = sum(1 for _users in self.batches(np.random.default_rng([lesson.seed, 0])))
        steps = lesson.epochs * max(1, count)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda step: rate(step, steps, lesson.recipe)
        )

    def made(self) -> torch.optim.AdamW:
        """Return the optimiser: texts are learnt on slowly, what is frozen not at all."""
        groups: dict[bool, list[nn.Parameter]] = {True: [], False: []}
        for name, one in self.model.named_parameters():
            one.requires_grad_(not name.startswith(self.lesson.frozen or ("\0",)))
            if one.requires_grad:
                groups[name == "items.project"].append(one)
        rates = {True: self.lesson.rate * self.lesson.text_rate, False: self.lesson.rate}
        return torch.optim.AdamW(
            [{"params": found, "lr": rates[text]} for text, found in groups.items() if found],
            betas=(0.9, 0.98), weight_decay=self.lesson.decay,
        )  # fmt: skip

    def batches(self, chance: np.random.Generator) -> Iterable[Ids]:
        """Return the users of each batch."""
        longest = self.model.shape.longest
        return bucketed(self.deeds.histories, self.lesson.tokens, longest, chance)

    def run(self, judge: Callable[[Outlook], float] | None, keep: Keep, say: Say) -> Taught:
        """Go through the epochs that are left."""
        started = time.monotonic()
        while self.epoch < self.lesson.epochs and len(self.deeds):
            self.go_through()
            self.epoch += 1
            if judge is not None and (found := judge(self.model.eval())) > self.best:
                self.best, self.best_epoch = found, self.epoch
                state = self.model.state_dict()
                self.best_state = {name: one.detach().clone() for name, one in state.items()}
            if self.epoch % self.lesson.saved == 0 and self.epoch < self.lesson.epochs:
                keep(self.saved())
            if self.epoch % 10 == 0:
                told = ", ".join(f"{task} {loss:.3f}" for task, loss in self.losses.items())
                say(f"epoch {self.epoch} of {self.lesson.epochs}: {told}")
        if self.best_state is not None:
            self.model.load_state_dict(self.best_state)
        self.model.requires_grad_(requires_grad=True)
        seconds = round(time.monotonic() - started, 2)
        quality = self.best if self.best_state is not None else None
        best = self.best_epoch or self.epoch
        return Taught(self.model.eval(), self.losses, best, quality, seconds)

    def go_through(self) -> None:
        """Teach one epoch. Chance begins anew, so that it can be gone on with from here."""
        torch.manual_seed(self.lesson.seed * 10_007 + self.epoch)
        chance = np.random.default_rng([self.lesson.seed, self.epoch])
        self.drawing.chance = np.random.default_rng([self.lesson.seed, self.epoch, 7])
        sums, seen = dict.fromkeys(TASKS, 0.0), 0
        self.model.train()
        for users in self.batches(chance):
            mine = users[self.parallel.rank :: self.parallel.world]
            found, count = losses_of(self.model, self.deeds.chosen(mine), self.drawing)
            loss = sum(
                (self.lesson.weights.get(task, 0.0) * one for task, one in found.items()),
                torch.tensor(0.0),
            )
            self.optimiser.zero_grad(set_to_none=True)
            if loss.requires_grad:
                loss.backward()
            self.parallel.average(self.model.parameters(), count)
            self.optimiser.step()
            self.schedule.step()
            seen += count
            for task, one in found.items():
                sums[task] += float(one.detach()) * count
        self.losses = {task: round(one / max(1, seen), 4) for task, one in sums.items() if one}

    def saved(self) -> bytes:
        """Return all that is needed to go on."""
        body = io.BytesIO()
        torch.save(
            {
                "model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(),
                "schedule": self.schedule.state_dict(), "epoch": self.epoch,
                "best": self.best, "best_epoch": self.best_epoch, "best_state": self.best_state,
                "losses": self.losses,
            },
            body,
        )  # fmt: skip
        return body.getvalue()

    def load(self, checkpoint: bytes) -> None:
        """Go on from a checkpoint of the same lesson; ModelUnsupported for another one's."""
        try:
            kept: dict[str, Any] = torch.load(io.BytesIO(checkpoint), weights_only=True)
            self.model.load_state_dict(kept["model"])
            self.optimiser.load_state_dict(kept["optimiser"])
            self.schedule.load_state_dict(kept["schedule"])
        except Exception as error:
            raise ModelUnsupported(f"the checkpoint is of another lesson: {error}") from error
        self.epoch, self.losses = int(kept["epoch"]), dict(kept["losses"])
        self.best, self.best_epoch = float(kept["best"]), int(kept["best_epoch"])
        self.best_state = kept["best_state"]


class Negatives(Drawing):
    """All items anybody took where they are few, else some drawn by how often they are taken.

    What nobody took yet is no counter-example: it would be taught that nobody wants it.
    """

    def __init__(self, histories: Histories, lesson: Lesson) -> None:
        super().__init__(histories, lesson.recipe)
        taken = np.flatnonzero(histories.counts())
        self.all = len(taken) <= lesson.whole
        self.every = torch.from_numpy(taken)

    def draw(self) -> Tensor:
        """Return item numbers, without repeats."""
        return self.every if self.all else super().draw()


def losses_of(model: Outlook, deeds: Deeds, drawing: Negatives) -> tuple[dict[str, Tensor], int]:
    """Return the mean loss of each task over a batch, and how many deeds it is over."""
    longest = model.shape.longest + 1
    rows, lengths = padded(deeds.histories, longest)
    actions, _lengths = padded(deeds.acts, longest)
    real = torch.arange(rows.shape[1] - 1)[None] < (lengths - 1)[:, None]
    if not bool(real.any()):
        return {}, 0
    negatives = drawing.draw()
    needed, places = torch.unique(torch.cat([rows.ravel(), negatives]), return_inverse=True)
    table = model.items(needed)
    at = places[: rows.numel()].view(rows.shape)
    known = model(table[at[:, :-1]], actions[:, :-1])[real]  # (p, d)
    targets, before = rows[:, 1:][real], rows[:, :-1][real]
    users = torch.arange(len(rows))[:, None].expand(real.shape)[real]
    found = {
        "action": functional.cross_entropy(model.to_action(known), actions[:, 1:][real]),
        "kind": known_only(model.to_kind(known), torch.from_numpy(deeds.kinds)[targets]),
        "type": known_only(model.to_type(known), torch.from_numpy(deeds.types)[users]),
    }
    onward = targets != before
    if bool(onward.any()):
        states = model.states(known[onward])
        taken, others = table[at[:, 1:][real][onward]], table[places[rows.numel() :]]
        found["item"] = item_loss(
            drawing, model.heat, states=states, taken=taken, others=others,
            targets=targets[onward], negatives=negatives,
        )  # fmt: skip
    return {task: found[task] for task in TASKS if task in found}, len(known)


def known_only(logits: Tensor, truth: Tensor) -> Tensor:
    """Return the cross-entropy where the truth is known, zero where none is."""
    if not bool((truth != UNKNOWN).any()):
        return logits.sum() * 0.0
    return functional.cross_entropy(logits, truth, ignore_index=UNKNOWN)


def item_loss(
    drawing: Negatives,
    heat: Tensor,
    *,
    states: Tensor,
    taken: Tensor,
    others: Tensor,
    targets: Tensor,
    negatives: Tensor,
) -> Tensor:
    """Return the loss of the next item: (p, d), (p, d), (u, d), (p,), (u,)."""
    wrong = states @ others.T * heat
    if drawing.all:
        return functional.cross_entropy(wrong, torch.searchsorted(negatives, targets))
    right = (states * taken).sum(-1) * heat - drawing.logs[targets]
    wrong = wrong - drawing.logs[negatives]
    wrong = wrong.masked_fill(targets[:, None] == negatives[None], -torch.inf)
    logits = torch.cat([right[:, None], wrong], dim=1)
    return functional.cross_entropy(logits, torch.zeros(len(logits), dtype=torch.long))
