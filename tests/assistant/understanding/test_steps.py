"""How many sizes on, and how many pieces of several."""

from __future__ import annotations

import pytest

from assistant.understanding.steps import direction_of, in_order, pieces_back, steps_of


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("想换大一码", 1),
        ("能换大一号的不", 1),
        ("换小两码", -2),
        ("I need a size up", 1),
        ("one size smaller?", -1),
        ("two sizes bigger", 2),
        ("换个大点的", 1),
        ("I want to exchange it", 0),
    ],
)
def test_sizes_on(text: str, steps: int) -> None:
    assert steps_of(text) == steps


@pytest.mark.parametrize(
    ("text", "way"),
    [("鞋有点挤脚", 1), ("it's too loose", -1), ("too long and a bit loose", -1), ("坏了", 0)],
)
def test_which_way_it_does_not_fit(text: str, way: int) -> None:
    assert direction_of(text) == way


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("两个焖烧杯我只想退一个", 1),
        ("I ordered two jars but only need one, can I send one back?", 1),
        ("one of the two is the wrong colour", 1),
        ("just one of the two cups", 1),
        ("退其中一件", 1),
        ("只留一个", 1),
        ("剩下那件退钱吧", 1),
        ("我想退货", None),
        ("send it back", None),
    ],
)
def test_pieces_of_two(text: str, pieces: int | None) -> None:
    assert pieces_back(text, 2) == pieces


def test_sizes_from_the_smallest() -> None:
    assert in_order(["xl", "s", "m"]) == ["s", "m", "xl"]
    assert in_order(["42", "38", "40.5"]) == ["38", "40.5", "42"]
    assert in_order(["one", "two"]) == ["one", "two"]
