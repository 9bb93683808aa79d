"""Read a product's reviews: all stars counted, and a page of those asked for.

For product pages. The reader's language comes first. It writes nothing and judges nobody; what a
review says of what was judged before by workers (`catalog.opinions`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from catalog.models import AspectMention, Product, Review
from catalog.opinions.digesting import Digest, digest

PAGE = 10
GOOD, BAD = "good", "bad"
POLARITY = {GOOD: 1, BAD: -1}


@dataclass(frozen=True)
class Wanted:
    """Which reviews are asked for; empty means all. ``said``: ``good`` or ``bad``, of an aspect."""

    stars: int = 0
    aspect: str = ""
    said: str = ""
    language: str = ""
    feeling: str = ""

    def __bool__(self) -> bool:
        return any((self.stars, self.aspect, self.language, self.feeling))


@dataclass(frozen=True)
class ReviewPage:
    """``spread``: all reviews by stars, five first; ``fitting``: how many are as wanted.

    ``mentions``: for each shown review, where its text speaks of the wanted aspect.
    """

    reviews: list[Review]
    spread: dict[int, int]
    page: int
    languages: dict[str, int] = field(default_factory=dict)
    fitting: int = 0
    wanted: Wanted = field(default_factory=Wanted)
    digest: Digest | None = None
    mentions: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

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
        """Return how many pages of fitting reviews there are, at least one."""
        return max(1, -(-self.fitting // PAGE))


def review_page(
    product: Product, *, locale: str, page: int = 1, wanted: Wanted | None = None
) -> ReviewPage:
    """Return one page of reviews; beyond the last one, the last.

    Three queries: counts, the digest's rows, the page; one more to count what fits a filter, and
    one for the words that speak of a wanted aspect. A product without reviews costs one.
    """
    wanted = wanted or Wanted()
    spread, languages = counted(product)
    if not sum(spread.values()):
        return ReviewPage([], spread, 1, wanted=wanted)
    rows = fitting_reviews(product, wanted)
    fitting = rows.count() if wanted else sum(languages.values())
    number = max(1, min(page, -(-fitting // PAGE)))
    mine = Case(When(language=locale, then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = rows.order_by(mine, "-written_at", "-pk")
    reviews = list(ordered[(number - 1) * PAGE : number * PAGE]) if fitting else []
    return ReviewPage(
        reviews, spread, number, languages, fitting, wanted, digest(product),
        mentions(reviews, wanted),
    )  # fmt: skip


def counted(product: Product) -> tuple[dict[int, int], dict[str, int]]:
    """Count all reviews by stars, five first, and the written ones by language. One query."""
    rows = (
        Review.objects.filter(product=product)
        .order_by()
        .values("stars", "language")
        .annotate(count=Count("pk"), written=Count("pk", filter=~Q(title="", body="")))
        .values_list("stars", "language", "count", "written")
    )
    spread = dict.fromkeys((5, 4, 3, 2, 1), 0)
    languages: dict[str, int] = {}
    for stars, language, count, written in rows:
        spread[stars] += count
        if written:
            languages[language] = languages.get(language, 0) + written
    return spread, languages


def fitting_reviews(product: Product, wanted: Wanted) -> QuerySet[Review]:
    """Return the reviews that say something and are as wanted."""
    rows: QuerySet[Review] = Review.objects.filter(product=product).written()
    if wanted.stars:
        rows = rows.filter(stars=wanted.stars)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.feeling:
        rows = rows.filter(opinion__feeling=wanted.feeling)
    if wanted.aspect:
        of_it = AspectMention.objects.filter(product=product, aspect=wanted.aspect)
        if wanted.said in POLARITY:
            of_it = of_it.filter(polarity=POLARITY[wanted.said])
        rows = rows.filter(pk__in=of_it.values("review"))
    return rows


def mentions(reviews: list[Review], wanted: Wanted) -> dict[int, list[tuple[int, int]]]:
    """Return where the shown reviews speak of the wanted aspect. One query, or none."""
    if not (wanted.aspect and reviews):
        return {}
    rows = AspectMention.objects.filter(review__in=reviews, aspect=wanted.aspect)
    if wanted.said in POLARITY:
        rows = rows.filter(polarity=POLARITY[wanted.said])
    found: dict[int, list[tuple[int, int]]] = {}
    for review, start, end in rows.order_by("start").values_list("review", "start", "end"):
        found.setdefault(review, []).append((start, end))
    return found
