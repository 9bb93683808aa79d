"""From a search to a return, by a client that knows the schema and nothing else."""

import uuid

import pytest

from shopguide.accounts.keys import issue
from shopguide.accounts.models import Scope
from tests.catalog.api.client import Generated
from tests.catalog.orders.conftest import ADDRESS
from tests.catalog.views.conftest import Window

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_search_to_return(shop: Window, language: str) -> None:
    app = Generated(**{"Accept-Language": language})
    (hit,) = app.call("search", q="red hoodie", cur="CNY")["hits"]
    found = app.call("product", merchant=hit["merchant"], sku=hit["sku"].replace("/", "~2f"),
                     expand=["reviews", "similar"])  # fmt: skip
    navy = next(one for one in found["variants"] if one["sku"] == "HD-1-N")
    app.call("cart_add", {"variant": navy["id"], "quantity": 2}, currency="CNY")
    cart = app.call("cart", currency="CNY")
    choices = app.call("checkout")
    sent = {
        "shown": cart["shown"], "email": "lin@example.com", "address": ADDRESS,
        "payment": choices["payments"][-1]["code"],
        "methods": {str(one["merchant_id"]): one["method"] for one in cart["parcels"]},
    }  # fmt: skip
    key = str(uuid.uuid4())
    (order,) = app.call("order_place", sent, key=key, currency="CNY")["items"]
    assert app.call("order_place", sent, key=key, currency="CNY")["items"] == [order]
    _key, secret = issue(shop.loom, "till", list(Scope.values), by=None)
    till = Generated(Authorization=f"Bearer {secret}")
    for state in ("packed", "shipped", "delivered"):
        step = {"state": state, "carrier": "SF", "tracking": "SF1"}
        till.call("shop_order_step", step, number=order["number"])
    (line,) = app.call("order_rules", number=order["number"])["items"]
    assert (line["left"], line["refund"]["allowed"]) == (2, True)
    assert line["refund"]["text"]
    asked = {"items": [{"line": line["line"], "quantity": 1}], "reason": "changed_mind",
             "condition": "sealed"}  # fmt: skip
    back = app.call("return_ask", asked, number=order["number"], key=str(uuid.uuid4()))
    assert back["lines"][0]["quantity"] == 1
    assert [one["number"] for one in app.call("returns")["items"]] == [back["number"]]
    app.call("review_write", {"stars": 5, "title": "Warm"}, number=order["number"],
             id=line["line"])  # fmt: skip
    assert [one["stars"] for one in app.call("own_reviews")["items"]] == [5]
    assert app.call("orders")["items"][0]["state"] == "delivered"
