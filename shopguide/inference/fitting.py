"""Fit a text head: folded texts, their vectors and labels in, a calibrated head out.

Deterministic: one seed, one thread for the arithmetic, the same head each time (upper layers: the
same for a number of threads). An eighth of the texts, drawn by the seed, first trains nothing: on
it the shares, the temperature and the leaning are chosen. Then regression and networks are fitted
on everything with what was chosen; upper layers, which cost the most, stay as they were judged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from shopguide.inference.bags import Bags, Vocabulary
from shopguide.inference.heads import TextHead, WideDeep
from shopguide.inference.linear import Linear, fit_linear
from shopguide.inference.ngrams import count_grams
from shopguide.inference.states import TokenStates
from shopguide.inference.tuning import Tuning, all_cores, tune
from shopguide.inference.upper import Upper

Say = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """How a head is fitted."""

    seed: int = 1
    hidden: int = 64
    longest: int = 3
    least: int = 2  # texts that have a gram, for it to be known
    rounds: int = 4
    batch: int = 128
    rate: float = 5e-3
    rate_vector: float = 1e-3
    gram_drop: float = 0.3  # share of grams hidden in each step
    bag_drop: float = 0.1  # share of texts whose grams are all hidden, so that vectors learn too
    networks: int = 2
    strength: float = 4.0  # of the regression, the usual C
    held_out: float = 0.12
    most_held_out: int = 4_000
    tuning: Tuning = field(default_factory=Tuning)


@dataclass(frozen=True)
class Lesson:
    """What a network is trained on."""

    bags: Bags
    vectors: NDArray[np.float32]  # (n, vector), scaled
    truth: NDArray[np.int64]  # (n,)
    states: TokenStates | None = None

    def take(self, rows: NDArray[np.int64]) -> Lesson:
        """Return these texts."""
        states = None if self.states is None else self.states.take(rows)
        return Lesson(self.bags.take(rows), self.vectors[rows], self.truth[rows], states)


def fit_head(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    truth: NDArray[np.int64],
    labels: Sequence[str],
    *,
    states: TokenStates | None = None,
    upper: Upper | None = None,
    recipe: Recipe | None = None,
    say: Say = lambda line: None,
) -> TextHead:
    """Fit a head: n folded texts, (n, vector), (n,) places in ``labels`` -> a head.

    ``upper`` are an encoder's layers and ``states`` the tokens below them; both or none are given.
    Cost: about two minutes for 50,000 short texts on one core, upper layers not counted. Threads
    are given back.
    """
    recipe = recipe or Recipe()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # sums in one order: the same head each time
    try:
        grams = count_grams(texts, longest=recipe.longest)
        vocabulary = Vocabulary.of(grams, least=recipe.least)
        mean, scale = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
        head = TextHead(
            tuple(labels), vocabulary, mean, scale, Linear(torch.zeros(1, len(labels))), [],
            leaning=np.zeros(len(labels), np.float32), longest=recipe.longest,
            upper=upper,
        )  # fmt: skip
        lesson = Lesson(vocabulary.bags(grams), (vectors - mean) / scale, truth, states)
        _Fitting(head, recipe, say).fit(lesson)
        return head
    finally:
        torch.set_num_threads(threads)


@dataclass
class _Fitting:
    """One head being fitted."""

    head: TextHead
    recipe: Recipe
    say: Say

    def fit(self, lesson: Lesson) -> None:
        """Choose on held-out texts, then train on all."""
        order = np.random.default_rng(self.recipe.seed).permutation(len(lesson.truth))
        cut = max(1, min(int(len(order) * self.recipe.held_out), self.recipe.most_held_out))
        held, rest = np.sort(order[:cut]), np.sort(order[cut:])
        self.tune(lesson.take(rest))
        self.learn(lesson.take(rest), networks=1)
        self.choose(lesson.take(held))
        # Beside upper layers the networks get a tenth or two of the say: one will do.
        self.learn(lesson, networks=1 if self.head.upper else self.recipe.networks)

    def tune(self, lesson: Lesson) -> None:
        """Train the upper layers, where there are any."""
        if self.head.upper is not None and lesson.states is not None:
            with all_cores(lesson.states.tokens):
                tune(
                    self.head.upper, lesson.states, lesson.truth,
                    seed=self.recipe.seed, tuning=self.recipe.tuning, say=self.say,
                )  # fmt: skip

    def learn(self, lesson: Lesson, *, networks: int) -> None:
        """Fit the regression and train the networks."""
        head, seed = self.head, self.recipe.seed
        head.linear = fit_linear(
            lesson.bags, len(head.vocabulary), lesson.truth, len(head.labels),
            strength=self.recipe.strength,
        )  # fmt: skip
        head.networks = [self.train(lesson, one) for one in range(seed, seed + networks)]

    def choose(self, held: Lesson) -> None:
        """Set the head's shares, temperature and leaning by texts that trained nothing."""
        head = self.head
        with all_cores(held.states.tokens if held.states else 0):
            voices = head.voices(held.bags, held.vectors * head.scale + head.mean, held.states)
        sizes = np.array([max(1e-6, float(voice.std())) for voice in voices])
        stacked = np.stack([voice / size for voice, size in zip(voices, sizes, strict=True)])
        found = []
        for shares in simplex(len(voices)):
            mixed = np.tensordot(shares, stacked, 1)
            temperature = warmth(mixed, held.truth)
            found.append((log_loss(mixed / temperature, held.truth), shares, temperature))
        loss, shares, head.temperature = min(found)
        head.shares = tuple(float(one) for one in np.array(shares) / sizes)
        head.leaning = lean(np.tensordot(shares, stacked, 1) / head.temperature)
        self.say(f"held-out log loss {loss:.4f}, shares {shares}")

    def train(self, lesson: Lesson, seed: int) -> WideDeep:
        """Train one network, the steps growing smaller towards the end."""
        torch.manual_seed(seed)
        chance = np.random.default_rng(seed)
        labels, vector = len(self.head.labels), lesson.vectors.shape[1]
        network = WideDeep(len(self.head.vocabulary), vector, self.recipe.hidden, labels)
        nn.init.normal_(network.grams.weight, std=0.05)
        rest = [*network.vector.parameters(), *network.out.parameters()]
        optimisers: tuple[torch.optim.Optimizer, ...] = (
            torch.optim.SparseAdam(network.grams.parameters(), lr=self.recipe.rate),
            torch.optim.AdamW(rest, lr=self.recipe.rate_vector),
        )
        total = self.recipe.rounds * len(lesson.truth)
        for number in range(self.recipe.rounds):
            network.train()
            order = chance.permutation(len(lesson.truth))
            for start in range(0, len(order), self.recipe.batch):
                slow(optimisers, 1 - (number * len(order) + start) / total)
                batch = lesson.take(order[start : start + self.recipe.batch])
                for optimiser in optimisers:
                    optimiser.zero_grad()
                self.loss(network, batch, chance).backward()
                for optimiser in optimisers:
                    optimiser.step()
            self.say(f"round {number + 1} of {self.recipe.rounds}")
        return network.eval()

    def loss(self, network: WideDeep, batch: Lesson, chance: np.random.Generator) -> Tensor:
        """Return the mean cross-entropy of a batch with part of its grams hidden."""
        places, starts, weights = batch.bags.tensors()
        shown = weights * torch.from_numpy(_shown(batch.bags, chance, self.recipe))
        logits = network((places, starts, shown), torch.from_numpy(batch.vectors))
        return nn.functional.cross_entropy(logits, torch.from_numpy(batch.truth))


