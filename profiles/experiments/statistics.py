"""What an experiment needs and what it shows: plain arithmetic over counts. No Django.

The test is valid however often one looks: an experiment in which nothing differs is stopped as a
success in at most 5 of 100 runs, looked at every day. Sources: Robbins 1970 and Johari et al. 2017
(mixture sequential probability ratio test); Fabijan et al. 2019 (sample ratio mismatch).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

ALPHA, POWER = 0.05, 0.8
# A split this unlikely is no chance but a fault: looked at daily for a month, about 1 right split
# of 200 is taken for one, and 52 to 48 among 10,000 people is found.
UNLIKELY = 0.0005
# A test that may be looked at daily needs so many more people: with 2.0 a planted tenth more is
# found in 86 of 100 runs, and 1.2 of 100 runs without a difference raise a false alarm.
LOOKING = 2.0
# Where fewer than so many of either kind are to be expected in an arm, the normal distribution is
# no picture of it. Expected, not seen: an arm in which nobody does anything is the worst of all.
LEAST_EVENTS = 10


@dataclass(frozen=True)
class Count:
    """Of so many people, so many did it."""

    people: int
    did: int

    @property
    def rate(self) -> float:
        """Return the share that did."""
        return self.did / self.people if self.people else 0.0

    @property
    def scatter(self) -> float:
        """Return the variance of one person's doing, never quite zero."""
        rate = (self.did + 0.5) / (self.people + 1)
        return rate * (1 - rate)

    @property
    def variance(self) -> float:
        """Return the variance of the share, never quite zero."""
        return self.scatter / max(1, self.people)


@dataclass(frozen=True)
class Comparison:
    """One arm against the first: the difference of shares, its interval, and whether it is one."""

    difference: float
    low: float
    high: float
    p: float
    enough: bool
    alpha: float = ALPHA

    @property
    def significant(self) -> bool:
        """Tell whether the difference is there, as far as 95 of 100 can tell."""
        return self.enough and self.p <= self.alpha

    @property
    def better(self) -> bool:
        """Tell whether it is an improvement."""
        return self.significant and self.difference > 0

    @property
    def worse(self) -> bool:
        """Tell whether it does harm."""
        return self.significant and self.difference < 0


def people_needed(rate: float, lift: float, *, alpha: float = ALPHA, power: float = POWER) -> int:
    """Return how many people an arm needs to find a relative ``lift`` of ``rate``.

    Both between 0 and 1; for a test that is looked at every day.
    """
    if not 0 < rate < 1 or lift == 0 or not 0 < rate * (1 + lift) < 1:
        raise ValueError("rate, and the rate after the lift, must lie between 0 and 1")
    other = rate * (1 + lift)
    normal = NormalDist()
    sure = normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)
    spread = rate * (1 - rate) + other * (1 - other)
    return math.ceil(LOOKING * sure**2 * spread / (rate - other) ** 2)


def days_needed(rate: float, lift: float, people_a_day: float, arms: int = 2) -> int:
    """Return how many days an experiment takes at so many new people a day, whole weeks."""
    if people_a_day <= 0:
        raise ValueError("people a day must be more than 0")
    days = math.ceil(arms * people_needed(rate, lift) / people_a_day)
    return 7 * math.ceil(days / 7)


def compared(
    first: Count, other: Count, *, expected: float = 0.1, alpha: float = ALPHA
) -> Comparison:
    """Compare two arms as of now; looking again tomorrow is free.

    ``expected``: the relative lift that the test is sharpest for. ``alpha``: of several arms each
    gets a part of it.
    """
    return across([(first, other)], expected=expected, alpha=alpha)


def across(
    periods: Sequence[tuple[Count, Count]], *, expected: float = 0.1, alpha: float = ALPHA
) -> Comparison:
    """Compare two arms over periods in each of which people were split another way.

    Each period is compared in itself and weighed by its people, so that a good week in which more
    people met one arm is not taken for that arm's doing. Source: Mantel & Haenszel 1959 (risk
    difference), with the mixture test of Robbins 1970.
    """
    both = [(one, two) for one, two in periods if one.people and two.people]
    first, other = summed(one for one, _two in periods), summed(two for _one, two in periods)
    pooled = (first.did + other.did) / max(1, first.people + other.people)
    least = min(first.people, other.people) * min(pooled, 1 - pooled)
    if not both:
        difference, variance = 0.0, first.variance + other.variance
        return judged(difference, variance, expected * pooled, alpha, enough=False)
    weights = [one.people * two.people / (one.people + two.people) for one, two in both]
    whole = sum(weights)
    shares = [weight / whole for weight in weights]
    difference = sum(
        share * (two.rate - one.rate) for share, (one, two) in zip(shares, both, strict=True)
    )
    spread = [sum(share**2 / arm.people for share, arm in zip(shares, arms, strict=True))
              for arms in zip(*both, strict=True)]  # fmt: skip
    variance = first.scatter * spread[0] + other.scatter * spread[1]
    enough = least >= LEAST_EVENTS
    return judged(difference, variance, expected * pooled, alpha, enough=enough)


