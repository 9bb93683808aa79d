"""The operator's site: lists that cost the same for many rows, and suspension with its reason."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shopguide.accounts.models import Membership, Merchant, Role, User
from tests.people import People, browser, make_people, make_user

pytestmark = pytest.mark.django_db
SHOPS = "/operator/accounts/merchant/"


@pytest.fixture
def people() -> People:
    """Return everybody and their shops."""
    return make_people()


@pytest.fixture
def operator(db: None) -> Client:
    """Return an operator's browser; a demo login, so no second step is asked."""
    return browser(User.objects.create_superuser("op@example.com", "x", is_demo=True))


def test_suspend_asks_why_says_whom_and_tells_the_shop(people: People, operator: Client) -> None:
    chosen = {"action": "ask_to_suspend", "_selected_action": [people.loom.pk]}
    asked = operator.post(SHOPS, chosen)["Location"]
    page = operator.get(asked).content.decode()
    assert "1 shop leaves search" in page and "Loom (loom)" in page and "Rival" not in page
    answer = operator.post(asked, {"reason": " "})
    assert answer.status_code == 422
    assert Merchant.objects.active().count() == 2
    operator.post(asked, {"reason": "No imprint."})
    loom = Merchant.objects.get(slug="loom")
    assert (loom.suspended_reason, loom.suspended_at is None) == ("No imprint.", False)
    assert "No imprint." in browser(people.mei).get("/merchant/loom/").content.decode()
    assert "nothing to suspend" in operator.get(asked).content.decode()
    operator.post(SHOPS, {"action": "open_again", "_selected_action": [people.loom.pk]})
    assert browser(people.mei).get("/merchant/loom/").status_code == 200
    assert Merchant.objects.get(slug="loom").suspended_reason == ""


def test_odd_addresses_suspend_nobody(people: People, operator: Client) -> None:
    for shops in ("", "x", "-1", "9" * 30, ",,,", "1;2", "%00"):
        assert operator.post(f"{SHOPS}suspend/?shops={shops}", {"reason": "x"}).status_code == 200
    assert Merchant.objects.active().count() == 2


def test_lists_cost_the_same_for_more_rows(people: People, operator: Client) -> None:
    def cost() -> list[int]:
        counts = []
        for name in ("merchant", "membership", "user"):
            with CaptureQueriesContext(connection) as queries:
                assert operator.get(f"/operator/accounts/{name}/").status_code == 200
            counts.append(len(queries))
        return counts

    operator.get(SHOPS)
    before = cost()
    for number in range(4):
        shop = Merchant.objects.create(slug=f"more-{number}", name_en="More")
        user = make_user(f"more-{number}")
        Membership.objects.create(user=user, merchant=shop, role=Role.OWNER)
    assert cost() == before


def test_looks_like_ours_and_filters(people: People, operator: Client) -> None:
    page = operator.get("/operator/").content.decode()
    assert "css/operator.css" in page and "Django administration" not in page
    Merchant.objects.filter(slug="rival").update(suspended_at="2026-01-01T00:00Z")
    page = operator.get(f"{SHOPS}?suspended=1").content.decode()
    assert re.findall(r'change/[^"]*">(\w+)</a></th>', page) == ["rival"]


def test_nobody_but_operators(people: People) -> None:
    for person in (people.mei, people.sam):
        assert browser(person).get(f"{SHOPS}suspend/?shops=1").status_code in (302, 404)
    assert browser().post(f"{SHOPS}suspend/?shops=1").status_code == 302
    assert Merchant.objects.active().count() == 2
