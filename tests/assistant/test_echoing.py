"""What is looked for is said back as a person would say it."""

from django.utils import translation

from assistant.echoing import wished
from assistant.state import State
from assistant.understanding import Reading, read
from catalog.search.understanding import Vocabulary

VOCABULARY = Vocabulary.from_lexicon()


def said(*texts: str) -> tuple[Reading, State]:
    state = State()
    for text in texts:
        locale = "zh-hans" if any(letter >= "\u3400" for letter in text) else "en"
        reading = read(
            text, state, locale=locale, vocabulary=VOCABULARY, predict=lambda _text: ("search", 1)
        )
        state = state.after(reading)
    return reading, state


def test_one_message_is_told_in_its_own_words() -> None:
    assert wished(*said("I need a mechanical keyboard with hot-swappable switches")) == (
        "mechanical keyboard with hot-swappable switches"
    )
    assert wished(*said("looking for running shoes for women")) == "running shoes for women"
    assert wished(*said("need a laptop with 16gb ram for programming")) == (
        "laptop for programming"
    )
    assert wished(*said("急！明天宿舍要用的插排有没有")).endswith("插排")


def test_a_story_is_told_by_its_thing() -> None:
    assert wished(*said("my old backpack just died. I cycle to work")).startswith("backpack")
    assert wished(*said("想买台灯，看书用")) == "台灯"


def test_what_came_together_is_put_into_the_order_of_speech() -> None:
    assert wished(*said("hiking boots for women", "something in white")) == (
        "white hiking boots for women"
    )
    with translation.override("zh-hans"):
        assert wished(*said("想买双肩包", "有没有防水的")) == "防水、双肩包"
