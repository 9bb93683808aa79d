"""Giving back, exchanging, money back: asked by rules, done after a yes, by the orders' own verbs.

What a rule refuses is told with the rule; nothing is promised for the shop.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.doing.arguments import OfOrder
from assistant.doing.cancelling import cancel, cancel_instead
from assistant.doing.consenting import refused, to_confirm
from assistant.doing.ordering import overdue, refund_status
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.own_orders import line_score, orders_of, the_order
from assistant.doing.rules.reasons import condition_of, insists, reason_after
from assistant.doing.swapping import no_swap, wanted_swap
from assistant.doing.telling import phrase, variant_told
from assistant.understanding.steps import pieces_back
from catalog.models import Order
from catalog.models.back import ReturnKind
from catalog.models.order import OrderState, PaymentState
from catalog.orders.asking import Asking, Item, LineNow, NotReturned, lines_now
from catalog.orders.replacing import replacements
from catalog.orders.returning import ask as ask_back
from catalog.policies.deciding import Decision, may_cancel
from catalog.policies.terms import FAULTS, Condition, Reason, Remedy, Way
from catalog.policies.versions import policy_for
from catalog.presenting.policies import (
    condition_label,
    day_of,
    pays,
    reason_label,
    remedies,
    sentences,
    verdict,
)
from catalog.text import fold
from shopguide.accounts.tenancy import as_shopper

_ALL = re.compile(
    r"\ball\b|everything|(?<!need )(?<!want )\bboth\b|entire|whole order|全部|都退|都不要|整单|所有"
)
_GIVES = re.compile(r"退掉?|换掉?|\b(?:return|send back|exchange|swap)\b")


def give_back(asker: Asker, wanted: OfOrder) -> Outcome:
    """Offer to ask for a return, or tell the rule that is against it."""
    return back(asker, wanted, ReturnKind.REFUND)


def exchange(asker: Asker, wanted: OfOrder) -> Outcome:
    """Offer to ask for an exchange, or tell the rule that is against it."""
    return back(asker, wanted, ReturnKind.EXCHANGE)


def refund(asker: Asker, wanted: OfOrder) -> Outcome:
    """Tell where money is that goes back; else cancel or give back, whichever the order allows."""
    mine = orders_of(asker)
    moving = [
        one for one in mine if one.payment_state in (PaymentState.PARTLY, PaymentState.REFUNDED)
    ]
    order = the_order(asker, wanted, lambda one: one in moving if moving else True)
    if isinstance(order, Outcome):
        return order
    told = refund_status(asker, order)
    if told is not None:
        return told
    again = replace(wanted, order=order.number)
    off = order.state == OrderState.CANCELLED
    return cancel(asker, again) if order.open or off else give_back(asker, again)


def back(asker: Asker, wanted: OfOrder, kind: ReturnKind) -> Outcome:
    """Find the order, the lines and the reason; ask for what is missing, one thing at a time."""
    delivered = OrderState.DELIVERED
    order = the_order(asker, wanted, lambda one: one.state == delivered)
    if isinstance(order, Outcome):
        return order
    with as_shopper(asker.shopper):
        lines = lines_now(order)
    what = back_told(asker, kind, order.number)
    if order.open and kind == ReturnKind.REFUND:
        with as_shopper(asker.shopper):
            may = may_cancel(policy_for(order), order.state).allowed
        if may:
            return cancel(asker, OfOrder(order=order.number))
    chosen = chosen_lines(lines, wanted.question, wanted.goods)
    if not chosen:
        options = [one.line.title for one in lines]
        return Outcome(
            "clarify",
            {"about": "product", "options": options},
            merchants=(order.merchant_id,),
            trace={"order": order.number},
        )
    reason = told_reason(wanted)
    first = decision_of(chosen[0], kind, reason or Reason.CHANGED_MIND, 1, Condition.SEALED)
    if reason is None and kind == ReturnKind.REFUND and insists(wanted.question):
        reason = Reason.CHANGED_MIND
    if reason is None and first.allowed and kind == ReturnKind.REFUND:
        labels = [
            reason_label(one)
            for one in (Reason.CHANGED_MIND, Reason.DOES_NOT_FIT, Reason.FAULTY, Reason.WRONG_ITEM)
        ]
        return Outcome(
            "clarify",
            {"about": "reason", "options": labels, "first": sentences(first)[:1]},
            merchants=(order.merchant_id,),
            trace={"order": order.number, "goods": goods_of(chosen)},
        )
    reason = reason or Reason.DOES_NOT_FIT
    outcome = offered(asker, order, chosen, kind=kind, reason=reason, wanted=wanted, what=what)
    return replace(outcome, trace={**outcome.trace, "goods": goods_of(chosen)})


def told_reason(wanted: OfOrder) -> Reason | None:
    """Return why it comes back, as told now or before: "just refund me" takes no fault back."""
    before = Reason(wanted.trouble) if wanted.trouble else None
    said = reason_after(wanted.question, before)
    return before if before in FAULTS and said in (None, Reason.CHANGED_MIND) else said or before


def chosen_lines(
    lines: Sequence[LineNow], question: str, goods: Sequence[int] = ()
) -> list[LineNow]:
    """Return the lines that are meant: the only one, all, those named, those talked of before."""
    if len(lines) == 1 or _ALL.search(fold(question)):
        return list(lines)
    text = fold(question)
    for part in (after_verb(text), text):
        scores = [(line_score(one.line.titles, part), one) for one in lines]
        best = max((score for score, _one in scores), default=0.0)
        named = [one for score, one in scores if score == best and best > 0]
        if len(named) == 1:
            return named
    talked = [one for one in lines if one.line.variant and one.line.variant.product_id in goods]
    return talked if len(talked) == 1 else []


def after_verb(text: str) -> str:
    """Return what is said after a word of giving back: of 一件T恤一件卫衣，只退T恤 the last."""
    match = _GIVES.search(text)
    return re.split(r"[，,。;；]", text[match.end() :])[0] if match else ""


def goods_of(chosen: Sequence[LineNow]) -> list[int]:
    """Return the products of lines."""
    return [one.line.variant.product_id for one in chosen if one.line.variant is not None]


def decision_of(
    now: LineNow, kind: ReturnKind, reason: Reason, quantity: int, condition: Condition
) -> Decision:
    """Return the rule's decision on a line."""
    rule = now.exchanges if kind == ReturnKind.EXCHANGE else now.returns
    return rule(reason, quantity=quantity, condition=condition)


