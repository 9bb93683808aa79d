"""What an amount is about worth in another currency: an estimate, marked as one, never a price.

For product pages and the cart, where a shop has no price in the reader's currency. Rates are what
the operator has entered; without one there is no estimate. Nothing is ever paid by it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.core.cache import cache
from django.utils.translation import gettext as _

from catalog.models import ExchangeRate
from catalog.presenting.money import money

KEY, KEPT_S = "exchange-rates", 60
DOLLAR = "USD"


def rates() -> dict[str, Decimal]:
    """Return how much of each currency a dollar is. One query a minute."""
    found: dict[str, Decimal] | None = cache.get(KEY)
    if found is None:
        found = dict(ExchangeRate.objects.values_list("currency", "per_dollar"))
        cache.set(KEY, found, KEPT_S)
    return {DOLLAR: Decimal(1)} | found


def forget_rates() -> None:
    """Read the rates anew: the operator has entered others."""
    cache.delete(KEY)


def converted(amount: Decimal, currency: str, wanted: str) -> Decimal | None:
    """Return an amount in another currency, None without both rates."""
    known = rates()
    if currency == wanted or currency not in known or wanted not in known:
        return None
    exact = amount * known[wanted] / known[currency]
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def estimate(amount: Decimal | None, currency: str, wanted: str) -> str:
    """Return an amount in the reader's currency, said to be an estimate; empty if there is none."""
    found = converted(amount, currency, wanted) if amount is not None else None
    if found is None:
        return ""
    return _("about %(amount)s, an estimate") % {"amount": money(found, wanted)}
