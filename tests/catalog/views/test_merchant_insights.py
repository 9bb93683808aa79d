"""What shoppers search for: counted by real searches, shown with what may help."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import SearchCount
from catalog.search import noting
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
PAGE = "/merchant/loom/insights/"


@pytest.fixture(autouse=True)
def no_old_notes() -> None:
    """Begin with an empty list: the cache outlives a test."""
    while noting.taken():
        pass


def counted() -> dict[tuple[str | None, str, str], tuple[int, int, int]]:
    """Add up what was noted; return asked, empty and clicks by shop, place and query."""
    noting.count_notes()
    with as_everyone():
        return {
            (row.merchant.slug if row.merchant else None, row.place, row.key): (
                row.asked, row.empty, row.clicks,
            )
            for row in SearchCount.objects.select_related("merchant")
        }  # fmt: skip


def test_searches_and_opened_products_are_counted(window: Window) -> None:
    shopper = browser()
    shopper.get("/s/loom/", {"q": "Cotton"})
    shopper.get("/s/loom/", {"q": "cotton", "colour": "red"})
    shopper.get("/s/loom/", {"q": "cotton", "page": "1"})
    shopper.get("/s/loom/", {"q": "gondola"})
    shopper.get("/p/loom/TS-1/", headers={"Referer": "http://testserver/s/loom/?q=cotton&page=2"})
    shopper.get("/p/loom/TS-1/", headers={"Referer": "http://elsewhere/s/loom/?q=cotton"})
    shopper.get("/p/loom/TS-1/", headers={"Referer": "http://testserver/p/loom/SC-1/?q=cotton"})
    assert counted() == {
        ("loom", "shop", "cotton"): (1, 0, 1),
        ("loom", "shop", "gondola"): (1, 1, 0),
    }


def test_searches_of_the_market_place_are_counted_for_the_shops_that_are_shown(
    window: Window,
) -> None:
    shopper = browser()
    shopper.get("/search/", {"q": "cotton"})
    shopper.get("/p/loom/TS-1/", headers={"Referer": "http://testserver/search/?q=cotton"})
    shopper.get("/search/", {"q": "cotton", "shop": "loom"})
    found = counted()
    assert found[None, "market", "cotton"] == (1, 0, 1)
    assert found["loom", "market", "cotton"] == (1, 0, 1)
    assert found["loom", "shop", "cotton"] == (1, 0, 0)
    assert ("rival", "shop", "cotton") not in found


@pytest.mark.parametrize(
    "referer",
    ["http://testserver/s/loom/?q=" + "x" * 900, "http://testserver/s/loom/?" + "q=a&" * 90,
     "http://[", "http://testserver/s/loom/?q=%00%01", "http://testserver/search/?shop=rival&q=a"],
)  # fmt: skip
def test_odd_referers_count_nothing_and_break_nothing(window: Window, referer: str) -> None:
    assert browser().get("/p/loom/TS-1/", headers={"Referer": referer}).status_code == 200
    assert counted() == {}


def test_a_search_costs_no_query_more(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    shopper = browser()
    shopper.get("/s/loom/", {"q": "cotton"})
    counts = []
    for on in (True, False):
        if not on:
            monkeypatch.setattr("catalog.views._results.note_search", lambda *args: None)
        with CaptureQueriesContext(connection) as queries:
            shopper.get("/s/loom/", {"q": "cotton"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_leads_from_a_missing_word_to_its_synonym(window: Window) -> None:
    for query in ("gondola", "running shoes", "gondola"):
        browser().get("/s/loom/", {"q": query})
    counted()
    mei = browser(window.people.mei)
    page = mei.get(PAGE).content.decode()
    assert "gondola" in page and "running shoes" in page
    link = re.search(r'href="([^"]*say=gondola[^"]*)"', page)
    assert link, page
    form = mei.get(link[1].replace("&amp;", "&").partition("#")[0]).content.decode()
    assert re.search(r'name="said"[^>]*value="gondola"', form)
    assert "Nearest to it in meaning" in form and "Red Fleece Hoodie" in form
    mei.post(
        "/merchant/loom/search/synonym/", {"locale": "en", "said": "gondola", "meant": "hoodie"}
    )
    assert "You have added a synonym since." in mei.get(PAGE).content.decode()
    new = mei.get("/merchant/loom/products/new/?title=gondola&locale=en").content.decode()
    assert re.search(r'name="title"[^>]*value="gondola"', new)


def test_roles_methods_and_odd_addresses(window: Window) -> None:
    mei, ana = browser(window.people.mei), browser(window.people.ana)
    assert "Nobody has searched in your shop yet" in mei.get(PAGE).content.decode()
    browser().get("/s/loom/", {"q": "gondola"})
    counted()
    assert "Add a synonym" in browser(window.people.edda).get(PAGE).content.decode()
    page = ana.get(PAGE).content.decode()
    assert "gondola" in page and "Add a synonym" not in page, "an analyst only reads"
    for person in (window.people.rui, window.people.sam):
        assert browser(person).get(PAGE).status_code == 404
    assert browser().get(PAGE)["Location"].startswith("/accounts/login/")
    assert mei.post(PAGE).status_code == 405
    assert mei.get("/merchant/nobody/insights/").status_code == 404
    for query in ("?days=7", "?days=x", "?days=-1", "?days=%00"):
        assert mei.get(PAGE + query).status_code == 200
    assert "没有结果" in browser(window.people.mei, "zh-hans").get(PAGE).content.decode()


def test_query_count_does_not_grow(window: Window) -> None:
    mei = browser(window.people.mei)
    counts = []
    for number in (1, 12):
        with as_everyone():
            SearchCount.objects.bulk_create(
                SearchCount(
                    merchant=window.loom, place="shop", day=timezone.localdate(), locale="en",
                    key=f"word {number} {one}", query=f"word {number} {one}", asked=9, empty=4,
                )
                for one in range(number)
            )  # fmt: skip
        mei.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            mei.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
