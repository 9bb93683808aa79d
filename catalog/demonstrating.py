"""What the demo's shoppers did besides buying: some things came back, and much was searched for.

For ``simulate``, which names the shoppers. Everything is the demo shops' alone, has a number by
which it is known again, and goes with them. Nothing is sent, no stock or money moves.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from catalog.models import Order, OrderLine, SearchCount
from catalog.models.back import Refund, Return, ReturnKind, ReturnLine, ReturnState
from catalog.models.order import Actor, OrderEvent, OrderState, PaymentState
from catalog.orders.sharing import Unit, paid_for, refund_sum
from catalog.policies.terms import Condition, Payer, Reason, Way
from catalog.search.merchandising import key_of
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_everyone
from shopguide.work import State

NAMES = uuid.UUID("1d9d3f52-79a0-4b2e-8b1f-6a4f0c9f3a21")
# Of delivered lines so many come back, more of what is worn.
BACK, BACK_WORN = 0.04, 0.11
WORN = ("clothing", "shoes")
WHY = (Reason.DOES_NOT_FIT, Reason.CHANGED_MIND, Reason.NOT_AS_DESCRIBED, Reason.FAULTY)
# How many days after asking a return gets so far; what is asked for stays with its shop until then.
COURSE = (
    (ReturnState.ASKED, 0.0), (ReturnState.APPROVED, 0.8), (ReturnState.RECEIVED, 4.5),
    (ReturnState.REFUNDED, 6.0),
)  # fmt: skip
DAYS = 28
# Asked in a shop, with how often a day and whether it finds nothing there.
ASKED = (
    ("zh-hans", "送妈妈", 5, 0.0), ("zh-hans", "防水", 4, 0.1), ("zh-hans", "新品", 3, 0.0),
    ("zh-hans", "雨伞架", 1, 1.0), ("zh-hans", "大码", 2, 0.4), ("en", "gift", 3, 0.0),
    ("en", "waterproof", 2, 0.2), ("en", "gift card", 1, 1.0), ("en", "sale", 2, 0.1),
)  # fmt: skip


def afterwards(shoppers: Sequence[uuid.UUID], until: datetime) -> dict[str, int]:
    """Write returns of what these shoppers bought, and searches in the demo's shops, once."""
    with as_everyone():
        return {"returns": send_back(shoppers, until), "searches": search(until)}


def send_back(shoppers: Sequence[uuid.UUID], until: datetime) -> int:
    """Let some of what was delivered come back; return how many."""
    lines = OrderLine.objects.filter(
        order__shopper__in=shoppers, order__state=OrderState.DELIVERED,
        order__merchant__is_demo=True, back__isnull=True,
    ).select_related("order").prefetch_related("order__lines")  # fmt: skip
    backs, parts = [], []
    taken: set[int] = set()
    for line in lines.order_by("pk"):
        chance = random.Random(f"{line.order.checkout}:{line.sku}")  # noqa: S311
        worn = line.category.startswith(WORN)
        asked_at = line.order.placed_at + timedelta(days=chance.uniform(4, 9))
        if chance.random() > (BACK_WORN if worn else BACK) or asked_at > until:
            continue
        if line.order_id in taken:
            continue
        taken.add(line.order_id)
        back = Return(
            merchant_id=line.merchant_id, order=line.order, kind=ReturnKind.REFUND,
            state=steps_of(asked_at, until)[-1][0],
            reason=WHY[0] if worn and chance.random() < 0.6 else chance.choice(WHY),
            condition=Condition.UNUSED, way=Way.ORIGINAL, asked_at=asked_at,
            key=uuid.uuid5(NAMES, f"{line.order.checkout} {line.sku}"),
        )  # fmt: skip
        backs.append(back)
        parts.append(
            ReturnLine(merchant_id=line.merchant_id, back=back, line=line, quantity=1,
                       rule="demo", payer=Payer.SHOPPER)
        )  # fmt: skip
    Return.objects.bulk_create(backs)
    ReturnLine.objects.bulk_create(parts)
    pay_back([one for one in parts if one.back.state == ReturnState.REFUNDED], until)
    OrderEvent.objects.bulk_create(
        event for back in backs for event in events_of(back, steps_of(back.asked_at, until))
    )
    return len(backs)


