"""Machines and double clicks teach nothing; people are left alone."""

import random
from itertools import accumulate

import pytest

from profiles.sources.cleaning import Act, cleaned, is_machine, most_within

BOTS, PEOPLE = 20, 380


def person(user: int, chance: random.Random) -> list[Act]:
    """Return what one person did over some weeks."""
    at, acts = chance.uniform(0, 1e6), []
    for _session in range(chance.randint(1, 5)):
        at += chance.uniform(3_600, 400_000)
        for _step in range(chance.randint(1, 15)):
            at += chance.lognormvariate(3.5, 1.0) + 11
            acts.append(Act(user, chance.randint(1, 500), at))
    return acts


def machine(user: int, chance: random.Random) -> list[Act]:
    """Return what one machine did: fast, or by the clock."""
    start, pause = chance.uniform(0, 1e6), chance.choice([0.5, 1.2, 30.0, 60.0])
    pauses = accumulate(pause * chance.uniform(0.97, 1.03) for _n in range(200))
    return [Act(user, n, start + at) for n, at in enumerate(pauses)]


def test_machines_are_out_and_people_stay() -> None:
    chance = random.Random(5)
    people = [act for user in range(PEOPLE) for act in person(user, chance)]
    bots = [act for user in range(BOTS) for act in machine(-1 - user, chance)]
    mixed = [*people, *bots]
    chance.shuffle(mixed)
    kept = cleaned(mixed)
    assert sum(act.user < 0 for act in kept) < 0.001 * len(kept)
    assert len({act.user for act in kept if act.user >= 0}) > 0.995 * PEOPLE
    assert [act.at for act in kept] == sorted(act.at for act in kept)


def test_a_double_click_is_one() -> None:
    acts = [Act(1, 7, 0.0), Act(1, 7, 0.4), Act(1, 7, 9.0), Act(1, 8, 9.5), Act(1, 7, 30.0)]
    assert [(act.item, act.at) for act in cleaned(acts)] == [(7, 0.0), (8, 9.5), (7, 30.0)]
    assert len(cleaned([Act(1, 7, 0.0), Act(1, 7, 1.0, "cart")])) == 2


@pytest.mark.parametrize(
    ("times", "most"), [([], 0), ([5.0], 1), ([0.0, 59.0, 61.0, 200.0], 2), ([0.0, 0.0, 0.0], 3)]
)
def test_counts_within_a_span(times: list[float], most: int) -> None:
    assert most_within(times, 60.0) == most
    assert not is_machine(times)
