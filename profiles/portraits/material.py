"""What portraits are learnt from: simulated shoppers of known types, and orders that really came.

A row is a shopper at a moment, with what they did until then; the label of the order is what they
did in the week after it. Real shoppers, those who agreed to the improvement of models, teach when
orders come, never types: nobody has said theirs.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from catalog.models import Category, SearchDocument, SearchOffer
from catalog.text import fold
from profiles.consenting import agreed
from profiles.models import Purpose
from profiles.portraits.features import Done, Features, Vector, features_of
from profiles.portraits.reading import done_by, vectors_of
from profiles.simulating.characters import DAY_S, SPAN_DAYS, Met, Stage, past_of
from profiles.simulating.phrases import TYPES
from profiles.simulating.walking import Thing
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.inference.portraits import Seen

AHEAD_S = 7 * DAY_S
# Simulated shoppers walk among so many kinds, and so many things of each.
MOST_KINDS, MOST_THINGS, LEAST_THINGS = 24, 40, 3
CUTS = 2
FEWEST_DEEDS = 4
MOST_OWN = 2_000


class QueryEncoder(Protocol):
    """What is needed of an encoder."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts: (n,) -> (n, dimensions), unit length."""
        ...


@dataclass
class Rows:
    """Rows of shoppers at moments. ``types``: -1 for unknown; ``texts``: all that was read."""

    features: list[Features] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    likely: list[float] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def seen(self) -> Seen:
        """Return what the model sees."""
        return Seen(*(
            np.stack([getattr(one, name) for one in self.features]).astype(np.float32)
            for name in ("numbers", "words", "things")
        ))  # fmt: skip

    @property
    def truth(self) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """Return types, orders, and whose rows they are: (n,) each."""
        return (
            np.array(self.types, np.int64), np.array(self.likely, np.float32),
            np.array(self.people, np.int64),
        )  # fmt: skip

    def add(self, other: Rows) -> None:
        """Take other rows in."""
        start = max(self.people, default=-1) + 1
        self.features += other.features
        self.types += other.types
        self.likely += other.likely
        self.people += [start + one for one in other.people]
        self.texts += other.texts


@dataclass(frozen=True)
class Shop:
    """The catalogue as simulated shoppers meet it."""

    stage: Stage
    vectors: dict[int, Vector]
    brands: dict[int, str]
    titles: dict[int, str]


def shop_now() -> Shop | None:
    """Return some kinds of what is for sale; None where there is too little. Five queries."""
    with as_everyone():
        rows = SearchDocument.objects.values_list("product", "categories", "brand", "titles")
        known = {pk: (kinds[0], brand, titles) for pk, kinds, brand, titles in rows if kinds}
        offers = SearchOffer.objects.filter(product__in=known, amount__isnull=False)
        currency = commonest(offers.values_list("currency", flat=True))
        amounts: dict[int, float] = {}
        for pk, amount in offers.filter(currency=currency).values_list("product", "amount"):
            amounts[pk] = min(float(amount or 0), amounts.get(pk, np.inf))
        things = chosen(known, amounts)
        names = {
            one.pk: tuple(name for name in (one.name_zh, one.name_en) if name) or (one.path,)
            for one in Category.objects.filter(pk__in=things)
        }
        numbers = {one.number for row in things.values() for one in row}
        vectors = vectors_of(numbers)
    if len(things) < 2:
        return None
    brands = {pk: known[pk][1] or "" for pk in numbers}
    titles = {pk: known[pk][2] or "" for pk in numbers}
    return Shop(Stage(things, names), vectors, brands, titles)


def commonest(values: Any) -> str:
    """Return the value that is there most often."""
    seen = list(values)
    return max(sorted(set(seen)), key=seen.count, default="")


