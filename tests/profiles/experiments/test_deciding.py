"""The whole rule of a comparison, looked at daily: false alarms, power, harm, split, regret."""

from collections import Counter

import numpy as np
import pytest

from profiles.experiments.allotting import FLOOR, allotted, best_chances, shares_of
from profiles.experiments.deciding import Guard, Period, Plan, days_left, split_p, standing
from profiles.experiments.statistics import UNLIKELY, Count, across, people_needed
from tests.conftest import FULL

RUNS = 1_000 if FULL else 50
DAYS, RATE, LIFT = 30, 0.1, 0.1
EVEN = {"now": 0.5, "new": 0.5}
PLAN = Plan(RATE, LIFT, people_needed(RATE, LIFT))


def ended(true_lift: float, seed: int) -> tuple[str, float]:
    """Return how a run of a month ends, looked at daily, and its harm as a share of the plan's."""
    chance = np.random.default_rng(seed)
    a_day = -(-2 * PLAN.people // DAYS)
    new = chance.binomial(a_day, 0.5, DAYS)
    people = np.stack([a_day - new, new], 1).cumsum(0)
    did = np.stack(
        [chance.binomial(a_day - new, RATE), chance.binomial(new, RATE * (1 + true_lift))], 1
    ).cumsum(0)
    for day in range(DAYS):
        now, new_arm = (Count(int(people[day, n]), int(did[day, n])) for n in (0, 1))
        found = standing(["now", "new"], [Period(EVEN, {"now": now, "new": new_arm})], PLAN)
        if found.decision.doing != "wait":
            break
    return found.decision.doing, people[day, 1] * RATE * max(0.0, -true_lift) / PLAN.harm


def test_nothing_is_found_where_nothing_is() -> None:
    endings = Counter(ended(0.0, seed)[0] for seed in range(RUNS))
    alarms = RUNS - endings["same"] - endings["wait"]
    assert alarms / RUNS <= 0.05, endings


def test_a_planted_tenth_more_is_found() -> None:
    endings = Counter(ended(LIFT, 5_000 + seed)[0] for seed in range(RUNS))
    assert endings["adopt"] / RUNS >= 0.8, endings


@pytest.mark.parametrize("harm", [-0.1, -0.3, -0.9])
def test_a_harmful_arm_is_out_before_twice_the_planned_harm(harm: float) -> None:
    runs = [ended(harm, 9_000 + seed) for seed in range(RUNS // 2)]
    assert max(cost for _doing, cost in runs) < 2
    assert sum(doing in {"drop", "cost"} for doing, _cost in runs) / len(runs) >= 0.8


def test_a_split_of_52_to_48_among_ten_thousand_is_a_fault() -> None:
    counts = {"now": Count(5_200, 520), "new": Count(4_800, 600)}
    found = standing(["now", "new"], [Period(EVEN, counts)], PLAN)
    assert (found.decision.doing, found.split_p < UNLIKELY) == ("fault", True)
    # Nobody can have met an arm that was out.
    assert split_p([Period({"now": 1.0, "new": 0.0}, counts)]) == 0.0
    even = Period(EVEN, {"now": Count(5_030, 0), "new": Count(4_970, 0)})
    later = Period({"now": 0.8, "new": 0.2}, {"now": Count(80, 0), "new": Count(20, 0)})
    assert split_p([even, later]) > 0.5


def test_a_good_week_is_not_the_arms_doing() -> None:
    quiet = (Count(9_000, 450), Count(1_000, 50))
    busy = (Count(1_000, 150), Count(9_000, 1_350))
    assert across([(Count(10_000, 600), Count(10_000, 1_400))]).better
    found = across([quiet, busy])
    assert found.difference == pytest.approx(0.0) and not found.significant


def test_a_guardrail_comes_before_success() -> None:
    counts = {"now": Count(9_000, 900), "new": Count(9_000, 1_300)}
    back = {"now": Count(9_000, 90), "new": Count(9_000, 270)}
    periods = [Period(EVEN, counts)]
    assert standing(["now", "new"], periods, PLAN).decision.doing == "adopt"
    rising = Guard("return", -1, [Period(EVEN, back)])
    found = standing(["now", "new"], periods, PLAN, [rising])
    assert (found.decision.doing, found.decision.arm, found.decision.guard) == (
        "harm", "new", "return",
    )  # fmt: skip
    assert standing(["now", "new"], periods, PLAN, [rising], out=["new"]).decision.doing == "same"
    falling = Guard("purchase", 1, [Period(EVEN, back)])
    assert standing(["now", "new"], periods, PLAN, [falling]).decision.doing == "adopt"


def test_an_arm_in_which_nobody_does_anything_is_found() -> None:
    counts = {"now": Count(900, 90), "new": Count(900, 0)}
    assert standing(["now", "new"], [Period(EVEN, counts)], PLAN).decision.doing == "drop"


def test_days_left() -> None:
    counts = {"now": Count(100, 10), "new": Count(100, 12)}
    found = standing(["now", "new"], [Period(EVEN, counts)], Plan(0.1, 0.2, 1_100))
    assert found.decision.doing == "wait"
    assert days_left(Plan(0.1, 0.2, 1_100), found, 200) == 10
    assert days_left(Plan(0.1, 0.2, 1_100), found, 0) is None
    assert days_left(Plan(0.1, 0.2, 50), found, 9) == 0


def test_a_shifting_split_costs_less_than_halves_and_keeps_its_floor() -> None:
    chance, rates = np.random.default_rng(3), np.array([0.1, 0.12])
    people = np.zeros((RUNS, 2), dtype=np.int64)
    did, shares = people.copy(), np.full((RUNS, 2), 0.5)
    lost = np.zeros(RUNS)
    for day in range(28):
        second = chance.binomial(400, shares[:, 1])
        met = np.stack([400 - second, second], 1)
        people, did = people + met, did + chance.binomial(met, rates)
        lost += met[:, 0] * 0.02
        shares = shares_of(best_chances(people, did, draws=400, seed=day))
    assert lost.mean() < 0.7 * 28 * 200 * 0.02
    assert shares.min() >= FLOOR / 2 - 1e-9 and np.allclose(shares.sum(1), 1.0)
    counts = {"now": Count(900, 90), "b": Count(900, 140), "c": Count(900, 20)}
    first = allotted(counts, seed=7)
    assert first == allotted(counts, seed=7) and sum(first.values()) == pytest.approx(1.0, abs=1e-5)
    assert first["b"] > 0.8 and first["c"] == pytest.approx(FLOOR / 3, abs=0.01)
