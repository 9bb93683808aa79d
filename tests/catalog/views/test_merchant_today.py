"""The overview: every number is the number of rows that its link shows."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import concerns
from catalog.models import CatalogImport, Media, Order, ProductText, Review
from catalog.reckoning import Sold, periods, sold
from shopguide.accounts.models import Membership, Merchant, Role, Shopper
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.people import People, browser, make_people, make_user

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/"
COUNTER = re.compile(r"data-announce>\s*(\d+)")
WAITING = re.compile(
    r'<a class="waiting-row" href="([^"]+)">\s*<span class="waiting-count">(\d+)</span>'
)
FIGURES = re.compile(
    r'<a class="figure" href="([^"]+)">\s*<span class="figure-label">([^<]+)</span>'
    r'\s*<span class="figure-value">([^<]+)</span>'
)


@pytest.fixture
def people() -> People:
    """Return everybody and their shops."""
    return make_people()


def make_order(shop: Merchant, *, days: float = 0, total: str = "100.00", **fields: Any) -> Order:
    """Save an order placed so many days ago."""
    with as_merchant(shop):
        return Order.objects.create(
            merchant=shop, shopper=Shopper.objects.create(), currency=fields.pop("currency", "CNY"),
            items_amount=Decimal(total), total_amount=Decimal(total),
            email=fields.pop("email", "sam@example.com"),
            payment_provider="on_delivery", address={"name": "Sam"},
            placed_at=timezone.now() - datetime.timedelta(days=days), **fields,
        )  # fmt: skip


@pytest.fixture
def busy(people: People) -> Iterator[People]:
    """Fill the shop with one or more rows of each concern, and with rows that are none."""
    loom = people.loom
    good = make_product(loom, "GOOD", title="Coat", title_zh="大衣", stock=50)
    few = make_product(loom, "FEW", title="Cap", title_zh="帽子", stock=2)
    make_product(loom, "BARE", title="Bare", price=None, stock=9)
    make_product(loom, "OLD", title="Old", price=None, stock=0, status="archived")
    make_product(people.rival, "RV", title="Rival", price=None, stock=0)
    with as_merchant(loom):
        for product in (good, few):
            Media.objects.create(merchant=loom, product=product, file=f"1/{product.sku}.webp")
        Review.objects.create(merchant=loom, product=good, stars=1, title="No", source_id="1")
        Review.objects.create(merchant=loom, product=good, stars=5, title="Yes", source_id="2")
        CatalogImport.objects.create(merchant=loom, file="x", file_name="bad.csv", failed=3)
        CatalogImport.objects.create(merchant=loom, file="x", file_name="good.csv")
    for days, state in ((0, "placed"), (0, "cancelled"), (3, "shipped"), (8, "paid"), (45, "paid")):
        make_order(loom, days=days, state=state)
    make_order(loom, total="12.50", currency="USD", state="packed")
    make_order(people.rival)
    yield people


def listed(person: Any, url: str) -> int:
    """Follow a link of the overview and return how many rows its list counts."""
    page = browser(person).get(unescape(url)).content.decode()
    if "/imports/" in url:
        return len(re.findall(r'<td class="lead"><a href="/merchant/loom/imports/\d+/">', page))
    return int(COUNTER.search(page).group(1))  # type: ignore[union-attr]


def test_every_number_is_the_length_of_its_list(busy: People) -> None:
    page = browser(busy.mei).get(PAGE).content.decode()
    waits = dict(WAITING.findall(page))
    assert len(waits) == 7
    assert {url: listed(busy.mei, url) for url in waits} == {
        url: int(count) for url, count in waits.items()
    }
    shown = {label: (url, value.strip()) for url, label, value in FIGURES.findall(page)}
    assert {label: value for label, (_url, value) in shown.items()} == {
        "Orders today": "3", "Orders in 7 days": "4", "Orders in 30 days": "5",
        "Takings in 30 days, CNY": "CN¥300.00", "Takings in 30 days, USD": "$12.50",
    }  # fmt: skip
    assert [listed(busy.mei, url) for url, _value in shown.values()] == [3, 4, 5, 3, 1]


def test_what_is_counted_by_hand(busy: People) -> None:
    with as_merchant(busy.loom):
        assert concerns.count(busy.loom, concerns.CONCERNS) == {
            **{one.code: 0 for one in concerns.CONCERNS}, "to_ship": 4, "stock": 1, "price": 1,
            "picture": 1, "translation": 1, "imports": 1, "reviews": 1,
        }  # fmt: skip
        bare = ProductText.objects.get(merchant=busy.loom, title="Bare").product
        ProductText.objects.create(merchant=busy.loom, product=bare, locale="zh-hans", title="裸")
        assert concerns.count(busy.loom, concerns.CONCERNS)["translation"] == 0


def test_each_role_sees_its_own_work(busy: People) -> None:
    agent = make_user("gus")
    Membership.objects.create(user=agent, merchant=busy.loom, role=Role.AGENT)
    page = browser(agent).get(PAGE).content.decode()
    assert [url.split("?")[0] for url, _count in WAITING.findall(page)] == [
        "/merchant/loom/orders/", "/merchant/loom/reviews/",
    ]  # fmt: skip
    assert "Takings" not in page.split("Orders are counted")[0] and "<figure" not in page
    assert "/merchant/loom/settings/" not in page and "/merchant/loom/terms/" not in page
    page = browser(busy.ana).get(PAGE).content.decode()
    assert "Takings in 30 days" in page and "/merchant/loom/settings/" not in page
    assert "/merchant/loom/settings/" in browser(busy.mei).get(PAGE).content.decode()


def test_an_empty_shop_says_what_to_do(people: People) -> None:
    page = browser(people.mei).get(PAGE).content.decode()
    assert 'class="button" href="/merchant/loom/start/"' in page and "<figure" not in page
    page = browser(people.ana).get(PAGE).content.decode()
    assert "The owner or an editor" in page and 'class="button" href' not in page
    page = browser(people.mei, "zh-hans").get(PAGE).content.decode()
    assert "您的店铺还是空的" in page


def test_asks_eight_queries_at_most_however_much_there_is(busy: People) -> None:
    mei = browser(busy.mei)
    with CaptureQueriesContext(connection) as queries:
        page = mei.get(PAGE).content.decode()
    told = [one["sql"] for one in queries if not re.search("SAVEPOINT|set_config|current_setting",
                                                          one["sql"])]  # fmt: skip
    assert len(told) <= 8, told
    assert page.count("<figure") == 2 and page.count("<tbody>") == 2


def test_staff_read_it_and_others_do_not(people: People) -> None:
    for person in (people.mei, people.edda, people.ana):
        assert browser(person).get(PAGE).status_code == 200
    for person in (people.rui, people.sam):
        assert browser(person).get(PAGE).status_code == 404
    assert browser(people.mei).get("/merchant/nobody/").status_code == 404
    assert browser().get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"
    assert browser(people.mei).post(PAGE).status_code == 405


def test_members_of_a_suspended_shop_read_why(people: People) -> None:
    Merchant.objects.filter(slug="loom").update(
        suspended_at=timezone.now(), suspended_reason="The licence has <expired>."
    )
    for path in (PAGE, f"{PAGE}products/"):
        answer = browser(people.mei).get(path)
        assert answer.status_code == 403
        assert "The licence has &lt;expired&gt;." in answer.content.decode()
    assert browser(people.rui).get(PAGE).status_code == 404
    assert "Suspended" in browser(people.mei).get("/merchant/").content.decode()


def test_periods_compare_with_as_much_time_before() -> None:
    today = datetime.date(2026, 3, 31)

    def day(back: int, orders: int, early: int) -> Sold:
        return Sold(today - datetime.timedelta(days=back), "CNY", orders, Decimal(orders),
                    early, Decimal(early))  # fmt: skip

    days = [day(back, 10, 4) for back in range(61)]
    today_, week, month = periods(days, today)
    assert (today_.orders, today_.orders_before) == (10, 4)
    assert (week.orders, week.orders_before) == (70, 64)
    assert (month.orders, month.orders_before) == (300, 294)
    assert month.takings_before == {"CNY": Decimal(294)}


def test_days_are_the_market_places_own(people: People) -> None:
    """An order five minutes before midnight belongs to the day that ends then."""
    local = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    make_order(people.loom)
    order = make_order(people.loom)
    with as_merchant(people.loom):
        before = local - datetime.timedelta(minutes=5)
        Order.objects.filter(pk=order.pk).update(placed_at=before)
        found = {one.day: one.orders for one in sold(people.loom, timezone.now())}
    assert found == {local.date(): 1, before.date(): 1}


def test_hostile_filters_are_left_out(busy: People) -> None:
    mei = browser(busy.mei)
    for asked in ("since=0000-00-00", "since=2026-13-45&until=x", "state=%27;--", "currency=%00",
                  "since=9999-12-31&until=9999-12-31", "q=%00", "lacking=x", "page=-1", "bad=2",
                  "stars=9&look=x"):  # fmt: skip
        for page in ("orders", "products", "imports", "reviews"):
            assert mei.get(f"{PAGE}{page}/?{asked}").status_code == 200
    assert listed(busy.mei, f"{PAGE}orders/?q=SAM@example") == 6
