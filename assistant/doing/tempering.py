"""How to speak to somebody who is upset: amends with a fact and a way, a person, and no selling.

For planning, which asks before anything is offered. Decided by code from what was read; it never
promises for the shop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone, translation

from assistant.doing.arguments import OfOrder
from assistant.doing.outcome import Asker, Outcome
from assistant.doing.own_orders import naming, number_in, orders_of
from assistant.doing.rules.reasons import lacks, reason_of
from assistant.doing.telling import phrase
from assistant.understanding import Reading
from catalog.models import Order
from catalog.models.order import OrderState
from catalog.orders.asking import LineNow, lines_now
from catalog.policies.deciding import may_cancel
from catalog.policies.terms import FAULTS, Condition, Payer, Reason
from catalog.policies.versions import policy_for
from catalog.presenting.policies import day_of, pays, remedies
from catalog.text import fold
from shopguide.accounts.tenancy import as_shopper

# Of something that was bought.
HAD = re.compile(
    r"订单|买的|买了|收到|下单|到货|退|换|发票|\b(?:my (?:purchase|stuff|things?)|order\w*|bought"
    r"|received|arrived|got|came|sent|return\w*|exchang\w*|refund\w*|cancel\w*|invoice|parcel|package|delivered)\b"
)
# In so many turns that follow each other; then a person takes over by itself.
MOST_UPSET = 3
TROUBLES: tuple[tuple[str, str], ...] = (
    (
        "late",
        r"(?<!too )late\b|still (?:not|waiting|hasn)|not (?:here|arrived)|where is|waiting|slow"
        r"|没到|还没|太慢|等了|迟|不发货|催|物流",
    ),
    ("service", r"rude|ignored|no (?:answer|reply|one)|service|客服|态度|不理|敷衍|没人"),
    (
        "quality",
        r"quality|fall(?:s|ing)? apart|fell apart|came apart|worn out|wore out|cheaply|poor|useless"
        r"|rubbish|garbage|质量|劣质|垃圾|太差|起球|掉色",
    ),
)


@dataclass(frozen=True)
class Tone:
    """What may be done in an answer."""

    sell: bool = True
    apologise: bool = False
    offer_person: bool = False
    hand_over: bool = False


def tone_of(reading: Reading, upset_turns: int = 0) -> Tone:
    """Return how to answer. ``upset_turns``: upset messages that came right before this one."""
    upset = reading.emotion in ("upset", "angry")
    if not upset and reading.intent != "complaint":
        return Tone()
    again = upset_turns + 1 >= MOST_UPSET
    return Tone(False, True, True, hand_over=again or reading.intent == "human")


ON_ARRIVAL = re.compile(
    r"收到|到货|寄来|送来|打开|拆开|刚到"
    r"|\b(?:arrived|came|received|delivered|opened|unpacked|got (?:a|my))\b"
)


OTHER_THAN_ORDERED = {Reason.WRONG_ITEM: "wrong", Reason.NOT_AS_DESCRIBED: "unlike"}


def trouble_of(question: str) -> str:
    """Return what went wrong, as the realiser names it; nothing where it is not said."""
    reason = reason_of(question)
    if reason == Reason.NOT_AS_DESCRIBED and lacks(question):
        return "missing"
    if reason == Reason.DAMAGED and ON_ARRIVAL.search(fold(question)):
        return "damaged"
    if reason in (Reason.DAMAGED, Reason.FAULTY):
        return "faulty"
    if reason in OTHER_THAN_ORDERED:
        return OTHER_THAN_ORDERED[reason]
    text = fold(question)
    return next((name for name, words in TROUBLES if re.search(words, text)), "")


def soothe(
    asker: Asker,
    reading: Reading,
    talked: str = "",
    *,
    asks_which: bool = False,
    missing: bool = False,
) -> Outcome:
    """Return amends: what is known of the order that is meant, what can be done, a person.

    ``talked``: the number of the order that was talked of last; ``asks_which``: several were
    listed, and none was picked yet, so that none is taken unnamed; ``missing``: its parcel is said
    not to have come, though it is on record as delivered.
    """
    with translation.override("zh-hans" if asker.chinese else "en"):
        trouble = trouble_of(reading.text)
        told = trouble or HAD.search(fold(reading.text))
        order = meant(asker, reading, trouble, talked, named_only=asks_which or not told)
        facts: dict[str, object] = {"trouble": trouble, "person": True}
        actions: list[str] = ["hand_over"]
        if order is not None:
            facts["fact"] = fact_of(asker, order)
            facts["action"], action = (
                (as_missing(asker), "") if missing else action_of(asker, order, reading, trouble)
            )
            actions = [*([action] if action else []), f"order:{order.number}", "hand_over"]
        elif asks_which:
            facts["action"] = phrase(
                asker,
                "告诉我是哪一笔订单、哪里不对，我马上按店里的规则帮您处理。",
                "Tell me which of the orders it is and what is wrong, and I'll see to it.",
            )
        elif not told:
            facts["trouble"] = ""  # nobody has said that it was bought here
            facts["action"] = phrase(
                asker,
                "如果是在这里买的，告诉我订单号和哪里不对，我马上按规则处理；如果说的是正在看的商品，"
                "可以问我买家是怎么评价的。",
                "If you bought it here, tell me the order number and what is wrong, and I'll see to"
                " it. If you mean what you are looking at, ask me what its buyers say.",
            )
        else:
            facts["action"] = phrase(
                asker,
                "告诉我订单号和哪里不对，我马上按店里的规则帮您处理。",
                "Tell me the order number and what is wrong, and I'll see to it.",
            )
        return Outcome(
            "apology",
            facts,
            merchants=(order.merchant_id,) if order else (),
            actions=tuple(actions),
            trace={"order": order.number if order else ""},
        )


def meant(
    asker: Asker, reading: Reading, trouble: str, talked: str, *, named_only: bool = False
) -> Order | None:
    """Return the order a complaint is about: named, else talked of, else the newest it can be."""
    mine = orders_of(asker)
    number = number_in(OfOrder(reading.order_number, reading.text[:2000]))
    if number:
        return next((one for one in mine if one.number == number), None)
    kept = [one for one in mine if one.state != OrderState.CANCELLED]
    here = next((one for one in kept if one.number == talked), None)
    if said := naming(kept, reading.text):
        return here if here in said else said[0]
    if here or named_only:
        return here
    waiting = trouble == "late"
    fitting = [one for one in kept if (one.state != OrderState.DELIVERED) == waiting]
    return next(iter(fitting or kept), None)


def fact_of(asker: Asker, order: Order) -> str:
    """Return what is known of the order, in a sentence."""
    return phrase(
        asker,
        "我查到您 {day} 下的订单 {number}，现在的状态是：{state}。",
        "I have your order {number} of {day} here; it is: {state}.",
        day=day_of(timezone.localdate(order.placed_at)),
        number=order.number,
        state=str(OrderState(order.state).label),
    )


def action_of(asker: Asker, order: Order, reading: Reading, trouble: str) -> tuple[str, str]:
    """Return what the rules allow now, in a sentence, and its action."""
    assert asker.shopper is not None  # noqa: S101 - somebody without one has no order
    with as_shopper(asker.shopper):
        lines, policy = lines_now(order), policy_for(order)
    if may_cancel(policy, order.state).allowed:
        said = phrase(
            asker,
            "这笔订单还没发出，可以直接取消并退款。",
            "It has not been sent yet, so you can still cancel it.",
        )
        return said, f"cancel:{order.number}"
    if trouble in ("late", "service") and order.state != OrderState.SHIPPED:
        return asking_the_shop(asker), ""
    reason = reason_of(reading.text)
    reason = reason if reason in {*FAULTS, Reason.DOES_NOT_FIT} else Reason.FAULTY
    return allowed_back(asker, order, lines, reason)


def allowed_back(
    asker: Asker, order: Order, lines: Sequence[LineNow], reason: Reason
) -> tuple[str, str]:
    """Return whether it may come back or be exchanged for a reason, until when, and who pays.

    What does not fit was tried on, and no more.
    """
    fits = reason != Reason.DOES_NOT_FIT
    for now in lines:
        decision = now.returns(reason, condition=Condition.USED if fits else Condition.UNUSED)
        if decision.allowed and decision.until:
            said = phrase(
                asker,
                "按店里的规则，{day}前可以退货或换货。",
                "By the shop's rules you can send it back or exchange it until {day}.",
                day=day_of(decision.until),
            )
            if decision.payer and (decision.payer == Payer.SHOP or not fits):
                said += ("" if asker.chinese else " ") + pays(decision.payer)
            return said, f"return:{order.number}"
    if order.state == OrderState.SHIPPED:
        said = phrase(
            asker,
            "包裹已经在路上，我可以请店里的同事帮您催一下。",
            "The parcel is on its way; I can ask the shop to look into it.",
        )
        return said, ""
    return guaranteed(asker, lines) or asking_the_shop(asker), ""


def guaranteed(asker: Asker, lines: Sequence[LineNow]) -> str:
    """Return what a warranty still gives, in a sentence; "" where there is none."""
    for now in lines:
        decision = now.warranty()
        if decision.allowed and decision.until:
            return phrase(
                asker,
                "它还在保修期内（到 {day}），可以{what}；我可以请店里的同事马上处理。",
                "It is still under warranty (until {day}), which gives you: {what}. I can have "
                "somebody at the shop see to it at once.",
                day=day_of(decision.until),
                what=remedies(decision.remedies),
            )
    return ""


def as_missing(asker: Asker) -> str:
    """Return that a parcel that did not come is reported to the shop."""
    return phrase(
        asker,
        "我可以马上请店里的同事按没收到来处理。",
        "I can report it to the shop as not received right away.",
    )


def asking_the_shop(asker: Asker) -> str:
    """Return that somebody of the shop can look at it."""
    return phrase(
        asker,
        "我可以马上请店里的同事来看这件事。",
        "I can ask somebody at the shop to look at it right away.",
    )