def summed(counts: Iterable[Count]) -> Count:
    """Return all people and all who did it."""
    rows = list(counts)
    return Count(sum(one.people for one in rows), sum(one.did for one in rows))


def judged(
    difference: float, variance: float, sharpest: float, alpha: float, *, enough: bool
) -> Comparison:
    """Return what a difference with its variance tells, however often one looks.

    ``sharpest``: the difference that the test finds with the fewest people.
    """
    mixing = max(1e-12, sharpest**2)
    exponent = mixing * difference**2 / (2 * variance * (variance + mixing))
    # In logarithms: a plain difference would be a number too large to hold.
    evidence = 0.5 * math.log(variance / (variance + mixing)) + exponent
    p = math.exp(min(0.0, -evidence))
    bound = math.log((variance + mixing) / variance) / 2 - math.log(alpha)
    half = math.sqrt(2 * variance * (variance + mixing) / mixing * bound)
    return Comparison(difference, difference - half, difference + half, p, enough, alpha)


def ratio_p(counts: Mapping[str, int], shares: Mapping[str, float]) -> float:
    """Return how likely so uneven a split is by chance (chi-square); 1 for nobody."""
    total, whole = sum(counts.values()), sum(shares.values())
    if not total or len(shares) < 2:
        return 1.0
    expected = {arm: total * share / whole for arm, share in shares.items() if share > 0}
    statistic = sum((counts.get(arm, 0) - want) ** 2 / want for arm, want in expected.items())
    return chi_square_above(statistic, len(expected) - 1)


def broken_split(counts: Mapping[str, int], shares: Mapping[str, float]) -> bool:
    """Tell whether people were not split as they should be: then no result means anything."""
    return ratio_p(counts, shares) < UNLIKELY


def chi_square_above(statistic: float, freedom: int) -> float:
    """Return the chance of a chi-square above this: the upper incomplete gamma function."""
    if freedom < 1:
        return 1.0
    return upper_gamma(freedom / 2, statistic / 2)


def upper_gamma(a: float, x: float) -> float:
    """Return the regularised upper incomplete gamma function Q(a, x) for a a multiple of a half.

    By its recurrence from Q(1/2, x) = erfc(√x) and Q(1, x) = e^-x.
    """
    if x <= 0:
        return 1.0
    start = 1.0 if a == int(a) else 0.5
    found = math.exp(-x) if start == 1.0 else math.erfc(math.sqrt(x))
    while start < a:
        found += math.exp(start * math.log(x) - x - math.lgamma(start + 1))
        start += 1
    return min(1.0, found)


def verdict(
    counts: Mapping[str, Count],
    shares: Mapping[str, float],
    guards: Sequence[Mapping[str, Count]] = (),
) -> tuple[str, str]:
    """Return what is to be done and the arm it is about: fault, stop, adopt, drop or wait.

    ``counts``: by arm, the first is what is done anyway. ``guards``: the same of what must not
    fall. A broken split comes before harm, harm before success. Comparisons with a plan and more
    arms are decided by `deciding`.
    """
    if broken_split({arm: one.people for arm, one in counts.items()}, shares):
        return "fault", ""
    first, *others = counts
    for guard in guards:
        for arm in others:
            if arm in guard and first in guard and compared(guard[first], guard[arm]).worse:
                return "stop", arm
    found = {arm: compared(counts[first], counts[arm]) for arm in others}
    better = [arm for arm in others if found[arm].better]
    if better:
        return "adopt", max(better, key=lambda arm: found[arm].difference)
    worse = [arm for arm in others if found[arm].worse]
    return ("drop", worse[0]) if worse else ("wait", "")
