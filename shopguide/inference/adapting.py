"""Fine-tune a causal model by low-rank adapters: it stays as it is, a few numbers are learnt.

For ``train writer``. Deterministic for a number of threads. Only what a model is to answer is
learnt, never what it is asked. Source: Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large
Language Models", sections 4.1 and 4.2.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from shopguide.inference.errors import ModelUnsupported
from shopguide.inference.tuning import all_cores

Say = Callable[[str], None]
ADAPTED = ("q_proj", "v_proj", "o_proj", "down_proj")  # layers of Llama-shaped models
IGNORED = -100  # what cross_entropy leaves out


@dataclass(frozen=True)
class Recipe:
    """How adapters are learnt. ``tokens``: what all rounds together may read, a bound on time."""

    rank: int = 8
    alpha: float = 16.0
    rounds: float = 3.0
    tokens: int = 60_000
    batch: int = 4
    rate: float = 4e-4
    drop: float = 0.05
    longest: int = 640
    seed: int = 1


@dataclass(frozen=True)
class Exercise:
    """What is asked and what the answer is, as tokens."""

    asked: tuple[int, ...]
    answer: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.asked) + len(self.answer)


class Adapted(nn.Module):
    """A linear layer with a low-rank change beside it, which may be taken off."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float) -> None:
        super().__init__()
        self.base, self.share, self.drop = base, alpha / rank, 0.0
        self.down = nn.Parameter(torch.zeros(rank, base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))
        self.worn = True

    def forward(self, x: Tensor) -> Tensor:
        """Return base(x) + share · up(down(x)): (n, t, in) -> (n, t, out)."""
        said: Tensor = self.base(x)
        if not self.worn:
            return said
        hidden = F.dropout(x, self.drop, self.training).to(self.down.dtype)
        return said + (self.share * (hidden @ self.down.T) @ self.up.T).to(said.dtype)


class Adapters:
    """All adapters of one model, by the names of their layers."""

    def __init__(self, model: nn.Module, *, rank: int, alpha: float) -> None:
        """Put an adapter beside each of the model's `ADAPTED` layers; the model is changed."""
        self.rank, self.alpha = rank, alpha
        self.layers: dict[str, Adapted] = {}
        for path, layer in list(model.named_modules()):
            name = path.rpartition(".")[2]
            if name in ADAPTED and isinstance(layer, nn.Linear):
                adapted = Adapted(layer, rank, alpha)
                setattr(model.get_submodule(path.rpartition(".")[0]), name, adapted)
                self.layers[path] = adapted
        if not self.layers:
            raise ModelUnsupported("The model has no layers that can be adapted.")

    def begin(self, seed: int, drop: float) -> None:
        """Start from no change at all: ``down`` at random, ``up`` nothing."""
        chance = torch.Generator().manual_seed(seed)
        for layer in self.layers.values():
            layer.drop = drop
            bound = 1 / math.sqrt(layer.base.in_features)
            layer.down.data.uniform_(-bound, bound, generator=chance)
            layer.up.data.zero_()

    def weights(self) -> list[nn.Parameter]:
        """Return what is learnt."""
        return [one for layer in self.layers.values() for one in (layer.down, layer.up)]

    def wear(self, on: bool) -> None:
        """Put all of them on, or take them off."""
        for layer in self.layers.values():
            layer.worn = on

    def save(self, path: Path) -> None:
        """Write them as safetensors; the same adapters are the same bytes."""
        tensors = {f"{name}.{part}": getattr(layer, part).detach().contiguous()
                   for name, layer in self.layers.items() for part in ("down", "up")}  # fmt: skip
        # One entry: safetensors writes several in an order that differs from file to file.
        save_file(tensors, path, metadata={"adapters": f"rank {self.rank}, alpha {self.alpha:g}"})

    def load(self, path: Path) -> None:
        """Read what `save` wrote for the same model; ModelUnsupported for any other."""
        try:
            tensors = load_file(path)
            for name, layer in self.layers.items():
                for part in ("down", "up"):
                    getattr(layer, part).data.copy_(tensors[f"{name}.{part}"])
        except (OSError, SafetensorError, KeyError, RuntimeError) as error:
            raise ModelUnsupported(f"{path} does not fit the writer's model.") from error


