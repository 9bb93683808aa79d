"""Boosted trees for a yes or no, each level of a tree one question: few rows, NumPy alone.

A tree is ``depth`` questions, so a row's leaf is a number of that many bits. Many shallow trees
tell what a network on few rows does not: thresholds. Deterministic by its seed.

Sources: Friedman 2001, "Greedy function approximation" (boosting), 2002 (a part of the rows each
time); Chen & Guestrin 2016, "XGBoost", equations 5 and 7 (leaves, gain); Prokhorenkova et al.
2018, "CatBoost", section 4 (one question a level).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """How trees are grown. ``bins``: thresholds that are tried of a number; ``fewest``: rows."""

    trees: int = 150
    depth: int = 3
    rate: float = 0.05
    part: float = 0.5
    bins: int = 32
    ridge: float = 4.0
    seed: int = 1


@dataclass(frozen=True)
class Trees:
    """Grown trees: (t, depth) columns and edges, (t, 2 ** depth) leaves, and where all start."""

    columns: Ints
    edges: Floats
    leaves: Floats
    start: float

    def logits(self, rows: NDArray[Any]) -> Floats:
        """Return the logit of a yes: (n, numbers) -> (n,)."""
        bits = 1 << np.arange(self.columns.shape[1])
        leaf = (rows[:, self.columns] > self.edges) @ bits  # (n, t)
        return np.asarray(self.start + self.leaves[np.arange(len(self.leaves)), leaf].sum(axis=1))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all that ``read`` needs."""
        return {
            "trees.columns": self.columns, "trees.edges": self.edges,
            "trees.leaves": self.leaves, "trees.start": np.array([self.start]),
        }  # fmt: skip

    @classmethod
    def read(cls, arrays: dict[str, NDArray[Any]]) -> Trees | None:
        """Make trees of kept arrays; None where a model has none."""
        if "trees.start" not in arrays:
            return None
        names = ("trees.columns", "trees.edges", "trees.leaves")
        columns, edges, leaves = (arrays[name] for name in names)
        return cls(columns, edges, leaves, float(arrays["trees.start"][0]))


def grow(rows: NDArray[Any], truth: NDArray[Any], recipe: Recipe = Recipe()) -> Trees:
    """Grow trees on rows (n, numbers) and what came, 0 or 1: (n,). A second for 3,000 rows."""
    table = rows.astype(np.float64)
    edges = [_edges(column, recipe.bins) for column in table.T]
    pairs = zip(edges, table.T, strict=True)
    binned = np.stack([np.searchsorted(edge, column, "left") for edge, column in pairs], axis=1)
    chance = np.random.default_rng(recipe.seed)
    share = float(np.clip(truth.mean(), 1e-3, 1 - 1e-3)) if len(truth) else 0.5
    said = np.full(len(table), np.log(share / (1 - share)))
    start = float(said[0]) if len(said) else 0.0
    grown: list[tuple[list[int], list[float], Floats]] = []
    for _tree in range(recipe.trees):
        near = 1 / (1 + np.exp(-said))
        among = np.flatnonzero(chance.random(len(table)) < recipe.part)
        slope, bend = near - truth, near * (1 - near)
        questions = _questions(binned[among], slope[among], bend[among], recipe)
        if not questions:
            continue
        bits = [(binned[:, column] > place) << level
                for level, (column, place) in enumerate(questions)]  # fmt: skip
        leaf = np.sum(bits, axis=0)
        size = 2**recipe.depth
        pull = np.bincount(leaf[among], slope[among], size)
        weight = np.bincount(leaf[among], bend[among], size)
        leaves = -recipe.rate * pull / (weight + recipe.ridge)
        said += leaves[leaf]
        columns = [column for column, _place in questions]
        cuts = [float(edges[column][place]) for column, place in questions]
        grown.append((columns, cuts, leaves))
    return Trees(
        np.array([one[0] for one in grown], np.int64).reshape(len(grown), recipe.depth),
        np.array([one[1] for one in grown], np.float64).reshape(len(grown), recipe.depth),
        np.array([one[2] for one in grown], np.float64).reshape(len(grown), 2**recipe.depth),
        start,
    )


def _edges(column: Floats, bins: int) -> Floats:
    """Return the thresholds that are tried of one number; none of one that never differs."""
    if not len(column):
        return np.zeros(0)
    found = np.unique(np.quantile(column, np.linspace(0, 1, bins + 1)[1:-1]))
    return np.asarray(found[found < column.max()], np.float64)


def _questions(binned: Ints, slope: Floats, bend: Floats, recipe: Recipe) -> list[tuple[int, int]]:
    """Return a tree's questions, a column and a threshold's place each; none where none tells."""
    leaf = np.zeros(len(binned), np.int64)
    found: list[tuple[int, int]] = []
    for level in range(recipe.depth):
        best = max(
            (
                (*_best(binned[:, column], leaf, slope, bend, (2**level, recipe)), column)
                for column in range(binned.shape[1])
            ),
            default=(0.0, 0, 0),
        )
        gain, place, column = best
        if gain <= 0:
            return []
        found.append((column, place))
        leaf += (binned[:, column] > place).astype(np.int64) << level
    return found


def _best(
    bins: Ints, leaf: Ints, slope: Floats, bend: Floats, of: tuple[int, Recipe]
) -> tuple[float, int]:
    """Return the gain of a column's best threshold over all leaves, and its place."""
    many, recipe = of
    width = int(bins.max(initial=0)) + 1
    if width < 2:
        return 0.0, 0
    at = leaf * width + bins
    pull = np.bincount(at, slope, many * width).reshape(many, width).cumsum(axis=1)
    weight = np.bincount(at, bend, many * width).reshape(many, width).cumsum(axis=1)
    low, high = (
        _told(pull, weight, recipe),
        _told(pull[:, -1:] - pull, weight[:, -1:] - weight, recipe),
    )
    whole = _told(pull[:, -1:], weight[:, -1:], recipe)
    gains = (low + high - whole).sum(axis=0)[:-1]
    place = int(gains.argmax())
    return float(gains[place]), place


def _told(pull: Floats, weight: Floats, recipe: Recipe) -> Floats:
    return np.asarray(pull**2 / (weight + recipe.ridge))
