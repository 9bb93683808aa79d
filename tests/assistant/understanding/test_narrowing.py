"""Going on looking: what narrows, what is ruled out or taken back, and what is only told."""

from __future__ import annotations

import pytest

from assistant.slots import Held, Seen
from assistant.state import State
from assistant.understanding import read
from assistant.understanding.apart import apart_from_parts, apart_from_setting, is_owned
from catalog.search.understanding import Slot, Vocabulary, understand

VOCABULARY = Vocabulary.from_lexicon()
SHOES = State(
    turn=1,
    language="en",
    slots=(
        Held(Slot("category", "running-shoes", surface="running shoes", known=False), 1,
             "running shoes"),
        Held(Slot("feature", "waterproof", surface="waterproof"), 1, "waterproof"),
    ),
    visible=(Seen("A", "Road Shoe"), Seen("B", "Trail Shoe")),
)  # fmt: skip


def held(text: str, state: State = SHOES, guessed: str = "refine") -> set[tuple[str, str, bool]]:
    reading = read(
        text, state, locale="en", vocabulary=VOCABULARY, predict=lambda _: (guessed, 0.9)
    )
    return {(one.slot.kind, one.slot.value, one.slot.negated) for one in reading.held}


@pytest.mark.parametrize(
    "said",
    ["never mind waterproof, cheap is fine", "it doesn't have to be waterproof after all",
     "那不要防水了，便宜点就行", "不用防水了"],
)  # fmt: skip
def test_what_need_not_be_any_more_is_taken_back_and_not_ruled_out(said: str) -> None:
    assert not any(value == "waterproof" for _kind, value, _negated in held(said))


def test_some_of_a_kind_are_ruled_out_and_the_kind_stays() -> None:
    tea = State(
        turn=1, slots=(Held(Slot("category", "tea", surface="茶叶", known=False), 1, "茶叶"),)
    )
    found = held("不要绿茶", tea)
    assert ("category", "tea", False) in found
    assert ("category", "tea", True) in found


def test_what_was_shown_is_ruled_out_and_never_comes_again() -> None:
    second = read("not the second one", SHOES, locale="en", vocabulary=VOCABULARY,
                  predict=lambda _: ("refine", 0.9))  # fmt: skip
    assert (second.refused, second.references) == (("B",), ())
    assert [one.sku for one in SHOES.after(second).visible] == ["A"]


@pytest.mark.parametrize("said", ["防水的有没有", "what about a longer battery life"])
def test_one_that_is_so_or_more_so_is_wished_for(said: str) -> None:
    reading = read(
        said, SHOES, locale="en", vocabulary=VOCABULARY, predict=lambda _: ("attribute", 0.5)
    )
    assert reading.intent == "refine"
    asked = read("which one has the longer battery life", SHOES, locale="en", vocabulary=VOCABULARY,
                 predict=lambda _: ("compare", 0.5))  # fmt: skip
    assert asked.intent == "compare"


def test_a_kind_beside_another_starts_without_its_wishes() -> None:
    assert not any(value == "waterproof" for _kind, value, _neg in held("I also need a pillow"))


def test_who_has_what_and_where_it_stands_is_not_looked_for() -> None:
    def slots(text: str) -> list[str]:
        need = understand(text, vocabulary=VOCABULARY, locale="en", currency="USD")
        kept = apart_from_parts(apart_from_setting(need), State())
        return [one.surface for one in kept.slots
                if one.kind != "category" or not is_owned(one, need.query)]  # fmt: skip

    assert slots("it stands on my desk") == slots("放在书桌上") == []
    assert slots("家里有猫") == []
    assert slots("without a cable") == []
    assert "heels" not in slots("my heels are narrow")
    assert slots("a kettle") == ["kettle"]


def test_for_how_many_is_counted_anew() -> None:
    four = State(turn=1, slots=SHOES.slots, visible=SHOES.visible, wishes=("people:for 4 people",))
    reading = read("actually just two of us", four, locale="en", vocabulary=VOCABULARY)
    assert four.after(reading).wishes == ("people:for 2 people",)
