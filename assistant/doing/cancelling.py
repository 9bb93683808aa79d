"""Cancelling an order: offered as far as the shop's rules go, done after a yes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from assistant.doing.arguments import OfOrder
from assistant.doing.consenting import refused, to_confirm
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.own_orders import line_score, the_order
from assistant.doing.telling import phrase
from catalog.models import Order, OrderLine, Refund
from catalog.models.order import Actor, OrderState, PaymentState
from catalog.orders.keeping import NotAllowed
from catalog.orders.keeping import cancel as cancel_order
from catalog.policies.deciding import may_cancel
from catalog.policies.versions import policy_for
from catalog.presenting.money import money
from catalog.presenting.policies import day_of, sentences
from catalog.text import fold
from shopguide.accounts.tenancy import as_shopper


def cancel(asker: Asker, wanted: OfOrder) -> Outcome:
    """Offer to cancel an order, or tell the rule that is against it."""
    order = the_order(asker, wanted, lambda one: one.open, listing=True)
    if isinstance(order, Outcome):
        return order
    what = phrase(asker, "取消订单 {number}", "cancel order {number}", number=order.number)
    with as_shopper(asker.shopper):
        decision = may_cancel(policy_for(order), order.state)
    if order.state == OrderState.CANCELLED:
        return cancelled_told(asker, order, wanted.question)
    if not decision.allowed:
        instead = cancel_instead(asker, order)
        return refused(what, [*state_told(asker, order), *sentences(decision)], order, instead)
    if one := part_of(order, wanted.question):
        return refused(
            phrase(asker, "只取消其中的{one}", "cancel only {one} of an order", one=one),
            [phrase(asker, "一笔订单只能整单取消", "An order can only be cancelled as a whole")],
            order,
            phrase(asker, "取消整笔订单，或者收到后退这一件",
                   "cancel the whole order, or send that one back once it has arrived"),
        )  # fmt: skip
    lines = [f"{one.title} ×{one.quantity}" for one in order.lines.all()]
    if order.payment_state == PaymentState.PAID:
        paid = money(order.total_amount, order.currency)
        lines.append(phrase(asker, "退回 {paid}", "{paid} goes back to you", paid=paid))
    return to_confirm(asker, "cancel", what, lines, order=order, arguments={"order": order.number})


# Who cancelled, where it is on record (zh, en).
_WHY = re.compile(r"为什么|为啥|怎么(?:就|被|给)?.{0,4}取消|原因|\b(?:why|how come|reason)\b")
BY: Mapping[str, tuple[str, str]] = {
    Actor.SHOPPER: ("是在您的账号上取消的。", "That was done from your side."),
    Actor.SHOP: ("是店家取消的。", "The shop cancelled it."),
}
_WHOLE = re.compile(r"\b(?:all|whole|everything|both|entire)\b|全部|整(?:单|笔|个)|都|所有")


def part_of(order: Order, question: str) -> str:
    """Return the thing of several that alone is to be cancelled; "" where all of it is."""
    text, lines = fold(question), list(order.lines.all())
    named = [one for one in lines if line_score(one.titles, text)]
    if _WHOLE.search(text) or len(named) != 1 or len(lines) < 2:
        return _given_up(lines, text) if len(named) == len(lines) > 1 else ""
    return named[0].title


_GIVEN_UP = re.compile(
    r"(?:\b(?:take|drop|remove|leave|without|cancel|not)\b|取消|不要|去掉|拿掉)(?P<what>.{2,24})"
)


def _given_up(lines: Sequence[OrderLine], text: str) -> str:
    """Return the one of all named things that a text gives up: "take the mouse off"."""
    for match in _GIVEN_UP.finditer(text):
        here = [one for one in lines if line_score(one.titles, match["what"])]
        if len(here) == 1:
            return here[0].title
    return ""


def cancel_instead(asker: Asker, order: Order) -> str:
    """Return what can be done with an order that cannot be cancelled."""
    if order.state == OrderState.SHIPPED:
        return phrase(asker, "收到后申请退货", "send it back once it has arrived")
    if order.state == OrderState.DELIVERED:
        return phrase(asker, "申请退货", "ask for a return")
    return ""


def cancelled_told(asker: Asker, order: Order, question: str = "") -> Outcome:
    """Tell of an order that is cancelled: since when, by whom, and where its money is.

    Why is told only where it is asked: no reason is on record.
    """
    events = [one for one in order.events.all() if one.kind == OrderState.CANCELLED]
    day = day_of(timezone.localdate(events[-1].at)) if events else ""
    says = [
        phrase(asker, "订单 {number} 已于 {day} 取消。", "Order {number} was cancelled on {day}.",
               number=order.number, day=day)
        if day
        else phrase(asker, "订单 {number} 已经取消。", "Order {number} is cancelled.",
                    number=order.number)
    ]  # fmt: skip
    if by := BY.get(events[-1].actor if events else ""):
        says.append(phrase(asker, *by))
    with as_shopper(asker.shopper):
        refunds = list(Refund.objects.filter(order=order))
    if refunds:
        amounts = phrase(asker, "、", ", ").join(money(r.amount, r.currency) for r in refunds)
        says.append(phrase(asker, "{paid} 原路退回给您。",
                           "{paid} goes back the way it was paid.", paid=amounts))  # fmt: skip
    elif order.payment_state == PaymentState.PAID:
        unmade = ("退款还没有记录，可以请店里的同事查一下。",
                  "No refund is on record yet; the shop's people should see to it.")  # fmt: skip
        says.append(phrase(asker, *unmade))
    says.append(phrase(asker, "付款状态：{state}。", "The payment is: {state}.",
                       state=str(PaymentState(order.payment_state).label)))  # fmt: skip
    if _WHY.search(question.casefold()):
        says.append(phrase(asker, "为什么取消，这里没有记录。", "Why is not on record here."))
    again = ("还想要的话，可以重新下单。", "If you still want it, you can order again.")
    says.append(phrase(asker, *again))
    return Outcome("aspects", {"says": says, "person": True}, merchants=(order.merchant_id,),
                   actions=(f"order:{order.number}",), trace={"order": order.number})  # fmt: skip


def state_told(asker: Asker, order: Order) -> list[str]:
    """Return where the order stands, as a sentence."""
    state = str(OrderState(order.state).label)
    return [phrase(asker, "订单现在的状态是：{state}", "The order is: {state}", state=state)]


def do_cancel(asker: Asker, arguments: Mapping[str, Any], key: str) -> Outcome:
    """Cancel the order by its own verb."""
    order = the_order(asker, OfOrder(order=str(arguments["order"])))
    if isinstance(order, Outcome):
        return order
    what = phrase(asker, "取消订单 {number}", "cancel order {number}", number=order.number)
    try:
        cancel_order(order, by=asker.user)
    except NotAllowed as error:
        if error.state == OrderState.CANCELLED:
            return done_cancelling(asker, order)
        with as_shopper(asker.shopper):
            decision = may_cancel(policy_for(order), error.state)
        return refused(what, sentences(decision), order, "")
    return done_cancelling(asker, order)


def done_cancelling(asker: Asker, order: Order) -> Outcome:
    """Tell that the order is cancelled and what goes back."""
    what = phrase(asker, "订单 {number} 已取消", "order {number} is cancelled", number=order.number)
    lines = []
    if order.payment_state == PaymentState.PAID:
        paid = money(order.total_amount, order.currency)
        lines = [
            phrase(asker, "{paid} 会原路退回", "{paid} goes back the way it was paid", paid=paid)
        ]
    return Outcome("done", {"what": what, "lines": lines}, merchants=(order.merchant_id,))
