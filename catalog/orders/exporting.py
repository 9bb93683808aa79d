"""A shop's orders as rows of a table, a line each, for its books and other systems.

For the portal's download. Amounts are plain numbers beside their currency; texts are harmless to
spreadsheets. It reads in slices, so that any number of orders takes little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet

from catalog.feeds.cells import harmless
from catalog.models import Order
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant

COLUMNS = (
    "order", "placed_at", "state", "payment", "payment_state", "currency", "items", "discount",
    "shipping", "total", "refunded", "coupons", "sku", "title", "quantity", "unit_price",
    "line_total", "name", "phone", "email", "country", "region", "city", "district", "street",
    "postal_code", "carrier", "tracking", "invoice",
)  # fmt: skip
SLICE = 200


Narrow = Callable[[QuerySet[Order]], QuerySet[Order]]


def rows(merchant: Merchant, narrow: Narrow = lambda orders: orders) -> Iterator[list[str]]:
    """Yield the head, then a row for each line of each order, the oldest order first.

    ``narrow``: keeps the orders that are wanted.
    """
    yield list(COLUMNS)
    last = 0
    while True:
        with as_merchant(merchant):
            found = list(slice_of(merchant, narrow, last))
        for order in found:
            yield from lines(order)
        if len(found) < SLICE:
            return
        last = found[-1].pk


def slice_of(merchant: Merchant, narrow: Narrow, after: int) -> QuerySet[Order]:
    """Return the next orders."""
    orders = narrow(Order.objects.of(merchant).filter(pk__gt=after)).order_by("pk")
    return orders.select_related("invoice").prefetch_related("lines", "refunds")[:SLICE]


def lines(order: Order) -> Iterator[list[str]]:
    """Yield the rows of one order."""
    invoice = getattr(order, "invoice", None)
    refunded = sum(one.amount for one in order.refunds.all())
    whole: dict[str, Any] = {
        "order": order.number, "placed_at": order.placed_at.isoformat(timespec="seconds"),
        "state": order.state, "payment": order.payment_provider,
        "payment_state": order.payment_state, "currency": order.currency,
        "items": order.items_amount, "discount": order.discount_amount,
        "shipping": order.shipping_amount, "total": order.total_amount, "refunded": refunded,
        "coupons": " ".join(code for code, _kind, _amount in order.discounts),
        "email": order.email, "carrier": order.carrier, "tracking": order.tracking,
        "invoice": invoice.number if invoice else "", **order.address,
    }  # fmt: skip
    for line in order.lines.all():
        said = whole | {
            "sku": line.sku, "title": line.title, "quantity": line.quantity,
            "unit_price": line.unit_amount, "line_total": line.amount,
        }  # fmt: skip
        yield [harmless(str(said.get(name, ""))) for name in COLUMNS]