def offered(
    asker: Asker,
    order: Order,
    chosen: Sequence[LineNow],
    *,
    kind: ReturnKind,
    reason: Reason,
    wanted: OfOrder,
    what: str,
) -> Outcome:
    """Return the confirmation of a return or an exchange, or the rule that is against it."""
    said = condition_of(wanted.question) or (Condition.USED if reason in FAULTS else None)
    items, told = [], []
    condition = Condition.SEALED
    for now in chosen:
        count = pieces_of(now, wanted)
        decision = decision_of(now, kind, reason, count, said or Condition.SEALED)
        if not decision.allowed:
            if reason in FAULTS and (ways := now.warranty()).allowed and ways.until:
                return by_warranty(asker, order, ways, kind, decision.days)
            return refused(what, sentences(decision), order, instead_of(asker, order))
        condition = said or decision.condition or Condition.SEALED
        item: dict[str, Any] = {"line": now.line.pk, "quantity": count}
        if kind == ReturnKind.EXCHANGE:
            with as_shopper(asker.shopper):
                choices = replacements(now)
            swap = wanted_swap(now, choices, wanted.question, reason)
            if swap.variant is None:
                return no_swap(
                    asker, order, now, choices, swap, question=wanted.question, what=what
                )
            item["wanted"] = swap.variant.pk
            told.append(
                phrase(
                    asker,
                    "换成：{name}",
                    "In its place: {name}",
                    name=variant_told(swap.variant) or now.line.title,
                )
            )
        items.append(item)
        told.insert(0, f"{now.line.title} ×{count}")
        told += [pays(decision.payer)] if decision.payer else []
        told += [verdict(decision)]
    way = (
        Way.ORIGINAL
        if kind == ReturnKind.EXCHANGE or Way.ORIGINAL in decision.ways
        else Way.TRANSFER
    )
    told += [reason_told(asker, reason), condition_told(asker, condition)]
    arguments = {
        "order": order.number,
        "items": items,
        "kind": str(kind),
        "reason": str(reason),
        "condition": str(condition),
        "way": str(way),
        "note": wanted.question[:500],
    }
    tool = "exchange" if kind == ReturnKind.EXCHANGE else "return"
    return to_confirm(
        asker, tool, what, list(dict.fromkeys(told)), order=order, arguments=arguments
    )


