"""Searching and looking, for apps."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.serializers import ProblemOut, ProductOut, SearchOut
from catalog.models import Product
from catalog.presenting.answers import as_json
from catalog.presenting.cards import picture_url
from catalog.presenting.naming import reader
from catalog.reviewing import ReviewPage, counted
from catalog.search.addressing import Address
from catalog.search.market import market
from catalog.views._results import found, scope_of
from catalog.views.showing import live_product

ALT = {"zh-hans": "alt_zh", "en": "alt_en"}
PARAMETERS = [
    OpenApiParameter(name, OpenApiTypes.STR, many=name in ("brand", "no"), description=text)
    for name, text in {
        "q": "a sentence in Chinese or English", "shop": "a shop's short name",
        "category": "a category's number", "brand": "a brand", "min": "lowest price",
        "max": "highest price", "cur": "currency of the prices", "rating": "stars at least",
        "stock": "1: in stock only", "sort": "relevance, price_asc, price_desc, rating, newest",
        "page": "page from 1", "no": "an understood condition to be taken away",
    }.items()
]  # fmt: skip


@extend_schema(parameters=PARAMETERS, responses={200: SearchOut}, operation_id="search")
@api_view(["GET"])
@permission_classes([AllowAny])
def search(request: Request) -> Response:
    """Search as the site does: understood, filtered, with facets and what to relax."""
    address = Address.read(reverse("api_search"), request.GET)
    everywhere = market()
    scope = scope_of(address, everywhere)
    results = found(request._request, address, scope)
    answer = as_json(results, scope)
    more = results.asked.page < results.pages
    answer["next"] = address.at_page(results.asked.page + 1).url() if more else None
    return Response(answer)


@extend_schema(responses={200: ProductOut, 404: ProblemOut}, operation_id="product")
@api_view(["GET"])
@permission_classes([AllowAny])
def product(request: Request, slug: str, sku: str) -> Response:
    """Return a live product with its variants, prices and stock of this moment."""
    return Response(product_json(live_product(slug, sku)))


def product_json(one: Product) -> dict[str, Any]:
    """Return a product that was fetched for cards."""
    text = one.text(reader())
    page = ReviewPage([], counted(one)[0], 1)
    return {
        "sku": one.sku,
        "merchant": one.merchant.slug,
        "title": one.title,
        "description": text.description if text else "",
        "brand": one.brand,
        "attributes": one.attributes,
        "pictures": [
            {
                "url": picture_url(each.file),
                "alt": each.alt_zh if reader() == "zh-hans" else each.alt_en,
            }
            for each in one.media.all()
        ],
        "variants": [
            {
                "id": each.pk,
                "sku": each.sku,
                "options": each.options,
                "prices": {price.currency: str(price.amount) for price in each.prices.all()},
                "stock": each.in_stock,
            }
            for each in one.variants.all()
            if each.active
        ],
        "reviews": page.count,
        "rating": float(page.average) if page.average is not None else None,
    }
