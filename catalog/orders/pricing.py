"""What one shop's part of a cart costs: the best allowed coupons, shipping, and the working.

For the cart, the checkout and the order, which all show the same lines. Plain Python: Decimals in,
Decimals out. It never rounds up against the shopper, and never lets a total fall below shipping.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Offer:
    """A coupon as the sum needs it. ``kind``: percent, amount or shipping."""

    code: str
    kind: str
    value: Decimal = ZERO
    minimum: Decimal = ZERO
    stacks: bool = False


@dataclass(frozen=True)
class Used:
    """A coupon and what it took off, of the goods or of the shipping."""

    code: str
    kind: str
    amount: Decimal


@dataclass(frozen=True)
class Sum:
    """``total = items - discount + shipping``; ``shipping_before`` is without coupons."""

    items: Decimal
    shipping_before: Decimal
    shipping: Decimal
    discount: Decimal
    total: Decimal
    used: tuple[Used, ...] = field(default=())

    @property
    def saved(self) -> Decimal:
        """Return what the coupons saved, of goods and shipping."""
        return self.discount + self.shipping_before - self.shipping


def best_sum(items: Decimal, shipping: Decimal, offers: Sequence[Offer]) -> Sum:
    """Return the cheapest sum that the coupons allow, with as few of them as reach it.

    Either all that stack, each reckoned on the goods' full price, or one that stands alone. What
    counts for stacking ones adds up, so all of them together are never worse than a part of them.
    """
    fitting = [
        offer for offer in offers if items >= offer.minimum and worth(offer, items, shipping)
    ]
    together = [offer for offer in fitting if offer.stacks]
    ways = [(), *((offer,) for offer in fitting), tuple(together)]
    sums = [summed(items, shipping, needed(items, shipping, way)) for way in ways]
    return min(sums, key=lambda one: (one.total, len(one.used)))


def summed(items: Decimal, shipping: Decimal, offers: Sequence[Offer]) -> Sum:
    """Return the sum with these coupons, whether or not they may stand together."""
    left, left_shipping = items, shipping
    used = []
    for offer in offers:
        off = min(worth(offer, items, shipping), left_shipping if free(offer) else left)
        if free(offer):
            left_shipping -= off
        else:
            left -= off
        used.append(Used(offer.code, offer.kind, off))
    return Sum(
        items=items,
        shipping_before=shipping,
        shipping=left_shipping,
        discount=items - left,
        total=left + left_shipping,
        used=tuple(used),
    )


def needed(items: Decimal, shipping: Decimal, offers: Sequence[Offer]) -> list[Offer]:
    """Return the coupons without those that take nothing more off, the most worth first."""
    kept: list[Offer] = []
    best = items + shipping
    for offer in sorted(offers, key=lambda one: -worth(one, items, shipping)):
        total = summed(items, shipping, [*kept, offer]).total
        if total < best:
            kept.append(offer)
            best = total
    return kept


def worth(offer: Offer, items: Decimal, shipping: Decimal) -> Decimal:
    """Return what a coupon takes off by itself."""
    if free(offer):
        return shipping
    if offer.kind == "percent":
        return (items * offer.value / 100).quantize(CENT, ROUND_DOWN)
    return min(offer.value, items)


def free(offer: Offer) -> bool:
    """Tell whether a coupon is about shipping."""
    return offer.kind == "shipping"
