"""A shop's own systems: each key opens what its scopes say, of its own shop."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from catalog.models import CatalogImport, Order, Price, Stock, Variant
from catalog.orders.carting import add
from catalog.orders.paying import provider
from catalog.orders.placing import Wish, place
from catalog.orders.standing import read
from shopguide.accounts.keys import issue, revoke
from shopguide.accounts.models import Merchant, Scope, Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.catalog.orders.conftest import ADDRESS
from tests.catalog.views.conftest import Window

pytestmark = pytest.mark.django_db
API = "/api/v1/shop"


class System:
    """A shop's system with a key."""

    def __init__(self, shop: Merchant, *scopes: str) -> None:
        self.key, self.secret = issue(shop, "till", scopes, by=None)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Call as the system."""
        return Client().generic(
            method, API + path, json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", "Accept-Language": "en", **headers},
        )  # fmt: skip


def ordered(shop: Window) -> Order:
    """Return an order of the shop, placed as shoppers place it."""
    shopper = Shopper.objects.create()
    add(shopper, Variant.objects.get(sku="HD-1-N").pk, 1, currency="CNY")
    expected = read(shopper, currency="CNY", country="CN").shown
    way = provider("test")
    assert way
    wish = Wish(uuid.uuid4(), "CNY", expected, ADDRESS, "lin@example.com", "en")
    return place(shopper, wish, way)[0]


def test_orders_are_read_and_moved_on(shop: Window) -> None:
    order = ordered(shop)
    system = System(shop.loom, Scope.ORDERS_READ, Scope.ORDERS_WRITE)
    (found,) = system.ask("GET", "/orders/?state=paid").json()["items"]
    assert (found["number"], found["email"]) == (order.number, "lin@example.com")
    for state in ("packed", "shipped", "delivered"):
        sent = {"state": state, "carrier": "SF", "tracking": "1"}
        moved = system.ask("POST", f"/orders/{order.number}/steps/", sent)
        assert (moved.status_code, moved.json()["state"]) == (200, state)
    again = system.ask("POST", f"/orders/{order.number}/steps/", {"state": "packed"})
    assert (again.status_code, again.json()["code"]) == (409, "not_allowed")


def test_a_step_with_a_key_is_taken_once(shop: Window) -> None:
    order = ordered(shop)
    system = System(shop.loom, Scope.ORDERS_WRITE)
    answers = [
        system.ask("POST", f"/orders/{order.number}/steps/", {"state": "packed"},
                   **{"Idempotency-Key": "step-1"})
        for _ in range(2)
    ]  # fmt: skip
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[1]["Idempotent-Replayed"] == "true"


def test_stock_and_prices_hold_at_once_or_not_at_all(shop: Window) -> None:
    system = System(shop.loom, Scope.CATALOGUE_WRITE)
    levels = [{"sku": "HD-1-N", "quantity": 77}, {"sku": "HD-1-L", "quantity": 0}]
    assert system.ask("PUT", "/stock/", {"items": levels}).json() == {"written": 2}
    prices = {"currency": "CNY", "items": [{"sku": "HD-1-N", "amount": "89.00", "was": "99.00"}]}
    assert system.ask("PUT", "/prices/", prices).json() == {"written": 1}
    page = Client().get("/api/v1/products/loom/HD~2f1/").json()
    navy = next(one for one in page["variants"] if one["sku"] == "HD-1-N")
    assert (navy["stock"], navy["prices"]["CNY"]) == (77, "89.00")
    levels.append({"sku": "NONE", "quantity": 1})
    levels[0]["quantity"] = 1
    refused = system.ask("PUT", "/stock/", {"items": levels})
    assert (refused.status_code, refused.json()["skus"]) == (409, ["NONE"])
    with as_everyone():
        assert Stock.objects.get(variant__sku="HD-1-N").quantity == 77
        assert str(Price.objects.get(variant__sku="HD-1-N").was) == "99.00"


def test_products_become_an_import(shop: Window, django_capture_on_commit_callbacks: Any) -> None:
    system = System(shop.loom, Scope.CATALOGUE_WRITE)
    body = {"items": [{"sku": "NEW-1", "title": {"en": "Scarf"}, "variants": [{"sku": "NEW-1"}]}]}
    made = system.ask("POST", "/products/", body)
    assert (made.status_code, made.json()["state"]) == (202, "queued")
    told = system.ask("GET", f"/imports/{made.json()['id']}/").json()
    assert (told["state"], told["errors"]) == ("queued", [])
    with as_merchant(shop.loom):
        assert CatalogImport.objects.get(pk=told["id"]).format == "jsonl"


def test_a_key_opens_its_own_shop_and_scopes_only(shop: Window) -> None:
    order = ordered(shop)
    rival = System(shop.people.rival, Scope.ORDERS_READ, Scope.CATALOGUE_WRITE)
    assert rival.ask("GET", "/orders/").json()["items"] == []
    foreign = rival.ask("GET", f"/orders/{order.number}/")
    unknown = rival.ask("GET", "/orders/ZZZZZ-ZZZZZ/")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}
    stock = {"items": [{"sku": "HD-1-N", "quantity": 1}]}
    assert rival.ask("PUT", "/stock/", stock).json()["code"] == "unknown_skus"
    reader = System(shop.loom, Scope.ORDERS_READ)
    assert reader.ask("PUT", "/stock/", stock).json()["code"] == "permission_denied"
    assert reader.ask("GET", "/imports/1/").status_code == 403


def test_no_key_and_a_dead_key_open_nothing(shop: Window) -> None:
    system = System(shop.loom, Scope.ORDERS_READ)
    revoke(system.key)
    assert system.ask("GET", "/orders/").status_code == 401
    for secret in ("", "sgk_", "sgk_00000000_x", "x" * 5_000, "\u00e9"):
        answer = Client().get(f"{API}/orders/", headers={"Authorization": f"Bearer {secret}"})
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
