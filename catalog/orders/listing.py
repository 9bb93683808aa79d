"""Which orders a list shows: by state, number or email, and from day to day.

For the shop's list of orders and for the figures that lead to it: both count the same rows. It
reads no clock; days are the market place's own.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Order
from catalog.models.order import OrderState
from catalog.search.addressing import clean_text

# States that several states are said by; the shop packs what is to be shipped.
SEVERAL: dict[str, tuple[str | Promise, Q]] = {
    "to_ship": (
        _("To be shipped"),
        Q(state__in=(OrderState.PLACED, OrderState.PAID, OrderState.PACKED)),
    ),
    "kept": (_("All but cancelled"), ~Q(state=OrderState.CANCELLED)),
}


@dataclass(frozen=True)
class Listed:
    """What is asked of a list of orders; whatever cannot be read is not asked."""

    query: str = ""
    state: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    currency: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Listed:
        """Read the parameters of an address."""
        state, currency = asked.get("state", ""), asked.get("currency", "")
        return cls(
            query=clean_text(asked.get("q", ""), 60),
            state=state if state in OrderState.values or state in SEVERAL else "",
            since=day_of(asked.get("since", "")),
            until=day_of(asked.get("until", "")),
            currency=currency if len(currency) == 3 and currency.isascii() else "",
        )

    def params(self) -> dict[str, str]:
        """Return the parameters by which an address asks the same."""
        asked = {
            "q": self.query,
            "state": self.state,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "currency": self.currency,
        }
        return {name: value for name, value in asked.items() if value}

    def narrow(self, rows: QuerySet[Order]) -> QuerySet[Order]:
        """Keep the orders that are asked for."""
        if self.state in SEVERAL:
            rows = rows.filter(SEVERAL[self.state][1])
        elif self.state:
            rows = rows.filter(state=self.state)
        if self.query:
            rows = rows.filter(Q(number__icontains=self.query) | Q(email__icontains=self.query))
        if self.since:
            rows = rows.filter(placed_at__gte=start_of(self.since))
        if self.until and self.until < datetime.date.max:
            rows = rows.filter(placed_at__lt=start_of(self.until + datetime.timedelta(days=1)))
        return rows.filter(currency=self.currency) if self.currency else rows


def day_of(text: str) -> datetime.date | None:
    """Read a day as a form writes it; nothing for what is none, or outside of any calendar."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year <= 9000 else None


def start_of(day: datetime.date) -> datetime.datetime:
    """Return the first moment of a day in the market place's time zone."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def state_choices(chosen: str) -> list[dict[str, object]]:
    """Return the states a list can be narrowed to: those of several first."""
    choices = [*((code, label) for code, (label, _rows) in SEVERAL.items()), *OrderState.choices]
    return [
        {"value": value, "label": label, "selected": value == chosen} for value, label in choices
    ]
