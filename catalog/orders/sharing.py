"""What a part of an order is worth: each line's share of the coupons, each unit's of its line.

For refunds. Plain Python: Decimals in, Decimals out, to the cent. All parts of a whole together
are the whole: nothing is lost by rounding and nothing is paid twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from catalog.orders.pricing import CENT, ZERO


@dataclass(frozen=True)
class Unit:
    """So many units of a line that come back; ``before``: how many were refunded earlier."""

    paid: Decimal
    quantity: int
    count: int
    before: int = 0
    fee_percent: Decimal = ZERO


@dataclass(frozen=True)
class RefundSum:
    """``total = items - fee - kept + shipping``."""

    items: Decimal
    fee: Decimal
    kept: Decimal
    shipping: Decimal

    @property
    def total(self) -> Decimal:
        """Return what goes back."""
        return self.items - self.fee - self.kept + self.shipping


def shares(amounts: Sequence[Decimal], whole: Decimal) -> list[Decimal]:
    """Split ``whole`` over amounts in proportion, to the cent; the shares add up to it exactly.

    Cents that are left go to those who lost most by rounding, the first among equals. No share is
    above its amount as long as ``whole`` is not above all of them.
    """
    total = sum(amounts, ZERO)
    if not total or not whole:
        return [ZERO] * len(amounts)
    exact = [whole * amount / total for amount in amounts]
    found = [share.quantize(CENT, ROUND_DOWN) for share in exact]
    left = int((whole - sum(found, ZERO)) / CENT)
    order = sorted(range(len(amounts)), key=lambda at: (found[at] - exact[at], at))
    for at in order[:left]:
        found[at] += CENT
    return found


def paid_for(amounts: Sequence[Decimal], discount: Decimal) -> list[Decimal]:
    """Return what was paid for each line, its share of the coupons taken off."""
    return [
        amount - share for amount, share in zip(amounts, shares(amounts, discount), strict=True)
    ]


def part(unit: Unit) -> Decimal:
    """Return what the next units of a line are worth; all of them together are what was paid."""
    return _first(unit, unit.before + unit.count) - _first(unit, unit.before)


def _first(unit: Unit, count: int) -> Decimal:
    return (unit.paid * count / unit.quantity).quantize(CENT, ROUND_DOWN)


def refund_sum(
    units: Sequence[Unit], *, shipping: Decimal = ZERO, kept: Decimal = ZERO
) -> RefundSum:
    """Return what goes back for these units. Fees are rounded for the shopper.

    ``kept``: what the shop keeps for lost value, never more than the goods are worth.
    """
    parts = [part(unit) for unit in units]
    fees = [
        (worth * unit.fee_percent / 100).quantize(CENT, ROUND_DOWN)
        for worth, unit in zip(parts, units, strict=True)
    ]
    items, fee = sum(parts, ZERO), sum(fees, ZERO)
    return RefundSum(items, fee, min(max(kept, ZERO), items - fee), shipping)
