"""A mobile app: search, cart, order, sign in; and what it is told when something is wrong."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from catalog.models import Order, Stock, Variant
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.orders.conftest import ADDRESS, make_coupon
from tests.catalog.views.conftest import Window

pytestmark = pytest.mark.django_db
API = "/api/v1"


class App:
    """An app that keeps its token as the documentation says."""

    def __init__(self, language: str = "en") -> None:
        self.client, self.language, self.headers = Client(), language, {}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send JSON, keep the token, and return the answer."""
        answer = self.client.generic(
            method, API + path, json.dumps(body) if body is not None else "",
            content_type="application/json", headers={"Accept-Language": self.language}
            | self.headers | headers,
        )  # fmt: skip
        if token := answer.headers.get("Shopper-Token"):
            self.headers["Shopper-Token"] = token
        return answer

    def put(self, sku: str = "HD-1-N", quantity: int = 1) -> Any:
        """Put a variant into the cart."""
        with as_everyone():
            number = Variant.objects.get(sku=sku).pk
        return self.ask("POST", "/cart/lines/", {"variant": number, "quantity": quantity})

    def order(self, key: str, **changed: Any) -> Any:
        """Order what is in the cart."""
        body = {"shown": self.ask("GET", "/cart/").json()["shown"], "email": "lin@example.com",
                "address": ADDRESS, "payment": "test", **changed}  # fmt: skip
        return self.ask("POST", "/orders/", body, **{"Idempotency-Key": key})


def test_search_understands_and_pages(shop: Window) -> None:
    found = App("zh-hans").ask("GET", "/search/?q=红色卫衣 200元以内").json()
    assert found["hits"][0]["sku"] == "HD/1"
    kinds = {slot["kind"] for slot in found["understood"]["slots"]}
    assert {"colour", "price"} <= kinds
    assert found["facets"] and found["next"] is None


def test_a_product_shows_what_can_be_bought(shop: Window) -> None:
    page = App("zh-hans").ask("GET", "/products/loom/HD~2f1/").json()
    assert page["title"] == "红色加绒卫衣"
    assert {v["sku"]: (v["prices"], v["stock"]) for v in page["variants"]}["HD-1-N"] == (
        {"CNY": "99.00"}, 9,
    )  # fmt: skip


def test_from_the_cart_to_the_order_and_back(shop: Window) -> None:
    make_coupon(shop.loom, "TEN")
    app = App()
    assert app.put(quantity=2).status_code == 201
    cart = app.ask("POST", "/cart/codes/", {"code": "ten"}).json()
    assert cart["parcels"][0]["sum"] == {
        "items": "198.00", "discount": "19.80", "shipping": "8.00", "total": "186.20",
    }  # fmt: skip
    line = cart["parcels"][0]["lines"][0]["id"]
    assert app.ask("PATCH", f"/cart/lines/{line}/", {"quantity": 1}).json()["shown"] == "CNY97.10"
    key = str(uuid.uuid4())
    answer = app.order(key)
    assert answer.status_code == 201
    (order,) = answer.json()["items"]
    assert (order["total_amount"], order["state"]) == ("97.10", "paid")
    assert app.ask("GET", "/orders/").json() == {"items": [order], "next": None}
    again = app.order(key, shown=cart["shown"])
    assert (again.status_code, again.json()["code"]) == (422, "key_reused")
    assert App().ask("GET", f"/orders/{order['number']}/").status_code == 404
    cancelled = app.ask("POST", f"/orders/{order['number']}/cancel/").json()
    assert (cancelled["state"], cancelled["payment_state"]) == ("cancelled", "refunded")
    problem = app.ask("POST", f"/orders/{order['number']}/cancel/")
    assert (problem.status_code, problem.json()["code"]) == (409, "not_allowed")
    with as_everyone():
        assert (Order.objects.count(), Stock.objects.get(variant__sku="HD-1-N").quantity) == (1, 9)


