"""The shopper's own cart: told with its sums, changed only after a yes."""

from __future__ import annotations

import pytest

from assistant.doing import Outcome, confirm, respond
from assistant.understanding.carts import asked_of_cart, count_set
from catalog.models import CartLine, Variant
from catalog.orders.carting import add
from shopguide.accounts.models import Shopper
from shopguide.accounts.tenancy import as_everyone
from shopguide.writing import Plan, joined, write
from tests.assistant.doing.reading import reading_of
from tests.assistant.doing.shop import Shop


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("what's in my cart?", "show"),
        ("How much is my basket now", "show"),
        ("show me the cart please", "show"),
        ("购物车里有什么", "show"),
        ("看一下我的购物车", "show"),
        ("购物车现在一共多少钱", "show"),
        ("take the shirt out of my cart", "remove"),
        ("把耳机从购物车里删掉", "remove"),
        ("empty my basket", "empty"),
        ("清空购物车", "empty"),
        ("change the shirt in my cart to 3", "set"),
        ("购物车里的耳机改成两件", "set"),
        ("put the cheaper one in my cart", ""),
        ("add it to the basket", ""),
        ("第一个加入购物车", ""),
        ("a golf cart bag", ""),
        ("do you have picnic baskets", ""),
        ("take it out", ""),
    ],
)
def test_what_is_asked_of_the_cart(text: str, what: str) -> None:
    """Looking, taking out, emptying and counts; putting in is none of them."""
    assert asked_of_cart(text) == what


def test_it_is_the_cart_where_something_was_just_put_in() -> None:
    """Words alone are not enough."""
    assert asked_of_cart("take it out again", just_put=True) == "remove"
    assert asked_of_cart("还是删了吧", just_put=True) == "remove"
    assert [count_set(one) for one in ("change it to 12", "改成两件", "改成")] == [12, 2, 1]


def ask(shop: Shop, text: str, shopper: Shopper) -> Outcome:
    """Ask for the cart in English."""
    return respond(shop.asker(shopper=shopper), reading_of(text, "cart"), intent="cart")


def told(outcome: Outcome) -> str:
    """Return what the realiser makes of it."""
    return joined(write(Plan(outcome.act, "en", outcome.facts)), "en")


def filled(shop: Shop) -> Shopper:
    """Save a shopper whose cart has two shirts and a bag."""
    shopper = Shopper.objects.create()
    with as_everyone():
        ids = {one.sku: one.pk for one in Variant.objects.filter(sku__in=["TEE-white-l", "BAG"])}
        bag = ids.get("BAG") or Variant.objects.get(product__sku="BAG").pk
    add(shopper, ids["TEE-white-l"], 2, currency="CNY")
    add(shopper, bag, 1, currency="CNY")
    return shopper


def lines_of(shopper: Shopper) -> list[int]:
    """Return how many of each the cart holds."""
    with as_everyone():
        return [one.quantity for one in CartLine.objects.filter(shopper=shopper).order_by("pk")]


def test_the_cart_is_told_with_its_sum(shop: Shop) -> None:
    """Every line, what it costs, shipping, and the total of the cart's own sums."""
    text = told(ask(shop, "what's in my cart", filled(shop)))
    assert text.startswith("There are 3 things in your cart, CN¥317.00 in all:")
    assert "Plain Cotton T-shirt (White, size L): CN¥59.00 × 2 = CN¥118.00." in text
    assert ask(shop, "what's in my cart", Shopper.objects.create()).act == "cart_empty"


def test_taking_out_wants_a_yes_and_happens_once(shop: Shop) -> None:
    """Nothing changes before; another's confirmation opens no other cart."""
    shopper, stranger = filled(shop), filled(shop)
    offer, again = (ask(shop, "take the shirt out of my cart", shopper) for _ in range(2))
    assert offer.act == "confirm"
    assert offer.needs_confirmation is not None
    assert again.needs_confirmation is not None
    assert lines_of(shopper) == [2, 1]
    confirm(shop.asker(shopper=stranger), again.needs_confirmation)
    assert (lines_of(shopper), lines_of(stranger)) == ([2, 1], [2, 1])
    for _ in range(2):
        assert confirm(shop.asker(shopper=shopper), offer.needs_confirmation).act == "cart_changed"
        assert lines_of(shopper) == [1]


def test_counts_are_changed_and_the_cart_is_emptied(shop: Shop) -> None:
    """More than there are is refused, and nothing changes; which one is meant is asked."""
    shopper = filled(shop)
    mine = shop.asker(shopper=shopper)
    for text, act, left in (
        ("change the backpack in my cart to 3", "cart_changed", [2, 3]),
        ("change the backpack in my cart to 9", "declined", [2, 3]),
        ("empty my cart", "cart_empty", []),
    ):
        offer = ask(shop, text, shopper)
        assert offer.needs_confirmation is not None
        assert confirm(mine, offer.needs_confirmation).act == act
        assert lines_of(shopper) == left
    assert ask(shop, "take the umbrella out of my cart", filled(shop)).act == "clarify"
