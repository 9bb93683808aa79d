"""What another policy is worth: intervals hold the truth as often as they say, or none is given."""

import numpy as np
import pytest

from profiles.experiments.bandit import Bandit
from profiles.experiments.off_policy import doubly_robust, effective, ips, snips
from tests.conftest import FULL

RUNS, LOGGED, ARMS = (500 if FULL else 300), 1_500, 4
WORTH = np.asarray([0.1, 0.2, 0.35, 0.15])


def run(seed: int) -> tuple[dict[str, tuple[float, float]], float]:
    """Log one policy by lot; return each estimate's interval of another one, and the truth."""
    chance = np.random.default_rng(seed)
    before, after = np.asarray([0.4, 0.3, 0.1, 0.2]), np.asarray([0.1, 0.2, 0.5, 0.2])
    shown = chance.choice(ARMS, LOGGED, p=before)
    rewards = (chance.random(LOGGED) < WORTH[shown]).astype(float)
    logged, chosen = before[shown], after[shown]
    model = WORTH + np.asarray([0.1, -0.05, -0.1, 0.05])  # wrong on purpose
    found = {
        "ips": ips(rewards, logged, chosen),
        "snips": snips(rewards, logged, chosen),
        "dr": doubly_robust(rewards, logged, chosen, model[shown],
                            np.full(LOGGED, float(after @ model))),
    }  # fmt: skip
    return {name: (one.low, one.high) for name, one in found.items()}, float(after @ WORTH)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    runs = [run(seed) for seed in range(RUNS)]
    for name in ("ips", "snips", "dr"):
        held = np.mean([low[name][0] <= truth <= low[name][1] for low, truth in runs])
        slack = 0.0 if FULL else 0.01
        assert 0.93 - slack <= held <= 0.97 + slack, (name, held)


def test_the_normalised_and_the_mended_are_sharper() -> None:
    found, _truth = run(1)
    widths = {name: high - low for name, (low, high) in found.items()}
    assert widths["snips"] < widths["ips"] and widths["dr"] < widths["ips"]


def test_too_little_to_go_by_is_no_verdict() -> None:
    logged = np.full(1_000, 0.001)
    logged[:990] = 0.9
    chosen = np.where(logged < 0.01, 1.0, 0.0)
    for found in (ips(np.ones(1_000), logged, chosen), snips(np.ones(1_000), logged, chosen)):
        assert "worth only 10" in found.refused and np.isnan(found.value)
    assert effective(np.ones(7)) == pytest.approx(7) and effective(np.zeros(3)) == 0.0
    never = snips(np.ones(9), np.full(9, 0.5), np.zeros(9))
    assert never.refused


@pytest.mark.parametrize(
    ("logged", "chosen"), [([], []), ([0.0], [0.5]), ([1.2], [0.5]), ([0.5], [-0.1])]
)
def test_chances_that_are_none(logged: list[float], chosen: list[float]) -> None:
    with pytest.raises(ValueError, match=r"logged|chances"):
        ips(np.ones(len(logged)), np.asarray(logged), np.asarray(chosen))


def test_a_bandit_finds_what_is_best_for_whom_and_logs_its_chances() -> None:
    chance, bandit = np.random.default_rng(4), Bandit(2)
    things, gains = ["tea", "shoes"], []
    for _turn in range(3_000):
        context = np.eye(2)[chance.integers(2)]
        thing, likely = bandit.choose(things, context, chance.random())
        chances = bandit.chances(things, context)
        assert sum(chances.values()) == pytest.approx(1.0)
        assert likely == chances[thing] >= bandit.curiosity / 2
        best = things[int(context[1])]
        reward = float(chance.random() < (0.6 if thing == best else 0.2))
        bandit.learn(thing, context, reward)
        gains.append(thing == best)
    assert np.mean(gains[-1_000:]) > 0.9
    with pytest.raises(ValueError, match="nothing to choose"):
        bandit.chances([], np.eye(2)[0])