def test_signing_in_brings_the_cart_along(shop: Window) -> None:
    sam = shop.people.sam
    sam.set_password("a-long-password-1")
    sam.save()
    app = App()
    app.put(quantity=3)
    answer = app.ask(
        "POST", "/auth/app/v1/auth/login", {"email": sam.email, "password": "a-long-password-1"}
    )
    assert answer.status_code == 200, answer.content
    other = App()
    other.headers = {"X-Session-Token": answer.json()["meta"]["session_token"]}
    assert other.ask("GET", "/cart/").json()["parcels"][0]["lines"][0]["quantity"] == 3
    assert app.ask("GET", "/cart/").json()["parcels"] == []  # the anonymous one is gone


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/nothing/", None, 404, "not_found"),
        ("GET", "/products/loom/none/", None, 404, "not_found"),
        ("GET", "/orders/AAAAA-AAAAA/", None, 404, "not_found"),
        ("POST", "/cart/", {}, 405, "method_not_allowed"),
        ("POST", "/cart/lines/", {"variant": "x"}, 400, "invalid"),
        ("POST", "/cart/lines/", [1], 400, "invalid"),
        ("POST", "/cart/lines/", {"variant": 10**17}, 409, "no_such_variant"),
        ("PATCH", "/cart/lines/1/", {"quantity": 1}, 404, "not_found"),
        ("POST", "/cart/codes/", {"code": "NONE"}, 409, "no_such_coupon"),
        ("POST", "/orders/", {}, 400, "invalid"),
    ],
)
def test_problems_say_what_to_do_next(  # noqa: PLR0917
    shop: Window, method: str, path: str, body: Any, status: int, code: str
) -> None:
    for language, word in (("en", "e"), ("zh-hans", "。")):
        answer = App(language).ask(method, path, body)
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert (problem["code"], problem["status"]) == (code, status)
        assert problem["request_id"] == answer["Request-Id"]
        assert word in problem["next_step"]


def test_broken_json_is_told(shop: Window) -> None:
    sent = Client().post(f"{API}/cart/lines/", "{", content_type="application/json")
    assert (sent.status_code, sent.json()["code"]) == (400, "parse_error")
    sent = Client().post(f"{API}/cart/lines/", {"variant": 1})
    assert sent.status_code == 415


@pytest.mark.parametrize("changed", [
    {"payment": "gold"}, {"address": {}}, {"address": ADDRESS | {"country": "XX"}}, {"email": "x"},
    {"methods": {"x": 1}, "payment": "gold"}, {"address": ADDRESS | {"phone": "call"}},
])  # fmt: skip
def test_a_wrong_order_orders_nothing(shop: Window, changed: dict[str, Any]) -> None:
    app = App()
    app.put()
    answer = app.order(str(uuid.uuid4()), **changed)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"]
    missing = app.order("no uuid")
    assert (missing.status_code, list(missing.json()["errors"])) == (400, ["Idempotency-Key"])


def test_another_total_is_a_conflict(shop: Window) -> None:
    app = App()
    app.put()
    answer = app.order(str(uuid.uuid4()), shown="CNY1.00")
    assert (answer.status_code, answer.json()["code"]) == (409, "changed")


def test_cookies_open_nothing(shop: Window) -> None:
    client = Client()
    client.force_login(shop.people.sam)
    with as_everyone():
        number = Variant.objects.get(sku="HD-1-N").pk
    answer = client.post(f"{API}/cart/lines/", {"variant": number}, content_type="application/json")
    assert answer.status_code == 201  # an anonymous app's cart, not Sam's
    assert "购物车是空的" in client.get("/cart/?lang=zh-hans").content.decode()


def test_schema_and_documentation(shop: Window) -> None:
    schema = Client().get(f"{API}/schema/", headers={"Accept": "application/json"})
    assert schema.status_code == 200
    page = Client().get(f"{API}/docs/")
    text = page.content.decode()
    for word in ("/api/v1/search/", "Idempotency-Key", "order_place"):
        assert word in text
    assert '<script src="http' not in text
