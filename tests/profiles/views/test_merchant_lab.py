"""How recommendations do for a shop: figures of many with their meaning, and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product
from profiles.models import Event, Kind
from shopguide.accounts.models import Membership, Merchant, Role, Shopper, User
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.factories import make_merchant
from tests.people import browser, make_user

Shelves = dict[str, list[Product]]
LAB = "merchant_recommended"


def show(product: Product, people: int, opened: int) -> None:
    """Let so many people have been shown a product yesterday, and some of them have opened it."""
    at = timezone.now() - timedelta(days=1)
    with as_everyone():
        for number in range(people):
            who = Shopper.objects.create()
            Event.objects.create(
                shopper=who, kind=Kind.IMPRESSION, product=product.pk, at=at, source="kind"
            )
            if number < opened:
                later = at + timedelta(minutes=3)
                Event.objects.create(shopper=who, kind=Kind.VIEW, product=product.pk, at=later)


def member(name: str, shop: Merchant, role: Role) -> User:
    """Save somebody who works for a shop."""
    made = make_user(name)
    Membership.objects.create(user=made, merchant=shop, role=role)
    return made


@pytest.fixture
def owner(shelves: Shelves) -> Client:
    """Return the browser of somebody who reads the shop's figures."""
    return browser(member("ana", shelves["shoes"][0].merchant, Role.ANALYST))


def test_figures_by_hand(shelves: Shelves, owner: Client) -> None:
    show(shelves["shoes"][0], 8, 2)
    page = owner.get(reverse(LAB, args=["loom"]))
    values = [one["value"] for one in page.context["figures"]]
    assert values == ["8", "8", "25.0%", "5.6%", "100.0%", "—"]
    assert page.context["sources"] == [
        {"name": "Of a kind they looked at", "shown": "8", "opened": "25.0%"}
    ]
    assert "What the figures mean" in page.content.decode()


def test_figures_of_a_few_are_not_told(shelves: Shelves, owner: Client) -> None:
    show(shelves["shoes"][0], 4, 4)
    page = owner.get(reverse(LAB, args=["loom"]), {"days": "x"})
    assert page.status_code == 200 and "Too few people yet" in page.content.decode()


def test_rivals_shoppers_and_strangers_find_nothing(shelves: Shelves, client: Client) -> None:
    rival = browser(member("riva", make_merchant("rival"), Role.OWNER))
    for who in (rival, browser(make_user("sam")), client):
        assert who.get(reverse(LAB, args=["loom"])).status_code in (302, 404)
    assert rival.get(reverse(LAB, args=["nobody"])).status_code == 404


def test_wrong_method_and_queries(
    shelves: Shelves, owner: Client, django_assert_max_num_queries: Any
) -> None:
    assert owner.post(reverse(LAB, args=["loom"])).status_code == 405
    show(shelves["mice"][0], 6, 1)
    with django_assert_max_num_queries(24):
        owner.get(reverse(LAB, args=["loom"]))
