"""What goes with what is in sight, and what taste is drawn from, for apps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404

from catalog.api.finding import hit_shown, shown_in
from catalog.api.keeping import product_of
from catalog.api.shapes.finding import ShownQuery
from catalog.api.shapes.keeping import WishesOut
from catalog.presenting.cards import as_met
from catalog.search.featuring import hits_of
from catalog.search.market import market
from profiles.api.knowing import agreeing
from profiles.api.shapes_of_deeds import AsideOut, DeedQuery, DrawnOut
from profiles.middleware import ring_anew
from profiles.models import Event, Kind
from profiles.noting import forget
from profiles.reasons import deed, title_of
from profiles.recommending import signals_of
from profiles.sources.beside import beside, due
from profiles.views.beside import MOST, in_cart, ordered
from shopguide.accounts.shopping import shopper_of
from shopguide.accounts.tenancy import as_shopper
from shopguide.rest.operations import Asked, operation

TAG = "Taste"


# --- What goes with it: the same for everybody ----------------------------------------------------
def together(request: Asked, anchors: Sequence[int]) -> dict[str, Any]:
    """Return what others took with these, the strongest bond first."""
    return products_shown(request, [one.product for one in beside(anchors, most=MOST)])


def products_shown(request: Asked, products: Sequence[int]) -> dict[str, Any]:
    """Return products at today's prices, in their order."""
    hits = hits_of(list(products), shown_in(request, market())) if products else {}
    met = as_met(request._request, [hits[one] for one in products if one in hits])
    return {"items": [hit_shown(hit) for hit in met]}


@operation("with_product", tag=TAG, query=ShownQuery, answer=WishesOut)
def with_product(request: Asked, merchant: str, sku: str) -> dict[str, Any]:
    """Return what others took with a product."""
    return together(request, [product_of(merchant, sku).pk])


@operation("with_cart", tag=TAG, query=ShownQuery, answer=WishesOut)
def with_cart(request: Asked) -> dict[str, Any]:
    """Return what goes with the cart and is not in it."""
    shopper = shopper_of(request._request)
    return together(request, in_cart(shopper) if shopper else [])


@operation("with_order", tag=TAG, query=ShownQuery, answer=WishesOut)
def with_order(request: Asked, number: str) -> dict[str, Any]:
    """Return what goes with what was ordered, but not the same again."""
    shopper = shopper_of(request._request)
    products = ordered(shopper, number) if shopper else None
    if products is None:
        raise Http404
    return together(request, products)


@operation("due_again", tag=TAG, query=ShownQuery, answer=WishesOut)
def due_again(request: Asked) -> dict[str, Any]:
    """Return what somebody who agrees may have used up."""
    shopper = agreeing(request)
    return products_shown(request, due(shopper) if shopper else [])


# --- What a taste is drawn from -------------------------------------------------------------------
@operation("deeds", tag=TAG, query=ShownQuery, answer=DrawnOut)
def deeds(request: Asked) -> dict[str, Any]:
    """List what recommendations are drawn from, the strongest first."""
    shopper = shopper_of(request._request)
    signals = signals_of(shopper) if shopper else []
    hits = hits_of([one.product for one in signals if one.product], shown_in(request, market()))
    most = max((one.weight for one in signals), default=1.0) or 1.0
    return {
        "items": [
            {
                "deed": deed(one),
                "what": title_of(one, hits),
                "merchant": hits[one.product].merchant if one.product in hits else None,
                "sku": hits[one.product].sku if one.product in hits else None,
                "words": one.words,
                "share": round(min(1.0, max(0.0, one.weight / most)), 3),
            }
            for one in signals
            if one.product in hits or one.words
        ]
    }


@operation("deeds_forget", tag=TAG, query=DeedQuery, answer=None, codes=["not_found"])
def deeds_forget(request: Asked) -> None:
    """Forget all that was done with a product, or what was searched by these words."""
    shopper, asked = shopper_of(request._request), request.asked
    if shopper is None:
        return
    if "words" in asked:
        forget(shopper, words=asked["words"])
    else:
        forget(shopper, product=product_of(asked["merchant"], asked["sku"]).pk)
    ring_anew(shopper)


@operation("aside", tag=TAG, query=ShownQuery, answer=AsideOut)
def aside(request: Asked) -> dict[str, Any]:
    """List what one does not want to be shown; a `dislike` among the events puts it here."""
    shopper = shopper_of(request._request)
    if shopper is None:
        return {"items": []}
    with as_shopper(shopper):
        rows = Event.objects.filter(shopper=shopper, kind=Kind.DISLIKE).order_by("-at", "-pk")
        products = list(dict.fromkeys(rows.values_list("product", flat=True)))
    return products_shown(request, [one for one in products if one])


@operation("aside_forget", tag=TAG, answer=None)
def aside_forget(request: Asked) -> None:
    """Let everything be shown again."""
    if (shopper := shopper_of(request._request)) is not None:
        forget(shopper, kind=Kind.DISLIKE)
        ring_anew(shopper)


@operation("aside_back", tag=TAG, answer=None)
def aside_back(request: Asked, merchant: str, sku: str) -> None:
    """Let a product be shown again."""
    product, shopper = product_of(merchant, sku), shopper_of(request._request)
    if shopper is not None:
        forget(shopper, kind=Kind.DISLIKE, product=product.pk)
        ring_anew(shopper)
