"""Read a product's reviews: all stars counted, and a page of those asked for.

For product pages. The reader's language comes first. It writes nothing and judges nobody; what a
review says of what was judged before by workers (`catalog.opinions`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from catalog.models import AspectMention, Product, Review
from catalog.opinions.digesting import Digest, digested

PAGE = 10
GOOD, BAD = "good", "bad"
POLARITY = {GOOD: 1, BAD: -1}
ORDERS = {"newest": [], "highest": ["-stars"], "lowest": ["stars"]}
KINDS = {"verified": "buyer__isnull", "pictured": "buyer__pictures__isnull"}
MOST_WORDS = 6


@dataclass(frozen=True)
class Wanted:
    """Which reviews are asked for; empty means all. ``said``: ``good`` or ``bad``, of an aspect."""

    stars: int = 0
    aspect: str = ""
    said: str = ""
    language: str = ""
    feeling: str = ""
    words: str = ""
    # "verified": by somebody who bought it here; "pictured": with pictures.
    kind: str = ""
    # Not a filter: which of them come first.
    order: str = ""

    def __bool__(self) -> bool:
        return any((self.stars, self.aspect, self.language, self.feeling, self.words, self.kind))


@dataclass(frozen=True)
class ReviewPage:
    """``spread``: all reviews by stars, five first; ``fitting``: how many are as wanted.

    ``mentions``: for each shown review, where its text speaks of the wanted aspect. ``kinds`` and
    ``written`` (by stars) count the written ones, which alone are listed.
    """

    reviews: list[Review]
    spread: dict[int, int]
    page: int
    languages: dict[str, int] = field(default_factory=dict)
    fitting: int = 0
    wanted: Wanted = field(default_factory=Wanted)
    digest: Digest | None = None
    mentions: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    written: dict[int, int] = field(default_factory=dict)

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

    Two queries: all that is counted, and the page; one more to count what fits a filter, and one
    for the words that speak of a wanted aspect. A product without reviews costs one.
    """
    wanted = Wanted() if wanted is None else wanted
    found = sums(product)
    if not sum(found.spread.values()):
        return ReviewPage([], found.spread, 1, wanted=wanted)
    rows = fitting_reviews(product, wanted)
    fitting = rows.count() if wanted else sum(found.languages.values())
    number = max(1, min(page, -(-fitting // PAGE)))
    ordered = rows.with_buyers().order_by(*order_of(wanted, locale))  # type: ignore[attr-defined]
    reviews = list(ordered[(number - 1) * PAGE : number * PAGE]) if fitting else []
    return ReviewPage(
        reviews,
        found.spread,
        number,
        found.languages,
        fitting,
        wanted,
        digested(found.felt, found.said),
        mentions(reviews, wanted),
        found.kinds,
        found.written,
    )


def order_of(wanted: Wanted, locale: str) -> list[Any]:
    """Return what reviews are ordered by: as chosen, else the reader's language first."""
    newest = ["-written_at", "-pk"]
    if wanted.order in ORDERS:
        return [*ORDERS[wanted.order], *newest]
    mine = Case(When(language=locale, then=Value(0)), default=Value(1), output_field=IntegerField())
    return [mine, *newest]


SUMMED = """
SELECT 'stars', language, stars, count(*), count(*) FILTER (WHERE title <> '' OR body <> ''),
       NULL::bigint[]
FROM catalog_review WHERE product_id = %(product)s GROUP BY stars, language
UNION ALL
SELECT 'feeling', feeling, 0, count(*), 0, NULL
FROM catalog_reviewopinion WHERE product_id = %(product)s GROUP BY feeling
UNION ALL
SELECT CASE polarity WHEN 1 THEN 'good' ELSE 'bad' END, aspect, 0, 0, 0, array_agg(review_id)
FROM catalog_aspectmention WHERE product_id = %(product)s GROUP BY polarity, aspect
UNION ALL
SELECT 'kind', kind, 0, count(*), 0, NULL
FROM catalog_review r JOIN catalog_buyerreview b ON b.review_id = r.id
CROSS JOIN LATERAL (
    SELECT 'verified' AS kind
    UNION ALL
    SELECT 'pictured' WHERE EXISTS (SELECT FROM catalog_reviewpicture p WHERE p.own_id = b.id)
) of_it
WHERE r.product_id = %(product)s AND (r.title <> '' OR r.body <> '') GROUP BY kind
"""


@dataclass
class Sums:
    """All that is counted: stars of all reviews, five first; of written ones stars, languages …"""

    spread: dict[int, int] = field(default_factory=lambda: dict.fromkeys((5, 4, 3, 2, 1), 0))
    written: dict[int, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    felt: dict[str, int] = field(default_factory=dict)
    said: list[tuple[str, str, list[int]]] = field(default_factory=list)

    def add(self, row: tuple[str, str, int, int, int, list[int] | None]) -> None:
        """Take one row of the statement in."""
        kind, name, stars, count, written, reviews = row
        if kind == "stars":
            self.spread[stars] += count
            if written:
                self.written[stars] = self.written.get(stars, 0) + written
                self.languages[name] = self.languages.get(name, 0) + written
        elif kind == "kind":
            self.kinds[name] = count
        elif kind == "feeling":
            self.felt[name] = count
        else:
            self.said.append((kind, name, reviews or []))


def sums(product: Product) -> Sums:
    """Count a product's reviews and what they say. One query."""
    found = Sums()
    with connection.cursor() as cursor:
        cursor.execute(SUMMED, {"product": product.pk})
        for row in cursor.fetchall():
            found.add(row)
    return found


def summed(product: Product) -> tuple[dict[int, int], dict[str, int], Digest]:
    """Return the stars of all reviews, languages of written ones, and the digest. One query."""
    found = sums(product)
    return found.spread, found.languages, digested(found.felt, found.said)


def fitting_reviews(product: Product, wanted: Wanted) -> QuerySet[Review]:
    """Return the reviews that say something and are as wanted."""
    rows: QuerySet[Review] = Review.objects.filter(product=product).written()
    if wanted.stars:
        rows = rows.filter(stars=wanted.stars)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.feeling:
        rows = rows.filter(opinion__feeling=wanted.feeling)
    if wanted.kind in KINDS:
        rows = rows.filter(**{KINDS[wanted.kind]: False}).distinct()
    for word in wanted.words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(body__icontains=word))
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
