"""The page of what fits: off until it is switched on, every deed in sight, all of it forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product
from profiles.models import Event, Kind
from shopguide.accounts.models import Shopper
from shopguide.accounts.shopping import COOKIE
from shopguide.accounts.tenancy import as_everyone
from shopguide.joining import join
from tests.people import make_user

Shelves = dict[str, list[Product]]


def deeds(shopper: Shopper) -> list[tuple[str, int | None, str]]:
    """Return what is kept of a shopper, the oldest first."""
    with as_everyone():
        rows = Event.objects.filter(shopper=shopper).order_by("pk")
        return list(rows.values_list("kind", "product", "words"))


def look_at(client: Client, product: Product) -> None:
    """Open a product's page."""
    assert client.get(reverse("product", args=["loom", product.sku])).status_code == 200


def agreeing(client: Client) -> None:
    """Switch it on."""
    client.post(reverse("for_you_change"), {"do": "on"})


def change(client: Client, **fields: object) -> None:
    """Press one of the buttons."""
    answer = client.post(reverse("for_you_change"), fields)
    assert answer.status_code == 302


def test_nothing_is_kept_until_it_is_switched_on(shelves: Shelves, client: Client) -> None:
    look_at(client, shelves["shoes"][0])
    assert COOKIE not in client.cookies
    page = client.get(reverse("for_you")).content.decode()
    assert "It is switched off" in page
    assert COOKIE not in client.cookies
    with as_everyone():
        assert not Event.objects.exists()


def test_three_clicks_shape_the_next_page(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    for one in shelves["teapots"][:3]:
        look_at(client, one)
    page = client.get(reverse("for_you"))
    titles = [card["title"] for card in page.context["cards"]]
    assert titles and all("teapot" in title for title in titles)
    assert "Because you looked at “clay teapot" in page.content.decode()
    shelf = client.get(reverse("for_you_shelf")).content.decode()
    assert "<html" not in shelf and titles[0] in shelf


def test_what_was_offered_is_kept_with_its_place(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    look_at(client, shelves["shoes"][0])
    cards = client.get(reverse("for_you")).context["cards"]
    with as_everyone():
        kept = Event.objects.filter(kind=Kind.IMPRESSION).order_by("place")
        rows = list(kept.values_list("product", "place", "shelf", "propensity"))
        kept.update(at=timezone.now() - timedelta(days=91))
    assert rows == [(card["product"], n, "page", 1.0) for n, card in enumerate(cards, 1)]
    client.get(reverse("for_you_shelf"))
    with as_everyone():
        assert set(kept.values_list("shelf", flat=True)) == {"home"}


def test_every_kind_of_deed_is_kept_once(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    one = shelves["mice"][0]
    look_at(client, one)
    look_at(client, one)
    client.get(reverse("search"), {"q": "wireless mouse"})
    client.post(reverse("wish_change"), {"product": one.pk})
    client.post(reverse("cart_add"), {"variant": one.variants.get().pk})
    with as_everyone():
        shopper = Event.objects.first().shopper
    assert deeds(shopper) == [
        (Kind.VIEW, one.pk, ""),
        (Kind.SEARCH, None, "wireless mouse"),
        (Kind.SAVE, one.pk, ""),
        (Kind.CART, one.pk, ""),
    ]


def test_machines_do_nothing_of_note(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    url = reverse("product", args=["loom", shelves["mice"][0].sku])
    client.get(url, headers={"user-agent": "Examplebot/1.0"})
    with as_everyone():
        assert not Event.objects.exists()


def test_put_aside_and_shown_again(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    look_at(client, shelves["shoes"][0])
    gone = client.get(reverse("for_you")).context["cards"][0]["product"]
    change(client, do="dislike", product=gone, next=reverse("for_you"))
    page = client.get(reverse("for_you"))
    assert gone not in [card["product"] for card in page.context["cards"]]
    assert "put aside again" in page.content.decode()
    change(client, do="forget-dislikes")
    assert gone in [card["product"] for card in client.get(reverse("for_you")).context["cards"]]


def test_a_deed_is_forgotten_and_all_are(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    for kind in ("shoes", "mice"):
        look_at(client, shelves[kind][0])
    client.get(reverse("search"), {"q": "clay teapot"})
    change(client, do="forget", product=shelves["mice"][0].pk)
    change(client, do="forget", words="clay teapot")
    left = client.get(reverse("for_you")).context["signals"]
    assert [one["product"] for one in left] == [shelves["shoes"][0].pk]
    change(client, do="forget-all")
    with as_everyone():
        assert not Event.objects.exists()


def test_switched_off_it_holds_at_once(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    look_at(client, shelves["shoes"][0])
    change(client, do="off")
    look_at(client, shelves["mice"][0])
    assert "It is switched off" in client.get(reverse("for_you")).content.decode()
    shelf = client.get(reverse("for_you_shelf")).content.decode()
    assert reverse("for_you") in shelf and "Because" not in shelf
    with as_everyone():
        assert Event.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"do": "dance"},
        {"do": "dislike"},
        {"do": "dislike", "product": "9" * 40},
        {"do": "forget", "product": "-1"},
        {"do": "forget", "words": "\x00"},
    ],
)
def test_odd_wishes_change_nothing(shelves: Shelves, client: Client, fields: dict) -> None:
    agreeing(client)
    look_at(client, shelves["shoes"][0])
    assert client.post(reverse("for_you_change"), fields).status_code == 302
    with as_everyone():
        assert Event.objects.count() == 1


def test_wrong_methods(client: Client, db: None) -> None:
    assert client.get(reverse("for_you_change")).status_code == 405
    assert client.post(reverse("for_you")).status_code == 405
    assert client.post(reverse("for_you_shelf")).status_code == 405


def test_a_browsers_deeds_become_the_persons(shelves: Shelves, client: Client) -> None:
    agreeing(client)
    look_at(client, shelves["shoes"][0])
    with as_everyone():
        shopper = Event.objects.get().shopper
    person = join(shopper, make_user("keen"))
    assert deeds(person) == [(Kind.VIEW, shelves["shoes"][0].pk, "")]


def test_the_page_asks_the_same_for_many(
    shelves: Shelves, client: Client, django_assert_max_num_queries: Any
) -> None:
    """Settings of the transaction are statements, too; none is by product."""
    agreeing(client)
    for products in shelves.values():
        for one in products[:3]:
            look_at(client, one)
    client.get(reverse("for_you"))
    with django_assert_max_num_queries(60):
        client.get(reverse("for_you"))
