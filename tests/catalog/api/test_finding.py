"""Apps look around: home, categories, shops, suggestions, one product and what is said of it."""

from collections.abc import Callable

import pytest
from django.test import Client

from catalog.models import PriceChange, Variant
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.api.test_api import App
from tests.catalog.factories import make_product
from tests.catalog.views.conftest import Window, review

pytestmark = pytest.mark.django_db
HOODIE = "/products/loom/HD~2f1/"


def test_home_shows_departments_and_shelves(shop: Window) -> None:
    home = App("zh-hans").ask("GET", "/home/").json()
    assert [(one["name"], one["count"]) for one in home["departments"]] == [("服装", 4)]
    newest = next(one for one in home["shelves"] if one["code"] == "newest")
    assert {hit["sku"] for hit in newest["hits"]} == {"HD/1", "TS-1", "SC-1", "NP-1", "RV-1"}
    assert home["examples"][0].startswith("300元")


def test_categories_stand_below_their_parents(shop: Window) -> None:
    items = App().ask("GET", "/categories/").json()["items"]
    clothing, tops = items
    assert (clothing["name"], clothing["parent"]) == ("Clothing", None)
    assert (tops["path"], tops["parent"], tops["merchant"]) == (
        "clothing/tops", clothing["id"], "",
    )  # fmt: skip


def test_shops_that_are_open(shop: Window) -> None:
    app = App("zh-hans")
    assert [one["slug"] for one in app.ask("GET", "/shops/").json()["items"]] == ["loom", "rival"]
    assert app.ask("GET", "/shops/loom/").json()["name"] == "织物"
    assert app.ask("GET", "/shops/nobody/").status_code == 404


def test_suggestions_complete_what_is_typed(shop: Window) -> None:
    items = App().ask("GET", "/suggestions/?q=hood").json()["items"]
    assert ("product", "HD/1", "loom") in {(x["kind"], x["value"], x["merchant"]) for x in items}
    assert App().ask("GET", "/suggestions/?q=").json() == {"items": []}


def test_hits_bring_what_a_list_shows(shop: Window) -> None:
    (hit,) = App().ask("GET", "/search/?q=hoodie").json()["hits"]
    assert hit["picture"] == {"url": "/media/1/red%20hoodie.webp", "alt": "A red hoodie"}
    assert (hit["rating"], hit["reviews"], hit["in_stock"]) == (4.5, 2, True)


@pytest.mark.parametrize(
    "wrong", ["sort=up", "page=x", "cur=ABC", "rating=9", "stock=maybe", "no=x", "category=0"]
)
def test_a_search_that_means_nothing_is_refused(shop: Window, wrong: str) -> None:
    answer = App().ask("GET", f"/search/?{wrong}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [wrong.partition("=")[0]])


def test_a_product_brings_along_what_is_asked(shop: Window) -> None:
    app = App()
    plain = app.ask("GET", HOODIE).json()
    assert "expanded" not in plain
    assert {"code": "material", "name": "Material", "value": "Cotton"} in plain["facts"]
    wide = app.ask("GET", f"{HOODIE}?expand=reviews&expand=similar").json()["expanded"]
    assert [one["title"] for one in wide["reviews"]] == ["Warm", "很暖和"]
    assert {one["sku"] for one in wide["similar"]} <= {"TS-1", "SC-1", "NP-1", "RV-1"}
    assert app.ask("GET", f"{HOODIE}?expand=secrets").status_code == 400


def test_reviews_are_counted_filtered_and_paged(shop: Window) -> None:
    for number in range(3):
        review(shop.hoodie, 5, "en", f"More {number}")
    app = App("zh-hans")
    page = app.ask("GET", f"{HOODIE}reviews/?limit=2").json()
    assert (page["count"], page["average"], page["fitting"]) == (5, "4.80", 5)
    assert page["stars"] == {"5": 4, "4": 1, "3": 0, "2": 0, "1": 0}
    assert page["items"][0]["title"] == "很暖和"  # the reader's language first
    review(shop.hoodie, 5, "zh-hans", "又来一条")
    seen, url = [one["id"] for one in page["items"]], page["next"]
    while url:
        page = Client().get(url, headers={"Accept-Language": "zh-hans"}).json()
        seen, url = [*seen, *(one["id"] for one in page["items"])], page["next"]
    assert len(seen) == len(set(seen)) == 5
    four = app.ask("GET", f"{HOODIE}reviews/?stars=4&language=zh-hans").json()
    assert (four["fitting"], [one["stars"] for one in four["items"]]) == (1, [4])


def test_similar_products(shop: Window) -> None:
    items = App().ask("GET", f"{HOODIE}similar/").json()["items"]
    assert items and "HD/1" not in {one["sku"] for one in items}


def test_what_a_product_has_cost(shop: Window) -> None:
    navy = Variant.objects.get(sku="HD-1-N")
    with as_everyone():
        PriceChange.objects.filter(variant=navy).update(changed_at="2026-01-01T00:00:00Z")
    with as_merchant(shop.loom):
        navy.prices.update(amount="89.00")
    told = App().ask("GET", f"{HOODIE}prices/?variant={navy.pk}&currency=CNY").json()
    assert [one["amount"] for one in told["moments"]] == ["99.00", "89.00"]
    assert (told["currency"], told["lowest"]) == ("CNY", "89.00")
    assert App().ask("GET", f"{HOODIE}prices/?variant=999999").status_code == 404


def test_products_side_by_side(shop: Window) -> None:
    told = App().ask("GET", "/compare/?product=loom/HD/1&product=loom/TS-1&currency=CNY").json()
    assert [one["sku"] for one in told["columns"]] == ["HD/1", "TS-1"]
    material = next(row for row in told["rows"] if row["name"] == "Material")
    assert material == {"name": "Material", "cells": ["Cotton", "Cotton"], "differs": False}


@pytest.mark.parametrize("path", [
    "/compare/?product=loom/TS-1&product=loom/DR-1", "/compare/?product=loom/TS-1&product=x/y",
    "/products/loom/DR-1/", "/products/loom/DR-1/reviews/", "/products/loom/DR-1/similar/",
    "/products/loom/DR-1/prices/", "/products/rival/HD~2f1/",
])  # fmt: skip
def test_what_is_not_on_sale_is_not_there(shop: Window, path: str) -> None:
    answer = App().ask("GET", path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/home/", 8), ("/categories/", 4), ("/shops/", 4), (HOODIE, 12),
        (f"{HOODIE}reviews/", 13), (f"{HOODIE}similar/", 12), ("/cart/", 5), ("/orders/", 5),
    ],
)  # fmt: skip
def test_no_more_queries_for_more_rows(
    shop: Window, path: str, most: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    App().ask("GET", path)
    for number in range(3):
        make_product(shop.loom, f"MORE-{number}", category=shop.tops)
    with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
        App().ask("GET", path)
