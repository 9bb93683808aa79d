"""An answer can be made again from what was kept of it, and nothing stays of that."""

import json

import pytest
from django.core.management import CommandError, call_command

from assistant.answering import Minds, Thought
from assistant.models import Conversation, Message
from assistant.replaying import NoSuchAnswer, replay
from catalog.models import Price
from shopguide.accounts.tenancy import as_everyone, as_merchant
from tests.assistant.conftest import Say
from tests.people import People


def test_an_answer_is_made_again_word_for_word(say: Say) -> None:
    say("想买一件T恤")
    given = say("便宜点的有吗")
    say("谢谢")
    with as_everyone():
        before = list(Message.objects.order_by("pk").values_list("pk", "text", "state"))
        state = Conversation.objects.values_list("state", flat=True).get()
    found = replay(given.pk, Minds())
    assert found.differs == [] and found.again["text"] == given.text
    assert found.given["question"] == "便宜点的有吗"
    with as_everyone():
        assert list(Message.objects.order_by("pk").values_list("pk", "text", "state")) == before
        assert Conversation.objects.values_list("state", flat=True).get() == state


def test_what_has_changed_since_is_named(say: Say, people: People) -> None:
    given = say("纯棉T恤")
    with as_merchant(people.loom):
        Price.objects.filter(variant__product__sku="T1").update(amount="64.00")
    found = replay(given.pk, Minds())
    assert {"text", "plan"} <= set(found.differs)
    assert "¥59.00" in found.given["text"] and "¥64.00" in found.again["text"]


def test_the_reading_of_then_is_used_again(say: Say) -> None:
    given = say("纯棉T恤")
    kept = {"intent": "greeting", "probability": 0.99, "model": "x"}
    trace = {**given.trace, "thoughts": {"纯棉T恤": kept}}
    with as_everyone():
        Message.objects.filter(pk=given.pk).update(trace=trace)
    found = replay(given.pk, Minds(think=lambda _texts, _where=None: Thought("human", 0.99)))
    assert found.given["versions"]["intents"] == "x" == found.again["versions"]["intents"]


def test_no_answer_of_that_number(people: People) -> None:
    with pytest.raises(NoSuchAnswer):
        replay(999_999, Minds())
    with pytest.raises(CommandError, match="999999"):
        call_command("replay_answer", "999999", "--rules")


def test_the_command_tells_inputs_versions_and_claims(
    say: Say, capsys: pytest.CaptureFixture[str]
) -> None:
    given = say("想买一件T恤")
    call_command("replay_answer", str(given.pk), "--rules", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["differs"] == [] and told["given"]["claims"] and told["given"]["plan"]
    call_command("replay_answer", str(given.pk), "--rules")
    assert "Made again, word for word." in capsys.readouterr().out
