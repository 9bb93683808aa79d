"""Shoppers of known types, and when they buy: what portraits are trained and judged on. No Django.

A type is a way to go about a visit: what is searched for, at which prices, how much is compared,
kept and bought. Nobody is of one type all the time: each visit is in character only so often, and
half of the words say nothing of it. A wish grows from visit to visit until something is bought, so
that an order announces itself a little.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from profiles.simulating.phrases import PLAIN, TYPES, wordings
from profiles.simulating.walking import Thing

DAY_S = 86_400.0
SPAN_DAYS = 90.0
# How often somebody keeps to their character: from, to.
STRENGTH = (0.4, 0.95)
PLAIN_SHARE = 0.5


@dataclass(frozen=True)
class Way:
    """How somebody of a type goes about a visit.

    ``dear``: what is looked for among the prices of a kind, None for anything. ``rest`` and
    ``soon``: days until the next visit after something was bought, and after nothing was.
    """

    dear: float | None
    kinds: int
    looks: tuple[int, int]
    search: float
    back: float
    save: float
    cart: float
    share: float
    buy: float
    rest: float
    soon: float
    same: float = 0.0  # how often the very thing that was bought is bought again


WAYS: dict[str, Way] = {
    "deal": Way(0.12, 2, (3, 8), 0.35, 0.15, 0.10, 0.22, 0.02, 0.30, 14, 4),
    "quality": Way(0.88, 1, (3, 7), 0.30, 0.15, 0.12, 0.12, 0.02, 0.32, 20, 5),
    "gift": Way(0.6, 3, (3, 7), 0.40, 0.12, 0.12, 0.15, 0.12, 0.45, 35, 3),
    "explorer": Way(None, 5, (5, 12), 0.15, 0.05, 0.18, 0.05, 0.06, 0.08, 12, 3),
    "comparer": Way(None, 1, (5, 11), 0.35, 0.35, 0.10, 0.14, 0.02, 0.25, 18, 2.5),
    "regular": Way(None, 1, (1, 4), 0.20, 0.20, 0.04, 0.25, 0.01, 0.55, 16, 8, 0.6),
}


@dataclass(frozen=True)
class Met:
    """One deed of a simulated shopper, ``at`` in seconds; ``thing`` is None for a search."""

    kind: str
    at: float
    thing: Thing | None
    words: str = ""


@dataclass(frozen=True)
class Stage:
    """Where they act: things by kind, and what each kind is called in both languages."""

    kinds: Mapping[int, Sequence[Thing]]
    names: Mapping[int, Sequence[str]]


@dataclass
class Character:
    """One simulated shopper at work."""

    stage: Stage
    code: str
    chance: random.Random
    held_out: bool
    strength: float = 0.7
    dear: float = 0.5
    loved: Sequence[int] = ()
    wish: float = 0.0
    last: Thing | None = None

    def visit(self, at: float) -> tuple[list[Met], float, bool]:
        """Return the deeds of one visit, when it ends, and whether something was bought."""
        in_character = self.chance.random() < self.strength
        code = self.code if in_character else self.chance.choice(TYPES)
        way, deeds = WAYS[code], []
        kinds = self.kinds(code, way)
        seen: list[Thing] = []
        for _look in range(self.chance.randint(*way.looks)):
            at += self.chance.uniform(10, 180)
            kind = self.chance.choice(kinds)
            if self.chance.random() < way.search / (1 + 0.5 * len(seen)):
                deeds.append(Met("search", at, None, self.words(code, kind)))
                at += self.chance.uniform(5, 40)
            thing = self.thing(way, kind, seen)
            seen.append(thing)
            deeds.append(Met("view", at, thing))
            deeds += self.kept(way, thing, at)
        self.wish = min(1.0, self.wish + self.chance.uniform(0.15, 0.5))
        bought = bool(seen) and self.chance.random() < way.buy * (0.35 + self.wish)
        if bought:
            at += 60
            deeds.append(Met("purchase", at, self.taken(way, seen, deeds)))
            self.wish = 0.0
        return deeds, at, bought

    def kinds(self, code: str, way: Way) -> list[int]:
        """Return the kinds of one visit: loved ones, for gifts and idle looks any."""
        pool = sorted(self.stage.kinds) if code in ("gift", "explorer") else list(self.loved)
        return self.chance.sample(pool, min(way.kinds, len(pool)))

    def words(self, code: str, kind: int) -> str:
        """Return what is searched for."""
        plain = self.chance.random() < PLAIN_SHARE
        pool = PLAIN if plain else wordings(code, held_out=self.held_out)
        text = self.chance.choice(pool)
        chinese = any("\u3400" <= letter <= "\u9fff" for letter in text)
        names = self.stage.names.get(kind) or ("", "")
        return text.format(kind=names[0] if chinese else names[-1]).strip() or names[0] or "new"

    def thing(self, way: Way, kind: int, seen: Sequence[Thing]) -> Thing:
        """Return what is looked at: one seen before, or one at a price that suits."""
        if seen and self.chance.random() < way.back:
            return self.chance.choice(seen)
        if self.last is not None and self.chance.random() < way.same:
            return self.last
        things = self.stage.kinds[kind]
        wanted = self.dear if way.dear is None else way.dear
        weights = [1.05 - min(1.0, abs(one.dear - wanted) * 1.3) for one in things]
        return self.chance.choices(things, weights)[0]

    def kept(self, way: Way, thing: Thing, at: float) -> list[Met]:
        """Return what is done with a thing beside looking."""
        warm = 0.5 + self.wish
        chances = (("save", way.save), ("cart", way.cart * warm), ("share", way.share))
        return [Met(kind, at + 5, thing) for kind, much in chances if self.chance.random() < much]

    def taken(self, way: Way, seen: Sequence[Thing], deeds: Sequence[Met]) -> Thing:
        """Return what is bought: what lies in the cart first, or the same again."""
        carted = [one.thing for one in deeds if one.kind == "cart" and one.thing is not None]
        if self.last is not None and self.chance.random() < way.same:
            return self.last
        self.last = self.chance.choice(carted or list(seen))
        return self.last


def past_of(stage: Stage, number: int, *, seed: int, held_out: bool) -> tuple[str, list[Met]]:
    """Return the type of the shopper of a number, and what they did in `SPAN_DAYS` days."""
    chance = random.Random(f"{seed}:{number}:{held_out}")  # noqa: S311
    code = TYPES[number % len(TYPES)]
    loved = chance.sample(sorted(stage.kinds), min(3, len(stage.kinds)))
    one = Character(
        stage, code, chance, held_out, chance.uniform(*STRENGTH), chance.random(), loved
    )
    at, deeds = chance.uniform(0, 40) * DAY_S, []
    while at < SPAN_DAYS * DAY_S:
        done, at, bought = one.visit(at)
        deeds += done
        way = WAYS[code]
        mean = way.rest if bought else way.soon * (1.3 - 0.6 * one.wish)
        at += chance.expovariate(1 / mean) * DAY_S
    return code, deeds
