"""A chip that is edited: its own wish changes, the others stay."""

from decimal import Decimal

import pytest

from assistant.amending import TOPIC, amended
from assistant.slots import Held
from assistant.state import State
from catalog.search.understanding import Slot, Vocabulary, understand


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary.from_lexicon()


def wanting(text: str, words: Vocabulary, currency: str = "USD") -> State:
    said = understand(text, vocabulary=words, locale="en", currency=currency)
    return State(topic="gym", slots=tuple(Held(slot, 1, slot.surface) for slot in said.slots))


def changed(state: State, kind: str, text: str, words: Vocabulary) -> State | None:
    place = next(n for n, one in enumerate(state.slots) if one.slot.kind == kind)
    return amended(state, place, text, locale="en", vocabulary=words, currency="USD")


def of(state: State | None, kind: str) -> list[Slot]:
    assert state is not None
    return [one.slot for one in state.slots if one.slot.kind == kind]


@pytest.mark.parametrize("text", ["60", "$60", "≤ $60", "under 60 dollars", "60以内"])
def test_a_limit_is_another_limit(text: str, words: Vocabulary) -> None:
    found = changed(wanting("black t-shirt under $40", words), "price", text, words)
    assert [one.maximum for one in of(found, "price")] == [Decimal(60)]
    assert [one.value for one in of(found, "colour")] == ["black"] and of(found, "category")


def test_a_colour_is_another_colour_and_nothing_else(words: Vocabulary) -> None:
    found = changed(wanting("black t-shirt under $40", words), "colour", "navy", words)
    assert [one.value for one in of(found, "colour")] == ["navy"]
    assert [one.maximum for one in of(found, "price")] == [Decimal(40)]
    assert found is not None and found.topic == "gym"


def test_of_several_features_only_the_edited_one_goes(words: Vocabulary) -> None:
    state = wanting("waterproof breathable jacket", words)
    found = changed(state, "feature", "windproof", words)
    assert {one.value for one in of(found, "feature")} == {"windproof", "breathable"}


def test_free_words_are_replaced_and_nonsense_changes_nothing(words: Vocabulary) -> None:
    state = wanting("black t-shirt", words)
    more = {"locale": "en", "vocabulary": words, "currency": "USD"}
    assert amended(state, TOPIC, "zibbledy", **more).topic == "zibbledy"  # type: ignore[arg-type, union-attr]
    for nothing in ("", " ", "?!", "\x00"):
        assert amended(state, 0, nothing, **more) is None  # type: ignore[arg-type]
    with pytest.raises(IndexError):
        amended(state, 9, "navy", **more)  # type: ignore[arg-type]
