"""A portrait is made of deeds, tells what it rests on, is corrected, forgotten, and counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product
from profiles.consenting import choose
from profiles.knowing.reading import forget_since
from profiles.models import Event, Kind, Portrait, Purpose, Stance
from profiles.portraits.features import NAMES
from profiles.portraits.portraying import portray, portray_all
from profiles.portraits.telling import NAMES as TYPES
from profiles.segments.counting import Wanted, members
from profiles.segments.grammar import read
from profiles.segments.telling import sentence
from profiles.tasks import refresh_taste
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from shopguide.inference import portraits, shelf
from shopguide.inference.portraits import LAYERS, Portraits

Shelves = dict[str, list[Product]]
SIZES = {"w1": (8, -1), "b1": (8,), "w2": (4, 8), "b2": (4,), "types_w": (6, 4), "types_b": (6,),
         "likely_w": (1, 4), "likely_b": (1,)}  # fmt: skip


def by_hand(size: int, encoder: str) -> Portraits:
    """Return a model that knows one thing: whoever looks at cheap things looks for good prices."""
    inputs = len(NAMES) + 4
    arrays: dict[str, Any] = {
        "mean": np.zeros(len(NAMES), np.float32), "scale": np.ones(len(NAMES), np.float32),
        "networks": np.array([1]), "temperature": np.array([1.0]), "line": np.array([1.0, -1.0]),
    }  # fmt: skip
    for name in ("words", "things"):
        arrays |= {
            f"{name}_mean": np.zeros(size, np.float32), f"{name}_scale": np.ones(2, np.float32),
            f"{name}_main": np.eye(size, 2, dtype=np.float32),
        }  # fmt: skip
    for layer in LAYERS:
        shape = tuple(inputs if n == -1 else n for n in SIZES[layer])
        arrays[f"0.{layer}"] = np.zeros(shape, np.float32)
    arrays["0.w1"][0, NAMES.index("cheap")] = 4
    arrays["0.w2"][0, 0] = 1
    arrays["0.types_w"][list(TYPES).index("deal"), 0] = 1
    arrays["0.likely_w"][0, 0] = 1
    return Portraits(tuple(TYPES), arrays, {"version": "by-hand", "encoder": encoder})


@pytest.fixture
def model(shelves: Shelves, settings: Any, tmp_path: Path) -> Iterator[Portraits]:
    """Return the model, put in use; every product costs the same but the first of each kind."""
    from django.core.cache import cache

    cache.clear()
    settings.MODELS_DIR = tmp_path
    made = by_hand(int(settings.ENCODER["dimensions"]), settings.ENCODER_ID)
    (tmp_path / portraits.SHELF).mkdir()
    made.save(tmp_path / portraits.SHELF / "by-hand")
    shelf.use(tmp_path / portraits.SHELF, "by-hand")
    with as_everyone():
        for products in shelves.values():
            for place, one in enumerate(products):
                one.variants.get().prices.update(amount=10 * (place + 1))
    yield made
    cache.clear()


def look(shopper: Shopper, products: list[Product]) -> None:
    """Let a shopper have looked at products."""
    with as_everyone():
        Event.objects.bulk_create(
            Event(shopper=shopper, kind=Kind.VIEW, product=one.pk,
                  at=timezone.now() - timedelta(minutes=9 - n))
            for n, one in enumerate(products)
        )  # fmt: skip


def cheap(shelves: Shelves) -> list[Product]:
    """Return the cheapest two of each kind."""
    return [one for row in shelves.values() for one in row[:2]]


def test_a_portrait_tells_what_it_rests_on(
    shelves: Shelves, shopper: Shopper, model: Portraits
) -> None:
    assert portray(shopper, model) is None
    look(shopper, cheap(shelves))
    made = portray(shopper, model)
    assert made is not None and made.chances["deal"] > 0.9 and made.deeds == 6
    (first, *_rest) = made.evidence["deal"]
    assert first["about"] == "prices" and first["facts"]["cheap"] == first["facts"]["priced"] == 6
    assert [one["about"] for one in made.evidence["deal"]] == ["prices"]
    assert portray(shopper, model).made_at == made.made_at  # type: ignore[union-attr]


def test_nobody_is_portrayed_who_did_not_agree_or_by_another_encoders_model(
    shelves: Shelves, shopper: Shopper, model: Portraits
) -> None:
    look(shopper, cheap(shelves))
    model.card["encoder"] = "another"
    assert portray(shopper, model) is None and portray(shopper, None) is None
    model.card["encoder"] = settings.ENCODER_ID
    choose(shopper, {Purpose.PERSONALISATION: False})
    assert portray(shopper, model) is None and portray_all(model) == 0
    with as_everyone():
        assert not Portrait.objects.exists()


def test_a_worker_draws_it_and_forgetting_takes_it_along(
    shelves: Shelves, shopper: Shopper, model: Portraits
) -> None:
    look(shopper, cheap(shelves))
    refresh_taste(str(shopper.pk))
    with as_everyone():
        assert Portrait.objects.get().version == "by-hand"
    forget_since(shopper, None)
    with as_everyone():
        assert not Portrait.objects.exists()


def test_the_page_tells_it_and_takes_a_correction(
    shelves: Shelves, client: Client, model: Portraits
) -> None:
    client.post(reverse("for_you_change"), {"do": "on"})
    for one in cheap(shelves):
        client.get(reverse("product", args=["loom", one.sku]))
    with as_everyone():
        person = Event.objects.first().shopper  # type: ignore[union-attr]
    portray(person, model)
    page = client.get(reverse("taste"))
    (row,) = page.context["portrait"]["types"]
    assert row["code"] == "deal" and row["because"] == [
        "6 of 6 were in the cheaper third of their kind."
    ]
    assert "Somebody who looks for good prices" in page.content.decode()
    answer = client.post(reverse("taste_change"), {"do": "less", "about": "type", "value": "deal"})
    assert answer.status_code == 302
    page = client.get(reverse("taste"))
    assert not page.context["portrait"]["types"]
    assert [one["value"] for one in page.context["wrong"]] == ["deal"]
    client.post(reverse("taste_change"), {"do": "more", "about": "type", "value": "gift"})
    (row,) = client.get(reverse("taste")).context["portrait"]["types"]
    assert row["said"] and row["code"] == "gift"
    client.post(reverse("taste_change"), {"do": "forget", "about": "type", "value": "gift"})
    with as_everyone():
        assert Event.objects.filter(kind=Kind.VIEW).count() == 6


def test_a_segment_by_the_model_heeds_what_people_say(
    shelves: Shelves, shopper: Shopper, model: Portraits
) -> None:
    shop = shelves["mice"][0].merchant_id
    choose(shopper, {Purpose.MARKETING: True})
    other = Shopper.objects.create()
    choose(other, {Purpose.MARKETING: True, Purpose.PERSONALISATION: True})
    look(shopper, cheap(shelves))
    look(other, [one for row in shelves.values() for one in row[4:]])
    assert portray_all(model) == 2

    def found(**test: Any) -> list[Any]:
        return members(Wanted(shop, read(test)))

    assert found(**{"is": "type", "types": ["deal"]}) == [shopper.pk]
    assert found(**{"is": "likely", "least": 60}) == [shopper.pk]
    with as_everyone():
        Stance.objects.create(shopper=shopper, about="type", value="deal", liking=-1)
        Stance.objects.create(shopper=other, about="type", value="gift", liking=1)
    assert found(**{"is": "type", "types": ["deal"]}) == []
    assert found(**{"is": "type", "types": ["deal", "gift"]}) == [other.pk]
    choose(other, {Purpose.PERSONALISATION: False})
    assert found(**{"is": "type", "types": ["deal", "gift"]}) == []
    rule = {"all": [{"is": "type", "types": ["gift"]}, {"is": "likely", "least": 5}]}
    said = sentence(read(rule))
    assert "looks for gifts" in said and "5%" in said
