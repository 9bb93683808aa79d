"""Ways of talking: mockery, likings, the same question of another thing, all that is sold."""

from __future__ import annotations

import pytest

from assistant.state import State
from assistant.understanding import read
from assistant.understanding.deciding import OUT_OF_SCOPE
from assistant.understanding.feeling import emotion_of
from assistant.understanding.irony import earnest, mocks
from assistant.understanding.liking import likings
from assistant.understanding.needing import headed, unburdened
from assistant.understanding.repeating import repeated
from catalog.search.understanding import Need, Slot, Vocabulary, understand

VOCABULARY = Vocabulary.from_lexicon()


@pytest.mark.parametrize(
    ("said", "meant"),
    [('呵呵，这价格可真"便宜"啊', "太贵了"), ("oh great, so cheap", "too expensive"),
     ("oh great, what a bargain", "too expensive")],
)  # fmt: skip
def test_mocking_a_price_asks_for_a_lower_one(said: str, meant: str) -> None:
    assert mocks(said)
    assert earnest(said) == meant


@pytest.mark.parametrize("said", ["这个真便宜", "great price, I take it", "有便宜的吗", "好的"])
def test_plain_words_are_taken_as_they_are(said: str) -> None:
    assert not mocks(said)
    assert earnest(said) == said


def test_mockery_makes_nobody_glad() -> None:
    assert emotion_of("oh great, another bag that leaks") == "upset"
    assert emotion_of("great bag, thanks") == "glad"


def test_likings_are_kinds_and_occasions_of_who_likes_them() -> None:
    need = Need("coffee hiking", "en", "en", (
        Slot("category", "62"), Slot("occasion", "hiking"), Slot("occasion", "gift"),
    ))  # fmt: skip
    assert [one.value for one in likings("he likes coffee and hiking", need)] == ["62", "hiking"]
    assert likings("coffee for hiking", need) == ()


@pytest.mark.parametrize(
    ("said", "before", "meant"),
    [("第二个呢", "第一个防水吗", "第二个 防水吗"),
     ("and the second one?", "is the first one waterproof", "and the second one is  waterproof"),
     ("换成黑色的", "第一个防水吗", "换成黑色的")],
)  # fmt: skip
def test_a_question_is_asked_again_of_another_thing(said: str, before: str, meant: str) -> None:
    assert repeated(said, before, "attribute") == meant
    assert repeated(said, before, "search") == said


def test_a_case_for_a_phone_is_a_phone_case_and_a_shopping_basket_nothing_wanted() -> None:
    assert headed("a case for my phone") == "a phone case"
    assert headed("add it to my basket").strip() == "add it"
    assert headed("a basket for the kitchen") == "a basket for the kitchen"


def test_what_a_thing_is_to_hold_is_not_wanted_itself() -> None:
    def kinds(text: str, locale: str) -> list[str]:
        need = understand(text, vocabulary=VOCABULARY, locale=locale, currency="USD")
        return [one.surface for one in unburdened(need).of("category")]

    assert kinds("能放耳机的背包", "zh-hans") == ["背包"]
    assert kinds("耳机和背包", "zh-hans") == ["耳机", "背包"]


def test_the_cheapest_of_all_is_looked_for() -> None:
    for text in ("店里最便宜的东西是什么", "what's the cheapest thing you sell"):
        found = read(
            text, State(), locale="en", vocabulary=VOCABULARY,
            predict=lambda _text: (OUT_OF_SCOPE, 0.99),
        )  # fmt: skip
        assert (found.intent, found.need.sort, found.topic) == ("search", "price_asc", "")


def test_a_name_that_has_the_sign_of_a_question_in_it_is_a_name() -> None:
    found = read(
        "多肉植物", State(), locale="zh-hans", vocabulary=VOCABULARY,
        predict=lambda _text: ("attribute", 0.5),
    )  # fmt: skip
    assert found.intent == "search"
