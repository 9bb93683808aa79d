"""Stored taste: what NumPy says it is, made anew by every deed, and gone with them."""

from typing import Any

import numpy as np
import pytest
from django.db import connection

from catalog.models import Embedding, Product
from profiles.models import Interest, Kind, Signal, Taste
from profiles.noting import forget, note
from profiles.sources.finding import rows_of
from profiles.sources.switching import Sources
from profiles.tasks import read_words, refresh_taste
from profiles.taste.refreshing import WEIGHTS, direction, refresh, taste_of
from profiles.taste.shaping import MOST_INTERESTS, Deed, shape
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_shopper
from shopguide.inference.fakes import FakeEncoder

Shelves = dict[str, list[Product]]


def product_vectors() -> dict[int, Any]:
    """Return each product's vector as the shop stores it."""
    return {
        one.document_id: np.asarray(one.vector, np.float32) / np.linalg.norm(one.vector)
        for one in Embedding.objects.all()
    }


def oracle(deeds: dict[int, float], vectors: dict[int, Any], groups: dict[int, Any]) -> Any:
    """Return each product's score by brute force: the best interest's sum of its deeds."""
    middle = np.mean(list(vectors.values()), axis=0)

    def term(product: int, deed: int) -> float:
        usual = float(vectors[deed] @ middle)
        return deeds[deed] * (float(vectors[deed] @ vectors[product]) - usual) / (1 - usual)

    kinds = {groups[deed] for deed in deeds}
    return {
        product: max(
            sum(term(product, deed) for deed in deeds if groups[deed] == kind) for kind in kinds
        )
        for product in vectors
    }


def test_scores_are_those_of_numpy(shelves: Shelves, shopper: Shopper) -> None:
    seen = [shelves["shoes"][0], shelves["shoes"][1], shelves["mice"][0]]
    for one in seen:
        note(shopper, Kind.VIEW, product=one.pk)
    taste_of(shopper)
    with as_shopper(shopper):
        rows = {row[0]: row[6] for row in rows_of(shopper, Sources(), (), ())}
    vectors = product_vectors()
    groups = {one.pk: kind for kind, products in shelves.items() for one in products}
    expected = oracle({one.pk: WEIGHTS[Kind.VIEW] for one in seen}, vectors, groups)
    assert set(rows) == set(vectors) - {one.pk for one in seen}
    for product, score in rows.items():
        assert score == pytest.approx(expected[product], abs=4e-3), product
    by_sql = sorted(rows, key=lambda product: (-rows[product], product))
    by_numpy = sorted(rows, key=lambda product: (-round(expected[product], 3), product))
    assert by_sql[:6] == by_numpy[:6] or expected[by_sql[0]] == pytest.approx(
        expected[by_numpy[0]], abs=4e-3
    )


def test_a_deed_makes_it_anew_and_nothing_else_does(shelves: Shelves, shopper: Shopper) -> None:
    first = taste_of(shopper)
    assert taste_of(shopper).made_at == first.made_at
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    second = taste_of(shopper)
    assert second.made_at > first.made_at
    with as_shopper(shopper):
        assert Interest.objects.count() == Signal.objects.count() == 1
    forget(shopper)
    taste_of(shopper)
    with as_shopper(shopper):
        assert not Interest.objects.exists() and not Signal.objects.exists()


def test_a_worker_brings_it_up_to_date(shelves: Shelves, shopper: Shopper, settings: Any) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    refresh_taste(str(shopper.pk))
    refresh_taste("00000000-0000-0000-0000-000000000000")
    with as_shopper(shopper):
        made = Taste.objects.get()
    assert taste_of(shopper).made_at == made.made_at
    event = note(shopper, Kind.SEARCH, words="clay teapot")
    assert event is not None
    read_words(str(shopper.pk), event.pk)
    with as_shopper(shopper):
        found = Signal.objects.get(words="clay teapot")
    assert found.interest is not None and found.offset != 0.0


def test_several_interests_are_several_vectors(shelves: Shelves, shopper: Shopper) -> None:
    for kind in shelves:
        note(shopper, Kind.SAVE, product=shelves[kind][0].pk)
    refresh(shopper)
    with as_shopper(shopper):
        kept = list(Interest.objects.all())
    assert len(kept) == len(shelves)
    one = direction(shopper)
    assert one is not None and np.linalg.norm(one) == pytest.approx(1.0)
    assert direction(Shopper.objects.create()) is None


def test_a_taste_of_another_encoder_is_behind(
    shelves: Shelves, shopper: Shopper, settings: Any
) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    taste_of(shopper)
    settings.ENCODER_ID = "another"
    assert direction(shopper) is None
    assert taste_of(shopper).encoder_id == "another"
    with as_shopper(shopper):
        assert not Interest.objects.exists()


def test_nobody_else_sees_it(shelves: Shelves, shopper: Shopper) -> None:
    note(shopper, Kind.VIEW, product=shelves["shoes"][0].pk)
    taste_of(shopper)
    for model in (Taste, Interest, Signal):
        assert not model._default_manager.exists(), model
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM profiles_interest")
        assert cursor.fetchone() == (0,)


def deed(vector: list[float] | None, weight: float = 1.0, group: int = 1) -> Deed:
    """Return a deed for sums by hand."""
    made = None if vector is None else np.asarray(vector, np.float32)
    return Deed("view", 1, "", weight, group, made)


def test_sums_by_hand() -> None:
    """Sameness scores the weight, what is as near as anything scores nothing."""
    middle = np.asarray([0.6, 0.0], np.float32)
    (interest,) = shape([deed([2.0, 0.0], 3.0)], middle)
    same, usual = np.asarray([1.0, 0.0]), np.asarray([0.6, 0.8])
    assert float(interest.vector @ same) - interest.offset == pytest.approx(3.0)
    assert float(interest.vector @ usual) - interest.offset == pytest.approx(0.0, abs=1e-6)


def test_odd_vectors_take_no_part() -> None:
    middle = np.zeros(2, np.float32)
    odd = [deed(None), deed([0.0, 0.0]), deed([float("nan"), 1.0])]
    assert shape(odd, middle) == [] and all(one.interest is None for one in odd)
    many = [deed([1.0, 0.0], group=n) for n in range(MOST_INTERESTS + 3)]
    assert len(shape(many, middle)) == MOST_INTERESTS
    assert FakeEncoder().dimensions > 0
