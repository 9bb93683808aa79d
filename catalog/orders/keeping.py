"""The life of an order after it is placed: paid, packed, shipped, delivered, or cancelled.

For the order pages of shops and shoppers. Each step is allowed from some states only, is written
with who did it, puts stock and money back where that is due, and queues the letter about it. What
a shopper may do alone the shop's policy says. It decides no returns: `returning`.
"""

from collections.abc import Iterable

from django.db.models import F

from catalog.models import Order, OrderLine, Stock
from catalog.models.order import Actor, OrderState, PaymentState
from catalog.orders.informing import inform_of_state
from catalog.orders.paying_back import pay_later
from catalog.orders.placing import note
from catalog.policies.deciding import may_cancel
from catalog.policies.terms import Way
from catalog.policies.versions import policy_for
from shopguide.accounts.models import User
from shopguide.accounts.tenancy import as_merchant

# What may follow what; a table of the database says the same. Cash at the door is paid last, so
# `paid` is no station all orders pass.
NEXT: dict[str, tuple[str, ...]] = {
    OrderState.PLACED: (OrderState.PAID, OrderState.PACKED, OrderState.CANCELLED),
    OrderState.PAID: (OrderState.PACKED, OrderState.CANCELLED),
    OrderState.PACKED: (OrderState.SHIPPED, OrderState.CANCELLED),
    OrderState.SHIPPED: (OrderState.DELIVERED,),
    OrderState.DELIVERED: (),
    OrderState.CANCELLED: (),
}


class NotAllowed(Exception):
    """The order is in another state by now; ``state`` is the one it is in."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


def advance(
    order: Order,
    state: str,
    *,
    actor: Actor = Actor.SHOP,
    by: User | None = None,
    carrier: str = "",
    tracking: str = "",
    text: str = "",
) -> Order:
    """Move an order to its next state; NotAllowed if it cannot go there from where it is."""
    with as_merchant(order.merchant_id):
        held = Order.objects.select_for_update().get(pk=order.pk)
        if state not in NEXT[held.state]:
            raise NotAllowed(held.state)
        if state == OrderState.CANCELLED:
            put_back(held.lines.all())
            if held.payment_state == PaymentState.PAID:
                pay_later(held, held.total_amount, Way.ORIGINAL, by=by)
        if state == OrderState.PAID or (
            state == OrderState.DELIVERED and held.payment_state == PaymentState.PENDING
        ):
            held.payment_state = PaymentState.PAID
        if state == OrderState.SHIPPED:
            held.carrier, held.tracking = carrier[:80], tracking[:80]
        held.state = state
        held.save(update_fields=["state", "payment_state", "carrier", "tracking"])
        note(held, state, actor, text=text, user=by.pk if by else None)
        inform_of_state(held)
    return held


def cancel(order: Order, *, by: User | None = None, text: str = "") -> Order:
    """Cancel an order for its shopper; NotAllowed once the shop's policy is against it."""
    with as_merchant(order.merchant_id):
        held = Order.objects.select_for_update().get(pk=order.pk)
        if not may_cancel(policy_for(held), held.state).allowed:
            raise NotAllowed(held.state)
        return advance(held, OrderState.CANCELLED, actor=Actor.SHOPPER, by=by, text=text)


def put_back(lines: Iterable[OrderLine]) -> None:
    """Return what lines took to the warehouses it came from, as far as these still exist."""
    parts: dict[int, int] = {}
    for line in lines:
        for pk, count in line.taken.items():
            parts[int(pk)] = parts.get(int(pk), 0) + count
    for pk in sorted(parts):
        Stock.objects.filter(pk=pk).update(quantity=F("quantity") + parts[pk])
