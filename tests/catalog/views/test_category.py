"""A category's page: its products, what is narrower, the way back."""

import pytest

from catalog.indexing import index_products
from catalog.models import Category
from catalog.search.market import forget
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.factories import make_product
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db


def test_works(window: Window) -> None:
    page = browser().get("/c/clothing/").content.decode()
    assert "4 products" in page
    assert 'href="/c/clothing/tops/"' in page
    assert "Rival Mug" not in page


def test_speaks_chinese_and_leads_back(window: Window) -> None:
    page = browser(language="zh-hans").get("/c/clothing/tops/").content.decode()
    assert "<title>上装" in page.replace("\n", "")
    assert 'href="/c/clothing/">服装' in page


def test_narrower_places_keep_the_filters(window: Window) -> None:
    page = browser().get("/c/clothing/?stock=1").content.decode()
    assert 'href="/c/clothing/tops/?stock=1"' in page


def test_a_shops_own_category_names_the_shop(window: Window) -> None:
    with as_merchant(window.loom):
        own = Category.objects.create(merchant=window.loom, path="特价", name_zh="特价")
    make_product(window.loom, "OWN-1", title="Sale sock", category=own)
    index_products(window.loom)
    forget()
    assert browser().get("/c/特价/").status_code == 404
    assert "Sale sock" in browser().get("/c/特价/?shop=loom").content.decode()
    assert "%E7%89%B9%E4%BB%B7/?shop=loom" in browser().get("/").content.decode()


def test_bad_id(window: Window) -> None:
    for path in ["nowhere", "clothing/nowhere", "%00", "..%2f..", "x" * 900, "c//"]:
        assert browser().get(f"/c/{path}/").status_code == 404, path


def test_nothing_fits_here_leads_to_the_whole_shop(window: Window) -> None:
    page = browser().get("/c/clothing/?q=mug").content.decode()
    assert "Nothing fits all of that" in page
    assert 'href="/search/?q=mug"' in page


def test_htmx_gets_results_and_narrower_places(window: Window) -> None:
    part = browser().get("/c/clothing/?stock=1", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="need"' in part and "/c/clothing/tops/?stock=1" in part


def test_wrong_method(window: Window) -> None:
    assert browser().post("/c/clothing/").status_code == 405
