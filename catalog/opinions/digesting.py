"""Say what many reviews say of one product, in counts that are exact.

For product pages. Everything is counted at the moment of showing, from the rows that judging
wrote; each statement names the reviews it counts. Under `FEWEST` written reviews, and for aspects
that fewer than `FEWEST_FOR_ASPECT` speak of, it keeps silent. A minority is told with its majority.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from catalog.models import AspectMention, Product, ReviewOpinion

FEWEST = 5
FEWEST_FOR_ASPECT = 2
MOST_STATEMENTS = 6


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
    """``judged``: written reviews that were read; ``feelings``: how many feel how."""

    judged: int
    feelings: dict[str, int]
    statements: tuple[Statement, ...]
    all_aspects: tuple[Statement, ...]

    @property
    def speaks(self) -> bool:
        """Tell whether there is enough to say anything."""
        return self.judged >= FEWEST


def digest(product: Product) -> Digest:
    """Count a product's opinions. Two queries."""
    counted = ReviewOpinion.objects.filter(product=product).aggregate(
        positive=Count("pk", filter=Q(feeling="positive")),
        neutral=Count("pk", filter=Q(feeling="neutral")),
        negative=Count("pk", filter=Q(feeling="negative")),
    )
    rows = (
        AspectMention.objects.filter(product=product)
        .values("aspect", "polarity")
        .annotate(reviews=ArrayAgg("review_id", ordering="-review__written_at"))
        .values_list("aspect", "polarity", "reviews")
    )
    found: dict[str, dict[int, list[int]]] = {}
    for aspect, polarity, reviews in rows:
        found.setdefault(aspect, {})[polarity] = reviews
    everything = sorted(
        (
            Statement(aspect, tuple(sides.get(1, ())), tuple(sides.get(-1, ())))
            for aspect, sides in found.items()
        ),
        key=lambda one: (-len(one.reviews), one.aspect),
    )
    judged = sum(counted.values())
    told = [one for one in everything if len(one.reviews) >= FEWEST_FOR_ASPECT]
    return Digest(
        judged,
        counted,
        tuple(told[:MOST_STATEMENTS]) if judged >= FEWEST else (),
        tuple(everything),
    )
