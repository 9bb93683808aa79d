"""Products side by side: cells from the database, differences told, odd addresses sane."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from catalog.presenting.comparing import compare_url
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db


def page_of(query: str, language: str = "en") -> str:
    """Return the page for a query."""
    response = browser(language=language).get(f"/compare/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def ids(window: Window) -> list[int]:
    """Return the hoodie, the T-shirt and the scarf."""
    shirt = Product.objects.get(sku="TS-1")
    return [window.hoodie.pk, shirt.pk, window.scarf.pk]


def asked(products: list[int]) -> str:
    """Return a query for these products."""
    return "&".join(f"id={pk}" for pk in products)


def rows(page: str) -> dict[str, tuple[bool, list[str]]]:
    """Return each row by its name: whether it is told apart, and its cells."""
    found = {}
    for start, name, cells in re.findall(
        r"<tr( class=\"differs\")?>\s*<th scope=\"row\">\s*([^<]+?)\s*<(.*?)</tr>", page, re.S
    ):
        values = [one.strip() for one in re.findall(r"<td>(.*?)</td>", cells, re.S)]
        found[name] = (bool(start), values)
    return found


def test_works(window: Window) -> None:
    page = page_of(asked(ids(window)))
    found = rows(page)
    assert found["Price"] == (True, ["from CN¥99.00", "CN¥59.00", "CN¥79.00"])
    assert found["Material"] == (True, ["Cotton", "Cotton", "—"])
    assert found["Weight"] == (True, ["480 g", "—", "—"])
    assert found["Stock"] == (False, ["In stock"] * 3)
    assert "Red Fleece Hoodie" in page and 'href="/p/loom/TS-1/"' in page
    assert "Remove" in page and "Remove" not in page_of(asked(ids(window)[:2]))


def test_only_differences(window: Window) -> None:
    found = rows(page_of(asked(ids(window)[:2]) + "&only=1"))
    assert "Material" not in found and all(differs for differs, _cells in found.values())


def test_speaks_chinese(window: Window) -> None:
    page = page_of(asked(ids(window)), "zh-hans")
    assert "商品对比" in page and rows(page)["库存"] == (False, ["有货"] * 3)


def test_what_is_not_sold_is_not_compared(window: Window) -> None:
    with as_merchant(window.loom):
        draft = Product.objects.get(sku="DR-1").pk
    page = page_of(asked([window.hoodie.pk, draft]))
    assert "Secret" not in page and "Choose two to four" in page


def test_bad_id(window: Window) -> None:
    for query in ("", "id=", "id=%00&id=x", "id=0&id=-1", f"id={'9' * 40}", "id=1&id=1", "only=x"):
        assert "Choose two to four" in page_of(query) or "<table>" in page_of(query)


def test_at_most_four(window: Window) -> None:
    many = list(Product.objects.live().values_list("pk", flat=True))
    assert len(many) > 4
    assert len(re.findall('<th scope="col">', page_of(asked(many)))) == 4


def test_wrong_method(window: Window) -> None:
    assert browser().post("/compare/").status_code == 405


def test_query_count(window: Window) -> None:
    address = asked(ids(window))
    page_of(address)
    with CaptureQueriesContext(connection) as queries:
        page_of(address)
    assert len(queries) == 1


def test_a_product_leads_there(window: Window) -> None:
    page = browser().get("/p/loom/HD~2f1/").content.decode()
    assert compare_url([window.hoodie.pk])[:12] in page and "Compare them" in page