def simplex(parts: int, steps: int = 10) -> list[tuple[float, ...]]:
    """Return all ways to share one among ``parts`` in tenths."""
    if parts == 1:
        return [(steps / 10,)]
    return [
        (first / 10, *rest)
        for first in range(steps + 1)
        for rest in simplex(parts - 1, steps - first)
    ]


def slow(optimisers: Sequence[torch.optim.Optimizer], left: float) -> None:
    """Set each step's size to this share of its first one."""
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = group.setdefault("first", group["lr"]) * max(left, 0.02)


def _shown(bags: Bags, chance: np.random.Generator, recipe: Recipe) -> NDArray[np.float32]:
    """Draw which grams a step sees, 0 or what makes up for the hidden ones: one for each place."""
    grams = chance.random(len(bags.places)) >= recipe.gram_drop
    texts = chance.random(len(bags)) >= recipe.bag_drop
    shown = grams & np.repeat(texts, np.diff(bags.starts))
    return shown.astype(np.float32) / np.float32(1 - recipe.gram_drop)


def log_loss(logits: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """Return the mean negative log chance of the truth: (n, labels), (n,)."""
    top = logits.max(axis=1)
    total = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    return float((total - logits[np.arange(len(truth)), truth]).mean())


def warmth(logits: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """Return the temperature under which the logits are least surprised by the truth."""
    grid = np.geomspace(0.3, 6, 61)
    return float(grid[int(np.argmin([log_loss(logits / one, truth) for one in grid]))])


def lean(logits: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return what to add to each label's logit for the best macro-F1 that its chances promise.

    Chances stand for the truth: their sums vary less than the few right answers of a rare label.
    Source: Lipton et al. 2014, "Optimal thresholding of classifiers to maximize F1 measure".
    """
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    leaning = np.zeros(logits.shape[1], np.float32)
    for label in range(1, logits.shape[1]):
        tried = []
        for step in np.linspace(-2.5, 2.5, 51):
            leaning[label] = step
            tried.append(
                (promised_f1(chances, (logits + leaning).argmax(axis=1)), -abs(step), step)
            )
        leaning[label] = max(tried)[2]  # the smallest of equals
    return leaning


def promised_f1(chances: NDArray[np.float64], guessed: NDArray[np.int64]) -> float:
    """Return the macro-F1 that calibrated chances promise for these guesses: (n, labels), (n,)."""
    scores = []
    for label in range(chances.shape[1]):
        here = guessed == label
        right = chances[here, label].sum()
        scores.append(2 * right / max(1e-9, here.sum() + chances[:, label].sum()))
    return float(np.mean(scores))
