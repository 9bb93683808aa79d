"""A burst is found on its day, in its place; quiet weeks stay quiet."""

import numpy as np
import pytest

from marketing.listening.bursts import RULES, bursts, standing_out, weekdays
from tests.conftest import FULL
from tests.marketing.listening.quiet import QuietShop

SEEDS = range(300 if FULL else 6)


def test_thirty_quiet_days_raise_at_most_one_false_alarm() -> None:
    alarms = []
    for seed in SEEDS:
        shop = QuietShop.talking(seed)
        alarms.append(len({(one.product, one.aspect) for day in range(30) for one in shop.on(day)}))
    assert max(alarms) <= 1
    assert np.mean(alarms) <= 0.3


@pytest.mark.parametrize("seed", range(100, 100 + (200 if FULL else 8)))
def test_planted_complaints_are_found_in_their_place_alone(seed: int) -> None:
    shop = QuietShop.talking(seed)
    chance = np.random.default_rng(seed)
    product, aspect = int(chance.integers(30)), int(chance.integers(16))
    shop.plant(product, aspect, 10, 10)
    assert not shop.on(9)
    (found,) = shop.on(10)
    assert (found.product, found.aspect) == (product, aspect)
    assert found.seen >= 10 > 5 * found.expected and found.p < RULES.level


def test_a_product_nobody_spoke_of_before_can_have_a_burst() -> None:
    bad, heard = np.zeros((5, 16, RULES.span), int), np.zeros((5, RULES.span), int)
    bad[2, 5, -1] = heard[2, -1] = 8
    (found,) = bursts(bad, heard, weekday=3)
    assert (found.product, found.aspect, found.days, found.seen) == (2, 5, 1, 8)


def test_a_slow_burst_is_found_over_three_days() -> None:
    shop = QuietShop.talking(3)
    for day in (8, 9, 10):
        shop.plant(4, 7, day, 4)
    (found,) = shop.on(10)
    assert (found.product, found.aspect, found.days) == (4, 7, 3)


def test_a_sale_brings_more_of_everything_and_is_no_burst() -> None:
    chance = np.random.default_rng(5)
    heard = chance.poisson(4.0, (10, RULES.span))
    heard[:, -3:] *= 6
    bad = chance.binomial(heard[:, None, :], 0.04, (10, 16, RULES.span))
    assert bad[:, :, -1].max() >= RULES.fewest, "there is something to be wrong about"
    assert not bursts(bad, heard, weekday=2)


def test_an_earlier_burst_left_out_of_the_baseline_hides_nothing() -> None:
    shop = QuietShop.talking(11)
    day = RULES.span - 1
    shop.bad[1, 1, day - 20] += 60
    shop.heard[1, day - 20] += 60
    shop.plant(1, 1, 0, 8)
    cut = slice(0, RULES.span)
    quiet = np.ones(shop.bad[:, :, cut].shape, bool)
    quiet[1, 1, day - 20] = False
    kept = bursts(shop.bad[:, :, cut], shop.heard[:, cut], weekday=0, quiet=quiet)
    assert [(one.product, one.aspect) for one in kept] == [(1, 1)]
    assert not bursts(shop.bad[:, :, cut], shop.heard[:, cut], weekday=0)


def test_no_products_and_no_words_are_no_error() -> None:
    assert (
        bursts(np.zeros((0, 16, RULES.span), int), np.zeros((0, RULES.span), int), weekday=0) == []
    )
    silent = np.zeros((3, 2, RULES.span), int)
    assert bursts(silent, np.zeros((3, RULES.span), int), weekday=6) == []


def test_many_tests_want_more_than_one() -> None:
    alone = np.ones((1, 1))
    alone[0, 0] = 0.006
    among = np.ones((10, 10))
    among[0, 0] = 0.006
    assert standing_out(alone, level=0.01) == [(0, 0)]
    assert standing_out(among, level=0.01) == []


def test_weekdays_are_learned_and_shrunk() -> None:
    heard = np.zeros((1, 56), int)
    heard[0, 5::7] = 100  # the days that are as far from the last as two
    rhythm = weekdays(heard, 6)
    assert rhythm.argmax() == 5 and rhythm.mean() == pytest.approx(1)
    assert weekdays(np.zeros((2, 56), int), 6) == pytest.approx(np.ones(7))
