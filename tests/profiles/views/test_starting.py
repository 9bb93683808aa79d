"""The first questions: skipped without a trace, answered without an account, and they hold."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Product
from profiles.models import Consent, Stance
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from shopguide.joining import join
from tests.people import make_user

Shelves = dict[str, list[Product]]


def stances() -> set[tuple[str, str, int]]:
    """Return what is kept."""
    with as_everyone():
        return set(Stance.objects.values_list("about", "value", "liking"))


def test_skipped_it_leaves_nothing(shelves: Shelves, client: Client) -> None:
    page = client.get(reverse("start"))
    assert page.status_code == 200 and {one.value for one, _t in page.context["kinds"]} == {
        "all/shoes", "all/teapots", "all/mice",
    }  # fmt: skip
    for sent in ({}, {"kind": ""}, {"price": ""}):
        assert client.post(reverse("start"), sent).status_code == 302
    with as_everyone():
        assert not Shopper.objects.exists() and not Consent.objects.exists()


def test_answers_order_the_first_list_and_are_the_persons_after_sign_in(
    shelves: Shelves, client: Client
) -> None:
    sent = {"kind": ["all/mice", "nothing/like/it"], "price": "low", "brand": ["No such"]}
    assert client.post(reverse("start"), sent)["Location"] == reverse("for_you")
    assert stances() == {("category", "all/mice", 1), ("price", "low", 1)}
    page = client.get(reverse("for_you"))
    assert "mouse" in page.context["cards"][0]["title"] and not page.context["unknown"]
    assert "Because you told us that you like this kind" in page.content.decode()
    client.post(reverse("start"), {"price": "high"})
    assert ("price", "high", 1) in stances() and ("price", "low", 1) not in stances()
    ticked = [one.value for one, on in client.get(reverse("start")).context["kinds"] if on]
    assert ticked == ["all/mice"]
    with as_everyone():
        shopper = Shopper.objects.get()
    join(shopper, make_user("keen"))
    assert ("category", "all/mice", 1) in stances()


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "\x00"},
        {"kind": "x" * 5_000, "brand": ["y"] * 800},
        {"price": "free"},
        {"price": "lowest"},
    ],
)
def test_odd_answers_keep_nothing(shelves: Shelves, client: Client, sent: dict) -> None:
    assert client.post(reverse("start"), sent).status_code == 302
    assert stances() == set()
    assert client.put(reverse("start")).status_code == 405


def test_who_agreed_and_is_unknown_is_asked(shelves: Shelves, client: Client) -> None:
    client.post(reverse("for_you_change"), {"do": "on"})
    page = client.get(reverse("for_you"))
    assert page.context["unknown"] and reverse("start") in page.content.decode()
    assert reverse("start") in Client().get(reverse("for_you_shelf")).content.decode()


def test_apps_ask_and_answer(shelves: Shelves, client: Client) -> None:
    url = reverse("api_taste_start")
    asked = client.get(url).json()
    assert {one["value"] for one in asked["prices"]} == {"low", "middle", "high"}
    made = client.post(url, {"kinds": ["all/mice"]}, content_type="application/json")
    assert made.status_code == 200 and made.json()["agreed"]
    assert [one["value"] for one in made.json()["said"]] == ["all/mice"]
    nothing = Client().post(url, {}, content_type="application/json").json()
    assert not nothing["agreed"]
    assert client.post(url, {"price": "free"}, content_type="application/json").status_code == 400