def chosen(known: dict[int, Any], amounts: dict[int, float]) -> dict[int, list[Thing]]:
    """Return the largest kinds with some of their things, from cheap to dear."""
    kinds: dict[int, list[int]] = defaultdict(list)
    for pk in sorted(amounts, key=lambda one: (amounts[one], one)):
        kinds[known[pk][0]].append(pk)
    large = sorted(kinds, key=lambda kind: (-len(kinds[kind]), kind))[:MOST_KINDS]
    found = {}
    for kind in large:
        row = kinds[kind]
        step = max(1, len(row) // MOST_THINGS)
        row = row[::step][:MOST_THINGS]
        if len(row) >= LEAST_THINGS:
            found[kind] = [Thing(pk, kind, place / (len(row) - 1)) for place, pk in enumerate(row)]
    return found


def simulated(shop: Shop, encoder: QueryEncoder, people: int, *, seed: int, held_out: bool) -> Rows:
    """Return simulated shoppers at random moments. A few milliseconds each, and their words."""
    pasts = [past_of(shop.stage, n, seed=seed, held_out=held_out) for n in range(people)]
    words = sorted({met.words for _code, deeds in pasts for met in deeds if met.words})
    vectors = dict(zip(words, encoder.encode_queries(words), strict=True)) if words else {}
    size = len(next(iter(vectors.values()), np.zeros(1)))
    rows = Rows()
    for number, (code, deeds) in enumerate(pasts):
        chance = random.Random(f"{seed}:{number}:cut:{held_out}")  # noqa: S311
        done = [as_done(met, shop, vectors) for met in deeds]
        for cut in cuts(done, chance):
            past = [one for one in done if one.at <= cut]
            rows.features.append(features_of(past, cut, size))
            rows.types.append(TYPES.index(code))
            rows.likely.append(float(ordered(done, cut)))
            rows.people.append(number)
            rows.texts.append(read_of(past, shop))
    return rows


def as_done(met: Met, shop: Shop, vectors: dict[str, Vector]) -> Done:
    """Return a simulated deed as one that was stored."""
    if met.thing is None:
        return Done(met.kind, met.at, words=met.words, vector=vectors[met.words])
    pk = met.thing.number
    return Done(
        met.kind, met.at, pk, met.thing.kind, shop.brands[pk], met.thing.dear,
        vector=shop.vectors.get(pk),
    )  # fmt: skip


def cuts(done: Sequence[Done], chance: random.Random) -> list[float]:
    """Return moments at which a shopper is looked at: early ones, for little is known of most."""
    first = done[FEWEST_DEEDS - 1].at if len(done) >= FEWEST_DEEDS else None
    last = (SPAN_DAYS * DAY_S) - AHEAD_S
    if first is None or first >= last:
        return []
    return sorted(chance.uniform(first, last) for _cut in range(CUTS))


def ordered(done: Sequence[Done], cut: float) -> bool:
    """Tell whether something is bought in the week after a moment."""
    return any(one.kind == "purchase" and cut < one.at <= cut + AHEAD_S for one in done)


def read_of(past: Sequence[Done], shop: Shop) -> str:
    """Return all words that there are of a shopper: for the peers that read nothing else."""
    words = [one.words or shop.titles.get(one.product or 0, "") for one in past]
    return fold(" ".join(words))


def own(at: datetime, dimensions: int) -> Rows:
    """Return who agreed to teach, a week before a moment, and whether they ordered since."""
    rows, cut = Rows(), (at - timedelta(seconds=AHEAD_S)).timestamp()
    for number, pk in enumerate(agreed(Purpose.TRAINING)[:MOST_OWN]):
        shopper = Shopper(pk=UUID(pk))
        with as_shopper(shopper):
            done = done_by(shopper, at)
        past = [one for one in done if one.at <= cut]
        if len(past) >= FEWEST_DEEDS:
            rows.features.append(features_of(past, cut, dimensions))
            rows.types.append(-1)
            rows.likely.append(float(ordered(done, cut)))
            rows.people.append(number)
            rows.texts.append("")
    return rows