def learn(
    model: nn.Module,
    adapters: Adapters,
    exercises: Sequence[Exercise],
    recipe: Recipe,
    say: Say = lambda line: None,
) -> int:
    """Learn the answers; return how many tokens were read.

    Cost: on two cores a model of 135 million weights reads some hundred tokens a second.
    """
    torch.manual_seed(recipe.seed)
    adapters.begin(recipe.seed, recipe.drop)
    adapters.wear(True)
    chance = np.random.default_rng(recipe.seed)
    optimiser = torch.optim.AdamW(adapters.weights(), lr=recipe.rate, weight_decay=0.0)
    batches = _batches(exercises, recipe, chance)
    read, seen, started = 0, 0.0, time.monotonic()
    model.train()
    with all_cores(sum(len(one) for one in exercises) * 10):
        for step, batch in enumerate(batches):
            left = 1 - step / len(batches)
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * min(1.0, (step + 1) / 5) * max(0.05, left)
            loss = _loss(model, batch).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(adapters.weights(), 1.0)
            optimiser.step()
            read += sum(len(one) for one in batch)
            seen += (loss.item() - seen) / min(step + 1, 20)
            if (step + 1) % 10 == 0 or step + 1 == len(batches):
                took = time.monotonic() - started
                say(f"step {step + 1} of {len(batches)}, loss {seen:.3f}, {took:.0f} s")
    model.eval()
    return read


def surprise(model: nn.Module, exercises: Sequence[Exercise], *, batch: int = 4) -> float:
    """Return the mean negative log chance of an answer's token: how foreign the answers are."""
    model.eval()
    total, many = 0.0, 0
    with torch.inference_mode(), all_cores(sum(len(one) for one in exercises)):
        for start in range(0, len(exercises), batch):
            losses = _loss(model, exercises[start : start + batch])
            total += float(losses.sum())
            many += len(losses)
    return total / max(many, 1)


def _batches(
    exercises: Sequence[Exercise], recipe: Recipe, chance: np.random.Generator
) -> list[list[Exercise]]:
    """Draw batches round by round, exercises of like length together, within the bound."""
    size = max(1, sum(len(one) for one in exercises))
    rounds = min(recipe.rounds, recipe.tokens / size)
    wanted = max(1, round(rounds * -(-len(exercises) // recipe.batch)))
    found: list[list[Exercise]] = []
    while len(found) < wanted:
        blurred = [len(one) * chance.uniform(0.8, 1.2) for one in exercises]
        order = np.argsort(blurred)
        row = [[exercises[place] for place in order[start : start + recipe.batch]]
               for start in range(0, len(order), recipe.batch)]  # fmt: skip
        chance.shuffle(row)
        found += row
    return found[:wanted]


def _loss(model: Any, batch: Sequence[Exercise]) -> Tensor:
    """Return the negative log chance of each answer's token: (tokens of answers,)."""
    longest = max(len(one) for one in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    here = torch.zeros(len(batch), longest, dtype=torch.long)
    truth = torch.full((len(batch), longest), IGNORED)
    for row, one in enumerate(batch):
        ids[row, : len(one)] = torch.tensor([*one.asked, *one.answer])
        here[row, : len(one)] = 1
        truth[row, len(one.asked) : len(one)] = torch.tensor(one.answer)
    wanted = truth[:, 1:]
    asked = wanted != IGNORED
    hidden = model.base_model(input_ids=ids, attention_mask=here).last_hidden_state[:, :-1]
    # Only where something is asked: a vocabulary's width at every place would fill the memory.
    logits = model.get_output_embeddings()(hidden[asked])
    return F.cross_entropy(logits.float(), wanted[asked], reduction="none")
