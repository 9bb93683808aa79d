"""The home page: departments with exact counts, shelves, shops, examples."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.catalog.views.conftest import Window
from tests.people import People, browser

pytestmark = pytest.mark.django_db


def test_works(window: Window) -> None:
    page = browser().get("/").content.decode()
    assert 'href="/c/clothing/"' in page
    assert "4 products" in page  # all of Loom's live ones; the draft is not counted
    assert 'href="/s/loom/"' in page and 'href="/s/rival/"' in page
    assert "Red Fleece Hoodie" in page
    assert "Secret Draft Coat" not in page


def test_speaks_chinese(window: Window) -> None:
    page = browser(language="zh-hans").get("/").content.decode()
    assert "服装" in page and "4 件商品" in page
    assert "红色加绒卫衣" in page
    assert "织物" in page


def test_a_product_without_a_text_in_the_readers_language_says_so(window: Window) -> None:
    assert 'lang="zh-Hans">羊毛围巾' in browser().get("/").content.decode()
    assert 'lang="zh-Hans">羊毛围巾' not in browser(language="zh-hans").get("/").content.decode()


def test_an_empty_market_place_says_what_will_be_here(people: People) -> None:
    assert "The shop window is still empty" in browser().get("/").content.decode()


def test_a_suspended_shop_is_not_listed(window: Window) -> None:
    from django.utils import timezone

    type(window.loom).objects.filter(slug="rival").update(suspended_at=timezone.now())
    assert 'href="/s/rival/"' not in browser().get("/").content.decode()


def test_wrong_method(window: Window) -> None:
    assert browser().post("/").status_code == 405


def test_query_count_does_not_grow(window: Window, fill: Callable[[int], None]) -> None:
    counts = []
    for more in (0, 100):
        fill(more)
        browser().get("/")
        with CaptureQueriesContext(connection) as queries:
            assert browser().get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3
