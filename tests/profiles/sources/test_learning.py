"""What is learnt from everybody: only of who agreed, never a single pair, never worse, put back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Order, OrderLine, Product
from profiles.consenting import choose
from profiles.models import Event, Exposure, Kind, Neighbour, Purpose, Trained
from profiles.recommending import recommend
from profiles.simulating.judging import judge
from profiles.simulating.populating import populate, remove
from profiles.simulating.visiting import visit
from profiles.sources.learning import learn, live, put_live, worse_than
from profiles.sources.switching import Source
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone

Shelves = dict[str, list[Product]]


def somebody(*products: Product, training: bool = True) -> Shopper:
    """Return somebody who looked at these, a minute apart."""
    shopper = Shopper.objects.create()
    choose(shopper, {Purpose.PERSONALISATION: True, Purpose.TRAINING: training})
    with as_everyone():
        for place, one in enumerate(products):
            at = timezone.now() - timedelta(hours=2, minutes=-place)
            Event.objects.create(shopper=shopper, kind=Kind.VIEW, product=one.pk, at=at)
    return shopper


def bought(shopper: Shopper, *products: Product, days_ago: int = 1) -> None:
    """Let a shopper have bought these at once."""
    shop, at = products[0].merchant, timezone.now() - timedelta(days=days_ago)
    with as_everyone():
        order = Order.objects.create(
            merchant=shop, shopper=shopper, currency="CNY", items_amount=5, total_amount=5,
            email="a@example.com", payment_provider="test", placed_at=at,
        )  # fmt: skip
        for one in products:
            OrderLine.objects.create(
                merchant=shop, order=order, variant=one.variants.get(), sku=one.sku, titles={},
                quantity=1, unit_amount=5,
            )  # fmt: skip


def pairs(source: str) -> set[tuple[int, int]]:
    """Return the stored pairs of a source."""
    rows = Neighbour.objects.filter(trained__live=True, source=source)
    return set(rows.values_list("anchor", "product"))


def test_what_people_go_on_to_is_learnt_and_shown(shelves: Shelves, shopper: Shopper) -> None:
    shoe, pot = shelves["shoes"][0], shelves["teapots"][0]
    for _time in range(4):
        somebody(shoe, pot)
    card = learn().card
    assert (shoe.pk, pot.pk) in pairs(Source.STEPS) & pairs(Source.EASE)
    assert card["people"] == 4 and card["deeds"] == 8 and not card["held_back"]
    with as_everyone():
        Event.objects.create(shopper=shopper, kind=Kind.VIEW, product=shoe.pk)
    found = {one.product: one for one in recommend(shopper)}
    assert found[pot.pk].because is not None and found[pot.pk].because.product == shoe.pk
    assert set(found[pot.pk].sources) & {Source.STEPS, Source.EASE}


def test_nothing_is_learnt_of_who_did_not_agree(shelves: Shelves) -> None:
    for _time in range(3):
        somebody(shelves["shoes"][0], shelves["mice"][0], training=False)
    assert learn().card["people"] == 0
    assert not pairs(Source.STEPS) and not pairs(Source.TRENDING)


def test_a_pair_of_one_person_tells_nothing(shelves: Shelves) -> None:
    one, other, third = shelves["mice"][:3]
    buyers = [Shopper.objects.create() for _n in range(2)]
    bought(buyers[0], one, other)
    bought(buyers[0], one, other, days_ago=20)
    bought(buyers[0], other, third)
    bought(buyers[1], other, third)
    learn()
    assert pairs(Source.BOUGHT) == {(other.pk, third.pk), (third.pk, other.pk)}
    again = Neighbour.objects.get(source=Source.AGAIN, anchor=one.pk)
    assert again.weight == pytest.approx(19, abs=0.1)


def test_a_worse_version_waits_and_an_older_one_is_put_back(shelves: Shelves) -> None:
    first, second = learn(), learn()
    assert (first.version, second.version) == (1, 2)
    assert live() == second
    put_live(first)
    assert live() == first and Trained.objects.filter(live=True).count() == 1
    first.card["quality"] = 0.5
    assert "worse than version 1" in worse_than(first, 0.2)
    assert not worse_than(first, 0.46) and not worse_than(None, 0.1) and not worse_than(first, None)


def test_simulated_shoppers_come_once_and_go(shelves: Shelves) -> None:
    told = populate(12)
    assert told["people"] == 12 and told["deeds"] > 100 and told["orders"] > 3
    assert populate(12) == {"people": 0, "deeds": 0, "orders": 0}
    learn()
    found = judge(12)
    assert (found["people"], found["errors"]) == (12, 0)
    assert found["satisfaction"] > 0 and found["coverage"] > 0
    seen = visit(12)
    assert seen["shown"] >= 12 and visit(12)["shown"] >= 12
    with as_everyone():
        assert Event.objects.filter(kind=Kind.IMPRESSION).count() >= seen["shown"]
        assert Exposure.objects.count() == 12
    assert remove(12) == 12
    with as_everyone():
        assert not Event.objects.exists() and not Order.objects.exists()
