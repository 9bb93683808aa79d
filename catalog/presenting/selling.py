"""What a product page says beside the price: its history, and how the shop ships."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from catalog.models import Product, ShippingMethod
from catalog.policies.deciding import Bought, rule_for
from catalog.policies.terms import Payer, Policy, Reason
from catalog.presenting.money import money
from catalog.price_history import History
from shopguide.charts import sparkline


def price_history(history: History, currency: str) -> dict[str, Any] | None:
    """Return the history as words, a small line and rows; None while the price never moved."""
    if not history.moved:
        return None
    return {
        "lowest": money(history.lowest, currency),
        "path": sparkline([float(one.amount) for one in history.moments]),
        "rows": [
            {
                "label": date_format(localtime(one.since), "SHORT_DATE_FORMAT"),
                "value": money(one.amount, currency),
            }
            for one in reversed(history.moments)
        ],
    }


def return_terms(policy: Policy, product: Product, category: str) -> dict[str, Any] | None:
    """Return in how many days a product may come back because of a change of mind, and who pays.

    No days: not at all. None where the shop has no rule for it.
    """
    rule = rule_for(policy, Bought(product.sku, 1, "", category), Reason.CHANGED_MIND)
    return {"days": rule.return_days, "free": rule.payer == Payer.SHOP} if rule else None


def shipping_lines(methods: Iterable[ShippingMethod]) -> list[dict[str, Any]]:
    """Return each way of shipping as the shop has stated it."""
    return [
        {
            "name": str(one),
            "price": money(one.amount, one.currency) if one.amount else "",
            "free_from": money(one.free_from, one.currency) if one.free_from else "",
            "least": one.days_least,
            "most": one.days_most,
            "countries": ", ".join(one.countries),
            "amount": one.amount,
            "currency": one.currency,
            "to": one.countries,
        }
        for one in methods
    ]
