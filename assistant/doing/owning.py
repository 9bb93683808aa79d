"""What a shopper has bought: goods of their own orders, as words can point at them.

For answering. Read as the shopper, so that nobody else's order is ever among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assistant.slots import Seen
from catalog.models import Order, OrderLine
from shopguide.accounts.models import Shopper

MOST_ORDERS = 12


@dataclass(frozen=True)
class Owned:
    """One thing of an order: its product, its shop, the order's number, what it is called by.

    ``shop``: its names; ``placed``: the day of the order.
    """

    product: int
    merchant: int
    order: str
    seen: Seen
    shop: tuple[str, ...]
    placed: date


def owned_by(shopper: Shopper) -> tuple[Owned, ...]:
    """Return what somebody has bought, newest first. To be called as them. One query, or two."""
    orders = (
        Order.objects.by(shopper)
        .select_related("merchant")
        .prefetch_related("lines__variant__product")[:MOST_ORDERS]
    )
    return tuple(
        Owned(
            line.variant.product_id,
            order.merchant_id,
            order.number,
            seen_of(line, line.variant.product.sku),
            (order.merchant.name_zh, order.merchant.name_en),
            timezone.localdate(order.placed_at),
        )
        for order in orders
        for line in order.lines.all()
        if line.variant is not None
    )


def seen_of(line: OrderLine, sku: str) -> Seen:
    """Return a line's product as references read it, by its names in every language."""
    return Seen(sku, line.title, words=" ".join(map(str, line.titles.values())))
