"""One product and what is said of it, for apps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import Http404

from catalog.api.finding import TAG, hit_shown, shown_in
from catalog.api.shapes.products import (
    CompareOut,
    CompareQuery,
    HistoryOut,
    HistoryQuery,
    ProductOut,
    ProductQuery,
    ReviewsOut,
    ReviewsQuery,
    SimilarOut,
)
from catalog.models import Attribute, Product, Review
from catalog.opinions.digesting import Digest
from catalog.presenting.cards import as_met, picture_url
from catalog.presenting.comparing import comparison
from catalog.presenting.copy import copy_shown
from catalog.presenting.facts import facts_of
from catalog.presenting.naming import reader
from catalog.presenting.opinions import aspect_name
from catalog.price_history import history
from catalog.reviewing import ORDERS, ReviewPage, Wanted, fitting_reviews, summed
from catalog.search.featuring import hits_of
from catalog.search.market import market
from catalog.search.similar import similar as ids_like
from catalog.views.showing import live_product
from shopguide.rest.operations import Asked, operation
from shopguide.rest.paging import page_of
from shopguide.web import arms_of

FEW = 3


@operation("product", tag=TAG, query=ProductQuery, answer=ProductOut)
def product(request: Asked, merchant: str, sku: str) -> dict[str, Any]:
    """Return a live product with its variants, prices and stock of this moment."""
    found = live_product(merchant, sku)
    found.tested = arms_of(request._request).of(found.pk, reader())
    answer = product_json(found)
    wanted = request.asked.get("expand", ())
    if wanted:
        answer["expanded"] = {}
    if "reviews" in wanted:
        answer["expanded"]["reviews"] = [
            review_shown(one) for one in ordered(fitting_reviews(found, Wanted()))[:FEW]
        ]
    if "similar" in wanted:
        answer["expanded"]["similar"] = hits_like(request, found)
    return answer


def product_json(one: Product) -> dict[str, Any]:
    """Return a product that was fetched for cards. Two queries."""
    text = one.text(reader())
    page = ReviewPage([], summed(one)[0], 1)
    chinese = reader() == "zh-hans"
    copy = copy_shown(one, text)
    return {
        "sku": one.sku,
        "merchant": one.merchant.slug,
        "title": one.title,
        "description": text.description if text else "",
        "selling_points": list(copy.bullets),
        "generated": sorted(copy.generated),
        "brand": one.brand,
        "category": one.category_id,
        "attributes": one.attributes,
        "facts": facts_shown(one),
        "pictures": [
            {"url": picture_url(each.file), "alt": each.alt_zh if chinese else each.alt_en}
            for each in one.media.all()
        ],
        "variants": [
            {
                "id": each.pk,
                "sku": each.sku,
                "options": {name: str(value) for name, value in each.options.items()},
                "prices": {price.currency: str(price.amount) for price in each.prices.all()},
                "stock": each.in_stock,
            }
            for each in one.variants.all()
            if each.active
        ],
        "reviews": page.count,
        "rating": float(page.average) if page.average is not None else None,
    }


def facts_shown(one: Product) -> list[dict[str, str]]:
    """Return the product's facts in the reader's words. One query."""
    rows = Attribute.objects.filter(merchant=one.merchant, code__in=one.attributes)
    return [
        {name: fact[name] for name in ("code", "name", "value")}
        for fact in facts_of(one, {row.code: row for row in rows})
    ]


@operation("product_reviews", tag=TAG, query=ReviewsQuery, answer=ReviewsOut)
def reviews(request: Asked, merchant: str, sku: str) -> dict[str, Any]:
    """List what buyers wrote, filtered, with what all reviews say together."""
    found, asked = live_product(merchant, sku), request.asked
    wanted = Wanted(
        stars=asked.get("stars", 0),
        aspect=asked.get("aspect", ""),
        said=asked.get("said", ""),
        language=asked.get("language", ""),
        feeling=asked.get("feeling", ""),
        words=asked.get("q", ""),
    )
    spread, languages, told = summed(found)
    page = ReviewPage([], spread, 1)
    rows = fitting_reviews(found, wanted)
    order = ORDERS.get(asked.get("order", ""), ["rank"])
    return {
        **page_of(request, ranked(rows), (*order, "-written_at", "-pk"), review_shown),
        "count": page.count,
        "average": str(page.average) if page.average is not None else None,
        "stars": {str(stars): count for stars, count in spread.items()},
        "languages": {code: count for code, count in languages.items() if code},
        "fitting": rows.count() if wanted else sum(languages.values()),
        "digest": digest_shown(told) if told.judged else None,
    }


def ranked(rows: Any) -> Any:
    """Put reviews in the reader's language first."""
    mine = When(language=reader(), then=Value(0))
    return rows.annotate(rank=Case(mine, default=Value(1), output_field=IntegerField()))


