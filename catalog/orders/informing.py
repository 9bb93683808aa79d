"""Putting news of an order into the outbox, in the transaction that makes the news.

For the verbs that move orders and returns. The letter is sent later, by a worker, once
(`catalog.letters`); a page never waits for it. To be called as the shop.
"""

from __future__ import annotations

from typing import Any

from catalog.models import Letter, Order
from catalog.models.letter import LetterKind
from catalog.models.order import OrderState

# States of an order that its shopper is written about.
TOLD = {
    OrderState.PLACED: LetterKind.PLACED,
    OrderState.SHIPPED: LetterKind.SHIPPED,
    OrderState.DELIVERED: LetterKind.DELIVERED,
    OrderState.CANCELLED: LetterKind.CANCELLED,
}


def inform(order: Order, kind: LetterKind, *, about: str = "", **facts: Any) -> None:
    """Queue a letter, unless it is there already. ``about`` tells news of one kind apart."""
    letter = Letter(
        merchant_id=order.merchant_id,
        shopper_id=order.shopper_id,
        order=order,
        kind=kind,
        key=f"{kind}:{order.pk}:{about}"[:120],
        to=order.email,
        language=order.language,
        facts=facts,
    )
    Letter.objects.bulk_create([letter], ignore_conflicts=True)


def inform_of_state(order: Order) -> None:
    """Queue the letter about the state that an order has just reached, if there is one."""
    if kind := TOLD.get(OrderState(order.state)):
        inform(order, kind)
