"""An experiment on lists: who met what is kept once, harm and broken splits stop it."""

import pytest

from catalog.models import Product
from profiles.experiments.running import meet, results, start, stop, watch
from profiles.models import Event, Experiment, Exposure, Kind, Stage
from profiles.recommending import EXPERIMENT, listed
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone

Shelves = dict[str, list[Product]]
ARMS = {"as it is": 1.0, "diverse": 1.0}


def crowd(experiment: Experiment, arm: str, people: int, did: int, kind: Kind) -> None:
    """Let so many people have met an arm, and so many of them have done something."""
    shoppers = Shopper.objects.bulk_create(Shopper() for _n in range(people))
    with as_everyone():
        Exposure.objects.bulk_create(
            Exposure(experiment=experiment, shopper=one, arm=arm) for one in shoppers
        )
        Event.objects.bulk_create(
            Event(shopper=one, kind=kind, product=1) for one in shoppers[:did]
        )


def test_everybody_meets_one_arm_and_that_is_kept_once(shelves: Shelves, shopper: Shopper) -> None:
    assert meet(shopper, EXPERIMENT) == ""
    made = start(EXPERIMENT, "Wider lists", ARMS)
    listed(shopper)
    arm = meet(shopper, EXPERIMENT)
    assert arm in ARMS and meet(shopper, EXPERIMENT) == arm
    with as_everyone():
        assert [one.arm for one in Exposure.objects.filter(experiment=made)] == [arm]
    assert not Exposure.objects.exists()
    stop(made, "enough")
    assert meet(shopper, EXPERIMENT) == ""


def test_harm_stops_it_and_success_does_not(db: None) -> None:
    made = start("a", "A", ARMS, metric="click", guardrails=("cart",))
    crowd(made, "as it is", 400, 100, Kind.CLICK)
    crowd(made, "diverse", 400, 180, Kind.CLICK)
    found = results(made)
    assert (found.doing, found.arm) == ("adopt", "diverse")
    assert found.counts["diverse"].did == 180 and found.split_p == 1.0
    assert found.against_first["diverse"].better and watch() == []
    crowd(made, "as it is", 400, 200, Kind.CART)
    crowd(made, "diverse", 400, 60, Kind.CART)
    assert watch() == ["a"]
    made.refresh_from_db()
    assert (made.stage, made.stopped_why) == (Stage.STOPPED, "stop diverse")


def test_a_broken_split_stops_it(db: None) -> None:
    made = start("b", "B", ARMS)
    crowd(made, "as it is", 300, 30, Kind.CLICK)
    crowd(made, "diverse", 120, 60, Kind.CLICK)
    assert results(made).doing == "fault" and watch() == ["b"]


@pytest.mark.parametrize(
    ("arms", "more"), [({"a": 1.0}, {}), ({"a": 1.0, "b": 0.0}, {}), (ARMS, {"metric": "joy"})]
)
def test_what_cannot_be_compared_is_refused(arms: dict, more: dict, db: None) -> None:
    with pytest.raises(ValueError, match=r"Give two arms|Unknown"):
        start("c", "C", arms, **more)
