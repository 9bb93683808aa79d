"""Wishes in free words: read where grammar says so, and nothing else of a message."""

from __future__ import annotations

import pytest

from assistant.state import State
from assistant.understanding import read
from assistant.understanding.company import company_in
from assistant.understanding.wishing import Phrase, content_of, plainer, wishes_in
from catalog.search.understanding import Need, Vocabulary, understand

VOCABULARY = Vocabulary.from_lexicon()


def need_of(text: str) -> Need:
    locale = "zh-hans" if any(letter >= "\u3400" for letter in text) else "en"
    return understand(text, vocabulary=VOCABULARY, locale=locale, currency="USD")


@pytest.mark.parametrize(
    ("said", "sort", "words"),
    [("nothing with small parts please", "without", "nothing with small parts"),
     ("a coffee grinder that isn't noisy", "qualities", "isn't noisy"),
     ("a knife that I can put in the dishwasher", "qualities", "put in the dishwasher"),
     ("a gift for a teacher, she loves music", "likes", "music"),
     ("my wrists are weak", "conditions", "wrists are weak"),
     ("do you have a harness", "things", "harness"),
     ("headphones with a longer battery", "qualities", "longer battery"),
     ("想喝茶，但是我胃不好，哪种合适", "conditions", "胃不好"),
     ("有没有夹子那种的", "qualities", "夹子"),
     ("别太占地方", "without", "别太占地方"),
     ("有没有鱼缸", "things", "鱼缸"),
     ("就我和老公两个人，还带一个娃", "people", "3个人用"),
     ("a tent for 4 people", "people", "for 4 people")],
)  # fmt: skip
def test_a_wish_is_read_where_it_stands(said: str, sort: str, words: str) -> None:
    assert (sort, words) in [(one.sort, one.words) for one in wishes_in(need_of(said))]


@pytest.mark.parametrize(
    "said",
    ["wireless keyboard", "无线键盘", "不粘锅", "nothing over $40", "a long flight", "red shoes",
     "pulls like crazy", "my sister is having a baby", "不要塑料的", "what goes with the kettle"],
)  # fmt: skip
def test_what_slots_say_and_talk_is_no_wish(said: str) -> None:
    assert wishes_in(need_of(said)) == ()


def test_what_a_wish_denies_is_not_looked_for() -> None:
    need = plainer(need_of("a yoga mat that doesn't smell of rubber"))
    assert need.text == "yoga mat"
    assert not need.of("material")


def test_the_talk_around_a_thing_takes_no_part_in_ranking() -> None:
    need = plainer(need_of("my dog pulls like crazy, do you have a harness"))
    assert need.text == "dog harness"


def test_a_part_is_no_kind() -> None:
    assert not plainer(need_of("headphones with a longer battery")).of("category")[1:]


def test_a_wish_is_kept_and_read_back() -> None:
    for one in wishes_in(need_of("a tent for 4 people that is easy to carry")):
        assert Phrase.of(one.as_text()) == one
    assert Phrase.of("nonsense") is None


@pytest.mark.parametrize(
    ("said", "count"),
    [("两大一小", 3), ("一家四口", 4), ("我们四个人去", 4), ("two adults and one kid", 3),
     ("family of four", 4), ("me and my wife and our son", 3), ("a two-person tent", 2)],
)  # fmt: skip
def test_for_how_many_is_counted(said: str, count: int) -> None:
    found = company_in(said)
    assert found is not None
    assert found[1] == count


@pytest.mark.parametrize("said", ["第一个人", "送给我和老公", "for one person", "我一个人住"])
def test_one_or_nobody_is_no_company(said: str) -> None:
    assert company_in(said) is None


def test_only_what_says_something_of_goods_is_content() -> None:
    assert content_of("nothing with small parts") == {"small", "part"}
    assert content_of("特别喜欢的那种") == set()


def test_a_wish_holds_until_something_else_is_looked_for() -> None:
    first = read("想喝茶，但是我胃不好", State(), locale="zh-hans", vocabulary=VOCABULARY)
    state = State().after(first)
    assert state.wishes == ("conditions:胃不好",)
    more = read("一百块以内", state, locale="zh-hans", vocabulary=VOCABULARY)
    assert state.after(more).wishes == state.wishes
    other = read("想买一条牛仔裤", state, locale="zh-hans", vocabulary=VOCABULARY)
    assert state.after(other).wishes == ()
