"""What a product's own texts bear out of a wish, and what they contradict."""

from __future__ import annotations

import pytest

from assistant.bearing import Told, borne_out, contradicted, denied_in, quoted_for
from assistant.understanding.wishing import Phrase

MAT = Told(
    "yoga mat · 瑜伽垫",
    ("Made of TPE foam, which has no rubber smell.", "It is not for swimming.",
     "泡沫做的，没有橡胶味。", "胃寒的人喝着舒服。"),
    {"persons": [2], "weight_g": [900]},
)  # fmt: skip


def wish(text: str) -> Phrase:
    found = Phrase.of(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "borne", "against"),
    [("qualities:doesn't smell of rubber", True, False),
     ("without:nothing with foam", False, True),
     ("without:nothing with zips", False, False),
     ("purposes:swimming", False, False),
     ("conditions:胃不好", True, False),
     ("likes:dinosaurs", False, False),
     ("things:yoga mat", True, False),
     ("things:hammock", False, False),
     ("qualities:not heavy", True, False),
     ("people:for 2 people", True, False),
     ("people:3个人用", False, True)],
)  # fmt: skip
def test_a_wish_is_held_against_what_is_told(text: str, borne: bool, against: bool) -> None:
    assert (borne_out(wish(text), MAT), contradicted(wish(text), MAT)) == (borne, against)


def test_the_sentence_that_bears_it_out_is_quoted_in_the_readers_language() -> None:
    assert quoted_for(wish("conditions:胃不好"), MAT, chinese=True) == "胃寒的人喝着舒服"
    assert quoted_for(wish("conditions:胃不好"), MAT, chinese=False) == ""


def test_a_stem_is_not_the_head_of_another_word() -> None:
    told = Told("", ("Linen drawstring trousers.",))
    assert not borne_out(wish("likes:draw"), told)


@pytest.mark.parametrize(
    ("sentence", "borne", "against"),
    [("两层陶瓷基不粘涂层，少油也不糊底。", False, True), ("没有涂层，越用越好用。", True, False),
     ("锅身无化学涂层。", True, False), ("用完擦干。", False, False)],
)  # fmt: skip
def test_what_is_denied_stands_right_before_it(sentence: str, borne: bool, against: bool) -> None:
    told, unwanted = Told("", (sentence,)), wish("without:不要涂层")
    assert (borne_out(unwanted, told), contradicted(unwanted, told)) == (borne, against)


def test_a_liking_is_borne_out_by_its_own_word() -> None:
    lunches = Told("", ("For dates, garden lunches and warm evenings.",))
    assert not borne_out(wish("likes:gardening"), lunches)
    assert borne_out(wish("likes:gardens"), lunches)


@pytest.mark.parametrize(
    ("sentence", "word", "denied"),
    [("free of caffeine", "caffeine", True), ("a caffeine-free tea", "caffeine", True),
     ("kind to the stomach, yet not free of caffeine", "caffeine", False),
     ("this is not caffeine-free", "caffeine", False), ("it has no nuts", "nuts", True),
     ("isn't without nuts", "nuts", False), ("不含坚果", "坚果", True),
     ("并非不含坚果", "坚果", False)],
)  # fmt: skip
def test_what_is_denied_twice_is_there(sentence: str, word: str, denied: bool) -> None:
    assert denied_in(sentence, frozenset((word,))) is denied
