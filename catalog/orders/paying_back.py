"""Money that goes back: written with the decision, moved by a worker, once.

For cancelling and refunding. The `Refund` row is the job; its key is what the provider knows it by,
so that moving it twice is the same as once. To be written as the shop.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from catalog.models import Order, Refund, Return
from catalog.models.order import PaymentState
from catalog.orders.paying import provider
from catalog.orders.pricing import ZERO
from catalog.policies.terms import Way
from shopguide.accounts.delivering import announce
from shopguide.accounts.models import Kind, User
from shopguide.accounts.tenancy import as_everyone, as_merchant


def way_for(order: Order, wanted: str) -> Way:
    """Return how money of an order can go back: as wanted, or by the shop's own transfer."""
    known = provider(order.payment_provider)
    return Way(wanted) if known and known.gives_back else Way.TRANSFER


def pay_later(
    order: Order,
    amount: Decimal,
    way: str,
    *,
    back: Return | None = None,
    shipping: Decimal = ZERO,
    by: User | None = None,
) -> Refund | None:
    """Write that an amount goes back, None for nothing; the order says how much of it has."""
    if amount <= 0:
        return None
    made = Refund.objects.create(
        merchant_id=order.merchant_id, order=order, back=back, amount=amount,
        way=way_for(order, way),
        shipping_amount=shipping, currency=order.currency, by=by,
    )  # fmt: skip
    gone = Refund.objects.filter(order=order).aggregate(Sum("amount"))["amount__sum"]
    whole = gone >= order.total_amount
    order.payment_state = PaymentState.REFUNDED if whole else PaymentState.PARTLY
    order.save(update_fields=["payment_state"])
    return made


def pay_back(pk: int) -> bool:
    """Move the money of one refund; False if it is done or somebody else does it.

    What was arranged as a transfer is the shop's to make: nothing moves through us.
    """
    with as_everyone():
        due: Refund | None = Refund.objects.claim(pk)
        if due is None:
            return False
        order = due.order
    with as_merchant(due.merchant_id):
        way = provider(order.payment_provider) if due.way == Way.ORIGINAL else None
        if way:
            way.refund(order.payment_reference, due.amount, due.currency, key=due.key)
        due.finish()
        content = {"order": order.number, "return": due.back.number if due.back else None,
                   "amount": str(due.amount), "currency": due.currency, "way": due.way}  # fmt: skip
        announce(due.merchant_id, Kind.REFUND_PAID, f"order:{order.number}", content)
    return True
