"""The page of one product."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.assembling import Whole, whole
from catalog.choosing import Choice, choose
from catalog.models import Feeling, Product
from catalog.orders.wishing import is_wished
from catalog.policies.versions import policy_now
from catalog.presenting.cards import as_met, cards_of, product_url
from catalog.presenting.comparing import MOST, compare_url
from catalog.presenting.estimating import estimate
from catalog.presenting.facts import facts_of, source_of
from catalog.presenting.keeping import keep_line, rules_of
from catalog.presenting.naming import reader
from catalog.presenting.opinions import ASPECT_NAMES, LANGUAGE_NAMES
from catalog.presenting.places import crumbs_of
from catalog.presenting.product import OPTION, product_page
from catalog.presenting.reviews import reviews_of
from catalog.presenting.selling import price_history, return_terms, shipping_lines
from catalog.presenting.structured import structured_data
from catalog.price_history import history_of
from catalog.recalling import keep, kept
from catalog.reviewing import KINDS, ORDERS, POLARITY, ReviewPage, Wanted, review_page, summed
from catalog.search.addressing import LARGEST_ID, clean_number, clean_text
from catalog.search.featuring import hits_of
from catalog.search.market import market
from catalog.search.noting import note_click
from catalog.search.similar import similar
from catalog.views._results import is_part, show
from shopguide.accounts.shopping import shopper_of
from shopguide.web import arms_of, currency_of, log_of

MOST_REVIEW_PAGES = 10_000
MOST_LETTERS = 100
SHELF = 8


@require_safe
def product(request: HttpRequest, slug: str, sku: str) -> HttpResponse:
    """Show a live product; htmx gets the part that changes with the options.

    Five queries: the product whole, its reviews' sums and a page of them, what is like it, and the
    cards of its shelves. The part that changes costs two.
    """
    found = live_whole(slug, sku)
    one = found.product
    note_click(request, one.merchant)
    log_of(request).viewed(one.pk)
    one.tested = arms_of(request).of(one.pk, reader())
    wanted = {
        name.removeprefix(OPTION): clean_text(str(value), 200)
        for name, value in request.GET.items()
        if name.startswith(OPTION)
    }
    variant = clean_number(request.GET.get("variant", ""), LARGEST_ID)
    choice = choose(one, wanted, int(variant) if variant else None)
    page = product_page(one, choice, market().currency(currency_of(request)))
    page |= terms(found, choice, page["offer"]) | beside(request, one, choice, page)
    if is_part(request):
        sums = ReviewPage([], summed(one)[0], 1)
        page["reviews"] = {"average": sums.average, "count": sums.count}
        return show(request, "catalog/product.html", {"page": page}, "choice")
    way = crumbs(one)
    page |= around(request, found)
    url = product_url(one.merchant.slug, one.sku)
    page["structured"] = structured_data(page, way, url, request.build_absolute_uri, reader())
    response = show(request, "catalog/product.html", {"page": page, "crumbs": way}, "choice")
    return keep(request, response, one.pk)


def beside(
    request: HttpRequest, one: Product, choice: Choice, page: dict[str, Any]
) -> dict[str, Any]:
    """Return what stands beside the price. Queries only for who has kept something before."""
    entry, wanted = market().categories.get(one.category_id or 0), currency_of(request)
    offer, user = page["offer"], request.user
    policy, path = policy_now(one.merchant_id), entry.path if entry else ""
    return {
        "keep": keep_line(
            one,
            choice,
            page,
            wished=is_wished(shopper_of(request), one.pk),
            currency=market().currency(wanted),
            email=user.email if user.is_authenticated else "",
        ),
        "rules": rules_of(policy, one, path),
        "returns": return_terms(policy, one, path),
        "estimate": estimate(offer["low"], offer["currency"], wanted) if offer else "",
    }


def live_product(slug: str, sku: str) -> Product:
    """Return what shoppers may see under this address, or 404. One query."""
    return live_whole(slug, sku).product


def live_whole(slug: str, sku: str) -> Whole:
    """Return a live product with all its rows, or 404. One query."""
    live = Product.objects.live()
    found = whole(live.filter(merchant__slug=slug, merchant__suspended_at=None, sku=sku))
    if not found:
        raise Http404(_("There is no such page."))
    return found[0]


def around(request: HttpRequest, found: Whole) -> dict[str, Any]:
    """Return what stands around the choice: facts, reviews, shelves of other products."""
    one = found.product
    asked = clean_number(request.GET.get("reviews", ""), MOST_REVIEW_PAGES)
    reviews = review_page(
        one, locale=reader(), page=int(asked or 1), wanted=wanted_reviews(request)
    )
    facts = facts_of(one, found.definitions)
    return {
        "attributes": facts,
        "source": source_of(facts),
        "reviews": reviews_of(reviews, product_url(one.merchant.slug, one.sku)),
        **shelves(request, found),
    }


def terms(found: Whole, choice: Choice, offer: dict[str, Any] | None) -> dict[str, Any]:
    """Return the price's history and the ways of shipping in its currency."""
    if not offer:
        return {"history": None, "shipping": []}
    currency = offer["currency"]
    variants = {variant.pk for variant in choice.variants}
    changes = [
        one
        for one in found.changes
        if one.variant_id in variants and one.price_list.currency == currency
    ]
    return {
        "history": price_history(history_of(changes), currency),
        "shipping": shipping_lines(one for one in found.shipping if one.currency == currency),
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
        kind=said.get("kind", "") if said.get("kind") in KINDS else "",
        words=clean_text(said.get("words", ""), MOST_LETTERS),
        order=said.get("order", "") if said.get("order") in ORDERS else "",
    )


def shelves(request: HttpRequest, found: Whole) -> dict[str, Any]:
    """Return the cards of what goes with it, what is like it, and what was looked at before.

    Two queries: what is like it, and all cards.
    """
    one = found.product
    alike = similar(
        one.pk, encoder_id=settings.ENCODER_ID, dimensions=int(settings.ENCODER["dimensions"])
    )
    seen = [pk for pk in kept(request) if pk != one.pk]
    ids = {"related": found.related[:SHELF], "similar": alike, "recent": seen[:SHELF]}
    asked = [pk for places in ids.values() for pk in places]
    found_hits = hits_of(asked, market().currency(currency_of(request)))
    hits = {hit.product: hit for hit in as_met(request, found_hits.values())}
    cards = {
        name: cards_of([hits[pk] for pk in places if pk in hits]) for name, places in ids.items()
    }
    side_by_side = [one.pk, *(pk for pk in alike if pk in hits)][:MOST]
    return {**cards, "compare_url": compare_url(side_by_side) if cards["similar"] else ""}


def crumbs(found: Product) -> list[dict[str, str]]:
    """Return the way to the product: its categories, then itself."""
    everywhere = market()
    entry = everywhere.categories.get(found.category_id or 0)
    above = crumbs_of(entry, everywhere, here=False) if entry else []
    return [*above, {"name": found.title, "url": ""}]
