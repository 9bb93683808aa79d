"""Changes through the API: nobody overwrites what they have not seen, nobody touches another's."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from catalog.models import CartLine
from shopguide.accounts.tenancy import as_everyone
from tests.catalog.api.test_api import App
from tests.catalog.views.conftest import Window
from tests.conftest import FULL


@pytest.mark.django_db
def test_a_change_of_what_was_not_seen_is_refused(shop: Window) -> None:
    app = App()
    app.put()
    seen = app.ask("GET", "/cart/")
    line = seen.json()["parcels"][0]["lines"][0]["id"]
    changed = app.ask(
        "PATCH", f"/cart/lines/{line}/", {"quantity": 2}, **{"If-Match": seen["ETag"]}
    )
    assert changed.status_code == 200
    late = app.ask("PATCH", f"/cart/lines/{line}/", {"quantity": 5}, **{"If-Match": seen["ETag"]})
    assert (late.status_code, late.json()["code"]) == (412, "stale")
    for path, method, body in (
        (f"/cart/lines/{line}/", "DELETE", None), ("/cart/codes/", "POST", {"code": "TEN"}),
        ("/cart/codes/?code=TEN", "DELETE", None),
    ):  # fmt: skip
        late = app.ask(method, path, body, **{"If-Match": seen["ETag"]})
        assert (late.status_code, late.json()["code"]) == (412, "stale"), path
    assert app.ask("GET", "/cart/").json()["parcels"][0]["lines"][0]["quantity"] == 2


@pytest.mark.django_db
def test_a_line_of_another_is_not_there(shop: Window) -> None:
    sam, ida = App(), App()
    sam.put()
    line = sam.ask("GET", "/cart/").json()["parcels"][0]["lines"][0]["id"]
    ida.put()
    for method, body in (("PATCH", {"quantity": 9}), ("DELETE", None)):
        foreign = ida.ask(method, f"/cart/lines/{line}/", body)
        unknown = ida.ask(method, "/cart/lines/999999999/", body)
        plain = [one.json() | {"request_id": ""} for one in (foreign, unknown)]
        assert (foreign.status_code, plain[0]) == (404, plain[1])
    assert sam.ask("GET", "/cart/").json()["parcels"][0]["lines"][0]["quantity"] == 1


@pytest.mark.django_db
def test_an_order_is_placed_once_for_a_key(shop: Window) -> None:
    app, key = App(), str(uuid.uuid4())
    app.put()
    cart = app.ask("GET", "/cart/").json()["shown"]
    first = app.order(key)
    again = app.order(key, shown=cart)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")


@pytest.mark.django_db
def test_a_refused_first_change_makes_no_shopper(shop: Window) -> None:
    app = App()
    refused = app.ask("POST", "/cart/lines/", {"variant": 10**17})
    assert (refused.status_code, "Shopper-Token" in refused) == (409, False)


def test_of_two_editors_none_loses_a_change(committed_rows: None, shop: Window) -> None:
    """Each reads, adds one, and writes with If-Match, until it has been let."""
    rounds = 200 if FULL else 6
    one = App()
    one.put()
    other = App()
    other.headers = one.headers
    line = one.ask("GET", "/cart/").json()["parcels"][0]["lines"][0]["id"]

    def edit(app: App) -> int:
        refused = 0
        try:
            for number in range(rounds):
                while True:
                    seen = app.ask("GET", "/cart/")
                    has = seen.json()["parcels"][0]["lines"][0]["quantity"]
                    wanted = has + 1 if number % 2 == 0 else has - 1
                    answer = app.ask(
                        "PATCH", f"/cart/lines/{line}/", {"quantity": wanted},
                        **{"If-Match": seen["ETag"]},
                    )  # fmt: skip
                    if answer.status_code != 412:
                        assert answer.status_code == 200, answer.content
                        break
                    refused += 1
        finally:
            connections.close_all()
        return refused

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(edit, [one, other]))
    with as_everyone():
        assert CartLine.objects.get(pk=line).quantity == 1 + 2 * (rounds % 2)
