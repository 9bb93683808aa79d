"""The taste page: in plain words, corrected, forgotten, brought back; and shelves beside things."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Product
from profiles.models import Event, Kind, Stance
from profiles.sources.learning import put_live, store
from profiles.sources.switching import Source
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from tests.profiles.test_for_you import agreeing, look_at

Shelves = dict[str, list[Product]]
TASTE, CHANGE = "taste", "taste_change"


def change(client: Client, **fields: object) -> None:
    """Press one of the buttons."""
    assert client.post(reverse(CHANGE), fields).status_code == 302


def count() -> int:
    """Return how many deeds are kept."""
    with as_everyone():
        return Event.objects.exclude(kind=Kind.IMPRESSION).count()


def test_off_it_says_so_and_makes_nobody_a_shopper(client: Client, db: None) -> None:
    page = client.get(reverse(TASTE))
    assert page.status_code == 200 and "It is switched off" in page.content.decode()
    assert not Shopper.objects.exists()


def test_a_profile_in_plain_words(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    for one in shelves["teapots"][:3]:
        look_at(client, one)
    look_at(client, shelves["mice"][0])
    page = client.get(reverse(TASTE))
    (kinds, *_rest) = page.context["groups"]
    assert [(one["value"], one["percent"]) for one in kinds["traits"]] == [
        ("all/teapots", 75), ("all/mice", 25),
    ]  # fmt: skip
    text = page.content.decode()
    assert "You look most at teapots and mice." in text and "from 3 actions" in text


def test_less_of_a_kind_holds_from_the_next_list_on(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    for kind in ("teapots", "mice"):
        look_at(client, shelves[kind][0])
    change(client, do="less", about="category", value="all/teapots")
    titles = [card["title"] for card in client.get(reverse("for_you")).context["cards"]]
    assert titles and not any("teapot" in title for title in titles)
    assert "Less of teapots" in client.get(reverse(TASTE)).content.decode()
    change(client, do="unsay", about="category", value="all/teapots")
    titles = [card["title"] for card in client.get(reverse("for_you")).context["cards"]]
    assert any("teapot" in title for title in titles)


def test_what_is_liked_counts_before_the_first_click(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    change(client, do="more", about="category", value="all/mice")
    cards = client.get(reverse("for_you")).context["cards"]
    assert "mouse" in cards[0]["title"]
    assert cards[0]["reason"] == "Because you told us that you like this kind"


def test_a_trait_is_forgotten_and_brought_back(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    for kind in ("teapots", "mice"):
        look_at(client, shelves[kind][0])
    change(client, do="forget", about="category", value="all/mice")
    assert count() == 1
    page = client.get(reverse(TASTE))
    assert page.context["can_undo"]
    assert [one["value"] for one in page.context["groups"][0]["traits"]] == ["all/teapots"]
    change(client, do="undo")
    assert count() == 2 and not client.get(reverse(TASTE)).context["can_undo"]
    change(client, do="forget-since", span="hour")
    assert count() == 0


def test_what_was_put_aside_is_shown_again(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    gone = shelves["mice"][2]
    client.post(reverse("for_you_change"), {"do": "dislike", "product": gone.pk})
    assert [one["product"] for one in client.get(reverse(TASTE)).context["aside"]] == [gone.pk]
    fields = {"do": "undislike", "product": gone.pk, "next": reverse(TASTE)}
    assert client.post(reverse("for_you_change"), fields)["Location"] == reverse(TASTE)
    assert not client.get(reverse(TASTE)).context["aside"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"do": "more"},
        {"do": "more", "about": "planet", "value": "x"},
        {"do": "forget", "about": "brand", "value": "\x00"},
        {"do": "forget-since", "span": "century"},
        {"do": "undo"},
    ],
)
def test_odd_wishes_change_nothing(shelves: Shelves, client: Client, fields: dict) -> None:
    agreeing(client)
    look_at(client, shelves["shoes"][0])
    change(client, **fields)
    with as_everyone():
        assert count() == 1 and not Stance.objects.exists()


def test_wrong_methods(client: Client, db: None) -> None:
    assert client.post(reverse(TASTE)).status_code == 405
    assert client.get(reverse(CHANGE)).status_code == 405
    assert client.post(reverse(CHANGE), {"do": "undo"}).status_code == 302


def test_shelves_beside_things(shelves: Shelves, client: Client, shopper: Shopper) -> None:
    shoe, mouse, pot = shelves["shoes"][0], shelves["mice"][0], shelves["teapots"][0]
    made = store([(Source.BOUGHT, shoe.pk, other.pk, 0.5) for other in (mouse, pot)])
    put_live(made)
    shelf = client.get(reverse("with_product", args=[shoe.pk])).content.decode()
    assert "Others also chose" in shelf and "mouse" in shelf and "trail" not in shelf
    assert client.get(reverse("with_product", args=[1])).content.decode().strip() == ""
    client.post(reverse("cart_add"), {"variant": shoe.variants.get().pk})
    cart = client.get(reverse("with_cart")).content.decode()
    assert "Goes with your cart" in cart and "mouse" in cart
    assert client.get(reverse("with_order", args=["NONE"])).status_code == 404
    assert client.get(reverse("due_again")).content.decode().strip() == ""


def test_the_page_asks_the_same_for_many(
    shelves: Shelves, client: Client, django_assert_max_num_queries: Any
) -> None:
    agreeing(client)
    for products in shelves.values():
        for one in products[:3]:
            look_at(client, one)
    with django_assert_max_num_queries(40):
        client.get(reverse(TASTE))
