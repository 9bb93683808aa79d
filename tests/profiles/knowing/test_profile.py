"""Profiles: what a hand would compute, and nothing of what came later."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from profiles.knowing.profile import (
    HALF_LIFE_DAYS,
    Known,
    Paid,
    Said,
    profile_of,
    quantile,
    stage_of,
)
from tests.conftest import FULL

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
CUTS = 2_000 if FULL else 500


def ago(days: float) -> datetime:
    """Return a moment before now."""
    return NOW - timedelta(days=days)


def deed(kind: str, days: float, **facts: object) -> Known:
    """Return a deed so many days ago."""
    return Known(kind, ago(days), **facts)  # type: ignore[arg-type]


def test_shares_by_hand() -> None:
    deeds = [
        deed("view", 0, category="shoes", brand="A", amounts={"CNY": 100.0}),
        deed("save", 0, category="shoes", brand="B", amounts={"CNY": 300.0}),
        deed("view", HALF_LIFE_DAYS, category="tea", brand="A", colours=("red", "blue")),
        deed("dislike", 0, category="mice"),
    ]
    found = profile_of(deeds, NOW)
    shares = {one.value: one.share for one in found.categories}
    assert shares == {"shoes": pytest.approx(4 / 4.5), "tea": pytest.approx(0.5 / 4.5)}
    assert [(one.value, one.evidence) for one in found.brands] == [("B", 1), ("A", 2)]
    assert [one.value for one in found.colours] == ["blue", "red"]
    assert found.prices == {"CNY": (100.0, 300.0)}
    assert (found.deeds, found.stage) == (3, "active")


def test_nothing_after_a_moment_is_used_for_it() -> None:
    """Whatever the moment, deeds after it change nothing, and shuffling changes nothing."""
    chance = random.Random(3)
    kinds = ["view", "search", "save", "cart", "purchase", "click", "dislike"]
    deeds = [
        deed(chance.choice(kinds), chance.uniform(0, 200), category=chance.choice("abcde"),
             brand=chance.choice("xyz"), colours=(chance.choice(["red", "blue"]),),
             amounts={"CNY": chance.uniform(5, 500)}, words=chance.choice(["", "tea"]))
        for _n in range(60)
    ]  # fmt: skip
    paid = [Paid(ago(chance.uniform(0, 200)), "CNY", chance.uniform(5, 500)) for _n in range(20)]
    said = [Said("battery", chance.choice([1, -1]), ago(chance.uniform(0, 200))) for _n in range(9)]
    for _cut in range(CUTS):
        at = ago(chance.uniform(-5, 210))
        known = profile_of(deeds, at, paid=paid, said=said)
        before = [one for one in deeds if one.at <= at]
        chance.shuffle(before)
        alone = profile_of(
            before, at,
            paid=[one for one in paid if one.at <= at], said=[one for one in said if one.at <= at],
        )  # fmt: skip
        assert alone == known


def test_habits_and_opinions() -> None:
    paid = [Paid(ago(days), "CNY", 100.0 + days, 2) for days in (0, 10, 20)]
    said = [Said("battery", -1, NOW), Said("battery", -1, NOW), Said("colour", 1, NOW)]
    found = profile_of([], NOW, paid=[*paid, Paid(ago(5), "USD", 9.0)], said=said)
    assert found.habit is not None
    assert (found.habit.orders, found.habit.currency, found.habit.mean) == (4, "CNY", 110.0)
    assert found.habit.every_days == pytest.approx(20 / 3)
    assert [(one.aspect, one.polarity) for one in found.opinions] == [
        ("battery", -1),
        ("colour", 1),
    ]
    assert profile_of([], NOW).habit is None


@pytest.mark.parametrize(
    ("days", "stage"),
    [([], "unknown"), ([1], "new"), ([1, 40], "active"), ([31], "lapsing"), ([91], "quiet")],
)
def test_stages(days: list[float], stage: str) -> None:
    assert stage_of([ago(one) for one in days], NOW) == stage


def test_quantiles_go_by_weight() -> None:
    pairs = [(10.0, 1.0), (20.0, 8.0), (90.0, 1.0)]
    assert (quantile(pairs, 0.05), quantile(pairs, 0.5), quantile(pairs, 0.95)) == (10, 20, 90)
