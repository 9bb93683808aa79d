"""What a message wants put into the cart."""

from __future__ import annotations

import pytest

from assistant.understanding.putting import asks_the_total, putting_in


@pytest.mark.parametrize(
    ("text", "going_on", "told"),
    [
        ("Can you add a grey beanie to my cart?", False, ("put", "grey beanie", 1)),
        ("I need a sleeping bag in my basket", False, ("put", "sleeping bag", None)),
        ("and two packs of the black socks, please", True, ("put", "black socks", 2)),
        ("Actually, make it one pack of socks", True, ("set", "socks", 1)),
        ("hmm, only one bath towel after all", True, ("set", "bath towel", 1)),
        ("leave the mouse out", True, ("drop", "mouse", None)),
        ("帮我把不锈钢烧水壶放到购物车", False, ("put", "不锈钢烧水壶", None)),
        ("还有那条美利奴围巾，藏青的", True, ("put", "美利奴围巾", None)),
        ("改成三条", True, ("set", "", 3)),
        ("牛肉干先不要了", True, ("drop", "牛肉干", None)),
        ("add a black one in M to my cart", False, ("put", "", 1)),
        ("白色L码来一件，加购物车", False, ("put", "", 1)),
    ],
)
def test_what_is_put_left_out_or_counted_anew(
    text: str, going_on: bool, told: tuple[str, str, int | None]
) -> None:
    said = putting_in(text, going_on=going_on)

    assert said is not None
    assert (said.way, said.name, said.count) == told


@pytest.mark.parametrize(
    "text",
    [
        "坚果里面有花生吗",
        "还有黑色的吗",
        "再便宜点",
        "is it washable?",
        "怎么加急发货",
        "yes, both",
    ],
)
def test_what_puts_nothing_in(text: str) -> None:
    assert putting_in(text, going_on=True) is None


def test_things_named_together_are_told_apart() -> None:
    said = putting_in("Add the keyboard and two packs of socks to my cart")

    assert said is not None
    assert said.names == (("keyboard", 1), ("socks", 2))


def test_the_total_is_asked_for_by_a_sum_and_its_cost() -> None:
    assert asks_the_total("What does it come to now?")
    assert asks_the_total("一起多少钱")
    assert not asks_the_total("How much is it?")
