"""Deciding by a shop's policy: may this line come back, be exchanged, is it under warranty …

For order pages, the API, the assistant and the check of claims: all ask here and get the same
`Decision`. Pure functions of the policy, the line and the moment; they read no clock and no row,
and write no sentence: `catalog.presenting.policies` does.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from catalog.policies.terms import (
    CONDITIONS,
    FAULTS,
    Condition,
    Payer,
    Policy,
    Reason,
    Remedy,
    Rule,
    Warranty,
    Way,
)

R = TypeVar("R", Rule, Warranty)
MOST_CLOSED_DAYS = 400


class Why(StrEnum):
    """What decided."""

    ALLOWED = "allowed"
    CANCELLED = "cancelled"
    NOT_DELIVERED = "not_delivered"
    NONE_LEFT = "none_left"
    NO_RULE = "no_rule"
    EXCLUDED = "excluded"
    WINDOW_OVER = "window_over"
    CONDITION = "condition"
    NO_WARRANTY = "no_warranty"
    NO_FAULT = "no_fault"
    STATE = "state"
    OTHER_COUNTRY = "other_country"


@dataclass(frozen=True)
class Bought:
    """A line of an order as the rules see it.

    ``state`` is the order's; ``asked``: how many are on their way back or back already.
    """

    sku: str
    quantity: int
    state: str
    category: str = ""
    delivered_at: datetime.datetime | None = None
    asked: int = 0

    @property
    def left(self) -> int:
        """Return how many could still come back."""
        return max(0, self.quantity - self.asked)


@dataclass(frozen=True)
class Decision:
    """The verdict, what decided, and the facts that belong to it. ``until`` is the last day."""

    allowed: bool
    why: Why
    rule: str = ""
    until: datetime.date | None = None
    days: int | None = None
    left: int | None = None
    condition: Condition | None = None
    payer: Payer | None = None
    ways: tuple[Way, ...] = ()
    fee_percent: Decimal = Decimal(0)
    remedies: tuple[Remedy, ...] = ()
    states: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        raise TypeError("A refusal is a decision too: ask for .allowed.")


def may_return(
    policy: Policy,
    line: Bought,
    when: datetime.datetime,
    *,
    quantity: int = 1,
    reason: Reason = Reason.CHANGED_MIND,
    condition: Condition = Condition.SEALED,
) -> Decision:
    """Decide whether so many of a line may come back for their money."""
    rule = rule_for(policy, line, reason)
    days = rule.return_days if rule else 0
    return _decide(policy, line, when, rule, days, quantity=quantity, condition=condition)


def may_exchange(
    policy: Policy,
    line: Bought,
    when: datetime.datetime,
    *,
    quantity: int = 1,
    reason: Reason = Reason.DOES_NOT_FIT,
    condition: Condition = Condition.SEALED,
) -> Decision:
    """Decide whether so many of a line may be exchanged."""
    rule = rule_for(policy, line, reason)
    days = rule.exchange_days if rule else 0
    return _decide(policy, line, when, rule, days, quantity=quantity, condition=condition)


def under_warranty(
    policy: Policy, line: Bought, when: datetime.datetime, *, reason: Reason = Reason.FAULTY
) -> Decision:
    """Decide whether the shop still answers for a fault."""
    if (refusal := _not_there(line)) is not None:
        return refusal
    found = first_fitting(policy.warranties, line)
    if found is None or not found.months:
        return Decision(False, Why.NO_WARRANTY, found.code if found else "")
    until = months_later(_day(line.delivered_at, policy), found.months)
    facts = {"rule": found.code, "until": until, "remedies": found.remedies}
    if reason not in FAULTS:
        return Decision(False, Why.NO_FAULT, **facts)  # type: ignore[arg-type]
    inside = _day(when, policy) <= until
    return Decision(inside, Why.ALLOWED if inside else Why.WINDOW_OVER, **facts)  # type: ignore[arg-type]


def may_cancel(policy: Policy, state: str) -> Decision:
    """Decide whether the shopper may cancel an order in this state."""
    return _by_state("cancel", state, policy.cancel)


def may_readdress(policy: Policy, state: str, *, same_country: bool = True) -> Decision:
    """Decide whether an order in this state may go elsewhere; never to another country."""
    found = _by_state("readdress", state, policy.readdress)
    if found.allowed and not same_country:
        return Decision(False, Why.OTHER_COUNTRY, "readdress", states=policy.readdress)
    return found


def ships_on(policy: Policy, placed_at: datetime.datetime) -> datetime.date:
    """Return the working day on which an order placed at this moment leaves the shop."""
    local = placed_at.astimezone(ZoneInfo(policy.zone))
    day = local.date()
    if local.time() >= policy.cut_off:
        day += datetime.timedelta(days=1)
    for _tried in range(MOST_CLOSED_DAYS):
        if day.weekday() in policy.workdays and day not in policy.closed:
            break
        day += datetime.timedelta(days=1)
    return day


def rule_for(policy: Policy, line: Bought, reason: Reason) -> Rule | None:
    """Return the first rule for this reason that fits the line."""
    fitting = [rule for rule in policy.rules if not rule.reasons or reason in rule.reasons]
    return first_fitting(fitting, line)


def first_fitting(rows: Iterable[R], line: Bought) -> R | None:
    """Return the first row whose articles or categories hold the line."""
    return next((row for row in rows if _fits(row, line)), None)


def _fits(row: Rule | Warranty, line: Bought) -> bool:
    if not row.categories and not row.skus:
        return True
    inside = any(f"{line.category}/".startswith(f"{path}/") for path in row.categories)
    return inside or line.sku in row.skus


def _decide(
    policy: Policy,
    line: Bought,
    when: datetime.datetime,
    rule: Rule | None,
    days: int,
    *,
    quantity: int,
    condition: Condition,
) -> Decision:
    if (refusal := _not_there(line)) is not None:
        return refusal
    if not 1 <= quantity <= line.left:
        return Decision(False, Why.NONE_LEFT, rule.code if rule else "", left=line.left)
    if rule is None:
        return Decision(False, Why.NO_RULE)
    if not days:
        return Decision(False, Why.EXCLUDED, rule.code)
    until = _day(line.delivered_at, policy) + datetime.timedelta(days=days)
    why = Why.ALLOWED
    if _day(when, policy) > until:
        why = Why.WINDOW_OVER
    elif CONDITIONS.index(condition) > CONDITIONS.index(rule.condition):
        why = Why.CONDITION
    return Decision(
        why == Why.ALLOWED, why, rule.code, until, days, line.left, rule.condition, rule.payer,
        rule.ways, rule.fee_percent,
    )  # fmt: skip


def _not_there(line: Bought) -> Decision | None:
    if line.state == "cancelled":
        return Decision(False, Why.CANCELLED)
    if line.delivered_at is None:
        return Decision(False, Why.NOT_DELIVERED)
    return None


def _by_state(rule: str, state: str, states: tuple[str, ...]) -> Decision:
    allowed = state in states
    return Decision(allowed, Why.ALLOWED if allowed else Why.STATE, rule, states=states)


def _day(when: datetime.datetime | None, policy: Policy) -> datetime.date:
    assert when is not None  # noqa: S101 - `_not_there` has asked
    return when.astimezone(ZoneInfo(policy.zone)).date()


def months_later(day: datetime.date, months: int) -> datetime.date:
    """Return the same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
