"""What may come back: an order's lines as the rules see them, and what a shopper asks for.

For `returning`, the return form and whoever answers shoppers. It decides by the shop's policy of
the day of the order and changes nothing.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Sum
from django.utils import timezone

from catalog.models import Order, OrderLine, ReturnLine
from catalog.models.back import OFF, ReturnKind
from catalog.models.order import OrderState
from catalog.policies.deciding import (
    Bought,
    Decision,
    may_exchange,
    may_return,
    under_warranty,
)
from catalog.policies.terms import Condition, Policy, Reason, Way
from catalog.policies.versions import policy_for


@dataclass(frozen=True)
class Item:
    """So many of a line; for an exchange, the variant that is wanted in its place."""

    line: int
    quantity: int = 1
    wanted: int | None = None


@dataclass(frozen=True)
class Asking:
    """What a shopper asks for. ``key``: the form's own number, so that it is asked once."""

    items: tuple[Item, ...]
    kind: ReturnKind = ReturnKind.REFUND
    reason: Reason = Reason.CHANGED_MIND
    condition: Condition = Condition.SEALED
    way: Way = Way.ORIGINAL
    note: str = ""
    pictures: tuple[str, ...] = ()
    key: uuid.UUID = field(default_factory=uuid.uuid4)


class NotReturned(Exception):
    """Nothing was asked for. ``code``: empty, no_such_line, refused, way, wanted or not_enough.

    ``line``: of which line; ``decision``: by which rule, if it was refused by one.
    """

    def __init__(
        self, code: str, line: OrderLine | None = None, decision: Decision | None = None
    ) -> None:
        super().__init__(code)
        self.code, self.line, self.decision = code, line, decision


@dataclass(frozen=True)
class LineNow:
    """A line and what the rules say of it at a moment, for any reason that is asked of it."""

    line: OrderLine
    bought: Bought
    policy: Policy
    when: datetime.datetime

    def returns(self, reason: Reason = Reason.CHANGED_MIND, **said: object) -> Decision:
        """Decide whether it may come back for its money."""
        return may_return(self.policy, self.bought, self.when, reason=reason, **said)  # type: ignore[arg-type]

    def exchanges(self, reason: Reason = Reason.DOES_NOT_FIT, **said: object) -> Decision:
        """Decide whether it may be exchanged."""
        return may_exchange(self.policy, self.bought, self.when, reason=reason, **said)  # type: ignore[arg-type]

    def warranty(self) -> Decision:
        """Decide whether the shop still answers for a fault."""
        return under_warranty(self.policy, self.bought, self.when)


def lines_now(order: Order, *, when: datetime.datetime | None = None) -> list[LineNow]:
    """Return an order's lines as the rules see them now. Four queries. As shop or shopper."""
    policy, delivered = policy_for(order), delivered_at(order)
    asked = asked_for(order)
    return [
        LineNow(line, bought_of(order, line, delivered, asked), policy, when or timezone.now())
        for line in order.lines.all()
    ]


def bought_of(
    order: Order, line: OrderLine, delivered: datetime.datetime | None, asked: Mapping[int, int]
) -> Bought:
    """Return a line as the rules see it."""
    return Bought(
        sku=line.sku,
        quantity=line.quantity,
        state=order.state,
        category=line.category,
        delivered_at=delivered,
        asked=asked.get(line.pk, 0),
    )


def delivered_at(order: Order) -> datetime.datetime | None:
    """Return when an order was delivered, None while it was not. Uses prefetched events."""
    moments = [one.at for one in order.events.all() if one.kind == OrderState.DELIVERED]
    return min(moments, default=None)


def asked_for(order: Order) -> dict[int, int]:
    """Return how many of each line are on their way back or back already. One query."""
    rows = ReturnLine.objects.filter(back__order=order).exclude(back__state__in=OFF)
    return dict(rows.order_by().values_list("line").annotate(count=Sum("quantity")))
