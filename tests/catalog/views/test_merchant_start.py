"""A shop's first steps: read from the shop, each leading to the page that does it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/start/"


def open_steps(page: str) -> list[str]:
    """Return the titles of the steps that are not done."""
    found = re.findall(r'<li class="step">.*?<h2>(.*?)</h2>', page, re.S)
    return [title.strip() for title in found]


def test_what_is_done_is_read_from_the_shop(window: Window) -> None:
    page = browser(window.people.mei).get(PAGE).content.decode()
    assert "6 of 8 done" in page
    assert open_steps(page) == ["Confirm facts", "Shape the search of your shop"]
    with as_merchant(window.loom):
        window.scarf.document.delete()
        Product.objects.of(window.loom).update(status="draft")
    page = browser(window.people.mei).get(PAGE).content.decode()
    assert open_steps(page)[:2] == ["Publish", "Be found"]


def test_an_empty_shop_begins_with_products(window: Window) -> None:
    shop = Merchant.objects.create(slug="new", name_en="New")
    shop.memberships.create(user=window.people.mei, role="owner")
    page = browser(window.people.mei).get("/merchant/new/start/").content.decode()
    assert "0 of 8 done" in page and len(open_steps(page)) == 8
    assert 'href="/merchant/new/imports/new/"' in page
    page = browser(window.people.mei).get("/merchant/new/products/").content.decode()
    assert 'href="/merchant/new/start/"' in page


def test_staff_read_it_and_others_do_not(window: Window) -> None:
    assert browser(window.people.ana).get(PAGE).status_code == 200
    for person in (window.people.rui, window.people.sam):
        assert browser(person).get(PAGE).status_code == 404
    assert browser().get(PAGE)["Location"].startswith("/accounts/login/")
    assert browser(window.people.mei).get("/merchant/nobody/start/").status_code == 404
    assert browser(window.people.mei).post(PAGE).status_code == 405


def test_speaks_chinese_and_asks_little(window: Window) -> None:
    mei = browser(window.people.mei, "zh-hans")
    with CaptureQueriesContext(connection) as queries:
        page = mei.get(PAGE).content.decode()
    assert "已完成 6 / 8 步" in page
    assert len(queries) <= 22
