"""A message is answered once, from the database, by whoever has its row."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from assistant.answering import Minds, answer
from assistant.models import Conversation, Message
from assistant.presenting import as_json
from assistant.state import State
from catalog.models import Price
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone, as_merchant, as_shopper
from shopguide.writing import Holds, Plan
from tests.assistant.conftest import Say
from tests.people import People


def claimed(message: Message | None) -> Message:
    """Return a message as the worker that has it."""
    assert message is not None
    with as_everyone():
        rows = Message.objects.select_related("conversation__shopper__user")
        found: Message | None = rows.claim(message.pk)
    assert found is not None
    return found


@pytest.fixture
def conversation(shopper: Shopper) -> Conversation:
    with as_shopper(shopper):
        return Conversation.objects.create(shopper=shopper, language="en", currency="CNY")


def asked(conversation: Conversation, text: str) -> Message | None:
    with as_shopper(conversation.shopper_id):
        return conversation.ask(text)


def test_a_search_offers_products_with_todays_prices(say: Say) -> None:
    found = say("想买一件T恤")
    assert (found.state, found.act, found.language) == ("done", "search_results", "zh-hans")
    assert {one["sku"] for one in found.products} <= {"T1", "T2", "T3"} and found.products
    assert "¥59.00" in found.text
    assert all(one["verdict"] == "supported" for one in found.claims) and found.claims


def test_every_word_holds_when_the_price_moves_between_two_questions(
    say: Say, people: People
) -> None:
    assert "¥59.00" in say("纯棉T恤").text
    with as_merchant(people.loom):
        Price.objects.filter(variant__product__sku="T1").update(amount="64.00")
    text = say("想买一件T恤").text
    assert "¥64.00" in text and "¥59.00" not in text


def test_what_was_refused_is_never_shown_again(say: Say) -> None:
    first = {one["sku"] for one in say("想买一件T恤").products}
    shown = set()
    for words in ("不感兴趣", "还是不感兴趣", "不喜欢"):
        shown |= {one["sku"] for one in say(words).products}
    assert first and not first & shown


def test_a_limit_is_never_broken(say: Say) -> None:
    found = say("80元以内的T恤")
    assert {one["sku"] for one in found.products} == {"T1", "T2"}
    nothing = say("30元以内的T恤")
    assert nothing.products == [] and nothing.act == "nothing_found"
    assert [one["kind"] for one in nothing.actions] == ["drop"]


def test_english_is_answered_in_english(say: Say) -> None:
    found = say("I'm looking for a cotton t-shirt", "en")
    assert found.language == "en" and "T-Shirt" in found.text


def test_the_contract_of_ask_is_kept(say: Say) -> None:
    told = as_json(say("想买一件T恤"))
    assert list(told) == ["conversation", "answer", "language", "intent", "state", "products",
                          "citations", "claims", "actions", "handoff", "writer"]  # fmt: skip
    assert told["writer"] == "realiser" and told["state"]["chips"][0]["label"] == "T恤"


def test_a_burst_becomes_one_answer(conversation: Conversation) -> None:
    first = asked(conversation, "a t-shirt")
    second = asked(conversation, "under 60 yuan")
    assert first is not None and second is not None
    with as_shopper(conversation.shopper_id):
        first.refresh_from_db()
        assert (first.state, first.superseded) == ("cancelled", True)
        assert second.said() == ["a t-shirt", "under 60 yuan"] and second.said_before() == ""
    assert answer(claimed(second))
    with as_shopper(conversation.shopper_id):
        second.refresh_from_db()
        assert [one["sku"] for one in second.products] == ["T1"]
        assert list(conversation.messages.visible().values_list("voice", flat=True)) == [
            "shopper", "shopper", "assistant"
        ]  # fmt: skip


def test_a_burst_is_answered_ask_by_ask(conversation: Conversation) -> None:
    for text in ("hi", "do you have a mug", "how long does delivery take"):
        last = asked(conversation, text)
    last = asked(conversation, "and do you keep my card details")
    assert last is not None and answer(claimed(last))
    with as_shopper(conversation.shopper_id):
        last.refresh_from_db()
        assert last.trace["question"].startswith("hi, do you have a mug, how long does")
        assert [one["sku"] for one in last.products] == ["M1"]
        acts = [one["act"] for one in last.plan]
        state = State.from_json(Conversation.objects.get(pk=conversation.pk).state)
    assert acts[0] == "search_results" and acts[-1] == "site" and len(acts) == 3
    assert state.turn == 1 and [one.sku for one in state.visible] == ["M1"]


def test_what_was_said_before_a_click_is_answered_too(conversation: Conversation) -> None:
    assert answer(claimed(asked(conversation, "a t-shirt under 60 yuan")))
    asked(conversation, "do you keep my card details?")
    clicked = asked(conversation, "Without “60”")
    assert clicked is not None
    with as_shopper(conversation.shopper_id):
        clicked.trace = {"forced": "find"}
        clicked.save(update_fields=["trace"])
        assert clicked.said_before() == "a t-shirt under 60 yuan"
    assert answer(claimed(clicked))
    with as_shopper(conversation.shopper_id):
        clicked.refresh_from_db()
    assert [one["act"] for one in clicked.plan] == ["site", "search_results"]


def test_a_stopped_answer_stays_stopped(conversation: Conversation) -> None:
    message = claimed(asked(conversation, "a t-shirt"))
    with as_shopper(conversation.shopper_id):
        assert message.stop() and not message.stop()
    assert not answer(message)
    with as_shopper(conversation.shopper_id):
        message.refresh_from_db()
        conversation.refresh_from_db()
    assert message.state == "cancelled" and conversation.state == {}


def test_a_worker_that_lost_its_row_writes_nothing(conversation: Conversation) -> None:
    made = asked(conversation, "a t-shirt")
    dead = claimed(made)
    with as_everyone():
        Message.objects.filter(pk=dead.pk).update(lease_until=timezone.now())
        assert list(Message.objects.overdue()) == [dead]
    alive = claimed(made)
    assert alive.attempts == 2
    assert answer(alive) and not answer(dead)
    with as_shopper(conversation.shopper_id):
        assert conversation.messages.filter(voice="assistant").count() == 1
        assert State.from_json(Conversation.objects.get(pk=conversation.pk).state).turn == 1


class Liar:
    """A writer that says what does not hold, then breaks."""

    name = "liar"

    def holding(self, holds: Holds) -> "Liar":
        return self

    def write(self, plan: Plan) -> Iterator[str]:
        yield "The Plain Cotton T-Shirt costs ¥1.00."
        raise RuntimeError


def test_a_writer_that_lies_or_breaks_is_not_believed(conversation: Conversation) -> None:
    message = claimed(asked(conversation, "a cotton t-shirt"))
    assert answer(message, Minds(writer=Liar()))
    with as_shopper(conversation.shopper_id):
        message.refresh_from_db()
    assert "¥1.00" not in message.text and "¥59.00" in message.text
    assert message.trace["dropped"] >= 1


def test_a_conversation_is_its_shoppers_alone(conversation: Conversation) -> None:
    asked(conversation, "a t-shirt")
    other = Shopper.objects.create()
    with as_shopper(other):
        assert not Conversation.objects.exists() and not Message.objects.exists()
    with as_shopper(conversation.shopper_id):
        assert Message.objects.count() == 2


def test_somebody_who_asks_for_a_person_is_handed_over_once(say: Say, people: People) -> None:
    say("想买一件T恤")
    found = say("转人工")
    told = as_json(found)
    assert found.act == "hand_over" and told["handoff"]["merchant"] == "loom"
    assert "T恤" in told["handoff"]["summary"]
    with as_shopper(found.conversation.shopper_id):
        assert found.conversation.ask("在吗？") is None
    with as_merchant(people.loom):
        assert Conversation.objects.of(people.loom).open().unread().count() == 1
    with as_merchant(people.rival):
        assert not Conversation.objects.exists() and not Message.objects.exists()
