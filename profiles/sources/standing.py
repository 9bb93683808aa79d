"""What a shopper says of themselves and of what they bought, as terms of scores.

For `recommending`. What they want less of loses, what they want more of gains, and where they
praised or complained about a quality, products that others praise or complain about for it move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Avg, Count

from catalog.models import AspectMention, BuyerReview
from catalog.search.market import Market
from profiles.models import About, Stance
from profiles.portraits.prices import dear_of, ladders
from profiles.sources.arranging import Candidate, Term
from profiles.sources.switching import Source, Sources
from profiles.taste.refreshing import as_json
from shopguide.accounts.models import Shopper

# A quality that so many have spoken of counts in full.
VOICES = 3


def stances_of(shopper: Shopper) -> list[Stance]:
    """Return what a shopper said of themselves. One query; their rows must be visible."""
    return list(Stance.objects.filter(shopper=shopper))


def cares_of(shopper: Shopper) -> dict[str, int]:
    """Return the qualities a shopper wrote of, and how often: praise and complaint both care.

    One query; their rows must be visible.
    """
    reviews = BuyerReview.objects.filter(shopper=shopper).exclude(review=None)
    spoken = AspectMention.objects.filter(review__in=reviews.values("review"))
    counted = spoken.values_list("aspect").annotate(times=Count("pk"))
    return dict(counted)


def with_stances(
    candidates: Sequence[Candidate], stances: Sequence[Stance], sources: Sources, market: Market
) -> None:
    """Add what the shopper says to the candidates' terms."""
    weight = sources.weight(Source.STATED)
    liked = {(stance.about, stance.value): stance.liking for stance in stances if stance.liking}
    if not liked or not weight:
        return
    for one in candidates:
        said = [liked.get((About.BRAND, one.brand), 0) if one.brand else 0]
        said += [liked.get((About.CATEGORY, path), 0) for path in paths(one.category, market)]
        worst, best = min(said), max(said)
        # A no outweighs every yes: "less of this brand" holds for its liked kinds as well.
        amount = 4 * worst if worst < 0 else best
        if amount:
            one.terms.append(Term(Source.STATED, weight * amount))


def paths(category: int | None, market: Market) -> list[str]:
    """Return the paths of a category and all above it."""
    found = []
    entry = market.categories.get(category or 0)
    while entry is not None:
        found.append(entry.path)
        entry = market.categories.get(entry.parent or 0)
    return found


def with_cares(candidates: Sequence[Candidate], cares: dict[str, int], sources: Sources) -> None:
    """Add what others say of the qualities this shopper cares about. One query."""
    weight = sources.weight(Source.ASPECT)
    if not cares or not weight:
        return
    mentions = AspectMention.objects.filter(
        aspect__in=cares, product__in=[one.product for one in candidates]
    )
    said = mentions.values_list("product", "aspect").annotate(
        mean=Avg("polarity"), voices=Count("pk")
    )
    opinions: dict[int, list[float]] = {}
    for product, _aspect, mean, voices in said:
        opinions.setdefault(product, []).append(mean * min(1.0, voices / VOICES))
    for one in candidates:
        if heard := opinions.get(one.product):
            one.terms.append(Term(Source.ASPECT, weight * sum(heard) / len(cares)))


def with_wanted_prices(
    candidates: Sequence[Candidate], stances: Sequence[Stance], sources: Sources
) -> None:
    """Add how well prices suit what the shopper said of them. Nothing unless they did."""
    weight = sources.weight(Source.STATED)
    said = [LEVELS.get(one.value) for one in stances if one.about == About.PRICE and one.liking > 0]
    if not weight or not said or said[0] is None or not candidates:
        return
    with connection.cursor() as cursor:
        cursor.execute(PRICES_SQL, {"products": [one.product for one in candidates]})
        amounts = {product: as_json(found) for product, found in cursor.fetchall()}
    known = ladders()
    for one in candidates:
        prices = {code: float(amount) for code, amount in amounts.get(one.product, {}).items()}
        dear = dear_of(one.category, prices, known)
        suits = 0.0 if dear is None else 1 - abs(dear - said[0]) / SUITS
        if suits > 0:
            one.terms.append(Term(Source.PRICE, PRICE_SHARE * weight * suits))


# Where on the ladder of prices each level stands, how far from it a price still suits, and how much
# of a kind's or brand's word a price's is.
LEVELS = {"low": 0.1, "middle": 0.5, "high": 0.9}
SUITS, PRICE_SHARE = 0.45, 0.5
PRICES_SQL = """
SELECT product, jsonb_object_agg(currency, amount) FROM (
    SELECT product_id AS product, currency, min(amount) AS amount FROM catalog_searchoffer
    WHERE product_id = ANY(%(products)s) AND amount IS NOT NULL GROUP BY 1, 2) o
GROUP BY product
"""
LIKED_SQL = """
SELECT d.product_id FROM catalog_searchdocument d
WHERE (%(categories)s::bigint[] = '{}' AND %(brands)s::text[] = '{}')
    OR d.categories && %(categories)s::bigint[] OR d.brand = ANY(%(brands)s)
ORDER BY coalesce(d.rating, 0) * least(d.reviews, 5) DESC, d.reviews DESC, d.product_id
LIMIT %(most)s
"""


def well_rated(categories: Sequence[int], most: int, brands: Sequence[str] = ()) -> list[int]:
    """Return the best-liked products, of these categories and brands if any. One query."""
    asked: dict[str, Any] = {"categories": list(categories), "brands": list(brands), "most": most}
    with connection.cursor() as cursor:
        cursor.execute(LIKED_SQL, asked)
        return [row[0] for row in cursor.fetchall()]
