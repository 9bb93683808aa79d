"""Measure the sequence model where the truth is known: shoppers that go by a rule we made.

Each item leads on to four others with known chances, which follow from its text by one rule; what
people do with items follows from their type. So the best any model can reach is known, a new shop
can be entered with a model of another one, and the rule can change at a known moment. No Django.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shopguide.inference.sequences.attention import Shape
from shopguide.inference.sequences.deeds import Deeds, Names
from shopguide.inference.sequences.foretelling import accuracy, loss_on, places_of
from shopguide.inference.sequences.histories import Ids
from shopguide.inference.sequences.lessons import WEIGHTS, Lesson, teach_deeds
from shopguide.inference.sequences.measures import ndcg, ranks
from shopguide.inference.sequences.neighbours import Popular, together
from shopguide.inference.sequences.outlook import Outlook

DIMENSIONS, KINDS = 24, 6
CHANCES = (0.5, 0.25, 0.15, 0.1)
ACTIONS = ("view", "save", "cart", "purchase")
TYPES = ("looks", "saves", "buys")
# What each type does with an item it came to.
DOES = np.array([[0.85, 0.05, 0.08, 0.02], [0.4, 0.5, 0.05, 0.05], [0.4, 0.05, 0.3, 0.25]])
SMALL = Shape(width=32, blocks=1, heads=2, longest=20, dropout=0.0, item_drop=0.0)
QUICK = Lesson(epochs=12, tokens=1_024, rate=1e-2, decay=0.0)
Floats = NDArray[np.float64]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Rule:
    """Where texts lead: (dimensions, dimensions), a rotation. Another seed is another fashion."""

    turn: Floats

    @classmethod
    def of(cls, seed: int) -> Rule:
        """Return the rule of a seed."""
        square = np.random.default_rng([seed, 1]).normal(size=(DIMENSIONS, DIMENSIONS))
        turn, _rest = np.linalg.qr(square)
        return cls(turn)


@dataclass(frozen=True)
class Shop:
    """Items by their texts, and where each leads: (items, items), rows that sum to one."""

    text: NDArray[np.float32]
    kinds: Ids
    leads: Floats

    @classmethod
    def of(cls, rule: Rule, items: int, seed: int) -> Shop:
        """Return a shop of so many items."""
        chance = np.random.default_rng([seed, 2])
        middles = np.random.default_rng(0).normal(size=(KINDS, DIMENSIONS))
        kinds = np.arange(items) % KINDS
        text = middles[kinds] + 0.7 * chance.normal(size=(items, DIMENSIONS))
        text /= np.linalg.norm(text, axis=1, keepdims=True)
        near = (text @ rule.turn) @ text.T
        np.fill_diagonal(near, -np.inf)
        leads = np.zeros((items, items))
        first = np.argsort(-near, axis=1)[:, : len(CHANCES)]
        np.put_along_axis(leads, first, np.asarray(CHANCES), axis=1)
        return cls(text.astype(np.float32), kinds.astype(np.int64), leads)

    def walked(self, people: int, seed: int, *, steps: int = 12) -> Deeds:
        """Return what so many people did; the same seed, the same people."""
        chance = np.random.default_rng([seed, 3])
        types = chance.integers(len(TYPES), size=people)
        at = chance.integers(len(self.leads), size=people)
        ways, does = self.leads.cumsum(1), DOES.cumsum(1)
        items, actions = [], []
        for _step in range(steps):
            items.append(at)
            actions.append((chance.random((people, 1)) > does[types]).sum(1).clip(max=3))
            at = (chance.random((people, 1)) > ways[at]).sum(1).clip(max=len(ways) - 1)
        rows = [list(zip(*row, strict=True)) for row in zip(
            np.stack(items, 1).tolist(), np.stack(actions, 1).tolist(), strict=True)]  # fmt: skip
        return Deeds.of(
            rows, len(self.leads), kinds=self.kinds, types=types.astype(np.int64),
            names=Names(ACTIONS, tuple(str(one) for one in range(KINDS)), TYPES),
        )  # fmt: skip

    def strangers(self, people: int, seed: int) -> Deeds:
        """Return people who go anywhere: what a poisoned batch is made of."""
        anywhere = np.full_like(self.leads, 1 / (len(self.leads) - 1))
        np.fill_diagonal(anywhere, 0.0)
        return replace(self, leads=anywhere).walked(people, seed)

    def bound(self, before: Deeds, taken: Ids) -> float:
        """Return the mean of -log of the true chance of what was taken: nobody does better."""
        return float(-np.log(self.leads[before.histories.last(), taken]).mean())

    def model(self, *, seed: int, text: bool = True, deeds: Deeds | None = None) -> Outlook:
        """Return a model that was taught nothing yet."""
        names = deeds.names if deeds is not None else Names(ACTIONS, (), TYPES)
        texts = self.text if text else None
        return Outlook(len(self.kinds), names, shape=SMALL, text=texts, seed=seed)


def asked(deeds: Deeds) -> tuple[Deeds, Ids]:
    """Return the last step of everybody as a question and its answer."""
    left, users, taken = deeds.held_out()
    return left.chosen(users), taken


def reached(model: Outlook, question: tuple[Deeds, Ids]) -> float:
    """Return NDCG@10."""
    return ndcg(places_of(model, *question))


# --- How near to the best possible ------------------------------------------------------------
def entropy(people: int = 2_000, *, items: int = 60, seed: int = 1) -> dict[str, float]:
    """Return what is lost against the truth, and what is won against two peers with intervals."""
    shop = Shop.of(Rule.of(seed), items, seed)
    learnt, (before, taken) = shop.walked(people, seed), asked(shop.walked(600, seed + 100))
    model = teach_deeds(shop.model(seed=seed, text=False, deeds=learnt), learnt, QUICK).model
    bound, loss = shop.bound(before, taken), loss_on(model, before, taken)
    found = {"nll": round(loss, 4), "bound": round(bound, 4), "above": round(loss / bound - 1, 4)}
    ours = gains(places_of(model, before, taken))
    found["ndcg@10"] = round(float(ours.mean()), 4)
    for name, fit in (("popularity", Popular.fit), ("item_knn", together)):
        scores = fit(learnt.histories).scores(before.histories)
        theirs = gains(ranks(scores, taken, before.histories))
        found[name] = round(float(theirs.mean()), 4)
        found[f"least_won_of_{name}"] = round(least_won(ours - theirs), 4)
    found["action_calibration_error"] = round(calibration(model, before, shop, seed), 4)
    return found


def gains(places: Ids, cut: int = 10) -> Floats:
    """Return the gain of each place."""
    return np.where(places < cut, 1 / np.log2(places + 2.0), 0.0)


def least_won(differences: Floats, *, draws: int = 1_000) -> float:
    """Return the lower end of the 95 % bootstrap interval of a mean difference."""
    chance = np.random.default_rng(5)
    rows = chance.integers(len(differences), size=(draws, len(differences)))
    return float(np.quantile(differences[rows].mean(1), 0.025))


def calibration(model: Outlook, before: Deeds, shop: Shop, seed: int, bins: int = 10) -> float:
    """Return the expected calibration error of the next action, over its likeliest value."""
    deeds = shop.walked(1_500, seed + 200)
    cut = deeds.shortened(np.ones(len(deeds), np.int64))
    table = model.table().numpy()
    starts = cut.histories.starts
    paths = [
        (table[cut.histories.items[start:end]], cut.actions[start:end])
        for start, end in pairwise(starts)
    ]
    said = model.foretell(paths).actions
    right = (said.argmax(1) == deeds.acts.last()).astype(float)
    sure = said.max(1)
    places = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(right[places == one].sum() - sure[places == one].sum()) for one in range(bins)
        )
        / len(right)
    )  # fmt: skip


# --- A new shop with the model of another ------------------------------------------------------
def transfer(seeds: int = 3, *, people: int = 12) -> dict[str, list[float]]:
    """Return NDCG@10 in a new shop after its first shoppers, a figure a seed.

    ``fine_tuned``, ``frozen``: of a model taught on another shop; ``texts``: taught on the few
    alone, items begun from their texts; ``scratch``: the same with nothing begun from anything.
    """
    found: dict[str, list[float]] = {"fine_tuned": [], "frozen": [], "texts": [], "scratch": []}
    for seed in range(1, seeds + 1):
        rule = Rule.of(seed)
        old, new = Shop.of(rule, 150, seed), Shop.of(rule, 60, seed + 50)
        market, few = old.walked(1_000, seed), new.walked(people, seed + 1)
        question = asked(new.walked(500, seed + 2))
        numbers = np.arange(1_000, 1_060)
        model = teach_deeds(old.model(seed=seed, deeds=market), market, QUICK).model
        frozen = model.grown(new.text, numbers, few.names)
        found["frozen"].append(round(reached(frozen, question), 4))
        tuned = teach_deeds(frozen, few, replace(QUICK, rate=3e-3)).model
        found["fine_tuned"].append(round(reached(tuned, question), 4))
        for name in ("texts", "scratch"):
            model = new.model(seed=seed, deeds=few, text=name == "texts")
            anew = teach_deeds(model, few, replace(QUICK, epochs=40)).model
            found[name].append(round(reached(anew, question), 4))
    return found


# --- Several tasks on one trunk ------------------------------------------------------------------
def tasks(people: int = 1_000, *, seed: int = 1) -> dict[str, dict[str, float]]:
    """Return what each head reaches, in points, taught alone and with the others."""
    shop = Shop.of(Rule.of(seed), 60, seed)
    learnt, unseen = shop.walked(people, seed), shop.walked(1_000, seed + 9)
    found: dict[str, dict[str, float]] = {}
    alone: Mapping[str, Mapping[str, float]] = {task: {task: 1.0} for task in WEIGHTS}
    for name, weights in {**alone, "together": dict(WEIGHTS)}.items():
        lesson = replace(QUICK, weights=weights, seed=seed, tokens=512, epochs=16)
        model = teach_deeds(shop.model(seed=seed, deeds=learnt), learnt, lesson).model
        figures = {"item": reached(model, asked(unseen)), **accuracy(model, unseen)}
        kept = figures if name == "together" else {name: figures[name]}
        for task, figure in kept.items():
            column = "together" if name == "together" else "alone"
            found.setdefault(task, {})[column] = round(100 * figure, 2)
    return found


# --- The rule changes -----------------------------------------------------------------------------
def drift(
    updates: int = 5, *, people: int = 150, items: int = 60, seed: int = 1, epochs: int = 8
) -> dict[str, Any]:
    """Return how NDCG@10 comes back after the rule changed, and what a poisoned batch does."""
    shop = Shop.of(Rule.of(seed), items, seed)
    after = replace(shop, leads=Shop.of(Rule.of(seed + 7), items, seed).leads)
    learnt = shop.walked(10 * items + 200, seed)
    model = teach_deeds(shop.model(seed=seed, deeds=learnt), learnt, QUICK).model
    question = asked(after.walked(500, seed + 30))
    before = reached(model, asked(shop.walked(500, seed + 31)))
    batches = [after.walked(people, seed + 10 + number) for number in range(updates)]
    whole = joined(batches)
    anew = teach_deeds(shop.model(seed=seed, deeds=whole), whole, replace(QUICK, epochs=20)).model
    course = [reached(model, question)]
    lesson = replace(QUICK, epochs=epochs, rate=5e-3)
    for batch in batches:
        model = teach_deeds(model, batch, lesson).model
        course.append(reached(model, question))
    clean = places_of(model, *question)
    poisoned = teach_deeds(copied(model), shop.strangers(people, seed + 40), lesson).model
    return {
        "before": round(before, 4), "course": [round(one, 4) for one in course],
        "anew": round(reached(anew, question), 4),
        "recovered": round(course[-1] / reached(anew, question), 4),
        "poisoned": round(reached(poisoned, question), 4),
        "places": (places_of(poisoned, *question), clean),
    }  # fmt: skip


def joined(parts: list[Deeds]) -> Deeds:
    """Return the deeds of several groups of people as one."""
    rows = []
    for part in parts:
        starts = part.histories.starts
        rows += [
            list(zip(part.histories.items[a:b].tolist(), part.actions[a:b].tolist(), strict=True))
            for a, b in pairwise(starts)
        ]
    types = np.concatenate([part.types for part in parts])
    first = parts[0]
    return Deeds.of(
        rows, first.histories.catalogue, kinds=first.kinds, types=types, names=first.names
    )


def copied(model: Outlook) -> Outlook:
    """Return a model that can be taught without changing this one."""
    text = model.items.text
    return model.grown(None if text is None else text.numpy(), model.items.numbers)
