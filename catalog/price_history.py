"""What a product has cost: its lowest price over time, and the lowest of thirty days.

For product pages. It reads the rows that triggers keep and reckons nothing that was not in force;
before the first row nothing is known, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from catalog.models import PriceChange, Variant

LOOK_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Moment:
    """From ``since`` on the lowest price was ``amount``."""

    since: datetime
    amount: Decimal


@dataclass(frozen=True)
class History:
    """The lowest price of the variants over time, oldest first; ``lowest`` is that of 30 days."""

    moments: tuple[Moment, ...]
    lowest: Decimal | None

    @property
    def moved(self) -> bool:
        """Tell whether the price has ever been another."""
        return len(self.moments) > 1


def history(variants: Sequence[Variant], currency: str, *, now: datetime | None = None) -> History:
    """Return what these variants have cost in one currency. One query."""
    if not (variants and currency):
        return History((), None)
    rows = PriceChange.objects.filter(variant__in=variants, price_list__currency=currency)
    return history_of(rows, now=now)


def history_of(changes: Iterable[PriceChange], *, now: datetime | None = None) -> History:
    """Return what some variants have cost in one currency; ``changes``: all of theirs in it."""
    ordered = sorted(changes, key=lambda one: (one.changed_at, one.pk))
    moments = replayed(
        [(one.changed_at, one.variant_id, one.price_list_id, one.amount) for one in ordered]
    )
    return History(moments, lowest_since(moments, (now or timezone.now()) - LOOK_BACK))


def replayed(
    changes: Sequence[tuple[datetime, int, int, Decimal | None]],
) -> tuple[Moment, ...]:
    """Return the lowest price in force after each change, where it became another one."""
    in_force: dict[tuple[int, int], Decimal] = {}
    moments: list[Moment] = []
    for place, (at, variant, prices, amount) in enumerate(changes):
        if amount is None:
            in_force.pop((variant, prices), None)
        else:
            in_force[variant, prices] = amount
        together = place + 1 < len(changes) and changes[place + 1][0] == at
        if together or not in_force:  # changes of one statement count as one
            continue
        lowest = min(in_force.values())
        if not moments or moments[-1].amount != lowest:
            moments.append(Moment(at, lowest))
    return tuple(moments)


def lowest_since(moments: Sequence[Moment], start: datetime) -> Decimal | None:
    """Return the lowest price in force at or after a moment, None if none was."""
    ends = [*(moment.since for moment in moments[1:]), None][: len(moments)]
    return min(
        (one.amount for one, end in zip(moments, ends, strict=True) if end is None or end > start),
        default=None,
    )
