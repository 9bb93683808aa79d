"""The palette: pages, actions, products, orders and coupons of one shop, by a word."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Coupon
from shopguide.accounts.models import Membership, Role
from shopguide.accounts.portal import ACTIONS, GROUPS
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.catalog.views.test_merchant_today import make_order
from tests.people import People, browser, make_people, make_user

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/find/"
OPTION = re.compile(r'role="option"[^>]*href="([^"]+)"')


@pytest.fixture
def people() -> People:
    """Return everybody, and something to find in both shops."""
    people = make_people()
    make_product(people.loom, "HD-1", title="Red Hoodie", title_zh="红色卫衣")
    make_product(people.rival, "HD-2", title="Red Rival Hoodie")
    with as_merchant(people.loom):
        Coupon.objects.create(merchant=people.loom, code="HOODIE10", kind="percent", value=10)
    return people


def options(person: object, query: str, language: str = "en") -> list[str]:
    """Return where the options of the palette lead for these words."""
    client = browser(person, language)  # type: ignore[arg-type]
    page = client.get(PAGE, {"q": query}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    return OPTION.findall(page)


def test_finds_each_kind_of_the_own_shop_only(people: People) -> None:
    order = make_order(people.loom, email="kim@example.org")
    found = options(people.mei, "hoodie")
    assert found[-1] == "/merchant/loom/terms/"
    assert [url for url in found if "/products/" in url] == [
        f"/merchant/loom/products/{people.loom.products.get().pk}/"
    ]
    for words in (order.number, order.number.lower(), "KIM@example"):
        assert options(people.mei, words) == [f"/merchant/loom/orders/{order.number}/"]
    page = browser(people.rui).get("/merchant/rival/find/", {"q": "hoodie"}).content.decode()
    assert "Red Rival Hoodie" in page and "HOODIE10" not in page


def test_pages_and_actions_by_their_name_in_either_language(people: People) -> None:
    for words in ("imports", "导入", "csv"):
        assert "/merchant/loom/imports/" in options(people.mei, words)
    assert options(people.mei, "营业时间") == ["/merchant/loom/settings/"]
    assert "/merchant/loom/products/new/" in options(people.mei, "new product", "zh-hans")
    everything = options(people.mei, "")
    assert {"/merchant/loom/", "/merchant/loom/orders/", "/merchant/loom/settings/"} < {*everything}


def test_what_a_role_may_not_open_is_not_found(people: People) -> None:
    agent = make_user("gus")
    Membership.objects.create(user=agent, merchant=people.loom, role=Role.AGENT)
    assert "/merchant/loom/terms/" not in options(agent, "hoodie")
    assert options(agent, "settings") == []


def test_works_as_a_plain_page(people: People) -> None:
    page = browser(people.mei).get(PAGE, {"q": "hoodie"}).content.decode()
    assert "HOODIE10" in page and "Red Hoodie" in page and "Keyboard shortcuts" in page
    page = browser(people.mei, "zh-hans").get(PAGE, {"q": "zzzz"}).content.decode()
    assert "没有找到" in page


def test_asks_little_and_takes_odd_words(people: People) -> None:
    mei = browser(people.mei)
    with CaptureQueriesContext(connection) as queries:
        mei.get(PAGE, {"q": "hoodie"})
    told = [one["sql"] for one in queries if not re.search("SAVEPOINT|set_config|current_setting",
                                                          one["sql"])]  # fmt: skip
    assert len(told) <= 9, told
    for words in ("%", "\x00", "'; --", "<script>", "x" * 5000, "\u202e", "_" * 200):
        assert mei.get(PAGE, {"q": words}).status_code == 200


def test_staff_use_it_and_others_do_not(people: People) -> None:
    assert browser(people.ana).get(PAGE).status_code == 200
    for person in (people.rui, people.sam):
        assert browser(person).get(PAGE).status_code == 404
    assert browser().get(PAGE).status_code == 302
    assert browser(people.mei).post(PAGE).status_code == 405


def test_every_page_of_the_table_of_contents_has_its_address_icon_and_own_keys() -> None:
    entries = [*(entry for group in GROUPS for entry in group.entries), *ACTIONS]
    assert [entry.code for entry in entries if not entry.url("loom")] == []
    gone = [entry.keys for group in GROUPS for entry in group.entries if entry.keys]
    assert len(gone) == len(set(gone))
    from django.template.loader import get_template

    for entry in entries:
        get_template(entry.drawing)
