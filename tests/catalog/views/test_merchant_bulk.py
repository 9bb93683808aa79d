"""Bulk edits in the portal: counted before, told after, taken back with one press."""

from typing import Any

import pytest

from catalog.models import BulkEdit, Price, Product
from shopguide.accounts.tenancy import as_merchant
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
NEW, LIST = "/merchant/loom/products/bulk/new/", "/merchant/loom/products/bulk/"
ALL = {"all": "1", "newest": str(10**9)}


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note which jobs a worker is rung for."""
    jobs: list[int] = []
    monkeypatch.setattr("catalog.tasks.change_products.delay", jobs.append)
    monkeypatch.setattr("catalog.tasks.index_products.delay", lambda pk: None)
    return jobs


def brands(window: Window) -> set[str]:
    """Return the brands of Loom's products."""
    with as_merchant(window.loom):
        return set(Product.objects.of(window.loom).values_list("brand", flat=True))


def post(window: Window, person: str = "mei", where: str = NEW, **fields: Any) -> Any:
    """Send somebody's form."""
    return browser(getattr(window.people, person)).post(where, fields)


def test_the_count_is_stated_before_anything_happens(window: Window) -> None:
    page = post(window, **ALL).content.decode()
    assert "Change 5 products together" in page and "Secret Draft Coat" in page
    page = post(window, pk=[window.hoodie.pk, window.scarf.pk]).content.decode()
    assert "Change 2 products together" in page
    page = post(window, **ALL, q="fleece", status="live").content.decode()
    assert "Change 1 product<" in page
    assert brands(window) == {"Loom & Co", ""}


def test_works_and_is_taken_back(window: Window) -> None:
    response = post(window, "edda", **ALL, kind="brand", value="Weft")
    assert brands(window) == {"Weft"}
    mei = browser(window.people.mei)
    page = mei.get(response["Location"]).content.decode()
    assert "Brand: Weft" in page and "Take back (5 products)" in page and "edda@" in page
    back = mei.post(response["Location"] + "undo/")
    assert brands(window) == {"Loom & Co", ""}
    page = mei.get(back["Location"]).content.decode()
    assert "Taken back: Brand: Weft" in page and "Take back (" not in page
    assert mei.post(response["Location"] + "undo/")["Location"] == back["Location"]
    assert "This was taken back" in mei.get(response["Location"]).content.decode()
    mei.post(back["Location"] + "undo/")
    assert brands(window) == {"Loom & Co", ""}


def test_prices_by_percent(window: Window) -> None:
    response = post(window, pk=window.scarf.pk, kind="price", mode="percent", amount="-10",
                    currency="CNY")  # fmt: skip
    with as_merchant(window.loom):
        assert str(Price.objects.get(variant__sku="SC-1").amount) == "71.10"
    page = browser(window.people.mei, "zh-hans").get(response["Location"]).content.decode()
    assert "价格：−10% CNY" in page


def test_a_large_edit_is_a_workers(
    window: Window, rung: list[int], monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    monkeypatch.setattr("catalog.views.merchant_bulk.AT_ONCE", 2)
    with django_capture_on_commit_callbacks(execute=True):
        response = post(window, **ALL, kind="brand", value="Weft")
    with as_merchant(window.loom):
        job = BulkEdit.objects.get()
    assert rung == [job.pk] and job.state == "queued" and brands(window) == {"Loom & Co", ""}
    part = browser(window.people.mei).get(response["Location"], headers={"HX-Request": "true"})
    assert 'hx-trigger="every 1s"' in part.content.decode() and b"<html" not in part.content


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "status", "value": "sold"},
        {"kind": "category", "value": "99999999999"},
        {"kind": "brand", "value": "x" * 121},
        {"kind": "price", "mode": "percent", "amount": "-101", "currency": "CNY"},
        {"kind": "price", "mode": "set", "amount": "-1", "currency": "CNY"},
        {"kind": "price", "mode": "set", "amount": "nan", "currency": "CNY"},
        {"kind": "price", "mode": "set", "amount": "5", "currency": "XXX"},
        {"kind": "stock", "mode": "set", "quantity": "-1", "warehouse": "0"},
        {"kind": "stock", "mode": "set", "quantity": "1", "warehouse": "abc"},
    ],
)
def test_what_is_wrong_changes_nothing(window: Window, fields: dict[str, str]) -> None:
    response = post(window, **ALL, **fields)
    assert response.status_code == 422 and "data-errors" in response.content.decode()
    with as_merchant(window.loom):
        assert not BulkEdit.objects.exists()


def test_nothing_chosen_is_said(window: Window) -> None:
    for fields in ({}, {"pk": ["x", "9" * 30]}, {"all": "1", "newest": "x"}, {"kind": "undo"}):
        response = browser(window.people.mei).post(NEW, fields, follow=True)
        assert "Choose at least one product." in response.content.decode()


def test_an_unknown_kind_only_asks_again(window: Window) -> None:
    assert post(window, **ALL, kind="undo", value="x").status_code == 200
    with as_merchant(window.loom):
        assert not BulkEdit.objects.exists()


def test_the_list_of_edits(window: Window) -> None:
    mei = browser(window.people.mei)
    assert "Nothing was changed together yet" in mei.get(LIST).content.decode()
    post(window, **ALL, kind="status", value="archived")
    page = browser(window.people.ana).get(LIST).content.decode()
    assert "Status: Archived" in page and "Rival" not in page


def test_what_was_left_alone_is_told_with_the_reason(window: Window) -> None:
    response = post(window, **ALL, kind="price", mode="add", amount="-70", currency="CNY")
    page = browser(window.people.mei, "zh-hans").get(response["Location"]).content.decode()
    assert "价格会低于零或过高" in page and "该币种没有价格" in page


@pytest.mark.parametrize("person", ["ana", "rui", "sam"])
def test_others_get_404(window: Window, person: str) -> None:
    assert post(window, person, **ALL, kind="brand", value="Weft").status_code == 404
    done = post(window, **ALL, kind="brand", value="Weft")["Location"]
    assert post(window, person, where=done + "undo/").status_code == 404
    if person != "ana":
        assert browser(getattr(window.people, person)).get(done).status_code == 404
    assert brands(window) == {"Weft"}


def test_a_rival_never_reaches_it_through_its_own_shop(window: Window) -> None:
    done = post(window, **ALL, kind="brand", value="Weft")["Location"]
    rui = browser(window.people.rui)
    assert rui.get(done.replace("loom", "rival")).status_code == 404
    assert rui.post(done.replace("loom", "rival") + "undo/").status_code == 404
    rui.post(NEW.replace("loom", "rival"), {"pk": window.hoodie.pk, "kind": "brand", "value": "R"})
    assert brands(window) == {"Weft"}


def test_anonymous_bad_ids_and_methods(window: Window) -> None:
    mei = browser(window.people.mei)
    assert browser().get(LIST)["Location"].startswith("/accounts/login/")
    assert mei.get(f"{LIST}99999/").status_code == 404
    assert mei.get(f"{LIST}{'9' * 25}/").status_code == 404
    assert mei.get(NEW).status_code == 405
    assert mei.post(LIST).status_code == 405