def ordered(rows: Any) -> Any:
    """Order reviews as their list does."""
    return ranked(rows).order_by("rank", "-written_at", "-pk")


def review_shown(one: Review) -> dict[str, Any]:
    """Return a review."""
    return {
        "id": one.pk,
        "stars": one.stars,
        "title": one.title,
        "body": one.body,
        "language": one.language,
        "author": one.author,
        "written_at": one.written_at,
    }


def digest_shown(told: Digest) -> dict[str, Any]:
    """Return what reviews say together, in counts."""
    return {
        "judged": told.judged,
        "feelings": told.feelings,
        "statements": [
            {
                "aspect": one.aspect,
                "name": aspect_name(one.aspect),
                "good": len(one.good),
                "bad": len(one.bad),
                "reviews": len(one.reviews),
            }
            for one in told.statements
        ],
    }


@operation("product_similar", tag=TAG, answer=SimilarOut)
def similar(request: Asked, merchant: str, sku: str) -> dict[str, Any]:
    """List products like this one, the most alike first."""
    return {"items": hits_like(request, live_product(merchant, sku))}


def hits_like(request: Asked, found: Product) -> list[dict[str, Any]]:
    """Return products like a product. Two queries."""
    ids = ids_like(
        found.pk, encoder_id=settings.ENCODER_ID, dimensions=int(settings.ENCODER["dimensions"])
    )
    hits = hits_of(ids, shown_in(request, market()))
    shown = [hits[pk] for pk in ids if pk in hits]
    return [hit_shown(hit) for hit in as_met(request._request, shown)]


@operation("product_prices", tag=TAG, query=HistoryQuery, answer=HistoryOut)
def prices(request: Asked, merchant: str, sku: str) -> dict[str, Any]:
    """Tell what a product or one of its variants has cost, and the lowest price of 30 days."""
    found = live_product(merchant, sku)
    variants = [one for one in found.variants.all() if one.active]
    if "variant" in request.asked:
        variants = [one for one in variants if one.pk == request.asked["variant"]]
        if not variants:
            raise Http404
    currency = shown_in(request, market())
    told = history(variants, currency)
    return {
        "currency": currency,
        "lowest": None if told.lowest is None else str(told.lowest),
        "moments": [{"since": one.since, "amount": str(one.amount)} for one in told.moments],
    }


@operation("compare", tag=TAG, query=CompareQuery, answer=CompareOut, codes=["not_found"])
def compare(request: Asked) -> dict[str, Any]:
    """Put two to four live products side by side: a row for each fact."""
    products = live_products(request.asked["product"])
    shops = {one.merchant_id for one in products}
    definitions = {
        (one.merchant_id or 0, one.code): one
        for one in Attribute.objects.filter(merchant__in=shops)
    }
    told = comparison(products, definitions, shown_in(request, market()), only=False)
    return {
        "columns": [
            {"merchant": one.merchant.slug, "sku": one.sku, "title": one.title} for one in products
        ],
        "rows": told["rows"],
    }


def live_products(named: Sequence[str]) -> list[Product]:
    """Return the live products of these names, in their order; 404 if one is not there."""
    pairs = [tuple(name.split("/", 1)) for name in dict.fromkeys(named)]
    wanted = Q()
    for slug, sku in pairs:
        wanted |= Q(merchant__slug=slug, sku=sku)
    rows = Product.objects.live().for_cards().filter(wanted, merchant__suspended_at=None)
    found = {(one.merchant.slug, one.sku): one for one in rows}
    if not all(pair in found for pair in pairs):
        raise Http404
    return [found[pair] for pair in pairs]  # type: ignore[index]
