"""A small network that tells a shopper's type, and trees that tell whether an order is near.

Numbers and two text vectors in, calibrated chances out. Types: one trunk, some networks and their
mean; they learn orders besides, for what they know of them helps with types. Orders: boosted trees
on the numbers alone, for they hang on thresholds (how long since), which a network on few shoppers
does not find. Text vectors are laid out along their main directions first, so that few shoppers
teach enough. Reading one needs NumPy alone and about a millisecond; torch trains. One file of
arrays and a card; nothing is unpickled.

Sources: Guo et al. 2017 (temperature), Platt 1999 (a line over the logit of a yes or no).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from shopguide.inference import shelf
from shopguide.inference.boosting import Recipe as Growing
from shopguide.inference.boosting import Trees, grow
from shopguide.inference.errors import ModelMissing

WEIGHTS, CARD = "portraits.safetensors", "card.json"
SHELF = "shoppers"
Floats = NDArray[np.float32]
LAYERS = ("w1", "b1", "w2", "b2", "types_w", "types_b", "likely_w", "likely_b")


@dataclass(frozen=True)
class Seen:
    """n shoppers: (n, numbers), (n, dimensions) of words, (n, dimensions) of things."""

    numbers: Floats
    words: Floats
    things: Floats

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, rows: NDArray[np.int64]) -> Seen:
        """Return these shoppers."""
        return Seen(self.numbers[rows], self.words[rows], self.things[rows])


@dataclass(frozen=True)
class Recipe:
    """How it is trained. ``main``: directions that are kept of words and of things."""

    seed: int = 1
    main: tuple[int, int] = (64, 16)
    hidden: int = 64
    networks: int = 4
    rounds: int = 40
    batch: int = 128
    rate: float = 2e-3
    decay: float = 2e-2
    drop: float = 0.25
    held_out: float = 0.15
    likely_weight: float = 0.5


@dataclass
class Portraits:
    """A trained model. ``card`` says of what it was made and how well it does."""

    labels: tuple[str, ...]
    arrays: dict[str, NDArray[Any]]
    card: dict[str, Any] = field(default_factory=dict)

    def rows(self, seen: Seen) -> Floats:
        """Lay shoppers out as the networks see them: (n, inputs)."""
        kept = self.arrays
        parts = [(seen.numbers - kept["mean"]) / kept["scale"]]
        for name, vectors in (("words", seen.words), ("things", seen.things)):
            there = (np.abs(vectors).sum(axis=1, keepdims=True) > 0).astype(np.float32)
            spread = (vectors - kept[f"{name}_mean"]) @ kept[f"{name}_main"] / kept[f"{name}_scale"]
            parts.append(spread * there)
        return np.clip(np.concatenate(parts, axis=1), -6, 6).astype(np.float32)

    def logits(self, rows: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what the networks say in the mean, and the trees of orders: (n, labels), (n,)."""
        types = np.zeros((len(rows), len(self.labels)))
        likely = np.zeros(len(rows))
        count = int(self.arrays["networks"][0])
        for number in range(count):
            w1, b1, w2, b2, tw, tb, lw, lb = (self.arrays[f"{number}.{one}"] for one in LAYERS)
            x = np.maximum(rows @ w1.T + b1, 0)
            x = np.maximum(x @ w2.T + b2, 0)
            types += x @ tw.T + tb
            likely += (x @ lw.T + lb)[:, 0]
        trees = Trees.read(self.arrays)
        if trees is not None:
            return types / count, trees.logits(rows[:, : len(self.arrays["mean"])])
        return types / count, likely / count

    def chances(self, seen: Seen) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return calibrated chances: of each type, and of an order: (n, labels), (n,)."""
        types, likely = self.logits(self.rows(seen))
        types = types / float(self.arrays["temperature"][0])
        types = np.exp(types - types.max(axis=1, keepdims=True))
        slope, start = (float(one) for one in self.arrays["line"])
        return types / types.sum(axis=1, keepdims=True), sigmoid(slope * likely + start)

    def save(self, directory: Path) -> None:
        """Write it into a new directory, whole or not at all."""
        partial = directory.with_name(directory.name + ".partial")
        partial.mkdir(parents=True, exist_ok=True)
        save_file({k: np.ascontiguousarray(v) for k, v in self.arrays.items()}, partial / WEIGHTS)
        card = {**self.card, "labels": list(self.labels)}
        (partial / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1), "utf-8")
        partial.replace(directory)

    @classmethod
    def load(cls, directory: Path) -> Portraits:
        """Read it back. Errors: ModelMissing with its remedy."""
        try:
            arrays = load_file(directory / WEIGHTS)
            card = json.loads((directory / CARD).read_text("utf-8"))
            return cls(tuple(card["labels"]), arrays, card)
        except (OSError, ValueError, KeyError) as error:
            raise ModelMissing(
                f"There is no readable model in {directory.name}.",
                remedy="Train it again: manage.py train shoppers.",
            ) from error


def sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the chance of a logit."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -40, 40))))


_held: dict[Path, Portraits] = {}
_lock = threading.Lock()


def in_use(models: Path) -> Portraits | None:
    """Return the model in use, loaded once per process and again when another was put in use.

    None when nothing was trained yet. Errors: ModelMissing.
    """
    found = shelf.current(models / SHELF)
    if found is None:
        return None
    with _lock:
        kept = _held.get(models)
        if kept is None or kept.card.get("version") != found.name:
            kept = _held[models] = Portraits.load(found)
        return kept


# --- Training ---------------------------------------------------------------------------------
def fit_portraits(
    seen: Seen,
    types: NDArray[np.int64],
    likely: NDArray[np.float32],
    labels: Sequence[str],
    *,
    groups: NDArray[np.int64],
    recipe: Recipe | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Portraits:
    """Train on n rows: types (n,), -1 for unknown ones, and orders (n,), 0 or 1.

    ``groups``: (n,) whose row it is, so that nobody is on both sides where chances are calibrated.
    Deterministic by the seed. Cost: about ten seconds for 3,000 rows on one core.
    """
    recipe = recipe or Recipe()
    model = Portraits(tuple(labels), spread_of(seen, recipe))
    rows = model.rows(seen)
    chance = np.random.default_rng(recipe.seed)
    people = chance.permutation(np.unique(groups))
    held = np.isin(groups, people[: max(1, int(len(people) * recipe.held_out))])
    for number in range(recipe.networks):
        lesson = Lesson(rows[~held], types[~held], likely[~held], len(labels))
        model.arrays |= train_network(lesson, recipe, number)
    model.arrays["networks"] = np.array([recipe.networks], np.int64)
    numbers = rows[~held][:, : seen.numbers.shape[1]]
    model.arrays |= grow(numbers, likely[~held], Growing(seed=recipe.seed)).arrays()
    calibrate(model, rows[held], types[held], likely[held])
    say(f"{len(rows)} rows, {rows.shape[1]} inputs, {recipe.networks} networks")
    return model


def spread_of(seen: Seen, recipe: Recipe) -> dict[str, NDArray[Any]]:
    """Return how numbers and vectors are laid out, learnt from these shoppers."""
    found: dict[str, NDArray[Any]] = {
        "mean": seen.numbers.mean(axis=0),
        "scale": seen.numbers.std(axis=0) + 1e-3,
    }
    for name, vectors, size in (
        ("words", seen.words, recipe.main[0]), ("things", seen.things, recipe.main[1]),
    ):  # fmt: skip
        there = vectors[np.abs(vectors).sum(axis=1) > 0]
        there = there if len(there) > 1 else np.eye(2, vectors.shape[1], dtype=np.float32)
        mean = there.mean(axis=0)
        _left, _sizes, right = np.linalg.svd(there - mean, full_matrices=False)
        main = right[: min(size, len(right))].T
        spread = (there - mean) @ main
        found |= {
            f"{name}_mean": mean.astype(np.float32), f"{name}_main": main.astype(np.float32),
            f"{name}_scale": (spread.std(axis=0) + 1e-3).astype(np.float32),
        }  # fmt: skip
    return found


@dataclass(frozen=True)
class Lesson:
    """What a network is trained on: (n, inputs), (n,) types, (n,) orders."""

    rows: Floats
    types: NDArray[np.int64]
    likely: NDArray[np.float32]
    labels: int


def train_network(lesson: Lesson, recipe: Recipe, number: int) -> dict[str, NDArray[Any]]:
    """Train one network and return its arrays. Threads are given back."""
    import torch
    from torch import nn
    from torch.nn import functional as F

    rows, labels, threads = lesson.rows, lesson.labels, torch.get_num_threads()
    torch.set_num_threads(1)  # sums in one order: the same network each time
    try:
        torch.manual_seed(recipe.seed * 100 + number)
        chance = np.random.default_rng(recipe.seed * 100 + number)
        half = recipe.hidden // 2
        first, second = nn.Linear(rows.shape[1], recipe.hidden), nn.Linear(recipe.hidden, half)
        trunk = nn.Sequential(
            first, nn.ReLU(), nn.Dropout(recipe.drop), second, nn.ReLU(), nn.Dropout(recipe.drop)
        )
        of_type, of_order = nn.Linear(half, labels), nn.Linear(half, 1)
        whole = nn.ModuleList([trunk, of_type, of_order])
        optimiser = torch.optim.AdamW(whole.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
        x, t, o = (torch.from_numpy(one) for one in (rows, lesson.types, lesson.likely))
        steps = recipe.rounds * -(-len(rows) // recipe.batch)
        slowing = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, max(1, steps))
        whole.train()
        for _round in range(recipe.rounds):
            order = torch.from_numpy(chance.permutation(len(rows)))
            for batch in order.split(recipe.batch):
                hidden = trunk(x[batch])
                loss = F.cross_entropy(of_type(hidden), t[batch], ignore_index=-1)
                loss = loss if torch.isfinite(loss) else hidden.sum() * 0
                loss = loss + recipe.likely_weight * F.binary_cross_entropy_with_logits(
                    of_order(hidden)[:, 0], o[batch]
                )
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                slowing.step()
        layers = (first, second, of_type, of_order)
        values: list[torch.Tensor] = [v for one in layers for v in (one.weight, one.bias)]
        named = zip(LAYERS, values, strict=True)
        return {f"{number}.{name}": value.detach().numpy().copy() for name, value in named}
    finally:
        torch.set_num_threads(threads)


def calibrate(
    model: Portraits, rows: Floats, types: NDArray[np.int64], likely: NDArray[np.float32]
) -> None:
    """Set temperature and line by shoppers who trained nothing."""
    said, near = model.logits(rows)
    known = types >= 0
    grid = np.geomspace(0.4, 5, 61)
    losses = [log_loss(said[known] / one, types[known]) for one in grid]
    model.arrays["temperature"] = np.array([grid[int(np.argmin(losses))]])
    model.arrays["line"] = np.array(line_of(near, likely.astype(np.float64)))


def log_loss(logits: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """Return the mean negative log chance of the truth, 0 of nothing: (n, labels), (n,)."""
    if not len(truth):
        return 0.0
    top = logits.max(axis=1)
    total = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return float((total - logits[np.arange(len(truth)), truth]).mean())


def line_of(logits: NDArray[np.float64], truth: NDArray[np.float64]) -> tuple[float, float]:
    """Return slope and start of the line under which logits surprise least: Newton's steps."""
    x = np.stack([logits, np.ones_like(logits)], axis=1)
    line = np.array([1.0, 0.0])
    for _step in range(25):
        guessed = sigmoid(x @ line)
        bend = x.T @ (x * (guessed * (1 - guessed))[:, None]) + 1e-3 * np.eye(2)
        line = line - np.linalg.solve(bend, x.T @ (guessed - truth) + 1e-3 * (line - [1.0, 0.0]))
    return float(line[0]), float(line[1])
