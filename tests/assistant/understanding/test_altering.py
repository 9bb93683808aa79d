"""What changes in a set that was put together, and what is only asked of it."""

from __future__ import annotations

import pytest

from assistant.slots import Held, Part, Seen
from assistant.state import State
from assistant.understanding import read
from assistant.understanding.several import several_in
from catalog.search.understanding import Slot, Vocabulary, understand

VOCABULARY = Vocabulary.from_lexicon()
SET = State(
    turn=1,
    language="zh-hans",
    slots=(
        Held(Slot("category", "tent", surface="帐篷", known=False), 1, "帐篷"),
        Held(Slot("category", "sleeping-bag", surface="睡袋", known=False), 1, "睡袋"),
    ),
    visible=(Seen("T", "双人徒步帐篷"), Seen("B", "双人信封睡袋")),
    parts=(Part("T", "帐篷"), Part("B", "睡袋", 2)),
)


def changed(text: str, state: State = SET) -> tuple[str, str]:
    change = read(text, state, locale="zh-hans", vocabulary=VOCABULARY).change
    return (change.way, change.part.sku if change.part else "") if change else ("", "")


@pytest.mark.parametrize(
    ("said", "way", "sku"),
    [("帐篷换个便宜的", "swap", "T"), ("睡袋要暖和点的", "swap", "B"),
     ("swap the tent for something lighter", "swap", "T"), ("睡袋不要了", "drop", "B"),
     ("还缺个水壶", "add", ""), ("还缺个晚上照明的", "add", ""), ("改成四个人吧", "people", ""),
     ("make it for four people", "people", ""), ("预算加到3000", "budget", "")],
)  # fmt: skip
def test_a_set_is_changed_by_what_is_said_of_it(said: str, way: str, sku: str) -> None:
    assert changed(said) == (way, sku)
    assert changed(said, State(slots=SET.slots, visible=SET.visible)) == ("", "")


@pytest.mark.parametrize("said", ["帐篷防水吗", "is the tent waterproof?", "这个睡袋多重", "好的"])
def test_what_is_asked_of_a_set_changes_nothing(said: str) -> None:
    assert changed(said) == ("", "")


@pytest.mark.parametrize("said", ["都加到购物车吧", "add all of it to my cart", "就这套吧，全要了"])
def test_all_of_a_set_goes_into_the_cart_with_its_pieces(said: str) -> None:
    reading = read(said, SET, locale="zh-hans", vocabulary=VOCABULARY)
    assert reading.intent == "cart_add"
    assert reading.references == ("T", "B")
    assert dict(reading.amounts) == {"T": 1, "B": 2}


def test_others_are_counted_anew_and_the_kinds_stay() -> None:
    reading = read("改成四个人吧", SET, locale="zh-hans", vocabulary=VOCABULARY)
    assert (reading.people, reading.held) == (4, SET.slots)
    after = SET.after(reading)
    assert [one for one in after.wishes if one.startswith("people:")] == ["people:4个人用"]
    two = read("make it for two", after, locale="zh-hans", vocabulary=VOCABULARY)
    assert two.people == 2
    assert len(after.after(two).wishes) == 1


def test_a_set_is_stored_and_forgotten_with_another_list() -> None:
    assert State.from_json(SET.as_json()).parts == SET.parts
    assert SET.shown(["X", "Y"]).parts == ()


def test_a_list_of_things_has_each_of_them_and_not_what_they_are_for() -> None:
    def kinds(text: str) -> list[str]:
        said = understand(text, vocabulary=VOCABULARY, locale="en", currency="USD")
        return [one.surface for one in several_in(said).of("category")]

    assert kinds("I want to set up a coffee corner: kettle, cup and beans") == [
        "kettle", "cup", "beans",
    ]  # fmt: skip
    assert kinds("想布置一个小书桌，台灯、笔记本、绿植") == ["台灯", "笔记本", "绿植"]
    assert kinds("a kettle, under $20") == ["kettle"]
