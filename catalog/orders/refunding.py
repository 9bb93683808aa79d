"""Settling a return: money back or the replacement on its way, stock back on the shelf, once.

For the shop's pages. Amounts are code's, to the cent, coupons shared out; all refunds together
never exceed what was paid (a trigger holds that too). The money moves later: `paying_back`.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import F, Sum

from catalog.models import Order, Return, ReturnLine, Stock
from catalog.models.back import ReturnKind, ReturnState
from catalog.models.letter import LetterKind
from catalog.models.order import Actor
from catalog.orders.informing import inform
from catalog.orders.keeping import NotAllowed
from catalog.orders.paying_back import pay_later
from catalog.orders.pricing import ZERO
from catalog.orders.returning import moving
from catalog.orders.sharing import RefundSum, Unit, paid_for, refund_sum
from catalog.policies.terms import FAULTS, ShippingBack
from catalog.policies.versions import policy_for
from shopguide.accounts.models import User


def sum_of(back: Return, *, kept: Decimal = ZERO) -> RefundSum:
    """Return what a return is worth now. Six queries. To be called as shop or shopper."""
    order, lines = back.order, list(back.lines.all())
    bought = list(order.lines.order_by("pk"))
    paid = paid_for([line.amount for line in bought], order.discount_amount)
    worth = {line.pk: amount for line, amount in zip(bought, paid, strict=True)}
    of = {line.pk: line for line in bought}
    earlier = refunded_units(order)
    units = [
        Unit(
            paid=worth[line.line_id],
            quantity=of[line.line_id].quantity,
            count=line.quantity,
            before=earlier.get(line.line_id, 0),
            fee_percent=line.fee_percent,
        )
        for line in lines
    ]
    for line in lines:
        earlier[line.line_id] = earlier.get(line.line_id, 0) + line.quantity
    whole = all(earlier.get(line.pk, 0) >= line.quantity for line in bought)
    shipping = order.shipping_amount if whole and shipping_too(back) else ZERO
    return refund_sum(units, shipping=shipping, kept=kept)


def refunded_units(order: Order) -> dict[int, int]:
    """Return how many of each line were paid back. One query."""
    rows = ReturnLine.objects.filter(back__order=order, back__state=ReturnState.REFUNDED)
    return dict(rows.order_by().values_list("line").annotate(count=Sum("quantity")))


def shipping_too(back: Return) -> bool:
    """Tell whether the first shipping is paid back with the last of the goods."""
    rule = policy_for(back.order).shipping_back
    if rule == ShippingBack.FAULT:
        reasons = Return.objects.filter(order=back.order, state=ReturnState.REFUNDED)
        said = {back.reason, *reasons.values_list("reason", flat=True)}
        return said <= {str(one) for one in FAULTS}
    return rule == ShippingBack.ALWAYS


def refund(back: Return, *, kept: Decimal = ZERO, by: User | None = None, text: str = "") -> Return:
    """Settle a return by money; goods that can be sold again go back into the stock.

    ``kept``: what is kept for lost value. NotAllowed for an exchange or a return not approved.
    """
    if back.kind != ReturnKind.REFUND:
        raise NotAllowed(back.state)
    with moving(back, ReturnState.REFUNDED, actor=Actor.SHOP, by=by, text=text) as held:
        amount = sum_of(held, kept=kept)
        restock(held)
        pay_later(held.order, amount.total, held.way, back=held, shipping=amount.shipping, by=by)
        facts = {"number": held.number, "amount": str(amount.total), "answer": text[:500]}
        inform(held.order, LetterKind.REFUNDED, about=held.number, **facts)
    return held


def exchange(
    back: Return, *, carrier: str = "", tracking: str = "", by: User | None = None, text: str = ""
) -> Return:
    """Settle an exchange: the replacement is on its way."""
    if back.kind != ReturnKind.EXCHANGE:
        raise NotAllowed(back.state)
    with moving(back, ReturnState.EXCHANGED, actor=Actor.SHOP, by=by, text=text) as held:
        held.sent_carrier, held.sent_tracking = carrier[:80], tracking[:80]
        restock(held)
        facts = {"number": held.number, "carrier": carrier[:80], "tracking": tracking[:80]}
        inform(held.order, LetterKind.REPLACED, about=held.number, **facts)
    return held


def restock(back: Return) -> None:
    """Put what can be sold again where it came from, or into the shop's first warehouse."""
    for line in back.lines.select_related("line").order_by("line", "pk"):
        stock = Stock.objects.filter(variant=line.line.variant_id).order_by("pk")
        places = [int(pk) for pk in line.line.taken]
        place = stock.filter(pk__in=places).first() or stock.first()
        if place and line.restocked:
            Stock.objects.filter(pk=place.pk).update(quantity=F("quantity") + line.restocked)
