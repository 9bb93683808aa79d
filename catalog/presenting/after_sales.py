"""What a shopper may still do with an order: cancel, send elsewhere, give back, ask for papers.

For the order page of its shopper. It reads and decides nothing: rows and policy are handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from catalog.models import BuyerReview, Invoice, Order, Return
from catalog.orders.asking import LineNow
from catalog.policies.deciding import may_cancel, may_readdress, ships_on
from catalog.policies.terms import Policy
from catalog.presenting.back import line_rules, return_row, rules_allow
from catalog.presenting.money import money
from catalog.presenting.policies import day_of

ON_ITS_WAY_TO_SHIPPING = ("placed", "paid", "packed")


def after_sales(
    order: Order,
    page: dict[str, Any],
    *,
    policy: Policy,
    lines: Sequence[LineNow],
    returns: Sequence[Return],
    invoice: Invoice | None,
    reviews: Mapping[int, BuyerReview],
) -> dict[str, Any]:
    """Return the order's page with what is possible now."""
    by_line = {now.line.pk: now for now in lines}
    shown = [
        {
            **line,
            "rules": line_rules(by_line[line["pk"]]),
            "reviewable": by_line[line["pk"]].bought.delivered_at is not None,
            "review": reviews.get(line["pk"]),
        }
        for line in page["lines"]
    ]
    waiting = order.state in ON_ITS_WAY_TO_SHIPPING
    return page | {
        "lines": shown,
        "returns": [with_refund(one, order) for one in returns],
        "may_return": any(now.bought.left and now.bought.delivered_at for now in lines)
        and order.state != "cancelled",
        "returnable": any(now.bought.left and rules_allow(now) for now in lines),
        "open": may_cancel(policy, order.state).allowed,
        "may_readdress": may_readdress(policy, order.state).allowed,
        "ships_on": day_of(ships_on(policy, order.placed_at)) if waiting else "",
        "invoice": invoice,
        "may_invoice": policy.invoices
        and order.state != "cancelled"
        and not (invoice and invoice.number),
    }


def with_refund(back: Return, order: Order) -> dict[str, Any]:
    """Return a return with what went back for it."""
    refund = getattr(back, "refund", None)
    amount = money(refund.amount, order.currency) if refund else ""
    return {**return_row(back), "amount": amount}
