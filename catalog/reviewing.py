"""Read a product's reviews: all stars counted, one page of them, the reader's language first.

For product pages. It writes nothing and judges nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Case, Count, IntegerField, Value, When

from catalog.models import Product, Review

PAGE = 10


@dataclass(frozen=True)
class ReviewPage:
    """``spread``: reviews by stars, five first; ``average`` to two decimals."""

    reviews: list[Review]
    spread: dict[int, int]
    page: int

    @property
    def count(self) -> int:
        """Return how many reviews there are."""
        return sum(self.spread.values())

    @property
    def average(self) -> Decimal | None:
        """Return the mean stars, None without reviews."""
        if not self.count:
            return None
        mean = Decimal(sum(stars * count for stars, count in self.spread.items())) / self.count
        return mean.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.count // PAGE))


def review_page(product: Product, *, locale: str, page: int = 1) -> ReviewPage:
    """Return one page of reviews; beyond the last one, the last. Two queries."""
    reviews = Review.objects.filter(product=product)
    counts = dict(
        reviews.order_by()
        .values_list("stars")
        .annotate(Count("pk"))
        .values_list("stars", "pk__count")
    )
    spread = {stars: counts.get(stars, 0) for stars in (5, 4, 3, 2, 1)}
    number = max(1, min(page, -(-sum(spread.values()) // PAGE)))
    mine = Case(When(language=locale, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = reviews.order_by(mine, "-written_at", "-pk")[(number - 1) * PAGE : number * PAGE]
    return ReviewPage(list(rows) if sum(spread.values()) else [], spread, number)
