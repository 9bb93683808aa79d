"""Where an order is, and where its money is: as the rows say at this moment."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from django.utils import timezone

from assistant.doing.arguments import OfOrder
from assistant.doing.arriving import leaves_on, window_of
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.own_orders import (
    ACTIVE,
    among_of,
    listed,
    meant_in,
    not_here,
    number_in,
    orders_of,
    placed_in,
    somebody_elses,
    the_order,
    which,
)
from catalog.models import Order, Refund, Return
from catalog.models.back import ReturnState
from catalog.models.order import OrderState, PaymentState
from catalog.orders.asking import delivered_at
from catalog.presenting.money import money
from catalog.presenting.policies import day_of
from catalog.text import fold
from shopguide.accounts.tenancy import as_shopper
from shopguide.work import State

# All of them are to be told, whether on their way or not.
LISTS = re.compile(
    r"几(?:个|笔|单)订单|(?:有|下过|买过)(?:哪些|几|多少).{0,2}(?:单|东西)|(?:所有|全部|历史)(?:的)?订单|订单(?:列表|记录)"
    r"|\b(?:how many|all (?:of )?my|list (?:of )?(?:all )?(?:my )?|what) orders\b|\border history\b"
)
ALL_OF_THEM = re.compile(
    r"\b(?:orders|parcels|packages|both|all)\b|所有|全部|几个|两个|都(?=[到发在是有寄送])"
)


def order_status(asker: Asker, wanted: OfOrder) -> Outcome:
    """Tell where an order is; without a number the only one on its way, else all."""
    if asker.shopper is not None and number_in(wanted) is None:
        mine = [] if somebody_elses(wanted.question) else orders_of(asker)
        if among := among_of(mine, wanted):
            return which(asker, among)
        active = [one for one in mine if one.state in ACTIVE]
        if not ALL_OF_THEM.search(fold(wanted.question)) and (
            one := meant_in(mine, active, wanted)
        ):
            return told(asker, one, again=one.number == wanted.talked, said=wanted.question)
        if some := several_in(mine, active, wanted):
            return listed(asker, some, wanted.question)
    found = the_order(asker, wanted, lambda one: one.state in ACTIVE, listing=True)
    if isinstance(found, Outcome):
        return found
    again = wanted.order is None and found.number == wanted.talked
    return told(asker, found, again=again, said=wanted.question)


def several_in(mine: Sequence[Order], active: Sequence[Order], wanted: OfOrder) -> Sequence[Order]:
    """Return the orders to list: those of the time that was named, on their way, else all."""
    if LISTS.search(fold(wanted.question)):
        return mine
    then = placed_in(mine, wanted.question)
    if len(then) > 1:
        return then
    if len(active) > 1:
        return active
    return mine if not active and len(mine) > 1 else ()


def told(asker: Asker, order: Order, *, again: bool = False, said: str = "") -> Outcome:
    """Tell one order: state, days, parcel, goods.

    ``again``: it was talked of just before; ``said``: the question, which may say that it has not
    come.
    """
    delivered = delivered_at(order)
    leaves = leaves_on(asker, order)
    missing = order.state == OrderState.DELIVERED and not_here(said)
    facts = {
        "number": order.number,
        "state": str(OrderState(order.state).label),
        "placed": day_of(timezone.localdate(order.placed_at)),
        "carrier": order.carrier,
        "tracking": order.tracking,
        "expected": expected(asker, order),
        "leaves": day_of(leaves),
        "leaves_late": leaves is not None and leaves < timezone.localdate(),
        "items": [{"name": one.title, "quantity": one.quantity} for one in order.lines.all()],
        "total": money(order.total_amount, order.currency),
        "again": again,
        "overdue": overdue(asker, order),
        "delivered": day_of(timezone.localdate(delivered)) if delivered else "",
        "missing": missing,
        "person": missing,
    }
    return Outcome(
        "order_status",
        facts,
        merchants=(order.merchant_id,),
        actions=(f"order:{order.number}",),
        trace={"order": order.number, "state": order.state},
    )


def overdue(asker: Asker, order: Order) -> bool:
    """Tell whether an order that was sent should have been there before today."""
    last = last_day(asker, order) if order.state == OrderState.SHIPPED else None
    return last is not None and last < timezone.localdate()


def expected(asker: Asker, order: Order) -> str:
    """Return the last day it should be there, as the reader writes it; "" if that is not known."""
    return day_of(last_day(asker, order))


def last_day(asker: Asker, order: Order) -> datetime.date | None:
    """Return the last day it should be there; None where that is not known."""
    window = window_of(asker, order)
    return window.last if window else None


def refund_status(asker: Asker, order: Order) -> Outcome | None:
    """Tell the money that goes back for an order, None if none does. Three queries."""
    with as_shopper(asker.shopper):
        refunds = list(Refund.objects.filter(order=order).select_related("back"))
        returns = list(Return.objects.filter(order=order).order_by("-asked_at"))
    if not refunds and not returns:
        return None
    rows = [
        {
            "amount": money(one.amount, one.currency),
            "done": one.state == State.DONE,
            "way": one.way,
        }
        for one in refunds
    ]
    waiting = [one for one in returns if one.state not in (ReturnState.REFUNDED,)]
    facts = {
        "number": order.number,
        "refunds": rows,
        "returns": [
            {"number": one.number, "state": str(ReturnState(one.state).label)}
            for one in waiting[:3]
        ],
        "payment": str(PaymentState(order.payment_state).label),
    }
    return Outcome(
        "refund_status",
        facts,
        merchants=(order.merchant_id,),
        actions=(f"order:{order.number}",),
        trace={"order": order.number, "refunds": [str(one.amount) for one in refunds]},
    )
