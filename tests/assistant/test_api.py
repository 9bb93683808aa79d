"""The assistant for apps: the same conversations, with words waited for."""

import json
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from assistant.models import Conversation, Message
from assistant.state import State
from catalog.search.understanding import Slot
from shopguide.accounts.tenancy import as_everyone
from tests.people import People, make_people

RUNG = "assistant.tasks.answer_message.delay"
URL = "/api/v1/conversations/"


@pytest.fixture
def people(db: None) -> People:
    return make_people()


class App:
    """An app without an account: it keeps the token that it is given."""

    def __init__(self) -> None:
        self.client, self.token = Client(), ""

    def call(self, method: str, path: str, **sent: Any) -> Any:
        headers = {"Shopper-Token": self.token} if self.token else {}
        with patch(RUNG):
            answer = self.client.generic(
                method, path, json.dumps(sent) if sent else "", "application/json", headers=headers
            )
        self.token = answer.headers.get("Shopper-Token", self.token)
        return answer


def test_a_conversation_is_begun_gone_on_with_and_read(people: People) -> None:
    app = App()
    begun = app.call("POST", URL, text="a t-shirt")
    assert begun.status_code == 201 and begun.json()["answer"]["state"] == "queued"
    here = f"{URL}{begun.json()['conversation']['id']}/"
    more = app.call("POST", f"{here}messages/", text="in blue").json()
    assert more["answer"]["id"] > begun.json()["answer"]["id"]
    items = app.call("GET", f"{here}messages/").json()["items"]
    assert [(one["voice"], one["text"]) for one in items] == [
        ("shopper", "a t-shirt"), ("shopper", "in blue"), ("assistant", "")
    ]  # fmt: skip
    assert len(app.call("GET", URL).json()["items"]) == 1


def test_waiting_ends_with_what_is_new(people: People) -> None:
    app = App()
    begun = app.call("POST", URL, text="a t-shirt").json()
    here = f"{URL}{begun['conversation']['id']}/messages/{begun['answer']['id']}/"
    with as_everyone():
        Message.objects.filter(pk=begun["answer"]["id"]).update(text="Here are", state="running")
    found = app.call("GET", f"{here}?known=3&wait=5").json()
    assert (found["state"], found["text"]) == ("answering", "Here are")
    assert app.call("POST", f"{here}stop/").json()["state"] == "stopped"
    assert app.call("GET", f"{here}?known=99&wait=20").json()["state"] == "stopped"


def test_a_chip_is_replaced_by_words(people: People) -> None:
    app = App()
    begun = app.call("POST", URL, text="a t-shirt").json()["conversation"]["id"]
    state = State().holding(Slot("price", maximum=Decimal(40), currency="USD"))
    with as_everyone():
        Conversation.objects.filter(pk=begun).update(state=state.as_json())
    here = f"{URL}{begun}/chips/0/"
    for words, status in (("?!", 400), ("x" * 300, 400), ("60", 200)):
        assert app.call("PUT", here, text=words).status_code == status
    (chip,) = app.call("GET", f"{URL}{begun}/").json()["chips"]
    assert chip["kind"] == "price" and "60" in chip["label"]
    assert app.call("PUT", f"{URL}{begun}/chips/7/", text="60").status_code == 404


def test_nobody_else_has_it(people: People) -> None:
    begun = App().call("POST", URL, text="a t-shirt").json()
    here, other = f"{URL}{begun['conversation']['id']}/", App()
    other.call("POST", URL, text="mine")
    for method, path in (("GET", here), ("GET", f"{here}messages/"), ("POST", f"{here}back/"),
                         ("DELETE", f"{here}chips/0/")):  # fmt: skip
        assert other.call(method, path).status_code == 404
    for method, path in (("POST", f"{here}messages/"), ("PUT", f"{here}chips/0/")):
        assert other.call(method, path, text="hello").status_code == 404


def test_nothing_said_is_named(people: People) -> None:
    app = App()
    assert app.call("POST", URL, text=" ").json()["errors"] == {"text": ["Say something."]}
    assert app.call("POST", URL, choice="sing").status_code == 400
