"""Coming back to what was asked, and taking up what was offered."""

from __future__ import annotations

import dataclasses
from typing import Any, cast

import pytest

from assistant.planning import Move, Situation, planned
from assistant.resuming import Asked, offering_a_person, resumed
from assistant.slots import Pending
from assistant.state import State
from assistant.turns import Reply, Turn
from shopguide.writing import Plan, Realiser
from tests.assistant.test_planning import FINE, reading

OPEN = State(turn=3, focus=("A",)).asking("option", ["red", "blue"])
ASKED = Asked.of(
    [{"act": "clarify", "facts": {"about": "option", "options": ["red", "blue"]}}],
    {"facts": {"asked_back": {"intent": "cart_add", "words": "add it"}}},
)
ASIDE = Move("know", "delivery", about="delivery")


def turn(state: State = OPEN) -> Turn:
    fields = dict.fromkeys((one.name for one in dataclasses.fields(Turn)), cast(Any, None))
    fields |= {"reading": reading("delivery"), "state": state, "seed": "1"}
    return Turn(**fields)


def reply(act: str = "delivery") -> Reply:
    return Reply((Plan(act, "en"),), State(turn=4))


def test_what_was_asked_is_asked_again_after_an_aside() -> None:
    found = resumed(turn(), ASIDE, reply(), before=OPEN, asked=ASKED)
    assert [one.act for one in found.plans] == ["delivery", "back_to"]
    assert found.state.pending == OPEN.pending
    assert found.state.focus == ("A",)
    assert found.trace["asked_back"] == {"intent": "cart_add", "words": "add it"}
    assert "red" in " ".join(Realiser().write(found.plans[-1]))


@pytest.mark.parametrize(
    ("move", "asked", "state"),
    [
        (Move("find", "search"), ASKED, OPEN), (ASIDE, Asked(), OPEN),
        (Move("product", "completed"), ASKED, OPEN),
        (ASIDE, ASKED, dataclasses.replace(OPEN, turn=9)),
    ],
)  # fmt: skip
def test_nobody_is_held_to_a_question(move: Move, asked: Asked, state: State) -> None:
    assert resumed(turn(state), move, reply(), before=OPEN, asked=asked) == reply()


def test_yes_takes_up_the_offer_to_ask_the_shop() -> None:
    offered = offering_a_person(turn(), reply("unknown")).state
    assert offered.pending == Pending("person", (), OPEN.turn)

    def decided(intent: str, text: str) -> str:
        said = dataclasses.replace(reading(intent), text=text)
        return planned(said, offered, FINE, Situation()).kind

    assert decided("confirm", "yes please") == "hand_over"
    assert decided("decline", "no thanks") == "decline"
    assert offering_a_person(turn(), reply("price")) == reply("price")
