"""What so many of these cost: today's prices, the best allowed coupons, shipping. Always the same.

The very functions of the cart decide; nothing is put into a cart for it. Codes that count are those
in the shopper's cart and those that were named.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.doing.arguments import Several
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.telling import live, named_choice, phrase, variant_told
from catalog.assembling import Whole
from catalog.models import Cart, CartLine, Stock, Variant
from catalog.orders.pricing import ZERO
from catalog.orders.standing import CartNow, Parcel, stand
from catalog.presenting.buying import fee
from catalog.presenting.money import money
from shopguide.accounts.tenancy import as_shopper


@dataclass(frozen=True)
class Piece:
    """So many of one variant."""

    thing: Whole
    variant: Variant
    quantity: int


def total(asker: Asker, several: Several) -> Outcome:
    """Tell what everything costs, each step of the working with it. At most twelve queries."""
    pieces = pieces_of(several)
    if not pieces:
        return Outcome("clarify", {"about": "product"})
    now = reckoned(asker, pieces, several.codes)
    unpriced = [one for one in now.lines if one.total is None]
    if unpriced or not now.parcels:
        return Outcome("failed", {"what": "total"}, tuple(p.thing.product.pk for p in pieces))
    ids = tuple(dict.fromkeys(one.thing.product.pk for one in pieces))
    facts = sums_told(asker, now)
    if any(one.quantity > one.stock for one in now.lines):
        # A checkout reckons only what can be sent; what all cost by their prices is told.
        facts |= {"total": listed_total(now), "goods_only": True, "shipping": ""}
    return Outcome(
        "total",
        facts,
        ids,
        merchants=tuple(dict.fromkeys(one.thing.product.merchant_id for one in pieces)),
        actions=("cart_add",),
        trace={"totals": {code: str(amount) for code, amount in now.totals.items()}},
    )


def sums_told(asker: Asker, now: CartNow) -> dict[str, Any]:
    """Return what a cart comes to, with the working: lines, coupons, shipping, the total."""
    counted = short_of(now)
    return {
        "lines": [
            {
                "name": line.product.title,
                "quantity": line.quantity,
                "each": money(line.amount, parcel.currency),
                "total": money(line.total, parcel.currency),
                "options": variant_told(line.variant),
                "left": line.stock
                if line.quantity > line.stock and line.product.pk in counted
                else None,
            }
            for parcel in now.parcels
            for line in parcel.lines
        ],
        "discounts": [
            {"code": used.code, "amount": money(used.amount, parcel.currency)}
            for parcel in now.parcels
            for used in parcel.sum.used
        ],
        "shipping": shipping_told(asker, now),
        "total": told(now),
        "goods": goods_told(now),
        "unknown_codes": list(now.unknown_codes),
    }


def free_delivery(asker: Asker, several: Several) -> Outcome:
    """Tell whether some things are sent for nothing if they are bought together, shop by shop.

    What is missing to a shop's sum is reckoned. At most twelve queries.
    """
    pieces = pieces_of(several)
    now = reckoned(asker, pieces, several.codes) if pieces else CartNow()
    if not now.parcels or any(one.total is None for one in now.lines):
        return Outcome("clarify", {"about": "product"})
    says = [free_told(asker, one) for one in now.parcels]
    if len(says) > 1:
        apart = phrase(
            asker,
            "它们来自 {count} 家店，运费分开算",
            "They come from {count} shops, and each sends its own",
            count=len(says),
        )
        says.insert(0, apart)
    return Outcome(
        "aspects",
        {"says": says, "person": False},
        tuple(dict.fromkeys(one.thing.product.pk for one in pieces)),
        merchants=tuple(one.merchant.pk for one in now.parcels),
        trace={"goods": {one.currency: str(one.sum.items) for one in now.parcels}},
    )


def free_told(asker: Asker, parcel: Parcel) -> str:
    """Return what sending one shop's things costs, and how much is missing until it is free."""
    sums = [one.free_from for one in parcel.methods if one.free_from is not None]
    least = min(sums, default=None)
    values = {
        "shop": parcel.merchant.name,
        "goods": money(parcel.sum.items, parcel.currency),
        "fee": _fee(parcel),
        "least": money(least, parcel.currency) if least is not None else "",
    }
    if parcel.method is not None and not parcel.sum.shipping:
        return phrase(
            asker,
            "{shop}的这部分合计 {goods}，包邮",
            "What {shop} sells comes to {goods} and is sent for nothing",
            **values,
        )
    if least is None or parcel.sum.items >= least:
        return phrase(
            asker,
            "{shop}的这部分合计 {goods}，不包邮，运费 {fee}",
            "What {shop} sells comes to {goods}, and delivery costs {fee}",
            **values,
        )
    return phrase(
        asker,
        "{shop}的这部分合计 {goods}，还不包邮：满 {least} 包邮，还差 {missing}，现在运费 {fee}",
        "What {shop} sells comes to {goods}; it delivers free from {least}, so {missing} is "
        "missing and delivery costs {fee} as it is",
        **values,
        missing=money(least - parcel.sum.items, parcel.currency),
    )


