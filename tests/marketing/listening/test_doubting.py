"""Copied words, crowds and stars that lie are doubted; honest people are not."""

import datetime

import pytest

from marketing.listening.doubting import Opinion, doubts
from marketing.models import Reason

START = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
LONG = "这件卫衣的质量真的很好，穿了一个月没有起球，颜色也正，推荐大家购买"


def opinion(number: int, text: str, **fields: object) -> Opinion:
    """Return one opinion; an hour after the one before."""
    values = {"side": 1, "score": 0.5} | fields
    at = START + datetime.timedelta(hours=number)
    return Opinion(f"review:{number}", 1, at, text, **values)  # type: ignore[arg-type]


def test_copies_and_twins_are_doubted_but_the_first() -> None:
    twin = LONG.replace("一个月", "两个月")
    found = doubts([opinion(1, LONG), opinion(2, LONG + "！！"), opinion(3, twin)])
    assert {key: told.reasons for key, told in found.items()} == {
        "review:2": (Reason.COPY,), "review:3": (Reason.TWIN,)
    }  # fmt: skip
    assert {told.first for told in found.values()} == {"review:1"}


@pytest.mark.parametrize("text", ["好评", "great product, love it", "质量不错，下次再来", ""])
def test_short_words_are_the_same_by_chance(text: str) -> None:
    assert doubts([opinion(number, text) for number in range(20)]) == {}


def test_texts_that_share_some_words_are_not_twins() -> None:
    other = "这件卫衣的质量真的很差，洗了一次就缩水，颜色也掉，不推荐大家购买"
    assert doubts([opinion(1, LONG), opinion(2, other)]) == {}


def test_a_crowd_of_new_accounts_on_one_side() -> None:
    crowd = [opinion(n, f"text {n}", new=True, side=-1) for n in range(5)]
    assert len(doubts(crowd)) == 5
    assert doubts(crowd[:4]) == {}
    mixed = [opinion(n, f"text {n}", new=True, side=1 - n % 2 * 2) for n in range(8)]
    assert doubts(mixed) == {}
    slow = [opinion(n * 48, f"text {n}", new=True, side=-1) for n in range(8)]
    assert doubts(slow) == {}


def test_one_person_again_and_again() -> None:
    many = [opinion(n, f"text {n}", author="a") for n in range(4)]
    assert set(doubts(many)) == {"review:1", "review:2", "review:3"}
    assert doubts([opinion(n, f"text {n}", author=str(n)) for n in range(9)]) == {}
    assert doubts([opinion(n, f"text {n}") for n in range(9)]) == {}


def test_stars_that_say_the_opposite() -> None:
    bad = {"score": -0.95, "told": frozenset({-1})}
    assert set(doubts([opinion(1, "垃圾", stars=5, **bad)])) == {"review:1"}
    for kept in ({"stars": 3, **bad}, {"stars": 5, "score": -0.5, "told": frozenset({-1})},
                 {"stars": 5, "score": -0.95, "told": frozenset({1, -1})}):  # fmt: skip
        assert doubts([opinion(1, "x", **kept)]) == {}  # type: ignore[arg-type]
