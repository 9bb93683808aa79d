"""What is asked where one thing is talked of: the head's chances beside what the page says."""

from __future__ import annotations

import pytest

from assistant.arbitrating import arbitrated
from assistant.understanding.intents.names import INTENTS
from assistant.understanding.placing import Placed
from assistant.weighing import family_of, measuring, weighed

ASKS = Placed("one", ("asks",), "")


def test_a_page_that_answers_outweighs_what_a_question_sounds_like() -> None:
    odds = {"delivery": 0.4, "attribute": 0.3, "suitability": 0.2}
    found = weighed(odds, ASKS, 0.97, chinese=True)
    assert found is not None and found[0] == "attribute"


def test_a_rule_of_the_shop_is_asked_for_though_a_page_is_open() -> None:
    odds = {"policy": 0.8, "attribute": 0.1}
    found = weighed(odds, Placed("one", ("asks", "shop"), "policy"), 0.02, chinese=False)
    assert found is not None and found[0] == "policy"


@pytest.mark.parametrize("intent", ["cancel", "exchange", "refund", "cart_add", "human"])
def test_an_act_is_never_brought_about(intent: str) -> None:
    found = weighed({intent: 0.99}, Placed("one", (), ""), 0.01, chinese=False)
    assert found is None or family_of(found[0]) in ("thing", "shop", "goods")


def test_nothing_heard_is_nothing_weighed() -> None:
    assert weighed({}, ASKS, 0.9, chinese=False) is None


def test_what_is_heard_stands_where_no_one_thing_is_talked_of() -> None:
    told = arbitrated(
        ("delivery", 0.5), {"delivery": 0.5}, text="预约", where=ASKS, vector=None, product=None,
        language="zh-hans",
    )  # fmt: skip
    assert told == ("delivery", 0.5)


def test_every_intent_is_of_a_family_and_every_family_was_taught() -> None:
    assert {family_of(one) for one in INTENTS} == {one.family for one in measuring.lines()}


def test_lines_teach_that_were_not_left_out() -> None:
    voices = {one.voice for one in measuring.lines()}
    assert measuring.HELD in voices and len(voices) > 3
