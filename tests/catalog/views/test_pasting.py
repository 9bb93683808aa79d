"""A pasted address fills in the form, at checkout and in the address book, and is not kept."""

import json

import pytest

from catalog.models import Address
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.views.conftest import Window
from tests.people import browser

pytestmark = pytest.mark.django_db
TEXT = "收货人：张三 13800138000，浙江省杭州市西湖区文三路138号东方小区3幢501室"


def test_the_address_book_is_filled_in_and_nothing_is_kept(window: Window) -> None:
    response = browser(window.people.sam).post(
        "/account/addresses/", {"paste": "1", "pasted": TEXT}
    )
    assert response.status_code == 200
    form = response.context["form"]
    assert form.initial["street"] == "文三路138号东方小区3幢501室"
    assert (form.initial["name"], form.initial["region"]) == ("张三", "浙江省")
    assert "look whether all is right" in response.content.decode()
    with as_everyone():
        assert not Address.objects.exists()


@pytest.mark.parametrize("text", ["", "\0\0", "x" * 5000, "<b>" * 400])
def test_odd_texts_leave_the_form_empty(window: Window, text: str) -> None:
    response = browser(window.people.sam).post(
        "/account/addresses/", {"paste": "1", "pasted": text}
    )
    assert response.status_code == 200
    assert "phone" not in response.context["form"].initial


def test_what_is_missing_is_said(window: Window) -> None:
    sent = {"paste": "1", "pasted": "张三 浙江省杭州市西湖区文三路1号"}
    page = browser(window.people.sam).post("/account/addresses/", sent).content.decode()
    assert "Still missing: Telephone." in page


def test_the_checkout_keeps_what_was_typed_and_adds_what_was_pasted(window: Window) -> None:
    client = browser(window.people.sam)
    variant = window.hoodie.variants.order_by("pk").first()
    client.post("/cart/add/", {"variant": variant.pk, "quantity": 1})
    sent = {"paste": "1", "pasted": TEXT, "email": "sam@example.com", "name": "Typed"}
    response = client.post("/checkout/", sent)
    assert response.status_code == 200
    initial = response.context["form"].initial
    assert (initial["name"], initial["email"]) == ("张三", "sam@example.com")
    assert initial["city"] == "杭州市"


def test_the_api_reads_an_address(window: Window) -> None:
    def read(body: object) -> tuple[int, dict]:
        response = browser().post(
            "/api/v1/addresses/read/", json.dumps(body), content_type="application/json"
        )
        return response.status_code, response.json()

    status, found = read({"text": TEXT})
    assert status == 200
    assert (found["building"], found["room"], found["missing"]) == ("东方小区3幢", "501室", [])
    assert found["address"]["street"] == "文三路138号东方小区3幢501室"
    assert read({})[0] == 400
    assert read({"text": "x" * 1001})[0] == 400
    assert browser().get("/api/v1/addresses/read/").status_code == 405
