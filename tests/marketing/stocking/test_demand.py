"""Forecasts against a known truth: simulated shops, and a real shop's orders if they are there."""

import datetime

import numpy as np
import pytest

from bench.forecast_demand import measure, orders
from marketing.stocking.demand.calendar import events_of, festivals
from marketing.stocking.demand.choosing import History, outlook, tamed
from marketing.stocking.demand.methods import METHODS
from marketing.stocking.demand.simulating import PROMOTED, TRUTH, simulate
from tests.shared import shared_file


def test_forecasts_beat_the_naive_and_intervals_hold() -> None:
    found = measure(simulate(150, 400, seed=11).history, origins=3)
    assert found["mase"] < 0.9
    assert 0.75 <= found["coverage_80"] <= 0.85
    assert found["four_weeks_below_95"] > found["four_weeks_below_80"] > 0.7


def test_means_come_near_the_truth() -> None:
    shop = simulate(150, 400, seed=5)
    found = outlook(shop.history)
    truth = shop.means[:, 400:428].sum(axis=1)
    off = np.abs(found.ahead[:, :28].sum(axis=1) - truth) / np.maximum(truth, 5)
    assert np.median(off) < 0.25


def test_festivals_and_lowered_prices_are_learnt() -> None:
    shop = simulate(200, 540, seed=2, ends=datetime.date(2026, 11, 8))
    found = outlook(shop.history)
    assert 1.4 < found.uplifts["singles_day"] <= TRUTH["singles_day"] * 1.1
    assert found.uplifts["price_lowered"] == pytest.approx(PROMOTED, rel=0.2)
    ahead = found.ahead.sum(axis=0)  # from 9 November on: the festival's three days stand out
    assert ahead[1:4].mean() > 1.3 * ahead[8:22].mean()


def test_a_real_shops_orders(full: bool) -> None:
    if not full:
        pytest.skip("reads half a million order lines: SHOPGUIDE_FULL=1")
    path = shared_file("uci_online_retail/online_retail.csv.xz")
    found = measure(orders(path, 400), origins=3)
    assert found["mase"] < 1
    assert 0.75 <= found["coverage_80"] <= 0.85


@pytest.mark.parametrize("days", [1, 3, 7, 20, 55, 56, 70])
def test_short_and_odd_histories_are_no_error(days: int) -> None:
    counts = np.zeros((3, days))
    counts[0, -1], counts[1, 0] = 90_000, 2
    found = outlook(History(counts, datetime.date(2026, 1, 1)))
    assert found.ahead.shape == (3, 56)
    assert np.isfinite(found.ahead).all() and (found.ahead >= 0).all()


@pytest.mark.parametrize("name", METHODS)
def test_every_method_goes_on_with_what_is_constant(name: str) -> None:
    week = np.array([1.0, 1, 1, 1, 1, 4, 5])
    counts = np.tile(week, (4, 60))
    said = METHODS[name](counts, 28)
    assert said.shape == (4, 28)
    assert said.sum(axis=1) == pytest.approx(np.full(4, 4 * week.sum()), rel=0.1)
    assert said[:, 5] == pytest.approx(np.full(4, 4), rel=0.25)


def test_one_bulk_order_is_no_demand() -> None:
    counts = np.ones((1, 100))
    counts[0, 50] = 5_000
    assert tamed(counts).max() == 10
    assert tamed(np.ones((1, 100))).max() == 1


def test_the_calendar_knows_both_years() -> None:
    assert festivals(2026)[datetime.date(2026, 2, 17)] == "spring_festival"
    assert festivals(2025)[datetime.date(2025, 11, 28)] == "black_friday"
    assert events_of(datetime.date(2026, 11, 10), 4) == ["singles_day"] * 3 + [""]
    assert events_of(datetime.date(2050, 2, 1), 1) == [""]
