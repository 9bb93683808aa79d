"""A shop's own list of products: everything the shop has, and nothing that it has not."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Product
from shopguide.accounts.models import Merchant
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
PAGE, RIVALS = "/merchant/loom/products/", "/merchant/rival/products/"


def text_of(window: Window, query: str = "", language: str = "en") -> str:
    """Return Mei's list."""
    response = browser(window.people.mei, language).get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def test_works(window: Window) -> None:
    page = text_of(window)
    assert "Secret Draft Coat" in page and "Draft" in page
    assert "红色加绒卫衣" in page  # both languages
    assert "CN¥99.00 – CN¥109.00" in page
    assert "5 products" in page
    assert "Rival Mug" not in page


def test_speaks_chinese(window: Window) -> None:
    page = text_of(window, language="zh-hans")
    assert "草稿" in page and "5 件商品" in page


@pytest.mark.parametrize("person", ["edda", "ana"])
def test_staff_may(window: Window, person: str) -> None:
    assert browser(getattr(window.people, person)).get(PAGE).status_code == 200


def test_the_rival_gets_404(window: Window) -> None:
    assert browser(window.people.rui).get(PAGE).status_code == 404


def test_a_shopper_is_refused(window: Window) -> None:
    assert browser(window.people.sam).get(PAGE).status_code == 404


def test_anonymous_people_sign_in(window: Window) -> None:
    response = browser().get(PAGE)
    assert response["Location"] == f"/accounts/login/?next={PAGE}"


def test_bad_id(window: Window) -> None:
    assert browser(window.people.mei).get("/merchant/nobody/products/").status_code == 404


def test_a_suspended_shop_is_closed_to_its_people(window: Window) -> None:
    Merchant.objects.filter(slug="loom").update(suspended_at=timezone.now())
    assert browser(window.people.mei).get(PAGE).status_code == 403


def test_wrong_method(window: Window) -> None:
    assert browser(window.people.mei).post(PAGE).status_code == 405


def test_found_by_title_sku_variant_and_status(window: Window) -> None:
    found = {
        "?q=fleece": "Red Fleece Hoodie",
        "?q=HD-1-L": "Red Fleece Hoodie",
        "?q=围巾": "羊毛围巾",
        "?status=draft": "Secret Draft Coat",
    }
    for query, title in found.items():
        page = text_of(window, query)
        assert title in page and "1 product<" in page, query
    assert "No product matches" in text_of(window, "?q=%25")
    assert "5 products" in text_of(window, "?status=nonsense&q=%00&page=-4")


def test_an_empty_shop_says_what_to_do(window: Window) -> None:
    rui = browser(window.people.rui)
    assert "No product matches" in rui.get(f"{RIVALS}?status=draft").content.decode()
    with as_merchant(window.people.rival):
        Product.objects.all().of(window.people.rival).delete()
    page = rui.get(RIVALS).content.decode()
    assert "No products yet" in page and "/merchant/rival/imports/new/" in page


def test_what_search_does_not_know_yet_is_marked(window: Window) -> None:
    assert "Being prepared" not in text_of(window)
    with as_merchant(window.loom):
        window.scarf.texts.update(title="新围巾")
    assert "Being prepared" in text_of(window)


def test_htmx_gets_the_rows(window: Window) -> None:
    part = browser(window.people.mei).get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert 'id="rows"' in part and "<html" not in part


def test_answers_are_not_kept_by_caches(window: Window) -> None:
    assert "no-store" in browser(window.people.mei).get(PAGE)["Cache-Control"]


def test_query_count_does_not_grow(window: Window, fill: Callable[[int], None]) -> None:
    mei = browser(window.people.mei)
    counts = []
    for more in (0, 40):
        fill(more)
        with CaptureQueriesContext(connection) as queries:
            mei.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22
