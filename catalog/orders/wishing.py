"""Favourites and alerts: kept, dropped, merged at sign-in; alerts told once, by email.

For the heart on products, the page of favourites and the sweep that looks at prices and stock.
An alert and its letter change in one transaction, so that it is told once, however often it is
looked at. It sends nothing: `catalog.letters` does.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from catalog.models import Alert, Letter, Product, SearchOffer, WishItem
from catalog.models.letter import LetterKind
from catalog.models.wish import AlertKind
from catalog.presenting.cards import product_url
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper

MOST_WISHES, MOST_ALERTS = 500, 100


class NotKept(Exception):
    """Nothing was kept. ``code``: no_such, full or price."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Watch:
    """Of what somebody wants to be told. Without ``below`` it is of stock."""

    product: int
    currency: str
    email: str
    language: str
    below: Decimal | None = None
    variant: int | None = None


def live(product: int) -> Product:
    """Return a product that shoppers may see, or raise NotKept."""
    rows = Product.objects.live().filter(pk=product, merchant__suspended_at=None)
    found = rows.select_related("merchant").first()
    if found is None:
        raise NotKept("no_such")
    return found


def keep(shopper: Shopper, product: int) -> None:
    """Put a live product among the favourites; twice is as once."""
    found = live(product)
    with as_shopper(shopper):
        if WishItem.objects.filter(shopper=shopper).count() >= MOST_WISHES:
            raise NotKept("full")
        WishItem.objects.get_or_create(shopper=shopper, product=found)


def drop(shopper: Shopper, product: int) -> None:
    """Take a product out of the favourites."""
    with as_shopper(shopper):
        WishItem.objects.filter(shopper=shopper, product=product).delete()


def wished(shopper: Shopper | None) -> list[int]:
    """Return the favourites' products, the newest first. One query; none without a shopper."""
    if shopper is None:
        return []
    with as_shopper(shopper):
        rows = WishItem.objects.filter(shopper=shopper)
        return list(rows.values_list("product", flat=True))


def is_wished(shopper: Shopper | None, product: int) -> bool:
    """Tell whether a product is among the favourites. One query; none without a shopper."""
    if shopper is None:
        return False
    with as_shopper(shopper):
        return WishItem.objects.filter(shopper=shopper, product=product).exists()


def watch(shopper: Shopper, wanted: Watch) -> Alert:
    """Remember to tell somebody once; the same wish again changes the one there is."""
    product = live(wanted.product)
    if wanted.below is not None and wanted.below <= 0:
        raise NotKept("price")
    if wanted.variant is not None:
        known = product.variants.filter(pk=wanted.variant, active=True)
        if not known.exists():
            raise NotKept("no_such")
    with as_shopper(shopper):
        waiting = Alert.objects.waiting().filter(shopper=shopper)
        kind = AlertKind.STOCK if wanted.below is None else AlertKind.PRICE
        same = waiting.filter(product=product, variant=wanted.variant, kind=kind)
        if alert := same.select_for_update().first():
            alert.below, alert.currency = wanted.below, wanted.currency
            alert.email, alert.language = wanted.email, wanted.language
            alert.save()
            return alert
        if waiting.count() >= MOST_ALERTS:
            raise NotKept("full")
        return Alert.objects.create(
            shopper=shopper, product=product, variant_id=wanted.variant, kind=kind,
            currency=wanted.currency, below=wanted.below, email=wanted.email,
            language=wanted.language,
        )  # fmt: skip


def stop(token: uuid.UUID) -> Alert | None:
    """Stop an alert by the word of its letter; None for an unknown one. Twice is as once."""
    with as_everyone():
        found = Alert.objects.filter(token=token).first()
        if found:
            Alert.objects.filter(pk=found.pk, stopped_at=None).update(stopped_at=timezone.now())
    return found


def by_token(token: uuid.UUID) -> Alert | None:
    """Return an alert by the word of its letter."""
    with as_everyone():
        return Alert.objects.filter(token=token).first()


def waiting_of(shopper: Shopper | None) -> list[Alert]:
    """Return what somebody still waits to be told of."""
    if shopper is None:
        return []
    with as_shopper(shopper):
        return list(Alert.objects.waiting().filter(shopper=shopper))


def tell_due(*, most: int = 500) -> int:
    """Queue a letter for each alert whose time has come; return how many. A sweep calls it."""
    offers = SearchOffer.objects.filter(product_id=OuterRef("product_id")).filter(
        variant_id=Coalesce(OuterRef("variant_id"), F("variant_id"))
    )
    priced = offers.filter(currency=OuterRef("currency"), amount__lte=OuterRef("below"))
    with as_everyone():
        rows = Alert.objects.waiting().filter(
            Q(Exists(offers.filter(in_stock=True)), kind=AlertKind.STOCK)
            | Q(Exists(priced), kind=AlertKind.PRICE)
        )
        due = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    return sum(tell(pk) for pk in due)


def offer_for(alert: Alert) -> SearchOffer | None:
    """Return the offer that an alert waits for, if it is there. One query."""
    offers = SearchOffer.objects.filter(product_id=alert.product_id)
    if alert.variant_id:
        offers = offers.filter(variant_id=alert.variant_id)
    if alert.kind == AlertKind.STOCK:
        mine = Q(currency=alert.currency)
        found = offers.filter(in_stock=True).order_by("amount")
        return found.filter(mine).first() or found.first()
    priced = offers.filter(currency=alert.currency, amount__lte=alert.below)
    return priced.order_by("amount").first()


def tell(pk: int) -> bool:
    """Queue one alert's letter and end the alert, both or neither; False if that is done."""
    with as_everyone():
        alert = Alert.objects.waiting().select_for_update(of=("self",)).filter(pk=pk).first()
        offer = offer_for(alert) if alert else None
        if alert is None or offer is None:
            return False
        product = Product.objects.select_related("merchant").get(pk=alert.product_id)
        kind = LetterKind.PRICE_BELOW if alert.kind == AlertKind.PRICE else LetterKind.BACK_IN_STOCK
        Letter.objects.create(
            shopper_id=alert.shopper_id,
            kind=kind,
            key=f"alert:{alert.pk}",
            to=alert.email,
            language=alert.language,
            facts={
                "titles": {one.locale: one.title for one in product.texts.all() if not one.arm},
                "shop": product.merchant.name,
                "amount": str(offer.amount) if offer.amount is not None else "",
                "currency": offer.currency,
                "path": product_url(product.merchant.slug, product.sku, alert.variant_id),
                "stop": reverse("alert_stop", args=[alert.token]),
            },
        )
        alert.told_at = timezone.now()
        alert.save(update_fields=["told_at"])
    return True


def merge(source: Shopper, target: Shopper) -> None:
    """Give one shopper's favourites and alerts to another. In one transaction with `joining`."""
    with as_shopper(source):
        wishes = list(WishItem.objects.filter(shopper=source))
        WishItem.objects.filter(shopper=source).delete()
    with as_shopper(target):
        there = set(WishItem.objects.filter(shopper=target).values_list("product", flat=True))
        for wish in wishes:
            if wish.product_id not in there:
                wish.pk, wish.shopper = None, target
                wish.save(force_insert=True)
    with as_everyone():
        Alert.objects.filter(shopper=source).update(shopper=target)


def forget_old(*, after: datetime.timedelta) -> int:
    """Delete alerts that are over for so long: their addresses are of no more use."""
    limit = timezone.now() - after
    with as_everyone():
        over = Alert.objects.filter(Q(told_at__lt=limit) | Q(stopped_at__lt=limit))
        return over.delete()[0]
