"""Fit the attentive model: every place of every history predicts the item after it.

Negatives are shared by a batch and drawn by how often items are taken; the correction by log Q
makes up for that. Batches hold histories of like length, so that little is padding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from scipy import sparse
from torch import Tensor
from torch.nn import functional

from shopguide.inference.sequences.attention import Attentive, NextItem, Shape, padded
from shopguide.inference.sequences.histories import Histories, Ids

Say = Callable[[str], None]
USUAL = Shape()


@dataclass(frozen=True)
class Recipe:
    """How the model is taught. ``tokens``: places of a batch, padding and all."""

    epochs: int = 60
    tokens: int = 2_048
    negatives: int = 512
    rate: float = 5e-3
    warm: float = 0.05  # of all steps, in which the rate rises
    decay: float = 0.01  # of weights
    fame: float = 0.5  # negatives are drawn by counts to this power
    seed: int = 1


def teach(
    histories: Histories,
    *,
    shape: Shape = USUAL,
    recipe: Recipe = Recipe(),
    attributes: sparse.csr_array | None = None,
    say: Say = lambda _line: None,
) -> Attentive:
    """Fit a model on histories; the same seed and histories give the same model.

    One thread: its tensors are small, and threads would wait for each other.
    """
    with one_thread():
        return taught(histories, shape, recipe, attributes, say)


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch work in one thread for a while."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def taught(
    histories: Histories,
    shape: Shape,
    recipe: Recipe,
    attributes: sparse.csr_array | None,
    say: Say,
) -> Attentive:
    """Run the epochs."""
    torch.manual_seed(recipe.seed)
    chance = np.random.default_rng(recipe.seed)
    model = NextItem(histories.catalogue, shape, attributes)
    rows = histories.chosen(np.flatnonzero(histories.lengths > 1))
    drawing = Drawing(histories, recipe)
    batches = sum(1 for _users in bucketed(rows, recipe.tokens, shape.longest, chance))
    steps = recipe.epochs * max(1, batches)
    optimiser = torch.optim.AdamW(
        model.parameters(), lr=recipe.rate, betas=(0.9, 0.98), weight_decay=recipe.decay
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate(step, steps, recipe))
    for epoch in range(recipe.epochs):
        model.train()
        total, seen = 0.0, 0
        for users in bucketed(rows, recipe.tokens, shape.longest, chance):
            loss, count = loss_of(model, rows.chosen(users), drawing)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            total, seen = total + float(loss.detach()) * count, seen + count
        if epoch % 10 == 9:
            say(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / max(seen, 1):.3f}")
    return Attentive(model.eval())


def rate(step: int, steps: int, recipe: Recipe) -> float:
    """Return the share of the full learning rate: up in a line, down in half a cosine."""
    warm = max(1, int(steps * recipe.warm))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / max(1, steps - warm))))


def bucketed(
    histories: Histories, tokens: int, longest: int, chance: np.random.Generator
) -> Iterator[Ids]:
    """Yield users of like length, in random order, at most ``tokens`` places together."""
    lengths = np.minimum(histories.lengths, longest)
    order = np.argsort(lengths + chance.random(len(lengths)), kind="stable")
    cuts, start = [], 0
    for place, user in enumerate(order):
        if (place + 1 - start) * lengths[user] > tokens and place > start:
            cuts.append(order[start:place])
            start = place
    if start < len(order):
        cuts.append(order[start:])
    for number in chance.permutation(len(cuts)):
        yield cuts[number]


class Drawing:
    """Draws negatives by how often items are taken."""

    def __init__(self, histories: Histories, recipe: Recipe) -> None:
        weights = np.maximum(histories.counts(), 0.5) ** recipe.fame
        shares = weights / weights.sum()
        self.logs = torch.from_numpy(np.log(shares).astype(np.float32))
        self.edges = np.cumsum(shares)
        self.count = min(recipe.negatives, histories.catalogue)
        self.chance = np.random.default_rng(recipe.seed + 7)

    def draw(self) -> Tensor:
        """Return item numbers, without repeats: at most (negatives,)."""
        drawn = np.searchsorted(self.edges, self.chance.random(self.count) * self.edges[-1])
        return torch.from_numpy(np.unique(np.minimum(drawn, len(self.edges) - 1)))


def loss_of(model: NextItem, histories: Histories, drawing: Drawing) -> tuple[Tensor, int]:
    """Return the mean loss over all places that have a next item, and how many these are."""
    rows, lengths = padded(histories, model.shape.longest + 1)
    inputs, targets = rows[:, :-1], rows[:, 1:]
    real = torch.arange(inputs.shape[1])[None] < (lengths - 1)[:, None]
    negatives = drawing.draw()
    needed, places = torch.unique(torch.cat([rows.ravel(), negatives]), return_inverse=True)
    table = model.embed(needed)
    rows_at = places[: rows.numel()].view(rows.shape)
    states = model(rows_at[:, :-1], table)[real]  # (p, d)
    unit = functional.normalize(table, dim=-1)
    wanted, others = rows_at[:, 1:][real], places[rows.numel() :]
    targets = targets[real]
    temperature = model.shape.temperature
    right = (states * unit[wanted]).sum(-1) / temperature - drawing.logs[targets]
    wrong = states @ unit[others].T / temperature - drawing.logs[negatives]
    wrong = wrong.masked_fill(targets[:, None] == negatives[None], -torch.inf)
    logits = torch.cat([right[:, None], wrong], dim=1)
    zero = torch.zeros(len(logits), dtype=torch.long)
    return functional.cross_entropy(logits, zero), len(logits)
