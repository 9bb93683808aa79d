"""Say what many reviews say of one product, in counts that are exact.

For product pages. Everything is counted at the moment of showing, from the rows that judging
wrote; each statement names the reviews it counts. Under `FEWEST` written reviews, and for aspects
that fewer than `FEWEST_FOR_ASPECT` speak of, it keeps silent. A minority is told with its majority.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, F, Value, When

from catalog.models import AspectMention, Product, ReviewOpinion

FEWEST = 5
FEWEST_FOR_ASPECT = 2
MOST_STATEMENTS = 6
TEXT = CharField()


@dataclass(frozen=True)
class Statement:
    """What reviews say of one aspect; a review that says both stands in both lists."""

    aspect: str
    good: tuple[int, ...]  # ids of reviews
    bad: tuple[int, ...]

    @property
    def reviews(self) -> frozenset[int]:
        """Return the ids of all reviews that speak of it."""
        return frozenset(self.good) | frozenset(self.bad)

    @property
    def polarity(self) -> int:
        """Return what most say: 1 good, -1 bad, 0 as many each."""
        return (len(self.good) > len(self.bad)) - (len(self.good) < len(self.bad))


@dataclass(frozen=True)
class Digest:
    """``feelings``: how many of the judged reviews feel how; ``aspects``: the most told first."""

    feelings: dict[str, int]
    aspects: tuple[Statement, ...]

    @property
    def judged(self) -> int:
        """Return how many written reviews were read."""
        return sum(self.feelings.values())

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return what there is enough to say."""
        if self.judged < FEWEST:
            return ()
        told = [one for one in self.aspects if len(one.reviews) >= FEWEST_FOR_ASPECT]
        return tuple(told[:MOST_STATEMENTS])


def digest(product: Product) -> Digest:
    """Count a product's opinions. One query."""
    side = Case(When(polarity=1, then=Value("good")), default=Value("bad"), output_field=TEXT)
    feelings = (
        ReviewOpinion.objects.filter(product=product)
        .values(kind=Value("feeling", TEXT), name=F("feeling"))
        .annotate(reviews=ArrayAgg("review_id"))
        .values_list("kind", "name", "reviews")
    )
    mentions = (
        AspectMention.objects.filter(product=product)
        .values(kind=side, name=F("aspect"))
        .annotate(reviews=ArrayAgg("review_id"))
        .values_list("kind", "name", "reviews")
    )
    felt: dict[str, int] = {}
    said: list[tuple[str, str, list[int]]] = []
    for kind, name, reviews in feelings.union(mentions, all=True):
        if kind == "feeling":
            felt[name] = len(reviews)
        else:
            said.append((kind, name, reviews))
    return digested(felt, said)


def digested(felt: dict[str, int], said: Iterable[tuple[str, str, Sequence[int]]]) -> Digest:
    """Return the digest of counted feelings and of mentions: good or bad, aspect, reviews."""
    sides: dict[str, dict[str, Sequence[int]]] = {}
    for side, name, reviews in said:
        sides.setdefault(name, {})[side] = reviews
    told = [
        Statement(name, tuple(both.get("good", ())), tuple(both.get("bad", ())))
        for name, both in sides.items()
    ]
    return Digest(felt, tuple(sorted(told, key=lambda one: (-len(one.reviews), one.aspect))))
