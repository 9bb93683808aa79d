"""The page of one product."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.choosing import Choice, choose
from catalog.models import Attribute, Feeling, Product, ShippingMethod
from catalog.presenting.cards import cards_of, product_url
from catalog.presenting.comparing import MOST, compare_url
from catalog.presenting.facts import facts_of
from catalog.presenting.naming import reader
from catalog.presenting.opinions import ASPECT_NAMES, LANGUAGE_NAMES
from catalog.presenting.places import crumbs_of
from catalog.presenting.product import OPTION, product_page
from catalog.presenting.reviews import reviews_of
from catalog.presenting.selling import price_history, shipping_lines
from catalog.presenting.structured import structured_data
from catalog.price_history import history
from catalog.reviewing import POLARITY, Wanted, review_page
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.search.featuring import hits_of
from catalog.search.market import market
from catalog.search.noting import note_click
from catalog.search.offering import offers_of
from catalog.search.similar import similar
from catalog.views._results import show
from shopguide.web import currency_of

MOST_REVIEW_PAGES = 10_000


@require_safe
def product(request: HttpRequest, slug: str, sku: str) -> HttpResponse:
    """Show a live product; htmx gets the part that changes with the options."""
    found = live_product(slug, sku)
    wanted = {
        name.removeprefix(OPTION): clean_text(str(value), 200)
        for name, value in request.GET.items()
        if name.startswith(OPTION)
    }
    variant = clean_number(request.GET.get("variant", ""), LARGEST_ID)
    choice = choose(found, wanted, int(variant) if variant else None)
    page = product_page(found, choice, market().currency(currency_of(request)))
    way = crumbs(found)
    page |= around(request, found) | terms(found, choice, page["offer"])
    url = product_url(found.merchant.slug, found.sku)
    page["structured"] = structured_data(page, way, url, request.build_absolute_uri, reader())
    note_click(request, found.merchant)
    return show(request, "catalog/product.html", {"page": page, "crumbs": way}, "choice")


def live_product(slug: str, sku: str) -> Product:
    """Return what shoppers may see under this address, or 404. Six queries."""
    found = (
        Product.objects.live()
        .for_cards()
        .filter(merchant__slug=slug, merchant__suspended_at=None, sku=sku)
        .first()
    )
    if found is None:
        raise Http404(_("There is no such page."))
    return found


def around(request: HttpRequest, found: Product) -> dict[str, Any]:
    """Return what stands around the choice: facts, reviews, similar products."""
    url = product_url(found.merchant.slug, found.sku)
    asked = clean_number(request.GET.get("reviews", ""), MOST_REVIEW_PAGES)
    reviews = review_page(
        found, locale=reader(), page=int(asked or 1), wanted=wanted_reviews(request)
    )
    definitions = Attribute.objects.filter(merchant=found.merchant, code__in=found.attributes)
    return {
        "attributes": facts_of(found, {one.code: one for one in definitions}),
        "reviews": reviews_of(reviews, url),
        **neighbours(request, found),
    }


def terms(found: Product, choice: Choice, offer: dict[str, Any] | None) -> dict[str, Any]:
    """Return the price's history and the ways of shipping in its currency. Two queries."""
    if not offer:
        return {"history": None, "shipping": []}
    currency = offer["currency"]
    methods = ShippingMethod.objects.filter(merchant=found.merchant, currency=currency, active=True)
    return {
        "history": price_history(history(choice.variants, currency), currency),
        "shipping": shipping_lines(methods),
    }


def wanted_reviews(request: HttpRequest) -> Wanted:
    """Return which reviews the address asks for; what nothing can mean is left out."""
    said = request.GET
    stars, aspect = said.get("stars", ""), said.get("aspect", "")
    return Wanted(
        stars=int(stars) if stars in {"1", "2", "3", "4", "5"} else 0,
        aspect=aspect if aspect in ASPECT_NAMES else "",
        said=said.get("said", "") if said.get("said") in POLARITY else "",
        language=said.get("in", "") if said.get("in") in LANGUAGE_NAMES else "",
        feeling=said.get("feeling", "") if said.get("feeling") in Feeling.values else "",
    )


def neighbours(request: HttpRequest, found: Product) -> dict[str, Any]:
    """Return cards of similar products, and where they are compared. Three queries."""
    ids = similar(
        found.pk,
        encoder_id=settings.ENCODER_ID,
        dimensions=int(settings.ENCODER["dimensions"]),
    )
    hits = list(hits_of(ids, market().currency(currency_of(request))).values())
    side_by_side = [found.pk, *(hit.product for hit in hits[: MOST - 1])]
    return {
        "similar": cards_of(hits, offers_of(hits)),
        "compare_url": compare_url(side_by_side) if hits else "",
    }


def crumbs(found: Product) -> list[dict[str, str]]:
    """Return the way to the product: its categories, then itself."""
    everywhere = market()
    entry = everywhere.categories.get(found.category_id or 0)
    above = crumbs_of(entry, everywhere, here=False) if entry else []
    return [*above, {"name": found.title, "url": ""}]
