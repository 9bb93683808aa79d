"""What search engines read: robots, the site map, canonical addresses and languages, JSON-LD."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from catalog.views import crawling
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
NS = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
HOODIE = "/p/loom/HD~2f1/"


def places(path: str) -> list[str]:
    """Return the addresses of a site map."""
    response = browser().get(path)
    assert response.status_code == 200 and response["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(response.content)  # noqa: S314  our own page
    found = root.findall(".//m:loc", NS)
    return [one.text or "" for one in found]


def local(address: str) -> str:
    """Return an address without its host."""
    return address.removeprefix("http://testserver")


def test_robots_names_the_map_and_what_is_closed(window: Window) -> None:
    text = browser().get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /merchant/" in text and "Disallow: /p/" not in text


def test_the_map_lists_what_is_sold_and_each_address_works(window: Window) -> None:
    parts = places("/sitemap.xml")
    assert [local(part) for part in parts] == ["/sitemap-pages.xml", "/sitemap-1.xml"]
    listed = [local(one) for part in parts for one in places(local(part))]
    assert f"{HOODIE}?lang=en" in listed and "/c/clothing/tops/?lang=zh-hans" in listed
    assert not any("DR-1" in one for one in listed)
    for address in listed:
        assert browser().get(address).status_code == 200, address


def test_a_suspended_shop_leaves_the_map(window: Window) -> None:
    window.people.rival.suspended_at = window.people.loom.created_at
    window.people.rival.save(update_fields=["suspended_at"])
    assert not any(
        "rival" in one for name in ("pages", "1") for one in places(f"/sitemap-{name}.xml")
    )


def test_the_map_comes_in_parts(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawling, "PART", 2)
    parts = places("/sitemap.xml")
    assert len(parts) == 1 + 3  # five live products
    found = {one for part in parts[1:] for one in places(local(part))}
    assert len(found) == 2 * Product.objects.live().count()


@pytest.mark.parametrize("name", ["0", "9", "x", "9" * 40, "²"])
def test_bad_id(window: Window, name: str) -> None:
    assert browser().get(f"/sitemap-{name}.xml").status_code == 404


def test_wrong_method(window: Window) -> None:
    for path in ("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml"):
        assert browser().post(path).status_code == 405


def test_query_count(window: Window) -> None:
    with CaptureQueriesContext(connection) as queries:
        browser().get("/sitemap-1.xml")
    assert len(queries) <= 2


def links(page: str) -> dict[str, str]:
    """Return the canonical address and the alternates of a page."""
    head = page.split("</head>", maxsplit=1)[0].replace("&amp;", "&")
    found = dict(re.findall(r'hreflang="([^"]+)"\s+href="([^"]+)"', head))
    canonical = re.search(r'rel="canonical"\s+href="([^"]+)"', head)
    return {**found, "canonical": canonical[1]} if canonical else found


@pytest.mark.parametrize("path", ["/", HOODIE, "/c/clothing/", "/s/loom/"])
def test_pages_say_their_address_in_each_language(window: Window, path: str) -> None:
    page = browser(language="zh-hans").get(f"{path}?o-colour=red&stars=5").content.decode()
    found = links(page)
    assert local(found["canonical"]) == f"{path}?lang=zh-hans" == local(found["zh-hans"])
    assert local(found["en"]) == f"{path}?lang=en" and local(found["x-default"]) == path
    assert "noindex" not in page
    assert '<html lang="en"' in browser(language="zh-hans").get(local(found["en"])).content.decode()


def test_a_hostile_page_number_stays_text(window: Window) -> None:
    page = browser().get("/c/clothing/", {"page": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("path", ["/search/?q=shirt", "/cart/", "/accounts/login/"])
def test_what_is_nobodys_search_result_is_not_indexed(window: Window, path: str) -> None:
    assert '<meta name="robots" content="noindex">' in browser().get(path).content.decode()


def test_can_be_installed(window: Window) -> None:
    page = browser().get("/").content.decode()
    path = re.search(r'rel="manifest" href="([^"]+)"', page)
    assert path
    response = browser(language="zh-hans").get(path[1])
    said = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (
        said["start_url"] == "/" and said["display"] == "standalone" and said["lang"] == "zh-hans"
    )
    assert said["icons"][0]["src"].endswith(".svg")


def test_machines_read_the_stars_and_stock_that_people_read(window: Window) -> None:
    with as_merchant(window.loom):
        Product.objects.filter(pk=window.scarf.pk).update(brand="Loom")
    page = browser(language="zh-hans").get("/p/loom/SC-1/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert block
    product = json.loads(block[1])[0]
    assert product["name"] in page and product["brand"]["name"] == "Loom"
    assert f"¥{product['offers']['price']}" in page
    assert "aggregateRating" not in product and "还没有" in page
