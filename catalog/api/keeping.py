"""What shoppers keep, for apps: favourites, alerts, the address book."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.http import Http404
from rest_framework.exceptions import ValidationError

from catalog.address_form import PlaceForm
from catalog.api.finding import hit_shown, shown_in
from catalog.api.shapes.finding import ShownQuery
from catalog.api.shapes.keeping import (
    AlertIn,
    AlertOut,
    AlertsOut,
    BookIn,
    BookOut,
    BooksOut,
    Named,
    PastedIn,
    PlaceOut,
    WishesOut,
)
from catalog.models import Address, Alert, Product
from catalog.orders import addressing, wishing
from catalog.orders.wishing import NotKept, Watch
from catalog.places.reading import read_place
from catalog.presenting.naming import reader
from catalog.search.featuring import hits_of
from catalog.search.market import market
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import shopper_for, shopper_of
from shopguide.problems import Problem
from shopguide.rest.operations import Asked, operation
from shopguide.rest.tagging import must_match

TAG = "Lists"


def product_of(merchant: str, sku: str) -> Product:
    """Return a product by its name, live or not; 404 for none."""
    rows = Product.objects.filter(merchant__slug=merchant, sku=sku, merchant__suspended_at=None)
    found = rows.first()
    if found is None:
        raise Http404
    return found


# --- Favourites -----------------------------------------------------------------------------------
@operation("wishes", tag=TAG, query=ShownQuery, answer=WishesOut)
def wishes(request: Asked) -> dict[str, Any]:
    """List the favourites."""
    return wishes_shown(request)


def wishes_shown(request: Asked) -> dict[str, Any]:
    """Return the favourites with today's prices."""
    ids = wishing.wished(shopper_of(request._request))
    hits = hits_of(ids, shown_in(request, market())) if ids else {}
    return {"items": [hit_shown(hits[pk]) for pk in ids if pk in hits]}


@operation("wish_add", tag=TAG, query=ShownQuery, body=Named, answer=WishesOut, status=201,
           codes=["no_such", "full"])  # fmt: skip
def wish_add(request: Asked) -> dict[str, Any]:
    """Put a product among the favourites; twice is as once."""
    sent = request.sent
    rows = Product.objects.live().filter(merchant__slug=sent["merchant"], sku=sent["sku"])
    try:
        wishing.keep(shopper_for(request._request), rows.values_list("pk", flat=True).first() or 0)
    except NotKept as error:
        raise Problem(error.code) from error
    return wishes_shown(request)


@operation("wish_drop", tag=TAG, query=ShownQuery, answer=WishesOut)
def wish_drop(request: Asked, merchant: str, sku: str) -> dict[str, Any]:
    """Take a product out of the favourites."""
    shopper, product = shopper_of(request._request), product_of(merchant, sku)
    if shopper is not None:
        wishing.drop(shopper, product.pk)
    return wishes_shown(request)


# --- Alerts ---------------------------------------------------------------------------------------
@operation("alerts", tag=TAG, answer=AlertsOut)
def alerts(request: Asked) -> dict[str, Any]:
    """List what one still waits to be told of."""
    waiting = wishing.waiting_of(shopper_of(request._request))
    rows = Product.objects.filter(pk__in=[one.product_id for one in waiting])
    known = {one.pk: one for one in rows.select_related("merchant").prefetch_related("texts")}
    shown = [one for one in waiting if one.product_id in known]
    return {"items": [alert_shown(one, known[one.product_id]) for one in shown]}


def alert_shown(one: Alert, product: Product) -> dict[str, Any]:
    """Return an alert."""
    return {
        "token": str(one.token),
        "merchant": product.merchant.slug,
        "sku": product.sku,
        "title": product.title,
        "variant": one.variant_id,
        "kind": one.kind,
        "currency": one.currency,
        "below": None if one.below is None else str(one.below),
        "email": one.email,
    }


@operation("alert_add", tag=TAG, body=AlertIn, answer=AlertOut, status=201,
           codes=["no_such", "full"])  # fmt: skip
