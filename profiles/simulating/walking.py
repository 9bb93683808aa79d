"""What simulated shoppers like, and what they do of it: chance by a seed, no Django.

Each loves two or three kinds of things, one of them most, has a leaning to cheap or dear, and comes
in sessions. After one kind some go on to another that belongs to it, the same for all of them: that
is what there is to be learnt from many.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# How much the loved kinds count, the first most; what is left goes anywhere.
LOVES = (0.6, 0.25, 0.1)
# How often a step goes on to the kind that belongs to the one before.
ONWARD = 0.2
SESSIONS, STEPS = (3, 7), (3, 8)
DAYS = 75
SEARCHED, SAVED, CARTED, BOUGHT = 0.15, 0.08, 0.12, 0.1


@dataclass(frozen=True)
class Thing:
    """One product of the world. ``dear``: 0 the cheapest of its kind, 1 the dearest."""

    number: int
    kind: int
    dear: float = 0.5


@dataclass(frozen=True)
class Persona:
    """One shopper's true taste. ``loves``: kinds, the most loved first."""

    number: int
    loves: tuple[int, ...]
    dear: float


@dataclass(frozen=True)
class Step:
    """One deed. ``product`` is 0 for a search, which is for a kind."""

    action: str
    product: int
    kind: int
    at: datetime


class World:
    """Things by kind, and which kind belongs to which."""

    def __init__(self, things: Sequence[Thing], seed: int = 7) -> None:
        self.things = {thing.number: thing for thing in things}
        self.kinds: dict[int, list[Thing]] = defaultdict(list)
        for thing in sorted(things, key=lambda one: one.number):
            self.kinds[thing.kind].append(thing)
        order = sorted(self.kinds)
        random.Random(seed).shuffle(order)  # noqa: S311
        self.onward = dict(zip(order, [*order[1:], *order[:1]], strict=True))

    def persona(self, number: int, seed: int = 7) -> Persona:
        """Return the shopper of a number, always the same."""
        chance = random.Random(f"{seed}:{number}")  # noqa: S311
        loves = chance.sample(sorted(self.kinds), min(len(LOVES), len(self.kinds)))
        return Persona(number, tuple(loves), chance.random())

    def likes(self, persona: Persona, thing: Thing) -> float:
        """Return how well a thing truly fits, 0 to 1: what recommendations are judged by."""
        love = dict(zip(persona.loves, LOVES, strict=False)).get(thing.kind, 0.0) / LOVES[0]
        return love * (1 - 0.5 * abs(thing.dear - persona.dear))

    def walk(self, persona: Persona, until: datetime, seed: int = 7) -> Iterator[Step]:
        """Yield what a shopper did in the days before a moment, in order of time."""
        chance = random.Random(f"{seed}:{persona.number}:walk")  # noqa: S311
        starts = sorted(chance.uniform(0.02, DAYS) for _n in range(chance.randint(*SESSIONS)))
        for ago in reversed(starts):
            yield from self.session(persona, until - timedelta(days=ago), chance)

    def session(self, persona: Persona, at: datetime, chance: random.Random) -> Iterator[Step]:
        """Yield one visit."""
        kind = self.wanted(persona, chance)
        for _step in range(chance.randint(*STEPS)):
            at += timedelta(seconds=chance.randint(15, 240))
            if chance.random() < SEARCHED:
                yield Step("search", 0, kind, at)
            thing = self.chosen(persona, kind, chance)
            yield Step("view", thing.number, kind, at)
            for action, share in (("save", SAVED), ("cart", CARTED), ("purchase", BOUGHT)):
                if chance.random() < share:
                    at += timedelta(seconds=chance.randint(5, 60))
                    yield Step(action, thing.number, kind, at)
            onward = chance.random() < ONWARD
            kind = self.onward[kind] if onward else self.wanted(persona, chance)

    def wanted(self, persona: Persona, chance: random.Random) -> int:
        """Return a kind by how much it is loved."""
        drawn = chance.random()
        for kind, share in zip(persona.loves, LOVES, strict=False):
            if (drawn := drawn - share) < 0:
                return kind
        return chance.choice(sorted(self.kinds))

    def chosen(self, persona: Persona, kind: int, chance: random.Random) -> Thing:
        """Return a thing of a kind, sooner at a price that suits."""
        things = self.kinds[kind]
        weights = [1.2 - abs(thing.dear - persona.dear) for thing in things]
        return chance.choices(things, weights)[0]
