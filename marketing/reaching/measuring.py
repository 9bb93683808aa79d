"""What a campaign brought, against those who got nothing: counts, lift with its interval.

For the campaign's page. Everybody who was meant to get it is compared with everybody who was held
out, whether or not a message reached them, over the same days: so nothing but the campaign differs.
The days are fixed before it begins and the verdict falls once, when they are over; until then there
are counts and no verdict. Only this shop's own orders count.

Source of the interval: Newcombe 1998, method 10 (from Wilson's score intervals).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count as Counted
from django.utils import timezone

from marketing.models import Campaign, Send, SendState
from profiles.experiments.statistics import LEAST_EVENTS, Count
from shopguide.accounts.tenancy import as_everyone

# Two-sided 95 %.
Z = 1.959964

BOUGHT_SQL = """
WITH arm AS (
    SELECT shopper_id, bool_or(state = 'held') AS held FROM marketing_send
    WHERE campaign_id = %(campaign)s GROUP BY shopper_id
)
SELECT a.held, count(DISTINCT a.shopper_id), count(DISTINCT o.shopper_id), count(o.id),
       coalesce(sum(o.total_amount) FILTER (WHERE o.currency = %(currency)s), 0)
FROM arm a LEFT JOIN catalog_order o ON o.shopper_id = a.shopper_id
    AND o.merchant_id = %(shop)s AND o.state <> 'cancelled'
    AND o.placed_at >= %(start)s AND o.placed_at < %(end)s
GROUP BY a.held
"""


@dataclass(frozen=True)
class Lift:
    """Reached less held-out, as a difference of shares, with its 95 % interval."""

    difference: float
    low: float
    high: float
    enough: bool

    @property
    def better(self) -> bool:
        """Tell whether the campaign brought buyers."""
        return self.enough and self.low > 0

    @property
    def worse(self) -> bool:
        """Tell whether it drove buyers away."""
        return self.enough and self.high < 0


def wilson(count: Count) -> tuple[float, float]:
    """Return the 95 % interval of one share; everything for nobody."""
    if not count.people:
        return 0.0, 1.0
    n, rate = count.people, count.rate
    middle = (rate + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def lift_of(held: Count, reached: Count) -> Lift:
    """Return the difference of two shares with its interval; few events are not enough."""
    (low_held, high_held), (low, high) = wilson(held), wilson(reached)
    difference = reached.rate - held.rate
    below = math.hypot(reached.rate - low, high_held - held.rate)
    above = math.hypot(high - reached.rate, held.rate - low_held)
    least = min(held.did, reached.did, held.people - held.did, reached.people - reached.did)
    return Lift(difference, difference - below, difference + above, least >= LEAST_EVENTS)


@dataclass(frozen=True)
class Arm:
    """One side: people, those who ordered, orders, and their sum in the shop's currency."""

    people: int = 0
    buyers: int = 0
    orders: int = 0
    amount: str = "0"

    @property
    def count(self) -> Count:
        """Return people and buyers for the comparison."""
        return Count(self.people, self.buyers)


@dataclass(frozen=True)
class Brought:
    """What became of the messages, and both sides.

    ``ways``: by way, how many messages in each state. ``reasons``: why messages were not sent.
    """

    ways: dict[str, dict[str, int]] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    opened: int = 0
    stopped: int = 0
    reached: Arm = field(default_factory=Arm)
    held: Arm = field(default_factory=Arm)
    currency: str = ""

    @property
    def lift(self) -> Lift | None:
        """Return reached against held-out, None without either."""
        if not self.reached.people or not self.held.people:
            return None
        return lift_of(self.held.count, self.reached.count)

    def more_buyers(self, share: float) -> int:
        """Return how many buyers a difference of shares amounts to."""
        return round(share * self.reached.people)


def brought(campaign: Campaign) -> Brought:
    """Return what a campaign brought until now, or as it was kept when its window was over."""
    if campaign.outcome:
        return thawed(campaign.outcome)
    return counted(campaign)


def counted(campaign: Campaign) -> Brought:
    """Count a campaign's messages and orders. Three queries."""
    currency = (campaign.merchant.currencies or [""])[0]
    with as_everyone():
        rows = Send.objects.filter(campaign=campaign)
        ways: dict[str, dict[str, int]] = {}
        reasons: dict[str, int] = {}
        for way, state, why, number in rows.values_list("way", "state", "why").annotate(
            number=Counted("pk")
        ):
            if way:
                there = ways.setdefault(way, {})
                there[state] = there.get(state, 0) + number
            if state == SendState.SKIPPED:
                reasons[why] = reasons.get(why, 0) + number
        marks = rows.aggregate(opened=Counted("clicked_at"), stopped=Counted("stopped_at"))
        arms = arms_of(campaign, currency)
    return Brought(ways, reasons, marks["opened"], marks["stopped"],
                   arms.get(False, Arm()), arms.get(True, Arm()), currency)  # fmt: skip


def arms_of(campaign: Campaign, currency: str) -> dict[bool, Arm]:
    """Return both sides with what they bought. One statement."""
    end = campaign.measured_until
    if end is None:
        return {}
    params: dict[str, Any] = {
        "campaign": campaign.pk, "shop": campaign.merchant_id, "currency": currency,
        "start": campaign.started_at, "end": min(end, timezone.now()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BOUGHT_SQL, params)
        return {
            held: Arm(people, buyers, orders, str(amount))
            for held, people, buyers, orders, amount in cursor.fetchall()
        }


def freeze(campaign: Campaign) -> None:
    """Keep the outcome as it stands, so that it stays though people may be forgotten."""
    found = asdict(counted(campaign))
    with as_everyone():
        Campaign.objects.filter(pk=campaign.pk, outcome__isnull=True).update(outcome=found)


def freeze_due() -> int:
    """Keep the outcomes of campaigns whose window is over; return how many."""
    with as_everyone():
        ended = Campaign.objects.filter(outcome__isnull=True, stage__in=("done", "cancelled"))
        due = [
            one
            for one in ended.exclude(started_at=None).select_related("merchant")
            if one.measured_until is not None and timezone.now() >= one.measured_until
        ]
    for campaign in due:
        freeze(campaign)
    return len(due)


def thawed(kept: Mapping[str, Any]) -> Brought:
    """Return an outcome that was kept."""
    whole = dict(kept)
    whole["reached"], whole["held"] = Arm(**whole["reached"]), Arm(**whole["held"])
    return Brought(**whole)


def each(arm: Arm) -> Decimal:
    """Return what an arm's people spent each, on average."""
    return Decimal(arm.amount) / arm.people if arm.people else Decimal(0)
