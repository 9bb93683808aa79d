"""One shop's page."""

import pytest
from django.utils import timezone

from catalog.search.market import forget
from shopguide.accounts.models import Merchant
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db


def test_works(window: Window) -> None:
    page = browser().get("/s/loom/").content.decode()
    assert "Red Fleece Hoodie" in page and "Rival Mug" not in page
    assert "Secret Draft Coat" not in page


def test_speaks_chinese(window: Window) -> None:
    assert "织物" in browser(language="zh-hans").get("/s/loom/").content.decode()


def test_searching_inside_stays_inside(window: Window) -> None:
    page = browser().get("/s/loom/?q=mug&shop=rival").content.decode()
    assert "Rival Mug" not in page


def test_bad_id(window: Window) -> None:
    for slug in ("nobody", "LOOM%20", "-"):
        assert browser().get(f"/s/{slug}/").status_code == 404, slug


def test_a_suspended_shop_is_gone(window: Window) -> None:
    Merchant.objects.filter(slug="loom").update(suspended_at=timezone.now())
    forget()
    assert browser().get("/s/loom/").status_code == 404
    assert browser().get("/p/loom/TS-1/").status_code == 404


def test_htmx_fragment(window: Window) -> None:
    part = browser().get("/s/loom/?stock=1", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="results"' in part


def test_wrong_method(window: Window) -> None:
    assert browser().post("/s/loom/").status_code == 405