def steps_of(asked_at: datetime, until: datetime) -> list[tuple[ReturnState, datetime]]:
    """Return how far a return has come by now, and when each step was."""
    steps = [(state, asked_at + timedelta(days=days)) for state, days in COURSE]
    return [(state, at) for state, at in steps if at <= until] or steps[:1]


def events_of(back: Return, steps: Sequence[tuple[ReturnState, datetime]]) -> list[OrderEvent]:
    """Return what the order's page tells of a return."""
    return [
        OrderEvent(
            merchant_id=back.merchant_id, order=back.order, kind=f"return_{state}"[:20], at=at,
            actor=Actor.SHOPPER if state == ReturnState.ASKED else Actor.SHOP, note=back.number,
        )
        for state, at in steps
    ]  # fmt: skip


def pay_back(parts: Sequence[ReturnLine], until: datetime) -> None:
    """Write that what these lines were worth went back, and say so on their orders."""
    paid = [(part, worth) for part in parts if (worth := worth_of(part))]
    Refund.objects.bulk_create(
        Refund(
            merchant_id=part.merchant_id, order=part.line.order, back=part.back, amount=worth,
            currency=part.line.order.currency, way=part.back.way, state=State.DONE,
            changed_at=(at := steps_of(part.back.asked_at, until)[-1][1]), finished_at=at,
        )
        for part, worth in paid
    )  # fmt: skip
    for part, worth in paid:
        order = part.line.order
        whole = worth >= order.total_amount
        order.payment_state = PaymentState.REFUNDED if whole else PaymentState.PARTLY
    Order.objects.bulk_update([part.line.order for part, _worth in paid], ["payment_state"])


def worth_of(part: ReturnLine) -> Decimal:
    """Return what one line's pieces were paid with, coupons shared out as for anybody."""
    order = part.line.order
    lines = list(order.lines.all())
    paid = paid_for([line.amount for line in lines], order.discount_amount)
    mine = next(worth for line, worth in zip(lines, paid, strict=True) if line.pk == part.line_id)
    return refund_sum([Unit(mine, part.line.quantity, part.quantity)]).total


def search(until: datetime) -> int:
    """Count what was searched for in each of the demo's shops; return how many searches."""
    last, rows = timezone.localdate(until), []
    shops = Merchant.objects.filter(is_demo=True).order_by("pk").values_list("pk", flat=True)
    for shop in shops:
        for locale, query, usual, empty in ASKED:
            for ago in range(1, DAYS + 1):
                chance = random.Random(f"{shop}:{query}:{ago}")  # noqa: S311
                asked = chance.randint(0, 2 * usual)
                missed = asked if empty == 1 else round(asked * empty)
                opened = sum(chance.random() < 0.55 for _each in range(asked - missed))
                if asked:
                    rows.append(
                        SearchCount(
                            merchant_id=shop, place=SearchCount.Place.SHOP, locale=locale,
                            day=last - timedelta(days=ago), key=key_of(query), query=query,
                            asked=asked, empty=missed, clicks=opened,
                        )
                    )  # fmt: skip
    before = SearchCount.objects.count()
    SearchCount.objects.bulk_create(rows, ignore_conflicts=True)
    made = SearchCount.objects.count() - before
    return sum(one.asked for one in rows) if made else 0


def forget_searches() -> int:
    """Take the searches of the demo's shops out again; return how many days of queries."""
    keys = [key_of(query) for _locale, query, _usual, _empty in ASKED]
    with as_everyone():
        rows = SearchCount.objects.filter(merchant__is_demo=True, key__in=keys)
        return int(rows.delete()[0])
