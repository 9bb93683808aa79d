"""A reason is asked for, or something else with a why in it."""

import pytest

from assistant.understanding.explaining import asks_why_shown


@pytest.mark.parametrize(
    "text",
    [
        "why did you pick the first?", "tell me why you picked the first", "why this one",
        "what made you recommend these", "why is the necklace on top?", "为什么推荐第一个",
        "推荐理由是什么", "怎么给我推荐了这个", "凭什么选它",
    ],
)  # fmt: skip
def test_why_it_was_shown_is_asked(text: str) -> None:
    assert asks_why_shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "why is the second one more expensive?", "why is my order late", "why does it smell",
        "为什么这么贵", "为什么还没发货", "recommend me one", "推荐几款保温杯",
    ],
)  # fmt: skip
def test_another_why_is_not(text: str) -> None:
    assert not asks_why_shown(text)


def test_what_is_called_by_name_may_be_asked_in_short() -> None:
    assert asks_why_shown("why the tea set?", named=True)
    assert not asks_why_shown("why the delay?")
