"""Which of several is asked for, and what goes with a thing."""

import pytest

from assistant.understanding.pairing import asks_what_goes_with
from assistant.understanding.superlatives import (
    asks_for_a_pick,
    asks_for_the_most,
    of_all_sold,
    word_of,
)


@pytest.mark.parametrize(
    "text",
    ["which is the lightest", "最轻的是哪双", "这几个哪个保温时间最长", "warmest one you have",
     "which one has the best reviews", "哪个握着舒服", "the biggest you have", "最便宜哪个"],
)  # fmt: skip
def test_the_first_of_several_is_asked_for(text: str) -> None:
    assert asks_for_the_most(text)


@pytest.mark.parametrize(
    "text",
    ["最好是蓝色的", "最近有什么活动", "最多三百", "my latest order", "a test", "跑鞋有哪些",
     "which size should I take", "最便宜的多少钱"],
)  # fmt: skip
def test_what_only_sounds_so_is_left_alone(text: str) -> None:
    assert not asks_for_the_most(text)


@pytest.mark.parametrize("text", ["which would you pick", "你选哪个", "哪款好", "which is better?"])
def test_a_choice_of_ours_is_asked_for(text: str) -> None:
    assert asks_for_a_pick(text)


def test_all_that_is_sold_is_told_from_what_was_shown() -> None:
    assert of_all_sold("the warmest you have") and of_all_sold("店里最大的是哪个")
    assert not of_all_sold("which of these is the warmest")


def test_the_word_is_found_that_says_in_what() -> None:
    assert (word_of("最锋利的是哪个"), word_of("which is the sharpest")) == ("锋利", "sharpest")


@pytest.mark.parametrize(
    ("text", "asks"),
    [("what goes well with it", True), ("配什么茶叶好", True), ("shoes to match?", True),
     ("还缺什么不", True), ("does it go with my phone", False), ("这两个能一起用吗", False)],
)  # fmt: skip
def test_what_goes_with_a_thing_is_told_from_whether_it_does(text: str, asks: bool) -> None:
    assert asks_what_goes_with(text) is asks
