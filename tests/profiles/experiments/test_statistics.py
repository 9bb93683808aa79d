"""Experiments that may be looked at every day: false alarms, power, broken splits, harm."""

from collections import Counter

import numpy as np
import pytest
from scipy import stats

from profiles.experiments.splitting import arm_of, place_of
from profiles.experiments.statistics import (
    ALPHA,
    Count,
    broken_split,
    chi_square_above,
    compared,
    days_needed,
    people_needed,
    ratio_p,
    verdict,
)
from tests.conftest import FULL

RUNS = 1_000 if FULL else 160
DAYS, EVEN = 30, {"as it is": 1.0, "new": 1.0}


def looked_at_daily(rate: float, other: float, a_day: int, seed: int) -> bool:
    """Tell whether a run of a month is ever called significant."""
    chance = np.random.default_rng(seed)
    first, second = (np.cumsum(chance.binomial(a_day, one, DAYS)) for one in (rate, other))
    return any(
        compared(Count(a_day * day, int(first[day - 1])), Count(a_day * day, int(second[day - 1])))
        .significant
        for day in range(1, DAYS + 1)
    )  # fmt: skip


@pytest.mark.parametrize(("rate", "a_day"), [(0.1, 200), (0.02, 1_000)])
def test_nothing_is_found_where_nothing_is(rate: float, a_day: int) -> None:
    false = sum(looked_at_daily(rate, rate, a_day, seed) for seed in range(RUNS))
    assert false / RUNS <= ALPHA


def test_a_tenth_more_is_found() -> None:
    needed = people_needed(0.1, 0.1)
    runs = RUNS // 4
    found = sum(looked_at_daily(0.1, 0.11, needed // DAYS + 1, seed) for seed in range(runs))
    assert found / runs >= 0.8


def test_people_and_days() -> None:
    assert people_needed(0.1, 0.2) < people_needed(0.1, 0.1) < people_needed(0.01, 0.1)
    assert days_needed(0.1, 0.1, 5_000) % 7 == 0
    for rate, lift in ((0.0, 0.1), (1.0, 0.1), (0.1, 0.0), (0.6, 0.9), (0.5, -1.0)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            people_needed(rate, lift)
    with pytest.raises(ValueError, match="more than 0"):
        days_needed(0.1, 0.1, 0)


def test_the_interval_holds_the_difference_and_tells_as_the_test_does() -> None:
    first, other = Count(5_000, 500), Count(5_000, 650)
    found = compared(first, other)
    assert found.difference == pytest.approx(0.03) and found.low < 0.03 < found.high
    assert found.better and found.low > 0
    same = compared(first, Count(5_000, 505))
    assert not same.significant and same.low < 0 < same.high
    assert not compared(Count(0, 0), Count(0, 0)).significant
    assert not compared(Count(20, 0), Count(20, 9)).enough
    assert compared(Count(10**7, 10**6), Count(10**7, 2 * 10**6)).p == 0.0


@pytest.mark.parametrize("freedom", [1, 2, 3, 6])
def test_chi_square_is_scipys(freedom: int) -> None:
    for statistic in (0.0, 0.3, 2.0, 9.5, 60.0):
        expected = stats.chi2.sf(statistic, freedom)
        assert chi_square_above(statistic, freedom) == pytest.approx(expected, rel=1e-9, abs=1e-15)


def test_broken_splits_are_told() -> None:
    assert not broken_split({"as it is": 5_020, "new": 4_980}, EVEN)
    assert broken_split({"as it is": 5_300, "new": 4_700}, EVEN)
    assert broken_split({"as it is": 900}, EVEN)
    assert ratio_p({}, EVEN) == ratio_p({"only": 7}, {"only": 1.0}) == 1.0


def test_verdicts_in_their_order() -> None:
    low, high = Count(5_000, 400), Count(5_000, 600)
    assert verdict({"a": low, "b": high}, {"a": 1, "b": 1}) == ("adopt", "b")
    assert verdict({"a": high, "b": low}, {"a": 1, "b": 1}) == ("drop", "b")
    assert verdict({"a": low, "b": low}, {"a": 1, "b": 1}) == ("wait", "")
    harm = [{"a": high, "b": low}]
    assert verdict({"a": low, "b": high}, {"a": 1, "b": 1}, harm) == ("stop", "b")
    assert verdict({"a": low, "b": Count(900, 90)}, {"a": 1, "b": 1}, harm) == ("fault", "")


def test_everybody_stays_where_they_are_and_shares_are_kept() -> None:
    arms = {"a": 0.5, "b": 0.3, "c": 0.2}
    first = [arm_of(arms, "salt", str(n)) for n in range(6_000)]
    assert first == [arm_of(arms, "salt", str(n)) for n in range(6_000)]
    assert not broken_split(Counter(first), arms)
    other = [arm_of(arms, "pepper", str(n)) for n in range(6_000)]
    both = Counter(zip(first, other, strict=True))
    assert both["a", "a"] / 6_000 == pytest.approx(0.25, abs=0.03)
    assert 0 <= place_of("s", "x") < 1
    with pytest.raises(ValueError, match="no arm"):
        arm_of({"a": 0.0}, "salt", "x")
