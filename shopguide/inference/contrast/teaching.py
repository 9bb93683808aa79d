"""Teach a tower that texts of a pair belong together, and those of other pairs do not.

A batch is of one family, so that what competes is alike; each pair's document competes with all
documents of the batch, and each document's question with all questions. Texts of the same group,
and documents that the same question asks for, are neither right nor wrong. What the encoder
thought of texts that do not belong together is kept: other code knows how near is near enough.

Deterministic for a number of threads: what happens in a step hangs on the seed and the step alone,
so that a lesson which was ended goes on from its checkpoint to the same weights.

Sources: van den Oord et al. 2018, "Representation learning with contrastive predictive coding"
(InfoNCE); Wang et al. 2024, "Multilingual E5 text embeddings" (prompts, temperature).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from shopguide.inference.contrast.pairs import Material, Rows
from shopguide.inference.contrast.tower import Tower
from shopguide.inference.states import TokenStates
from shopguide.inference.tuning import all_cores

Say = Callable[[str], None]
NEVER = -1e4
FEWEST = 4  # pairs of a batch: of fewer nothing is learnt


@dataclass(frozen=True)
class Recipe:
    """How it is taught. ``tokens``: what all rounds together read at most, a bound on time."""

    layers: int = 2
    rounds: float = 3
    tokens: int = 2_500_000
    batch: int = 48  # pairs
    batch_tokens: int = 6_000
    rate: float = 2e-4
    decay: float = 0.01
    warm: float = 0.1
    hide: float = 0.1  # of tokens, anew in each step
    temperature: float = 0.03
    # What changed cosines of texts that do not belong together cost, squared: each, and their mean.
    keep: float = 10.0
    level: float = 300.0
    most: int = 192  # tokens of a text
    saved: int = 25  # a checkpoint after so many steps


@dataclass(frozen=True)
class Texts:
    """What the layers below made of all texts, and what the encoder itself thinks of them."""

    queries: TokenStates
    documents: TokenStates
    query_vectors: NDArray[np.float32]
    document_vectors: NDArray[np.float32]


def teach(
    tower: Tower,
    material: Material,
    texts: Texts,
    *,
    seed: int,
    recipe: Recipe,
    checkpoint: Path | None = None,
    say: Say = lambda line: None,
) -> int:
    """Teach in place; return the steps taken. A checkpoint is gone on from, and left when done.

    Cost: for each token, layer and round some 11 million products.
    """
    course = Course(tower, seed, recipe, planned(material, texts, seed, recipe))
    done = course.load(checkpoint) if checkpoint else 0
    if done:
        say(f"going on after step {done}")
    started = time.monotonic()
    read = sum(
        int(texts.documents.lengths[material.document_of[rows]].sum()) for rows in course.batches
    )
    with all_cores(read // 4):
        for step in range(done, len(course.batches)):
            course.step(step, material, texts)
            last = step + 1 == len(course.batches)
            if checkpoint and ((step + 1) % recipe.saved == 0 or last):
                course.save(checkpoint, step + 1)
            if (step + 1) % 50 == 0 or last:
                took, total = time.monotonic() - started, len(course.batches)
                say(f"step {step + 1} of {total}, loss {course.seen:.3f}, {took:.0f} s")
    return len(course.batches)


def planned(material: Material, texts: Texts, seed: int, recipe: Recipe) -> list[Rows]:
    """Draw all batches: pairs of one family and of like length together."""
    learnt = material.learnt
    sizes = texts.documents.lengths[material.document_of] + texts.queries.lengths[material.query_of]
    rounds = min(recipe.rounds, recipe.tokens / max(1, int(sizes[learnt].sum())))
    chance = np.random.default_rng([seed, 1])
    found: list[Rows] = []
    wanted: int | None = None
    while wanted is None or len(found) < wanted:
        row = [
            batch
            for family in range(len(material.families))
            for batch in _cut(learnt[material.family_of[learnt] == family], sizes, recipe, chance)
        ]
        if not row:
            return []
        chance.shuffle(row)
        wanted = wanted or max(1, round(rounds * len(row)))
        found += row
    return found[:wanted]


def _cut(rows: Rows, sizes: Rows, recipe: Recipe, chance: np.random.Generator) -> list[Rows]:
    """Cut one family's pairs into batches by their blurred length, bounded by tokens."""
    blurred = sizes[rows] * chance.uniform(0.8, 1.2, len(rows))
    found: list[Rows] = []
    batch: list[int] = []
    for row in rows[np.argsort(blurred, kind="stable")]:
        # The longest is what all are padded to.
        longest = max(int(sizes[one]) for one in [*batch, row])
        if batch and (
            len(batch) == recipe.batch or longest * (len(batch) + 1) > recipe.batch_tokens
        ):
            found.append(np.array(batch, np.int64))
            batch = []
        batch.append(int(row))
    found.append(np.array(batch, np.int64))
    return [one for one in found if len(one) >= FEWEST]


