"""What fits: the kind of thing somebody looks at, for the reason given, and nothing else."""

import random
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from catalog.models import Product, Stock
from profiles.models import Event, Kind, Trace
from profiles.noting import forget, note
from profiles.recommending import Known, Recommended, again, listed, recommend, scored, signals_of
from profiles.sources.arranging import SAME_REASON
from profiles.sources.switching import Source, sources_now, turn
from profiles.taste.refreshing import taste_of
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from shopguide.inference.fakes import FakeEncoder
from tests.conftest import FULL

Shelves = dict[str, list[Product]]
REASONS = 5_000 if FULL else 200


def kinds_of(found: list[Recommended], shelves: Shelves) -> list[str]:
    """Return what kind of thing each recommended product is."""
    names = {one.pk: kind for kind, products in shelves.items() for one in products}
    return [names[one.product] for one in found]


def test_a_stranger_gets_what_is_liked_by_all(shelves: Shelves, shopper: Shopper) -> None:
    found = recommend(shopper, limit=10)
    assert len(found) == 10 and len({one.product for one in found}) == 10
    assert {(one.because, one.source) for one in found} == {(None, Source.POPULAR)}
    assert signals_of(shopper) == []


def test_what_was_looked_at_says_what_fits(shelves: Shelves, shopper: Shopper) -> None:
    for one in shelves["shoes"][:2]:
        note(shopper, Kind.VIEW, product=one.pk)
    found = recommend(shopper, limit=4)
    assert kinds_of(found, shelves) == ["shoes"] * 4
    seen = {one.pk for one in shelves["shoes"][:2]}
    assert {one.because.product for one in found if one.because} <= seen
    assert not seen & {one.product for one in found}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_words_count_as_well(shelves: Shelves, shopper: Shopper) -> None:
    """The same clicks with different searches give different lists."""
    other = Shopper.objects.create()
    for who, words in ((shopper, "clay teapot"), (other, "wireless mouse")):
        note(who, Kind.VIEW, product=shelves["shoes"][0].pk)
        note(who, Kind.SEARCH, words=words)
        with as_shopper(who):
            vector = FakeEncoder().encode_queries([words])[0].tolist()
            Event.objects.filter(shopper=who, kind=Kind.SEARCH).update(
                vector=vector, encoder_id=FakeEncoder().id
            )
    teapots, mice = (kinds_of(recommend(who), shelves) for who in (shopper, other))
    assert "teapots" in teapots and "mice" not in teapots
    assert "mice" in mice and "teapots" not in mice
    because = {one.because.words for one in recommend(shopper) if one.because}
    assert "clay teapot" in because


def test_what_is_newer_and_stronger_counts_more(shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["mice"][0].pk, at=timezone.now() - timedelta(days=60))
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    note(shopper, Kind.CART, product=shelves["teapots"][0].pk)
    taste_of(shopper)
    order = [signal.product for signal in signals_of(shopper)]
    assert order == [shelves[kind][0].pk for kind in ("teapots", "shoes", "mice")]


@pytest.mark.parametrize("kind", [Kind.PURCHASE, Kind.DISLIKE, Kind.CART])
def test_what_was_done_with_is_not_shown(kind: Kind, shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    gone = shelves["shoes"][3].pk
    assert gone in [one.product for one in recommend(shopper)]
    note(shopper, kind, product=gone)
    assert gone not in [one.product for one in recommend(shopper)]


def test_a_disliked_product_is_no_reason(shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    note(shopper, Kind.DISLIKE, product=shelves["shoes"][0].pk)
    assert all(one.because is None for one in recommend(shopper))


def test_what_is_sold_out_is_not_shown(shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    gone = shelves["shoes"][2]
    with as_merchant(gone.merchant):
        Stock.objects.filter(variant__product=gone).update(quantity=0)
    assert gone.pk not in [one.product for one in recommend(shopper)]


def test_one_reason_does_not_fill_the_list(shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    assert len(recommend(shopper, limit=12)) <= SAME_REASON


def test_forgetting_takes_it_back(shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    assert any(one.because for one in recommend(shopper))
    assert forget(shopper, product=shelves["shoes"][0].pk) == 1
    assert not any(one.because for one in recommend(shopper))


def test_nobody_sees_the_deeds_of_others(shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    with as_shopper(Shopper.objects.create()):
        assert not Event.objects.exists()
    assert not any(one.because for one in recommend(Shopper.objects.create()))


def test_a_list_is_made_again_bit_for_bit(shelves: Shelves, shopper: Shopper) -> None:
    for kind in ("shoes", "mice"):
        note(shopper, Kind.SAVE, product=shelves[kind][0].pk)
    made = listed(shopper, keep=True)
    note(shopper, Kind.DISLIKE, product=made.items[0].product)
    with as_shopper(shopper):
        trace = Trace.objects.get(number=made.trace)
        assert again(trace) == trace.products == [one.product for one in made.items]


def test_a_source_is_switched_off(shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    assert Source.CONTENT in {source for one in recommend(shopper) for source in one.sources}
    turn(Source.CONTENT, on=False)
    assert Source.CONTENT not in {source for one in recommend(shopper) for source in one.sources}
    turn(Source.CONTENT, on=True, weight=2.0)
    assert Source.CONTENT in {source for one in recommend(shopper) for source in one.sources}


def test_the_reason_is_the_reason(shelves: Shelves, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the named deed the score is lower, and lower than without a deed drawn by lot.

    The clock stands still: what fades while the test runs would make every score lower.
    """
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    chance = random.Random(11)
    everything = [one for products in shelves.values() for one in products]
    tested, lower, lower_than_random, compared = 0, 0, 0, 0
    while tested < REASONS:
        someone = Shopper.objects.create()
        for ago, one in enumerate(chance.sample(everything, chance.randint(2, 4)), 1):
            kind = chance.choice([Kind.VIEW, Kind.SAVE])
            note(someone, kind, product=one.pk, at=now - timedelta(minutes=ago))
        with as_everyone():
            deeds = set(Event.objects.filter(shopper=someone).values_list("product", flat=True))
        left = {deed: scores_without(someone, deed) for deed in deeds}
        for found in recommend(someone, limit=12):
            assert found.because is not None and found.because.product is not None
            tested += 1
            without = left[found.because.product].get(found.product, 0.0)
            lower += without < found.score
            if others := sorted(deeds - {found.because.product}):
                compared += 1
                drawn = left[chance.choice(others)].get(found.product, 0.0)
                lower_than_random += without <= drawn
    assert lower / tested >= 0.99
    assert lower_than_random / compared >= 0.95


def scores_without(shopper: Shopper, product: int) -> dict[int, float]:
    """Return every candidate's score if one deed had not been done."""
    with transaction.atomic():
        forget(shopper, product=product)
        known = Known(shopper, taste_of(shopper), signals_of(shopper))
        with as_shopper(shopper):
            left = scored(known, sources_now())
        transaction.set_rollback(True)
    return {one.product: one.score for one in left}
