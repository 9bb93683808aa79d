"""What goes with it, what a taste is drawn from, and what is known, by the API."""

import uuid

import pytest

from catalog.models import Product
from profiles.models import Event
from profiles.sources.learning import put_live, store
from profiles.sources.switching import Source
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.api.client import Generated

Shelves = dict[str, list[Product]]


def deed(kind: str, sku: str = "", words: str = "") -> dict[str, object]:
    """Return a deed as an app sends it."""
    about = {"merchant": "loom", "sku": sku} if sku else {"words": words}
    return {"client_id": str(uuid.uuid4()), "kind": kind, **about}


def skus(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    """Return which products an answer holds."""
    return [one["sku"] for one in answer["items"]]


def test_what_goes_with_a_product_and_with_the_cart(shelves: Shelves) -> None:
    shoe, mouse, pot = shelves["shoes"][0], shelves["mice"][0], shelves["teapots"][0]
    put_live(store([(Source.BOUGHT, shoe.pk, other.pk, 0.5) for other in (mouse, pot)]))
    app, both = Generated(), {mouse.sku, pot.sku}
    assert set(skus(app.call("with_product", merchant="loom", sku=shoe.sku))) == both
    assert app.call("with_product", merchant="loom", sku=pot.sku)["items"] == []
    assert app.call("with_cart")["items"] == []
    app.call("cart_add", {"variant": shoe.variants.get().pk})
    assert set(skus(app.call("with_cart"))) == both
    assert app.call("due_again")["items"] == []
    for name, given in (("with_order", {"number": "NONE"}),
                        ("with_product", {"merchant": "loom", "sku": "NONE"})):  # fmt: skip
        with pytest.raises(AssertionError, match=" 404 "):
            app.call(name, **given)


def test_deeds_are_seen_and_forgotten_and_nobody_elses(shelves: Shelves) -> None:
    app, other = Generated(), Generated()
    for one in (app, other):
        one.call("consents_change", {"personalisation": True})
        one.call("events_send", {"events": [
            deed("view", "shoes-1"), deed("search", words="tea"), deed("dislike", "mice-1"),
            deed("dislike", "mice-2"),
        ]})  # fmt: skip
    assert skus(app.call("aside")) == ["mice-2", "mice-1"]
    app.call("aside_back", merchant="loom", sku="mice-2")
    assert skus(app.call("aside")) == ["mice-1"]
    app.call("aside_forget")
    app.call("deeds_forget", words="tea")
    with as_everyone():
        assert Event.objects.count() == 5
    app.call("deeds_forget", merchant="loom", sku="shoes-1")
    app.call("deeds_forget", merchant="loom", sku="shoes-1")
    with as_everyone():
        assert Event.objects.count() == 4
    for given in ({}, {"merchant": "loom"}, {"sku": "x"}):
        with pytest.raises(AssertionError, match=" 400 "):
            app.call("deeds_forget", **given)
    assert isinstance(other.call("deeds")["items"], list)
    assert skus(other.call("aside")) == ["mice-2", "mice-1"]


def test_what_is_known_is_counted_and_each_choice_told(shelves: Shelves) -> None:
    app, nobody = Generated(), Generated()
    assert nobody.call("known")["items"] == nobody.call("consents_made")["items"] == []
    for given in (True, False):
        app.call("consents_change", {"personalisation": given})
    made = app.call("consents_made")["items"]
    assert [(one["given"], one["via"]) for one in made] == [(False, "app"), (True, "app")]
    assert {"name": "Choices about privacy", "count": 2} in app.call("known")["items"]
    wish = app.call("erasure_wish", {"wait_days": 7})
    found = nobody.call("certificate", number=wish["number"])
    assert (found["state"], found["certificate"]) == ("queued", None)
    with pytest.raises(AssertionError, match=" 404 "):
        nobody.call("certificate", number=str(uuid.uuid4()))
