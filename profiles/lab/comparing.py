"""Compare every model on the same people, the same items and the same measure.

Leave one out: the last item of each history is what is measured, the one before it is what settings
and weights are chosen by. ``train_only`` models have learnt from neither; ``refit`` ones, with the
same settings, from all but the last. All items compete, those already had are taken out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from profiles.lab.choosing import (
    Ridges,
    Say,
    Split,
    choose_decay,
    choose_ridges,
    choose_steps,
    places,
)
from profiles.lab.reading import FEWEST, Material
from shopguide.inference.sequences.blending import Blend, Ranker, Shortlists, weigh
from shopguide.inference.sequences.committee import teach_committee
from shopguide.inference.sequences.factors import als
from shopguide.inference.sequences.histories import Histories
from shopguide.inference.sequences.measures import measured
from shopguide.inference.sequences.neighbours import Popular, Steps, together, transitions
from shopguide.inference.sequences.regressing import ease, following
from shopguide.inference.sequences.teaching import Recipe

PEERS = (
    "popularity", "item_knn", "item_knn_transition", "ease", "ease_attributes", "linear", "als",
)  # fmt: skip
OURS = ("sequence", "blend")
MODELS = PEERS + OURS
PROTOCOLS = ("train_only", "refit")
# The blend is made of these; EASE knows attributes where there are any.
PARTS = ("item_knn_transition", "ease", "linear", "sequence")
PARTS_WITH_ATTRIBUTES = ("item_knn_transition", "ease_attributes", "linear", "sequence")
MOST_USERS = 50_000
WEIGHED_USERS = 12_000
Figures = dict[str, float]


@dataclass(frozen=True)
class Chosen:
    """Settings found on validation, used under both protocols."""

    steps: Steps
    ridges: Ridges
    decays: dict[str, float]


class Bench:
    """Fits and measures models under both protocols."""

    def __init__(self, material: Material, say: Say) -> None:
        self.material, self.say = material, say
        histories = material.histories
        whole = histories.lengths >= FEWEST
        users = np.flatnonzero(whole)
        learnt = histories.shortened(2 * whole)
        until_last = histories.shortened(1 * whole)
        targets = histories.last()
        asked = Split(learnt, learnt.chosen(users), until_last.last()[users])
        self.validation = asked
        self.tests = {
            name: Split(seen, until_last.chosen(users), targets[users]).sampled(MOST_USERS)
            for name, seen in zip(PROTOCOLS, (learnt, until_last), strict=True)
        }
        say(f"{len(users)} users measured of {len(histories)}, {histories.catalogue} items")

    def choose(self, models: Iterable[str]) -> Chosen:
        """Choose settings on validation for what is to be compared."""
        wanted, started = set(models), time.monotonic()
        closed = wanted & {"ease", "ease_attributes", "linear", "blend"}
        ridges = Ridges(50.0, 4.0, 50.0, 20.0, 0.75, 0.6)
        if closed:
            ridges = choose_ridges(self.validation, self.material, self.say)
        steps = Steps()
        if wanted & {"item_knn_transition", "blend"}:
            steps = choose_steps(self.validation)
            self.say(f"chosen: {steps}")
        self.say(f"settings chosen in {time.monotonic() - started:.0f} s")
        return Chosen(steps, ridges, {})

    def fit(self, name: str, histories: Histories, chosen: Chosen, seed: int) -> Ranker:
        """Fit one model on histories."""
        ridges, attributes = chosen.ridges, self.material.attributes
        fits: dict[str, Callable[[], Ranker]] = {
            "popularity": lambda: Popular.fit(histories),
            "item_knn": lambda: together(histories),
            "item_knn_transition": lambda: transitions(histories, chosen.steps),
            "ease": lambda: ease(histories, ridge=ridges.ease),
            "ease_attributes": lambda: ease(
                histories, ridge=ridges.ease_with_attributes,
                attributes=attributes, weight=ridges.attributes,
            ),
            "linear": lambda: following(
                histories, ridge=ridges.following, decay=ridges.past, ahead=ridges.ahead
            ),
            "als": lambda: als(histories, seed=seed),
            "sequence": lambda: teach_committee(
                histories, recipe=Recipe(seed=seed), attributes=attributes, say=self.say
            ),
        }  # fmt: skip
        fitted = fits[name]()
        if name in {"ease", "ease_attributes", "item_knn"}:
            fitted = self.faded(name, fitted, chosen)
        return fitted

    def faded(self, name: str, fitted: Ranker, chosen: Chosen) -> Ranker:
        """Give a model the fading that validation chose; chosen once, before any refit."""
        if name not in chosen.decays:
            chosen.decays[name] = choose_decay(fitted, self.validation)
        return replace(fitted, decay=chosen.decays[name])  # type: ignore[type-var]


def compare(
    material: Material,
    *,
    models: Sequence[str] = MODELS,
    seeds: Sequence[int] = (1,),
    say: Say = lambda _line: None,
) -> dict[str, dict[str, Figures]]:
    """Return what each model reaches, by protocol; ours as the mean over seeds.

    Cost at 22,000 users and 12,000 items: about a quarter of an hour on two idle cores with one
    seed; memory about 5 GB.
    """
    if material.attributes is None:
        models = [name for name in models if name != "ease_attributes"]
    bench = Bench(material, say)
    chosen = bench.choose(models)
    found: dict[str, dict[str, Figures]] = {name: {} for name in models}
    weights: dict[int, dict[str, float]] = {}
    for protocol in PROTOCOLS:
        run = Run(bench, protocol, chosen, weights, seeds)
        for name in models:
            found[name][protocol] = run.measure(name)
            say(f"{protocol} {name}: {found[name][protocol]}")
    return found


class Run:
    """One protocol: fits each model once and remembers it for the blend."""

    def __init__(
        self, bench: Bench, protocol: str, chosen: Chosen, weights: dict[int, dict[str, float]],
        seeds: Sequence[int],
    ) -> None:  # fmt: skip
        self.bench, self.chosen, self.weights, self.seeds = bench, chosen, weights, seeds
        self.split = bench.tests[protocol]
        self.fitted: dict[tuple[str, int], Ranker] = {}
        self.spent: dict[tuple[str, int], float] = {}

    def measure(self, name: str) -> Figures:
        """Return the figures of a model, the mean over seeds where it has any."""
        runs = []
        for seed in self.seeds if name in OURS else (1,):
            ranker = self.blend(seed) if name == "blend" else self.ranker(name, seed)
            figures = measured(places(ranker, self.split))
            runs.append({**figures, "seconds": round(self.spent[name, seed], 1)})
        return {key: round(float(np.mean([run[key] for run in runs])), 5) for key in runs[0]}

    def ranker(self, name: str, seed: int = 1) -> Ranker:
        """Return a model, fitted when it is first asked for."""
        if (name, seed) not in self.fitted:
            started = time.monotonic()
            fitted = self.bench.fit(name, self.split.learnt, self.chosen, seed)
            self.spent[name, seed] = time.monotonic() - started
            if name not in self.parts:  # they are large: only those of the blend are kept
                return fitted
            self.fitted[name, seed] = fitted
        return self.fitted[name, seed]

    @property
    def parts(self) -> tuple[str, ...]:
        """Return what the blend is made of here."""
        known = self.bench.material.attributes is not None
        return PARTS_WITH_ATTRIBUTES if known else PARTS

    def blend(self, seed: int) -> Ranker:
        """Return the blend; its weights are chosen once, by models that saw no validation item."""
        seeds = {name: seed if name in OURS else 1 for name in self.parts}
        parts = {name: self.ranker(name, number) for name, number in seeds.items()}
        started = time.monotonic()
        if seed not in self.weights:
            asked = self.bench.validation.sampled(WEIGHED_USERS, seed=2)
            self.weights[seed] = weigh(Shortlists.of(parts, asked.asked, asked.targets))
            self.bench.say(f"weights chosen: {self.weights[seed]}")
        spent = sum(self.spent[name, number] for name, number in seeds.items())
        self.spent["blend", seed] = spent + time.monotonic() - started
        return Blend(list(parts.values()), [self.weights[seed][name] for name in parts])