class Course:
    """A tower under way: its optimiser, its batches, where it is."""

    def __init__(self, tower: Tower, seed: int, recipe: Recipe, batches: list[Rows]) -> None:
        torch.manual_seed(seed)
        self.tower, self.seed, self.recipe, self.batches = tower, seed, recipe, batches
        self.optimiser = torch.optim.AdamW(
            tower.parameters(), lr=recipe.rate, betas=(0.9, 0.98), weight_decay=recipe.decay
        )
        self.seen = 0.0

    def step(self, step: int, material: Material, texts: Texts) -> None:
        """Learn from one batch."""
        rows, chance = self.batches[step], np.random.default_rng([self.seed, 2, step])
        queries, documents = material.query_of[rows], material.document_of[rows]
        hide = self.recipe.hide
        asked = self.tower(*texts.queries.padded(queries, chance, hide))
        found = self.tower(*texts.documents.padded(documents, chance, hide))
        before = torch.from_numpy(
            texts.query_vectors[queries] @ texts.document_vectors[documents].T
        )
        same = akin(material.group_of[rows], queries, documents)
        loss = contrast(asked @ found.T, before, same, self.recipe)
        for group in self.optimiser.param_groups:
            group["lr"] = self.recipe.rate * self._share(step)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.tower.parameters(), 1.0)
        self.optimiser.step()
        self.seen += (loss.item() - self.seen) / min(step + 1, 50)

    def save(self, path: Path, step: int) -> None:
        """Write all that goes on from here, whole or not at all."""
        tensors: dict[str, Tensor] = {
            "step": torch.tensor([step]),
            "seen": torch.tensor([self.seen]),
        }
        for name, value in self.tower.named_parameters():
            tensors[f"w.{name}"] = value.detach().contiguous()
            for part, moment in self.optimiser.state[value].items():
                tensors[f"{part}.{name}"] = torch.as_tensor(moment).contiguous()
        partial = path.with_suffix(".partial")
        save_file(tensors, partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(path)

    def load(self, path: Path) -> int:
        """Go on from a checkpoint; return the steps it has behind it, 0 without a usable one."""
        try:
            kept = load_file(path)
            state: dict[str, Any] = {}
            with torch.no_grad():
                for place, (name, value) in enumerate(self.tower.named_parameters()):
                    value.copy_(kept[f"w.{name}"])
                    state[str(place)] = {
                        part: kept[f"{part}.{name}"] for part in ("step", "exp_avg", "exp_avg_sq")
                    }
        except (OSError, SafetensorError, KeyError, RuntimeError):
            return 0
        groups = self.optimiser.state_dict()["param_groups"]
        self.optimiser.load_state_dict(
            {"state": {int(place): one for place, one in state.items()}, "param_groups": groups}
        )
        self.seen = float(kept["seen"].item())
        return int(kept["step"].item())

    def _share(self, step: int) -> float:
        """Return which share of its full size a step has."""
        total = len(self.batches)
        return min(1.0, (step + 1) / max(1.0, self.recipe.warm * total)) * max(
            0.02, 1 - step / total
        )


def akin(groups: Rows, queries: Rows, documents: Rows) -> NDArray[np.bool_]:
    """Say which questions and documents of a batch may belong together: (n,) each -> (n, n)."""
    same: NDArray[np.bool_] = groups[:, None] == groups[None, :]
    same |= queries[:, None] == queries[None, :]
    same |= documents[:, None] == documents[None, :]
    return same


def contrast(cosines: Tensor, before: Tensor, same: NDArray[np.bool_], recipe: Recipe) -> Tensor:
    """Return the loss of a batch: cosines now and before, (n, n), and which may be akin."""
    apart = ~torch.from_numpy(same)
    right = torch.arange(len(cosines))
    neither = torch.from_numpy(same) & ~torch.eye(len(cosines), dtype=torch.bool)
    logits = (cosines / recipe.temperature).masked_fill(neither, NEVER)
    told = (F.cross_entropy(logits, right) + F.cross_entropy(logits.T, right)) / 2
    if not apart.any():
        return told
    moved = (cosines - before)[apart]
    return told + recipe.keep * moved.square().mean() + recipe.level * moved.mean().square()


def described(recipe: Recipe) -> dict[str, Any]:
    """Return a recipe for a card."""
    return asdict(recipe)