def instead_of(asker: Asker, order: Order) -> str:
    """Return what can be done with what is not taken back now; "" leaves it to a person."""
    with as_shopper(asker.shopper):
        may = may_cancel(policy_for(order), order.state).allowed
    if may and order.open:
        return phrase(
            asker, "先取消订单，再按想要的重新下单", "cancel it and order what you want anew"
        )
    late = overdue(asker, order)
    return "" if late or order.state != OrderState.SHIPPED else cancel_instead(asker, order)


def by_warranty(
    asker: Asker, order: Order, warranty: Decision, kind: ReturnKind, days: int | None = None
) -> Outcome:
    """Tell what the warranty gives for a fault once the days for giving back are over.

    ``days``: how many those were.
    """
    wish = Remedy.REPLACE if kind == ReturnKind.EXCHANGE else Remedy.REFUND
    granted = wish in warranty.remedies
    values = {"number": order.number, "until": day_of(warranty.until), "days": str(days),
              "what": remedies([wish] if granted else warranty.remedies)}  # fmt: skip
    says = []
    if days and not granted:
        says.append(phrase(
            asker,
            "有质量问题的，签收后 {days} 天内可以退换，这个时间已经过了。",
            "Faulty goods go back within {days} days of delivery, and those are over.",
            **values,
        ))  # fmt: skip
    yes = (
        "可以{what}：订单 {number} 还在保修期内，到 {until}。",
        "Yes, the warranty covers that: order {number} has it until {until}. You get: {what}.",
    )
    other = (
        "订单 {number} 还在保修期内（到 {until}），可以{what}。",
        "Order {number} is still under warranty until {until}, which gives you: {what}.",
    )
    says.append(phrase(asker, *(yes if granted else other), **values))
    return Outcome(
        "by_warranty",
        {"says": says, "person": True},
        merchants=(order.merchant_id,),
        actions=("hand_over", f"order:{order.number}"),
        trace={"order": order.number},
    )


def reason_told(asker: Asker, reason: Reason) -> str:
    """Return the reason as it will be sent."""
    return phrase(asker, "原因：{label}", "Reason: {label}", label=reason_label(reason))


def condition_told(asker: Asker, condition: Condition) -> str:
    """Return the condition that the shopper confirms."""
    return phrase(
        asker, "商品状态：{label}", "Condition: {label}", label=condition_label(condition)
    )


def do_back(asker: Asker, arguments: Mapping[str, Any], key: str) -> Outcome:
    """Ask the shop for the return or exchange, by its own verb; the key asks once."""
    order = the_order(asker, OfOrder(order=str(arguments["order"])))
    if isinstance(order, Outcome):
        return order
    kind = ReturnKind(arguments["kind"])
    asking = Asking(
        items=tuple(
            Item(int(one["line"]), int(one["quantity"]), one.get("wanted"))
            for one in arguments["items"]
        ),
        kind=kind,
        reason=Reason(arguments["reason"]),
        condition=Condition(arguments["condition"]),
        way=Way(arguments["way"]),
        note=str(arguments.get("note", "")),
        key=uuid.UUID(key),
    )
    what = back_told(asker, kind, order.number)
    try:
        made = ask_back(order, asking, by=asker.user)
    except NotReturned as error:
        reasons = sentences(error.decision) if error.decision else []
        return refused(what, reasons, order, "")
    said = phrase(
        asker,
        "{what}的申请已提交，编号 {number}",
        "I've asked to {what}; its number is {number}",
        what=what,
        number=made.number,
    )
    state = phrase(asker, "状态：{state}", "It is: {state}", state=made.get_state_display())
    return Outcome(
        "done",
        {"what": said, "lines": [state]},
        merchants=(order.merchant_id,),
        actions=(f"order:{order.number}",),
        trace={"return": made.number},
    )


def pieces_of(now: LineNow, wanted: OfOrder) -> int:
    """Return how many pieces of a line are meant: as said, else all of them."""
    said = pieces_back(wanted.question, now.line.quantity) if now.line.quantity > 1 else None
    several = wanted.quantity if (wanted.quantity or 0) > 1 else None
    return said or min(several or now.line.quantity, now.line.quantity)


def back_told(asker: Asker, kind: ReturnKind, number: str) -> str:
    """Return what is wanted, as a phrase."""
    said = ("为订单 {number} 退货", "return goods of order {number}")
    if kind == ReturnKind.EXCHANGE:
        said = ("为订单 {number} 换货", "exchange goods of order {number}")
    return phrase(asker, *said, number=number)
