"""Apps: what is agreed to, taking along what is known, being forgotten."""

import pytest

from profiles.models import Erasure, Export
from shopguide.accounts.tenancy import as_everyone
from shopguide.work import State
from tests.catalog.api.test_api import App
from tests.people import make_user

pytestmark = pytest.mark.django_db
PATH = "/privacy"


def test_choices_hold_from_the_next_request_on() -> None:
    app = App()
    assert not any(
        given for name, given in app.ask("GET", f"{PATH}/consents/").json().items()
        if name != "essential"
    )  # fmt: skip
    app.ask("PATCH", f"{PATH}/consents/", {"personalisation": True})
    now = app.ask("GET", f"{PATH}/consents/").json()
    assert (now["personalisation"], now["training"], now["essential"]) == (True, False, True)
    app.ask("PATCH", f"{PATH}/consents/", {"personalisation": False})
    assert app.ask("GET", f"{PATH}/consents/").json()["personalisation"] is False


def test_one_export_at_a_time_and_only_ones_own() -> None:
    app = App()
    first = app.ask("POST", f"{PATH}/exports/")
    assert (first.status_code, first.json()["state"], first.json()["url"]) == (202, "queued", None)
    assert app.ask("POST", f"{PATH}/exports/").json()["number"] == first.json()["number"]
    where = f"{PATH}/exports/{first.json()['number']}/"
    assert app.ask("GET", where).status_code == 200
    assert app.ask("GET", f"{where}file/").status_code == 409
    other = App()
    other.ask("POST", f"{PATH}/exports/")
    assert other.ask("GET", where).status_code == 404
    with as_everyone():
        assert Export.objects.count() == 2


def test_the_wish_to_be_forgotten_waits_and_can_be_taken_back() -> None:
    app = App()
    wish = app.ask("POST", f"{PATH}/erasure/", {"wait_days": 7})
    assert wish.status_code == 202
    assert [one["number"] for one in app.ask("GET", f"{PATH}/erasure/").json()["items"]] == [
        wish.json()["number"]
    ]
    assert app.ask("DELETE", f"{PATH}/erasure/").status_code == 204
    assert app.ask("GET", f"{PATH}/erasure/").json() == {"items": []}
    with as_everyone():
        assert Erasure.objects.get().state == State.CANCELLED
    assert app.ask("POST", f"{PATH}/erasure/", {"wait_days": 3}).status_code == 400


def test_people_prove_the_wish_by_their_password() -> None:
    sam = make_user("sam")
    sam.set_password("a-long-password-1")
    sam.save()
    app = App()
    signed = app.ask(
        "POST", "/auth/app/v1/auth/login", {"email": sam.email, "password": "a-long-password-1"}
    )
    app.headers = {"X-Session-Token": signed.json()["meta"]["session_token"]}
    for sent in ({}, {"password": "wrong"}):
        refused = app.ask("POST", f"{PATH}/erasure/", sent)
        assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")
    wish = app.ask("POST", f"{PATH}/erasure/", {"password": "a-long-password-1"})
    assert wish.status_code == 202