def alert_add(request: Asked) -> dict[str, Any]:
    """Ask to be told once, by email, when the price falls or the thing is back."""
    sent = request.sent
    rows = Product.objects.live().filter(merchant__slug=sent["merchant"], sku=sent["sku"])
    product = rows.select_related("merchant").prefetch_related("texts").first()
    below = Decimal(sent["below"]) if "below" in sent else None
    watch = Watch(
        product.pk if product else 0, sent["currency"], sent["email"], reader(), below,
        sent.get("variant"),
    )  # fmt: skip
    try:
        made = wishing.watch(shopper_for(request._request), watch)
    except NotKept as error:
        raise Problem(error.code) from error
    if product is None:
        raise Problem("no_such")
    return alert_shown(made, product)


@operation("alert_stop", tag=TAG, answer=None)
def alert_stop(request: Asked, token: uuid.UUID) -> None:
    """Stop an alert; whoever has its token may, as with the letter's link."""
    if wishing.stop(token) is None:
        raise Http404


# --- The address book -----------------------------------------------------------------------------
@operation("addresses", tag=TAG, answer=BooksOut)
def addresses(request: Asked) -> dict[str, Any]:
    """List the address book, the usual one first."""
    found = addressing.addresses_of(shopper_of(request._request))
    return {"items": [address_shown(one) for one in found]}


def address_shown(one: Address) -> dict[str, Any]:
    """Return an address."""
    return {"id": one.pk, "usual": one.is_default, **addressing.fields_of(one)}


@operation("address_read", tag=TAG, body=PastedIn, answer=PlaceOut)
def address_read(request: Asked) -> dict[str, Any]:
    """Read a pasted address into its parts. Nothing is kept."""
    place = read_place(request.sent["text"])
    return {**asdict(place), "address": place.form(), "missing": place.lacking}


@operation("address_add", tag=TAG, body=BookIn, answer=BookOut, status=201, codes=["full"])
def address_add(request: Asked) -> dict[str, Any]:
    """Add an address; the same again is not added."""
    return saved(request, None)


@operation("address", tag=TAG, answer=BookOut)
def address(request: Asked, pk: int) -> dict[str, Any]:
    """Return an address of the book."""
    return address_shown(own_address(request, pk))


@operation("address_change", tag=TAG, body=BookIn, answer=BookOut, matches=True)
def address_change(request: Asked, pk: int) -> dict[str, Any]:
    """Put another address in the place of this one."""
    lock(request)
    must_match(request, lambda: address_shown(own_address(request, pk)))
    own_address(request, pk)
    return saved(request, pk)


@operation("address_remove", tag=TAG, answer=None, matches=True)
def address_remove(request: Asked, pk: int) -> None:
    """Forget an address; the next one becomes the usual one."""
    shopper = lock(request)
    must_match(request, lambda: address_shown(own_address(request, pk)))
    if shopper is None or not addressing.remove(shopper, pk):
        raise Http404


def lock(request: Asked) -> Shopper | None:
    """Hold the shopper, so that two changes of the book follow each other."""
    shopper = shopper_of(request._request)
    if shopper is None:
        raise Http404
    return Shopper.objects.select_for_update().filter(pk=shopper.pk).first()


def own_address(request: Asked, pk: int) -> Address:
    """Return one of the shopper's addresses, or 404."""
    found = addressing.address_of(shopper_of(request._request), pk)
    if found is None:
        raise Http404
    return found


def saved(request: Asked, pk: int | None) -> dict[str, Any]:
    """Keep what was sent; 400 names what is wrong with it."""
    form = PlaceForm(request.sent)
    if not form.is_valid():
        errors = {name: [str(one) for one in said] for name, said in form.errors.items()}
        raise ValidationError(errors)
    shopper = shopper_for(request._request)
    try:
        kept = addressing.save(shopper, form.address(), pk=pk, usual=request.sent["usual"])
    except addressing.NoRoom as error:
        raise Problem("full") from error
    return address_shown(kept)
