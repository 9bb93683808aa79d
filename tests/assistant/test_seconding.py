"""What else a message asks, besides what was decided upon."""

import pytest

from assistant.planning import Move
from assistant.seconding import further
from assistant.state import State
from assistant.understanding import read
from catalog.search.understanding import Vocabulary
from tests.assistant.conftest import Say

WORDS = Vocabulary.from_lexicon()


@pytest.mark.parametrize(
    ("text", "about", "others"),
    [
        ("is it waterproof and how soon would it arrive?", "attribute", ["delivery"]),
        ("这件多少钱，包邮吗？", "price", ["delivery"]),
        ("is it in stock? what do buyers say?", "stock", ["reviews"]),
        ("is it waterproof?", "attribute", []),
        ("I like it, and I like the colour", "attribute", []),
        ("what is it made of and how heavy is it?", "attribute", ["attribute"]),
    ],
)
def test_each_question_is_heard_once(text: str, about: str, others: list[str]) -> None:
    reading = read(text, State(), locale="en", vocabulary=WORDS)
    move = Move("product", about, about=about, skus=("T1",))
    assert [one.about for one in further(reading, move)] == others


def test_an_order_is_followed_by_nothing() -> None:
    reading = read("cancel it, is shipping free?", State(), locale="en", vocabulary=WORDS)
    assert not [*further(reading, Move("order", "cancel", about="cancel"))]


def test_both_halves_are_answered(say: Say) -> None:
    say("T恤")
    found = say("第一款多重？有货吗？")
    acts = [one["act"] for one in found.plan]
    assert "stock" in acts and "attribute" in acts and "\n" in found.text


def test_nothing_cheaper_is_said_and_the_cheapest_offered(say: Say) -> None:
    say("T恤")
    found = say("便宜一点的")
    assert found.act == "at_the_edge" and found.products[0]["sku"] == "T1"
    again = say("贵一点的")
    assert again.act in ("at_the_edge", "search_results") and again.products


def test_what_buyers_say_is_told_of_each_that_was_weighed_up() -> None:
    text = "which of these two is lighter and what do buyers complain about?"
    reading = read(text, State(), locale="en", vocabulary=WORDS)
    move = Move("choose", "of-shown", about="choose", skus=("T1", "T2"))
    assert [(one.about, one.skus) for one in further(reading, move)] == [("reviews", ("T1", "T2"))]


def test_a_refusal_and_what_buyers_say_are_no_wishes() -> None:
    for text in ("不感兴趣", "买家都抱怨什么", "这两个哪个更轻，买家都抱怨什么？"):
        assert not read(text, State(), locale="zh-hans", vocabulary=WORDS).wishes, text
