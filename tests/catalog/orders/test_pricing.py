"""The best sum: as cheap as trying every allowed set of coupons, and its working adds up."""

import random
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import pytest

from catalog.orders.pricing import CENT, ZERO, Offer, best_sum, summed


def allowed(offers: Sequence[Offer]) -> list[tuple[Offer, ...]]:
    """Return every set of coupons that may stand together."""
    sets = [kept for count in range(len(offers) + 1) for kept in combinations(offers, count)]
    return [kept for kept in sets if len(kept) < 2 or all(one.stacks for one in kept)]


def cheapest(items: Decimal, shipping: Decimal, offers: Sequence[Offer]) -> Decimal:
    """Try all of them."""
    reached = [one for one in offers if items >= one.minimum]
    return min(summed(items, shipping, kept).total for kept in allowed(reached))


def some_offer(chance: random.Random, number: int) -> Offer:
    kind = chance.choice(["percent", "amount", "shipping"])
    value = chance.randint(1, 100) if kind == "percent" else chance.randint(1, 30_000) * CENT
    minimum = chance.choice([0, chance.randint(0, 40_000)]) * CENT
    return Offer(f"C{number}", kind, Decimal(value), minimum, chance.random() < 0.6)


def test_ten_thousand_carts_cost_what_trying_everything_finds() -> None:
    chance = random.Random(20)
    for _cart in range(10_000):
        items = chance.choice([0, 1, chance.randint(1, 50_000)]) * CENT
        shipping = chance.choice([0, chance.randint(1, 3_000)]) * CENT
        offers = [some_offer(chance, number) for number in range(chance.randint(0, 6))]
        found = best_sum(items, shipping, offers)
        assert found.total == cheapest(items, shipping, offers), (items, shipping, offers)
        assert found.total == found.items - found.discount + found.shipping
        assert sum((used.amount for used in found.used), ZERO) == found.saved
        assert all(used.amount > 0 for used in found.used)
        assert ZERO <= found.discount <= items
        assert ZERO <= found.shipping <= shipping


@pytest.mark.parametrize(
    ("offers", "total", "codes"),
    [
        ([], "208.00", []),
        ([Offer("TEN", "percent", Decimal(10))], "188.00", ["TEN"]),
        (
            [Offer("TEN", "percent", Decimal(10)), Offer("BIG", "amount", Decimal(50))],
            "158.00",
            ["BIG"],
        ),
        (
            [
                Offer("TEN", "percent", Decimal(10), stacks=True),
                Offer("POST", "shipping", stacks=True),
                Offer("OFF", "amount", Decimal(15), stacks=True),
            ],
            "165.00",
            ["TEN", "OFF", "POST"],
        ),
        ([Offer("HIGH", "percent", Decimal(50), minimum=Decimal(201))], "208.00", []),
        ([Offer("ALL", "amount", Decimal(999))], "8.00", ["ALL"]),
    ],
)  # fmt: skip
def test_what_stacks_adds_up_and_what_does_not_stands_alone(
    offers: list[Offer], total: str, codes: list[str]
) -> None:
    found = best_sum(Decimal("200.00"), Decimal("8.00"), offers)
    assert found.total == Decimal(total)
    assert [used.code for used in found.used] == codes


def test_percent_is_rounded_for_the_shop_never_beyond_a_cent() -> None:
    found = best_sum(Decimal("0.99"), ZERO, [Offer("A", "percent", Decimal(10))])
    assert (found.discount, found.total) == (Decimal("0.09"), Decimal("0.90"))
