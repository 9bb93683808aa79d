"""When to order again: each number by hand."""

import datetime
import math

import pytest

from marketing.stocking.advising import Arrival, Expected, Terms, advise

TODAY = datetime.date(2026, 5, 4)
BOUNDS = {"95": [1.5, 2.0, 2.0, 2.0, 2.2, 2.3, 2.4, 2.5], "80": [0.8]}


def two_a_day(spread: float = 1.0) -> Expected:
    return Expected([2.0] * 56, spread, BOUNDS)


def test_reorder_point_and_quantity_are_the_sums_that_are_shown() -> None:
    told = advise(two_a_day(), on_hand=30, today=TODAY, terms=Terms(14, 28, 95))
    assert told.lead_mean == 28 and told.times == 2.0
    assert told.unit == pytest.approx(math.sqrt(28))
    assert told.reorder_point == math.ceil(28 + 2 * math.sqrt(28)) == 39
    assert told.state == "order"
    assert told.quantity == math.ceil(84 + 2 * math.sqrt(28) - 30) == 65
    assert told.runs_out_on == TODAY + datetime.timedelta(days=14)


def test_packs_round_up_and_what_is_on_its_way_counts() -> None:
    coming = [Arrival(5, TODAY)]
    told = advise(
        two_a_day(), on_hand=30, today=TODAY, arrivals=coming, terms=Terms(14, 28, 95, pack=24)
    )
    assert (told.position, told.quantity) == (35, 72)
    enough = advise(two_a_day(), on_hand=30, today=TODAY, arrivals=[Arrival(60, TODAY)])
    assert (enough.state, enough.quantity) == ("fine", 0)


@pytest.mark.parametrize(
    ("on_hand", "idle", "state"),
    [(0, 0, "out"), (39, 0, "order"), (40, 0, "soon"), (53, 0, "soon"), (60, 0, "fine"),
     (241, 0, "over"), (60, 75, "slow")],
)  # fmt: skip
def test_states(on_hand: int, idle: int, state: str) -> None:
    assert advise(two_a_day(), on_hand=on_hand, today=TODAY, idle_days=idle).state == state


def test_what_hardly_sells_is_never_ordered() -> None:
    rare = Expected([0.001] * 56, 1.0, BOUNDS)
    assert advise(rare, on_hand=0, today=TODAY).state == "fine"
    told = advise(rare, on_hand=4, today=TODAY, idle_days=10)
    assert (told.state, told.quantity, told.runs_out_on) == ("slow", 0, None)


def test_without_a_forecast_nothing_is_reckoned() -> None:
    assert advise(None, on_hand=3, today=TODAY, idle_days=5).state == "unknown"
    assert advise(None, on_hand=3, today=TODAY, idle_days=90).state == "slow"
    assert advise(None, on_hand=0, today=TODAY, idle_days=90).state == "unknown"


def test_beyond_the_horizon_the_last_weeks_go_on() -> None:
    rising = Expected([1.0] * 28 + [3.0] * 28, 1.0, BOUNDS)
    assert rising.mean(56) == 112 and rising.mean(66) == 142


def test_more_service_never_orders_less() -> None:
    quantities = []
    for level in (80, 95):
        terms = Terms(14, 28, level)
        quantities.append(advise(two_a_day(), on_hand=0, today=TODAY, terms=terms).quantity)
    assert quantities[0] < quantities[1]
