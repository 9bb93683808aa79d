"""What is to be done with a comparison that has a plan, as of now. Plain arithmetic. No Django.

It may be asked as often as one likes. What is split wrongly tells nothing; what harms a guardrail,
does worse, or has cost more than the whole plan may cost is taken out; what does better is for a
person to adopt; and when the planned number of people has met it, it is over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profiles.experiments.statistics import (
    ALPHA,
    UNLIKELY,
    Comparison,
    Count,
    across,
    chi_square_above,
    summed,
)


@dataclass(frozen=True)
class Plan:
    """What a comparison is made for: to find a relative ``lift`` of ``rate``.

    ``people``: so many are to meet each arm.
    """

    rate: float
    lift: float
    people: int

    @property
    def harm(self) -> float:
        """Return what an arm may cost: what one as much worse would cost over the whole plan."""
        return self.people * self.rate * self.lift


@dataclass(frozen=True)
class Period:
    """A time in which people were split one way: their shares, and what came of each arm."""

    shares: Mapping[str, float]
    counts: Mapping[str, Count]


@dataclass(frozen=True)
class Guard:
    """Something besides the aim. ``wanted``: 1 for what may not fall, -1 for what may not rise."""

    name: str
    wanted: int
    periods: Sequence[Period]


@dataclass(frozen=True)
class Decision:
    """What is to be done: fault, harm, drop, cost, adopt, same or wait; with which arm, and why."""

    doing: str
    arm: str = ""
    guard: str = ""


@dataclass(frozen=True)
class Standing:
    """Everything that a comparison shows by now."""

    arms: Sequence[str]
    totals: Mapping[str, Count]
    against: Mapping[str, Comparison]
    split_p: float
    decision: Decision
    guards: Mapping[str, Mapping[str, Count]] = field(default_factory=dict)


def standing(
    arms: Sequence[str],
    periods: Sequence[Period],
    plan: Plan,
    guards: Sequence[Guard] = (),
    *,
    out: Sequence[str] = (),
) -> Standing:
    """Return what a comparison shows. ``arms``: the first is what is done anyway; ``out``: arms
    that were taken out before.
    """
    first, *others = arms
    totals = totals_of(arms, periods)
    # Each of several arms may raise its part of the false alarms that all together may.
    alpha = ALPHA / max(1, len(others))
    against = {arm: against_first(first, arm, periods, plan.lift, alpha) for arm in others}
    told = {guard.name: totals_of(arms, guard.periods) for guard in guards}
    alive = [arm for arm in others if arm not in out]
    p = split_p(periods)
    if p < UNLIKELY:
        decision = Decision("fault")
    else:
        decision = (
            guarded(first, alive, guards, alpha)
            or harmed(alive, totals, against, plan)
            or decided(alive, [first, *alive], totals, against, plan)
        )
    return Standing(arms, totals, against, p, decision, told)


def harmed(
    alive: Sequence[str],
    totals: Mapping[str, Count],
    against: Mapping[str, Comparison],
    plan: Plan,
) -> Decision | None:
    """Return which arm does worse, or has cost more than the plan allows, if one does."""
    for arm in alive:
        if against[arm].worse:
            return Decision("drop", arm)
        if against[arm].enough and cost_of(totals[arm], against[arm]) > plan.harm:
            return Decision("cost", arm)
    return None


def decided(
    alive: Sequence[str],
    met: Sequence[str],
    totals: Mapping[str, Count],
    against: Mapping[str, Comparison],
    plan: Plan,
) -> Decision:
    """Return what is to be done where nothing does harm. ``met``: the arms that people meet."""
    better = [arm for arm in alive if against[arm].better]
    if better:
        return Decision("adopt", max(better, key=lambda arm: against[arm].difference))
    over = not alive or sum(totals[arm].people for arm in met) >= plan.people * len(met)
    return Decision("same" if over else "wait")


def guarded(
    first: str, alive: Sequence[str], guards: Sequence[Guard], alpha: float
) -> Decision | None:
    """Return which arm hurts which guardrail, if one does."""
    for guard in guards:
        for arm in alive:
            found = against_first(first, arm, guard.periods, 0.2, alpha)
            if found.worse if guard.wanted > 0 else found.better:
                return Decision("harm", arm, guard.name)
    return None


def cost_of(total: Count, found: Comparison) -> float:
    """Return how many fewer did it than would have without this arm, as far as one can tell."""
    return total.people * max(0.0, -found.difference)


def against_first(
    first: str, arm: str, periods: Sequence[Period], lift: float, alpha: float
) -> Comparison:
    """Compare an arm with what is done anyway, period by period."""
    none = Count(0, 0)
    pairs = [(one.counts.get(first, none), one.counts.get(arm, none)) for one in periods]
    return across(pairs, expected=lift, alpha=alpha)


def totals_of(arms: Sequence[str], periods: Sequence[Period]) -> dict[str, Count]:
    """Return what came of each arm in all."""
    return {arm: summed(one.counts[arm] for one in periods if arm in one.counts) for arm in arms}


def split_p(periods: Sequence[Period]) -> float:
    """Return how likely so uneven splits are by chance, over all periods together (chi-square)."""
    statistic, freedom = 0.0, 0
    for period in periods:
        shares = {arm: share for arm, share in period.shares.items() if share > 0}
        met = {arm: one.people for arm, one in period.counts.items()}
        total, whole = sum(met.values()), sum(shares.values())
        if any(met[arm] and arm not in shares for arm in met):
            return 0.0  # somebody met what nobody could meet
        if not total or len(shares) < 2:
            continue
        wanted = {arm: total * share / whole for arm, share in shares.items()}
        statistic += sum((met.get(arm, 0) - want) ** 2 / want for arm, want in wanted.items())
        freedom += len(shares) - 1
    return chi_square_above(statistic, freedom)


def days_left(plan: Plan, standing: Standing, people_a_day: float) -> int | None:
    """Return how many days it takes until the planned people have met it; None at nobody a day."""
    met = sum(one.people for one in standing.totals.values())
    missing = plan.people * len(standing.arms) - met
    if missing <= 0:
        return 0
    return math.ceil(missing / people_a_day) if people_a_day > 0 else None