def pieces_of(several: Several) -> list[Piece]:
    """Return the variants that are meant: the one that is named, else the cheapest in stock."""
    found = []
    for thing in live(product for product, _count in several.lines):
        count = dict(several.lines)[thing.product.pk]
        left = named_choice(thing, several.question).variants
        ranked = sorted(left, key=lambda one: (one.in_stock < count, lowest_of(one), one.pk))
        if ranked:
            found.append(Piece(thing, ranked[0], count))
    return found


def lowest_of(variant: Variant) -> object:
    """Return what variants are ordered by: the lowest price, those without one last."""
    amounts = [price.amount for price in variant.prices.all()]
    return (not amounts, min(amounts, default=ZERO))


def reckoned(asker: Asker, pieces: list[Piece], codes: tuple[str, ...]) -> CartNow:
    """Return the sums of pieces as the cart would have them."""
    lines = [
        CartLine(pk=place, variant_id=one.variant.pk, quantity=one.quantity, currency="")
        for place, one in enumerate(pieces, start=1)
    ]
    named = tuple(code.strip().upper() for code in codes)
    return stand(
        lines,
        (*kept_codes(asker), *named),
        currency=asker.currency,
        country=asker.country,
    )


def kept_codes(asker: Asker) -> tuple[str, ...]:
    """Return the coupon codes in the shopper's cart."""
    if asker.shopper is None:
        return ()
    with as_shopper(asker.shopper):
        rows = Cart.objects.filter(shopper=asker.shopper).values_list("codes", flat=True)
        return tuple(next(iter(rows), []))


def told(now: CartNow) -> str:
    """Return the totals of all currencies."""
    return " + ".join(money(amount, code) for code, amount in now.totals.items())


def short_of(now: CartNow) -> frozenset[int]:
    """Return the products that fall short, of those whose shop counts them. One query, or none."""
    short = [one.product.pk for one in now.lines if one.quantity > one.stock]
    rows = Stock.objects.filter(variant__product__in=short)
    return frozenset(rows.values_list("variant__product", flat=True) if short else ())


def listed_total(now: CartNow) -> str:
    """Return what all lines cost by their prices, in stock or not."""
    sums: dict[str, Decimal] = {}
    for parcel in now.parcels:
        for line in parcel.lines:
            sums[parcel.currency] = sums.get(parcel.currency, Decimal(0)) + (line.total or 0)
    return " + ".join(money(amount, code) for code, amount in sums.items())


def goods_told(now: CartNow) -> str:
    """Return what the goods cost before coupons and shipping."""
    return " + ".join(money(one.sum.items, one.currency) for one in now.parcels)


def shipping_told(asker: Asker, now: CartNow) -> str:
    """Return what shipping costs, after coupons; that no way is known, where none is."""
    if any(one.method is None for one in now.parcels):
        return phrase(asker, "运费未知", "shipping not known")
    return " + ".join(_fee(one) for one in now.parcels)


def _fee(parcel: Parcel) -> str:
    return fee(parcel.sum.shipping, parcel.currency)
