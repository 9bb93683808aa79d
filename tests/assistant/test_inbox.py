"""The shop's inbox: its people answer, nobody else reads."""

import uuid

import pytest
from django.test import Client

from assistant import inboxing
from assistant.handing_over import hand_over
from assistant.models import Article, CannedReply, Conversation, Label, Note, Passage
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from tests.people import People, browser, make_people

URL = "/merchant/loom/inbox/"


@pytest.fixture
def crowd(db: None) -> People:
    return make_people()


@pytest.fixture
def chat(crowd: People) -> Conversation:
    """Hand a conversation over to Loom."""
    shopper = Shopper.objects.create()
    with as_shopper(shopper):
        made = Conversation.objects.create(shopper=shopper, title="broken zip")
        made.ask("the zip is broken")
        assert hand_over(made, crowd.loom, reason="asked", summary="the zip is broken")
        assert not hand_over(made, crowd.rival, reason="asked", summary="")
    return made


def now(chat: Conversation) -> Conversation:
    with as_everyone():
        return Conversation.objects.get(pk=chat.pk)


@pytest.fixture
def mei(crowd: People) -> Client:
    return browser(crowd.mei)


def test_what_waits_stands_in_the_inbox(mei: Client, chat: Conversation) -> None:
    assert "broken zip" in mei.get(URL).content.decode()
    for tab, there in (("unread", True), ("unassigned", True), ("mine", False), ("settled", False)):
        assert ("broken zip" in mei.get(f"{URL}?show={tab}").content.decode()) is there
    assert "the zip is broken" in mei.get(f"{URL}{chat.pk}/").content.decode()


def test_a_reply_takes_it_and_the_shopper_reads_it(mei: Client, chat: Conversation) -> None:
    assert mei.post(f"{URL}{chat.pk}/reply/", {"text": "We'll send a new one."}).status_code == 302
    found = now(chat)
    assert (found.handling, found.assigned_to.email) == ("agent", "mei@example.com")  # type: ignore[union-attr]
    with as_shopper(chat.shopper_id):
        assert chat.messages.last().text == "We'll send a new one."  # type: ignore[union-attr]


def test_an_answer_is_kept_as_a_draft_of_knowledge(
    mei: Client, chat: Conversation, crowd: People
) -> None:
    mei.post(f"{URL}{chat.pk}/step/", {"step": "keep"})
    with as_everyone():
        assert not Article.objects.exists()  # nobody has answered yet
    mei.post(f"{URL}{chat.pk}/reply/", {"text": "We repair zips for a year."})
    mei.post(f"{URL}{chat.pk}/step/", {"step": "keep"})
    with as_everyone():
        made = Article.objects.get()
        draft = made.versions.get()
        assert (made.merchant_id, draft.body) == (crowd.loom.pk, "We repair zips for a year.")
        assert draft.title == "the zip is broken"
        assert not Passage.objects.exists()  # it answers nobody before it is approved


def test_the_list_looks_again_by_itself(mei: Client, chat: Conversation) -> None:
    page = mei.get(URL).content.decode()
    assert 'hx-trigger="every 2s"' in page and f'hx-get="{URL}"' in page


def test_a_note_is_never_the_shoppers(mei: Client, chat: Conversation) -> None:
    mei.post(f"{URL}{chat.pk}/reply/", {"text": "third time", "note": "1"})
    with as_shopper(chat.shopper_id):
        assert not Note.objects.exists() and chat.messages.filter(voice="agent").count() == 0
    assert "third time" in mei.get(f"{URL}{chat.pk}/").content.decode()


def test_given_back_and_settled(mei: Client, chat: Conversation) -> None:
    mei.post(f"{URL}{chat.pk}/step/", {"step": "give_back"})
    with as_shopper(chat.shopper_id):
        assert now(chat).handling == "assistant" and chat.ask("thanks") is not None
    mei.post(f"{URL}{chat.pk}/step/", {"step": "resolve"})
    assert now(chat).resolved_at is None  # it is not with people any more


def test_put_off_and_settled_leave_the_list(mei: Client, chat: Conversation) -> None:
    mei.post(f"{URL}{chat.pk}/step/", {"step": "snooze"})
    assert "broken zip" not in mei.get(URL).content.decode()
    mei.post(f"{URL}{chat.pk}/step/", {"step": "wake"})
    mei.post(f"{URL}{chat.pk}/step/", {"step": "resolve"})
    assert "broken zip" in mei.get(f"{URL}?show=settled").content.decode()


def test_nobody_else_reads(crowd: People, chat: Conversation) -> None:
    paths = [URL, f"{URL}canned/", f"{URL}{chat.pk}/"]
    for person in (crowd.rui, crowd.ana, crowd.sam):
        assert {browser(person).get(path).status_code for path in paths} == {404}
    for number in (chat.pk, uuid.uuid4()):
        answer = browser(crowd.rui).post(f"/merchant/rival/inbox/{number}/reply/", {"text": "hi"})
        assert answer.status_code == 404
    with as_merchant(crowd.rival):
        assert not Conversation.objects.exists()


def test_labels_sort_and_are_the_shops_alone(
    mei: Client, chat: Conversation, crowd: People
) -> None:
    step = f"{URL}{chat.pk}/step/"
    for word in ("Zip ", " zip", "VIP", " ", "\x00"):
        assert mei.post(step, {"step": "label", "to": word}).status_code == 302
    with as_merchant(crowd.loom):
        assert [one.name for one in Label.objects.all()] == ["VIP", "Zip"]
    assert "broken zip" in mei.get(f"{URL}?label=Zip&show=unassigned").content.decode()
    assert "broken zip" not in mei.get(f"{URL}?label=other").content.decode()
    assert "<span>VIP</span>" in mei.get(f"{URL}{chat.pk}/").content.decode()
    with as_merchant(crowd.rival):
        assert not Label.objects.exists()
    with as_shopper(chat.shopper_id):
        assert not Label.objects.exists()
    for _twice in range(2):
        mei.post(step, {"step": "unlabel", "to": "Zip"})
    with as_merchant(crowd.loom):
        assert [one.name for one in Label.objects.all()] == ["VIP"]
        for number in range(12):
            inboxing.label(chat, crowd.loom, f"n{number}")
        assert Label.objects.count() == inboxing.MOST_LABELS


def test_odd_input_changes_nothing(mei: Client, chat: Conversation) -> None:
    for step in ("", "nothing", "assign"):
        sent = {"step": step, "to": "x" * 50}
        assert mei.post(f"{URL}{chat.pk}/step/", sent).status_code == 302
    assert mei.post(f"{URL}{chat.pk}/reply/", {"text": " "}).status_code == 302
    assert mei.get(f"{URL}{chat.pk}/reply/").status_code == 405
    assert mei.get(f"{URL}?show=x&page=99999999999").status_code == 200
    assert now(chat).handling == "waiting"


def test_canned_replies_are_kept_once_and_fill_the_box(
    mei: Client, chat: Conversation, crowd: People
) -> None:
    for _twice in range(2):
        mei.post(f"{URL}canned/", {"title": "sorry", "text": "We are sorry."})
    with as_merchant(crowd.loom):
        (kept,) = CannedReply.objects.all()
    page = mei.get(f"{URL}{chat.pk}/?canned={kept.pk}").content.decode()
    assert "We are sorry.</textarea>" in page
    mei.post(f"{URL}canned/", {"remove": str(kept.pk)})
    with as_merchant(crowd.loom):
        assert not CannedReply.objects.exists()
