"""A person's account: what there is, and the way to each part."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.test_merchant_today import make_order
from tests.people import People, browser, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    """Return everybody and their shops."""
    return make_people()


def test_shows_the_last_orders_of_this_person_alone(people: People) -> None:
    mine = Shopper.objects.create(user=people.sam)
    orders = [make_order(people.loom, days=days) for days in range(5)]
    foreign = make_order(people.loom)
    for order in orders:
        with as_merchant(people.loom):
            type(order).objects.filter(pk=order.pk).update(shopper=mine)
    page = browser(people.sam).get("/account/").content.decode()
    assert [order.number in page for order in orders] == [True, True, True, False, False]
    assert foreign.number not in page


def test_says_how_safe_the_account_is_and_leads_on(people: People) -> None:
    page = browser(people.sam).get("/account/").content.decode()
    assert "Not confirmed yet" in page and "Off. A second step" in page
    for path in ("/orders/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/"):
        assert f'href="{path}"' in page
    assert "您还没有下过单" in browser(people.sam, "zh-hans").get("/account/").content.decode()


def test_asks_to_sign_in_and_takes_no_other_method(people: People) -> None:
    assert browser().get("/account/")["Location"] == "/accounts/login/?next=/account/"
    assert browser(people.sam).post("/account/").status_code == 405


def test_queries_do_not_grow_with_orders(people: People) -> None:
    mine = Shopper.objects.create(user=people.sam)
    for _number in range(3):
        order = make_order(people.loom)
        with as_merchant(people.loom):
            type(order).objects.filter(pk=order.pk).update(shopper=mine)
    client = browser(people.sam)
    with CaptureQueriesContext(connection) as queries:
        client.get("/account/")
    assert len(queries) <= 14
