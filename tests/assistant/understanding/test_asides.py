"""Talk beside a wish: taken off before the wish is read, and told from what it is mistaken for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.slots import Held, Seen
from assistant.state import State
from assistant.understanding import Reading, read
from assistant.understanding.asides import asks_to_be_told, plainly_wished, tells_of_somebody
from assistant.understanding.deciding import decide
from catalog.search.understanding import Need, Slot, Vocabulary, understand

VOCABULARY = Vocabulary.from_lexicon()
SHOWN = State(
    turn=1, intent="search", slots=(Held(Slot("category", "12", surface="running shoes"), 1),),
    visible=(Seen("A", "Lamp"), Seen("B", "Pillow")),
)  # fmt: skip


def heard(text: str, state: State, told: str, sure: float = 0.5) -> Reading:
    locale = "zh-hans" if any(letter >= "\u3400" for letter in text) else "en"
    return read(
        text, state, locale=locale, vocabulary=VOCABULARY, predict=lambda _text: (told, sure)
    )


@pytest.mark.parametrize(
    ("said", "wished"),
    [("forget sandals, go back to the running shoes", "the running shoes"),
     ("hmm no, sandals", "sandals"), ("about $30 I guess", "about $30"),
     ("got a quieter one?", "got a quiet one?"), ("那不看耳机了，看看音箱", "看看音箱"),
     ("no more than $70", "no more than $70"), ("forget the colour", "forget the colour"),
     ("a longer one", "a longer one"), ("在吗", "在吗")],
)  # fmt: skip
def test_only_what_is_looked_for_is_read_as_a_wish(said: str, wished: str) -> None:
    assert " ".join(plainly_wished(said).split()) == wished


def test_a_liking_is_somebodys_where_somebody_is_named() -> None:
    assert tells_of_somebody("他平时爱打球，也爱听歌")
    assert tells_of_somebody("she loves drawing")
    assert not tells_of_somebody("喜欢画画")
    assert tells_of_somebody("八岁，喜欢画画", named=True)


def test_to_be_told_of_a_thing_is_no_comparison() -> None:
    assert asks_to_be_told("tell me about the second one")
    assert not asks_to_be_told("compare the first two")
    found = heard("tell me about the second one", SHOWN, "compare")
    assert (found.intent, found.references) == ("attribute", ("B",))


@pytest.mark.parametrize(
    ("said", "told", "meant"),
    [("got a quieter one?", "stock", "refine"), ("我再想想吧", "order_status", "thanks"),
     ("what if it stops working after a year", "out_of_scope", "policy"),
     ("you can have me as a customer again", "praise", "praise")],
)  # fmt: skip
def test_words_after_a_list_are_heard_in_their_place(said: str, told: str, meant: str) -> None:
    assert heard(said, SHOWN, told).intent == meant


def test_another_kind_after_a_no_is_looked_for() -> None:
    said = Need("sandals", "en", "en", (Slot("category", "15", surface="sandals"),))
    assert decide("hmm no, sandals", said, SHOWN, lambda _t: ("not_interested", 0.5)).intent == (
        "search"
    )


def test_the_winner_of_a_comparison_is_pointed_at_by_what_it_won() -> None:
    state = State(
        turn=2, visible=SHOWN.visible, compared=("A", "B"), focus=("A", "B"),
        won=("battery:B", "weight:A"),
    )  # fmt: skip
    assert heard("续航久的那个多少钱", state, "price").references == ("B",)
    assert heard("the lighter one, is it in stock", state, "stock").references == ("A",)


def test_of_a_list_that_was_narrowed_to_one_the_second_is_that_one() -> None:
    one = State(turn=2, visible=SHOWN.visible[:1], focus=("A",))
    assert heard("第二个多少钱", one, "price").references == ("A",)


def test_how_many_were_said_holds_for_what_they_come_to() -> None:
    state = SHOWN.after(heard("买第一个，两件能便宜吗", SHOWN, "promotion"))
    assert state.quantity == 2
    assert heard("一共多少钱", state, "price").quantity == 2
    assert heard("多少钱", state, "price").quantity is None


@pytest.mark.parametrize(
    ("said", "denied"),
    [("有没有 waterproof 的", False), ("有没有红色 的裙子", False), ("没有 logo 的T恤", True)],
)
def test_asking_whether_there_is_denies_nothing(said: str, denied: bool) -> None:
    need = understand(said, vocabulary=VOCABULARY, locale="zh-hans", currency="CNY")
    assert any(one.negated for one in need.slots) is denied


@pytest.mark.parametrize("said", ["nothing over 70 dollars", "no more than $70", "not over $70"])
def test_nothing_over_is_a_limit_above(said: str) -> None:
    need = understand(said, vocabulary=VOCABULARY, locale="en", currency="USD")
    assert need.price is not None
    assert (need.price.minimum, need.price.maximum) == (None, Decimal(70))
