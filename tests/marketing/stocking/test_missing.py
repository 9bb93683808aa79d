"""Days that were sold out are noted, and are not read as days on which nobody wanted a thing."""

import datetime

import numpy as np
import pytest

from catalog.models import Stock
from marketing.models import SoldOut
from marketing.stocking.gathering import filled, past_of
from marketing.stocking.missing import KEPT_DAYS, note_today
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.marketing.stocking.conftest import Store


def test_what_usually_sold_stands_in_the_place_of_an_empty_day() -> None:
    """Of the same weekday; other products and days stay, and nothing is taken away."""
    counts = np.tile([1.0, 1, 1, 1, 1, 8, 8], 6)[None, :].repeat(2, axis=0)
    counts[0, 40] = counts[0, 35] = 0
    out = np.zeros(counts.shape, dtype=bool)
    out[0, [35, 40]] = True
    asked = filled(counts, out)
    assert asked[0, 40] == 8 and asked[0, 35] == 1
    assert (asked[1] == counts[1]).all() and counts[0, 40] == 0


def test_more_than_usual_stays_and_a_first_day_too() -> None:
    """What was sold before the shelf was empty counts; without days before nothing is made up."""
    counts = np.array([[0.0, 2, 2, 2, 9]])
    out = np.array([[True, False, False, False, True]])
    assert filled(counts, out).tolist() == [[0, 2, 2, 2, 9]]


@pytest.mark.django_db
def test_empty_shelves_are_noted_once_and_help_the_forecast(store: Store) -> None:
    """A product that nobody counts or that has stock is not; old notes go."""
    today = datetime.date(2026, 3, 1)
    with as_merchant(store.people.loom):
        Stock.objects.filter(variant__product=store.mug).update(quantity=0)
    assert note_today(today) == 1 and note_today(today) == 0
    with as_everyone():
        assert list(SoldOut.objects.values_list("product", "day")) == [(store.mug.pk, today)]
    assert note_today(today + datetime.timedelta(days=KEPT_DAYS + 1)) == 1
    with as_everyone():
        assert SoldOut.objects.get().day > today
        SoldOut.objects.all().delete()


@pytest.mark.django_db
def test_the_past_tells_what_was_sold_and_what_was_asked_for(store: Store) -> None:
    """A noted day is filled up in what is forecast from, not in what is shown as sold."""
    from django.utils import timezone

    from marketing.models import PastSale

    today = timezone.localdate()
    empty = today - datetime.timedelta(days=3)
    with as_merchant(store.people.loom):
        PastSale.objects.filter(product=store.mug, day=empty).delete()
        SoldOut.objects.create(merchant=store.people.loom, product=store.mug, day=empty)
        past = past_of(store.people.loom, today)
    assert past is not None
    place, day = past.products.index(store.mug.pk), (empty - past.history.begins).days
    assert past.sold[place, day] == 0 < past.history.counts[place, day]
