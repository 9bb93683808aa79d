"""The search page: found, understood, narrowed, and unharmed by whatever stands in its address."""

import html
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db


def text_of(address: str, language: str = "en", **headers: str) -> str:
    """Return the page at an address."""
    response = browser(language=language).get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def links(page: str) -> list[str]:
    """Return every address on a page."""
    return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', page)]


def test_works(window: Window) -> None:
    page = text_of("/search/?q=red+hoodie")
    assert "Red Fleece Hoodie" in page
    assert "Secret Draft Coat" not in page
    assert "<title>red hoodie · Search" in page


def test_speaks_chinese(window: Window) -> None:
    page = text_of("/search/?q=红色卫衣", "zh-hans")
    assert "红色加绒卫衣" in page and "已理解为" in page


def test_what_was_understood_is_shown_and_can_be_taken_away(window: Window) -> None:
    page = text_of("/search/?q=red hoodie under ¥200")
    away = next(link for link in links(page) if "no=price" in link)
    without = text_of(away)
    assert "≤ ¥200" in page and "≤ ¥200" not in without.split("</header>", 2)[-1]
    assert "Red" in without


def test_a_removed_chip_stays_removed_on_other_pages_and_filters(window: Window) -> None:
    page = text_of("/search/?q=red+hoodie&no=colour-0")
    filters = [link for link in links(page) if link.startswith("/search/") and "size=" in link]
    assert filters and all("no=colour-0" in link for link in filters)


def test_a_correction_can_be_taken_back(window: Window) -> None:
    page = text_of("/search/?q=red+hoodei")
    assert "instead of" in page
    undo = next(link for link in links(page) if "exact=1" in link)
    assert "instead of" not in text_of(undo)


def test_facets_count_and_toggle(window: Window) -> None:
    page = text_of("/search/?q=hoodie&size=m")
    assert 'aria-current="true"' in page
    assert "/search/?q=hoodie" in links(page)  # the chosen size takes itself away
    assert any("size=m&size=l" in link or "size=l&size=m" in link for link in links(page))


def test_nothing_fits_says_what_to_give_up(window: Window) -> None:
    page = text_of("/search/?q=red hoodie under ¥20")
    assert "Nothing fits all of that" in page
    assert "At any price: from CN¥99.00" in page
    assert "Popular right now" in page
    way = next(link for link in links(page) if "no=price" in link and "sort=price_asc" in link)
    assert "Red Fleece Hoodie" in text_of(way)


def test_nonsense_finds_popular_things(window: Window) -> None:
    page = " ".join(text_of("/search/?q=zzqqxxyy&exact=1").split())
    assert "Popular right now" in page
    assert 'action="/ask/say/"' in page and 'name="text" value="zzqqxxyy"' in page


def test_who_does_without_the_assistant_is_not_sent_to_it(window: Window) -> None:
    client = browser(language="en")
    client.cookies["assistant"] = "off"
    page = client.get("/search/?q=zzqqxxyy&exact=1").content.decode()
    assert "Popular right now" in page and "/ask/" not in page


def test_without_a_vector_it_is_marked(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.views._results.query_vector", lambda text: None)
    page = text_of("/search/?q=hoodie")
    assert "Red Fleece Hoodie" in page and "Simple word search at the moment" in page


def test_htmx_gets_the_part_that_it_swaps(window: Window) -> None:
    part = text_of("/search/?q=red+hoodie", **{"HX-Request": "true"})
    assert part.lstrip().startswith("<div") and 'id="results"' in part and "<html" not in part
    assert 'id="need"' in part  # the chips follow the filters
    whole = text_of(
        "/search/?q=hoodie", **{"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<html" in whole


def test_htmx_and_pages_are_cached_apart(window: Window) -> None:
    assert "HX-Request" in browser().get("/search/?q=hoodie")["Vary"]


HOSTILE = [
    "q=" + "长" * 5000,
    "q=%00hoodie%00&colour=%00red",
    "q=%ed%a0%80%ff%fe",
    "q=hoodie&page=0&page=-1&page=abc&page=99999999999999999999",
    "q=hoodie&page=99",
    "q=hoodie&min=abc&max=%00&cur=EURO&rating=NaN",
    "q=hoodie&min=1e400&max=-5&rating=Infinity",
    "q=hoodie&min=９００&max=¥1",
    "q=hoodie&category=0&category=18446744073709551616",
    "q=hoodie&category=999999&shop=nobody&brand=%27%22%3Cscript%3E",
    "q=hoodie&colour=red&colour=red&colour=" + "x" * 500,
    "q=hoodie&unknown=1&no=price--1&no=colour-99&no=../../&sort=drop+table",
    "q=' OR 1=1; --&stock=yes",
    "q=\\:*%26|!()&size='%26",
    "q=%25%s%(q)s&brand=%25",
    "q=<script>alert(1)</script>",
    "&".join(f"colour=c{n}" for n in range(300)),
    "need=eJx&q=hoodie",
]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_any_address_gives_a_sane_page(window: Window, language: str) -> None:
    for query in HOSTILE:
        response = browser(language=language).get(f"/search/?{query}", follow=True)
        assert response.status_code == 200, query
        assert "<script>alert(1)" not in response.content.decode(), query


def test_too_many_parameters_are_a_bad_request(window: Window) -> None:
    assert browser().get("/search/?" + "&".join(["a=1"] * 2000)).status_code == 400


def test_a_long_query_is_cut_at_500(window: Window) -> None:
    page = text_of("/search/?q=" + "x" * 900)
    assert f'value="{"x" * 500}"' in page


def test_pages_hold_every_product_once(window: Window, fill: Callable[[int], None]) -> None:
    fill(40)
    seen: list[str] = []
    for number in (1, 2):
        seen += re.findall(r'href="(/p/[^"?]*)', text_of(f"/search/?sort=newest&page={number}"))
    assert len(seen) == len(set(seen)) == 45
    beyond = browser().get("/search/?sort=newest&page=9")
    assert beyond["Location"] == "/search/?sort=newest&page=2"


def test_one_shop_only(window: Window) -> None:
    page = text_of("/search/?shop=rival")
    assert "Rival Mug" in page and "Red Fleece Hoodie" not in page


def test_the_price_filter_names_its_currency(window: Window) -> None:
    page = text_of("/search/?min=60&max=100&cur=CNY")
    assert "Price in CNY" in page and "CN¥60.00 – CN¥100.00" in page
    assert "羊毛围巾" in page and "Plain Cap" not in page and "Rival Mug" not in page


def test_stock_only(window: Window) -> None:
    assert 'aria-current="true"' in text_of("/search/?stock=1")


def test_wrong_method(window: Window) -> None:
    assert browser().post("/search/").status_code == 405


@pytest.mark.parametrize("address", ["/search/?q=cotton+shirt", "/search/", "/c/clothing/"])
def test_query_count_does_not_grow(
    window: Window, fill: Callable[[int], None], address: str
) -> None:
    counts = []
    for more in (10, 110):
        fill(more) if more == 10 else more_shirts(fill, 100)
        browser().get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser().get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


def more_shirts(fill: Callable[[int], None], count: int) -> None:
    """Add products beside the first ten."""
    from catalog.models import Product
    from shopguide.accounts.tenancy import as_everyone

    with as_everyone():
        for place, product in enumerate(Product.objects.filter(sku__startswith="FILL-")):
            Product.objects.filter(pk=product.pk).update(sku=f"OLD-{place}")
            product.variants.update(sku=f"OLD-{place}")
    fill(count)
