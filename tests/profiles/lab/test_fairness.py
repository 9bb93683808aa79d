"""Fairness: shares and groups counted right, and a band that moves exposure towards merit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Product
from catalog.models.merchandising import SearchRule
from profiles.lab.fairness import Fairness, Part, Share, fairness, shares_of
from profiles.lab.trying import tried
from profiles.models import Event, Kind
from profiles.recommending import recommend
from profiles.sources.arranging import Candidate, Settings, Term, arrange, packed, unpacked
from profiles.sources.banding import Band, band, made_of, switch, weigh_shops
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone

Shelves = dict[str, list[Product]]


def pool(seed: int) -> list[Candidate]:
    """Return candidates of four shops, of which the first has the best of everything."""
    chance = random.Random(seed)
    return [
        Candidate(n, n % 7, "", 1 + n % 4, 1 + n % 3, 0,
                  [Term("content", chance.random() + (0.4 if n % 4 == 0 else 0.0), 1 + n % 3)])
        for n in range(60)
    ]  # fmt: skip


def merits(*shares: float) -> list[Share]:
    """Return shops that merit so much."""
    return [Share(n, f"shop{n}", 10, 0.0, one) for n, one in enumerate(shares, 1)]


def test_the_band_brings_exposure_nearer_to_merit_at_little_cost() -> None:
    pools = [pool(seed) for seed in range(60)]
    found = tried(pools, merits(0.25, 0.25, 0.25, 0.25), 0.25)
    before, after = found["without"], found["with"]
    assert before["highest"] > 1.3
    assert after["spread"] < 0.6 * before["spread"] and after["highest"] < before["highest"]
    assert after["lowest"] >= before["lowest"] and found["score"] > 0.9


def test_scores_and_reasons_stay_and_no_list_gets_shorter() -> None:
    plain = Settings(12)
    fair = replace(plain, band=((1, 1), (2, 1), (3, 1), (4, 1)), lifted=(4,))
    for seed in range(20):
        candidates = pool(seed)
        one, other = arrange(candidates, plain), arrange(candidates, fair)
        assert len(other) >= len(one) and len({c.product for c in other}) == len(other)
        again, settings = unpacked(packed(candidates, fair))
        assert [c.product for c in arrange(again, settings)] == [c.product for c in other]
    told = {c.product: (c.score, c.reason) for c in candidates}
    assert all((c.score, c.reason) == told[c.product] for c in other)


def test_a_neglected_shop_gets_a_place_only_where_it_fits() -> None:
    rows = [
        Candidate(n, n, "", 1 + 3 * (n % 2), 1, 0, [Term("content", 1.0, n + 1)]) for n in range(20)
    ]
    weak = Candidate(99, 99, "", 2, 1, 0, [Term("content", 0.5, 50)])
    settings = Settings(10, lifted=(3, 2))
    assert arrange([*rows, weak], settings)[3] is weak
    unfit = Candidate(99, 99, "", 2, 1, 0, [Term("content", 0.05, 50)])
    assert unfit not in arrange([*rows, unfit], settings)


def test_what_is_over_and_under_is_told_by_the_width() -> None:
    shops = {"1": {"exposure": 0.6, "merit": 0.3}, "2": {"exposure": 0.3, "merit": 0.3},
             "3": {"exposure": 0.05, "merit": 0.2},
             "4": {"exposure": 0.05, "merit": 0.1}}  # fmt: skip
    assert made_of(shops, 12, 0.25) == Band(((1, 4),), (3, 4))
    assert made_of(shops, 12, 3.0) == Band((), ())


def test_groups_are_unequal_only_beyond_chance() -> None:
    def of(cold: int, heavy: int, shown: int = 1_000) -> Fairness:
        return Fairness(28, [Part("cold", 9, shown, cold), Part("heavy", 9, shown, heavy)])

    assert of(50, 150).unequal and of(50, 150).gap == pytest.approx(1 / 3)
    assert not of(95, 100).unequal and not of(1, 3, 20).unequal
    assert Fairness(28, [Part("cold", 2, 100, 1)]).gap is None
    low, high = Part("cold", 9, 1_000, 50).between
    assert 0.03 < low < 0.05 < high < 0.07


def test_shares_are_of_what_was_wanted_without_being_shown() -> None:
    rows = [(1, "a", 40, 80, 60.0), (2, "b", 40, 20, 20.0), (3, "c", 5, 0, 0.0)]
    one, two, three = shares_of(rows)
    assert (one.exposure, two.exposure) == (0.8, 0.2) and one.merit > two.merit > three.merit > 0
    assert three.small and three.ratio == 0 and not one.small and shares_of([]) == []
    assert abs(sum(share.merit for share in (one, two, three)) - 1) < 1e-9


def test_a_report_counts_what_lists_did(shelves: Shelves, shopper: Shopper) -> None:
    at = timezone.now() - timedelta(hours=5)
    mice = [one.pk for one in shelves["mice"]]
    with as_everyone():
        for n, pk in enumerate(mice):
            Event.objects.create(shopper=shopper, kind=Kind.IMPRESSION, product=pk, at=at)
            if n < 2:
                later = at + timedelta(minutes=n + 1)
                Event.objects.create(shopper=shopper, kind=Kind.VIEW, product=pk, at=later)
        Event.objects.create(shopper=shopper, kind=Kind.VIEW, product=shelves["shoes"][0].pk)
    found = fairness(7)
    (part,) = found.parts
    assert (part.name, part.people, part.shown, part.opened) == ("cold", 1, 6, 2)
    (shop,) = found.shops
    assert shop.exposure == 1 and abs(shop.merit - 1) < 1e-9 and found.spread < 1e-9
    assert weigh_shops() is None and band(12) == Band()
    switch(on=True)
    assert band(12) == Band()


def test_what_a_shop_pins_changes_no_list(shelves: Shelves, shopper: Shopper) -> None:
    with as_everyone():
        Event.objects.create(shopper=shopper, kind=Kind.VIEW, product=shelves["mice"][0].pk)
        before = [(one.product, one.score) for one in recommend(shopper)]
        SearchRule.objects.create(
            merchant=shelves["mice"][5].merchant, query="mouse", key="mouse", action="pin",
            product=shelves["mice"][5],
        )  # fmt: skip
    assert before and [one.product for one in recommend(shopper)] == [pk for pk, _s in before]
