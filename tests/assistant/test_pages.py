"""The shopper's pages of the assistant: plain forms, fragments, nobody else's reading."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client, TestCase

from assistant.models import Conversation, Message
from assistant.streaming import Place
from assistant.views.streams import Follower
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_shopper
from shopguide.joining import join
from tests.people import People, browser

RUNG = "assistant.tasks.answer_message.delay"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(people: People) -> Client:
    return browser()


def said(client: Client, text: str = "a t-shirt", **fields: str) -> Conversation:
    """Say something on a page, and return the conversation."""
    with patch(RUNG) as rung, TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post("/ask/say/", {"text": text, **fields})
    assert answer.status_code == 302
    with as_everyone():
        found = Conversation.objects.order_by("-said_at")[0]
    assert rung.call_count == (0 if found.with_people else 1)
    return found


def messages_of(found: Conversation) -> list[Message]:
    with as_everyone():
        return list(found.messages.visible())


def test_looking_makes_nobody_a_shopper(client: Client) -> None:
    assert client.get("/ask/").status_code == client.get("/ask/panel/").status_code == 200
    assert not Shopper.objects.exists() and not client.cookies.get("shopper")


def test_the_first_word_begins_a_conversation_of_this_browser(client: Client) -> None:
    found = said(client)
    page = client.get(f"/ask/{found.pk}/").content.decode()
    assert "a t-shirt" in page and f"/ask/{found.pk}/{messages_of(found)[1].pk}/stream/" in page
    assert '<meta http-equiv="refresh"' in page  # where there is no script
    assert client.get("/ask/").content.decode().count("a t-shirt") >= 1


def test_somebody_may_do_without_the_assistant(client: Client) -> None:
    assert "ask-launcher" in client.get("/").content.decode()
    assert 'value="off"' in client.get("/ask/").content.decode()
    client.post("/preferences/", {"assistant": "off", "next": "/ask/"})
    assert "ask-launcher" not in client.get("/").content.decode()
    page = client.get("/ask/").content.decode()
    assert "data-ask-form" not in page and "Turn the assistant on" in page
    client.post("/ask/say/", {"text": "a t-shirt"})
    assert not Conversation.objects.exists()
    client.post("/preferences/", {"assistant": ""})
    assert "ask-launcher" in client.get("/").content.decode()


def test_a_fragment_brings_what_is_new_and_what_changes_around_it(client: Client) -> None:
    found = said(client)
    with patch(RUNG):
        answer = client.post(
            "/ask/say/", {"text": "blue", "conversation": str(found.pk)}, headers=HTMX
        )
    text = answer.content.decode()
    assert "blue" in text and "a t-shirt" not in text and 'hx-swap-oob="true"' in text


def test_nobody_reads_or_changes_what_is_not_theirs(client: Client, people: People) -> None:
    found, stranger = said(client), browser(people.sam)
    pk = messages_of(found)[1].pk
    for number in (found.pk, uuid.uuid4()):
        for path in ("", "news/", f"{pk}/", f"{pk}/stream/"):
            assert stranger.get(f"/ask/{number}/{path}").status_code == 404
        for path in ("back/", "stars/", f"{pk}/stop/", f"{pk}/judge/"):
            assert stranger.post(f"/ask/{number}/{path}").status_code == 404
        sent = {"text": "mine", "conversation": str(number)}
        assert stranger.post("/ask/say/", sent).status_code == 404
    assert messages_of(found)[1].state == "queued"


@pytest.mark.parametrize(
    "sent",
    [{"conversation": "x"}, {"text": "\x00\u202e", "from": "//evil.example/p/loom/T1/"},
     {"text": "x" * 9000}, {"chip": "-99"}, {"chip": "x"}, {"drop": ",".join("a" * 99)},
     {"text": "a", "choice": "nothing"}, {"shop": "nobody"}, {"text": " "}, {}],
)  # fmt: skip
def test_odd_words_are_no_error(client: Client, sent: dict[str, str]) -> None:
    with patch(RUNG):
        assert client.post("/ask/say/", sent).status_code in (302, 404)


def test_saying_is_a_post(client: Client) -> None:
    assert client.get("/ask/say/").status_code == 405
    assert client.post("/ask/").status_code == 405


def test_it_knows_the_product_page_it_is_opened_on(client: Client) -> None:
    assert "Plain Cotton T-Shirt" in client.get("/ask/panel/?from=/p/loom/T1/").content.decode()
    found = said(client, "is it warm?", **{"from": "/p/loom/T1/"})
    assert set(found.page) == {"product", "merchant"}


def test_a_chip_that_is_removed_is_searched_without(client: Client) -> None:
    found = said(client)
    from assistant.state import State
    from catalog.search.understanding import Slot

    state = State().holding(Slot("colour", "blue", name_en="blue"))
    with as_everyone():
        Conversation.objects.filter(pk=found.pk).update(state=state.as_json())
    again = said(client, "", chip="0", conversation=str(found.pk))
    assert State.from_json(again.state).slots == ()
    assert messages_of(again)[-1].trace == {"forced": "find"}


def test_a_chip_that_is_edited_is_searched_with(client: Client) -> None:
    found = said(client)
    from assistant.state import State
    from catalog.search.understanding import Slot

    state = State.from_json(State().holding(Slot("colour", "blue", name_en="blue")).as_json())
    with as_everyone():
        Conversation.objects.filter(pk=found.pk).update(state=state.as_json())
    page = client.get(f"/ask/{found.pk}/").content.decode()
    assert 'form="chip-form0"' in page and 'id="chip-form0"' in page
    for nothing in ({"edit": "0", "to": " "}, {"edit": "9", "to": "red"}, {"edit": "x"}):
        sent = {**nothing, "conversation": str(found.pk)}
        assert client.post("/ask/say/", sent).status_code == 302
        with as_everyone():
            assert State.from_json(Conversation.objects.get(pk=found.pk).state) == state
    again = said(client, "", edit="0", to="red", conversation=str(found.pk))
    assert [one.slot.value for one in State.from_json(again.state).slots] == ["red"]
    assert messages_of(again)[-1].trace == {"forced": "find"}


def test_stopping_ends_the_answer_once(client: Client) -> None:
    found = said(client)
    pk = messages_of(found)[1].pk
    page = client.post(f"/ask/{found.pk}/{pk}/stop/", headers=HTMX).content.decode()
    assert "Stopped." in page and messages_of(found)[1].state == "cancelled"


def test_a_thumb_is_kept_with_its_reason(client: Client) -> None:
    found = said(client)
    pk = messages_of(found)[1].pk
    with as_everyone():
        Message.objects.filter(pk=pk).update(state="done", text="Here.")
    client.post(f"/ask/{found.pk}/{pk}/judge/", {"thumb": "-1", "reason": "too dear"})
    assert (messages_of(found)[1].thumb, messages_of(found)[1].thumb_reason) == (-1, "too dear")


def test_what_a_browser_said_becomes_its_persons(client: Client, people: People) -> None:
    found = said(client)
    join(found.shopper, people.sam)
    client.force_login(people.sam)
    assert client.get(f"/ask/{found.pk}/").status_code == 200
    with as_everyone():
        found.refresh_from_db()
    assert found.shopper.user_id == people.sam.pk


async def gathered(events: AsyncIterator[bytes]) -> str:
    return b"".join([one async for one in events]).decode()


def test_a_stream_resumes_where_it_was_cut_and_ends(client: Client) -> None:
    found = said(client)
    message = messages_of(found)[1]
    with as_everyone():
        Message.objects.filter(pk=message.pk).update(state="done", text="您好，欢迎。", attempts=1)
    rows: list[Any] = []

    def follow(place: Place) -> str:
        follower = Follower(message.pk, str(found.shopper_id), place)
        with as_shopper(found.shopper_id):
            kept = Message.objects.filter(pk=message.pk).values_list("attempts", "text", "state")
            rows[:] = list(kept)
        from assistant.views.streams import Row

        # A browser test leaves a loop in this thread.
        row = patch.object(Follower, "row", lambda _self: Row(*rows[0]))
        with row, ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, gathered(follower.events())).result()

    whole, rest = follow(Place()), follow(Place(1, 3))
    assert '"您好，欢迎。"' in whole and "event: again" in whole
    assert '"at": 3, "text": "欢迎。"' in rest and "event: again" not in rest
    assert rest.endswith('id: 1.6\nevent: over\ndata: {"state": "done"}\n\n')
