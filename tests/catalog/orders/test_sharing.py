"""Shares of coupons and parts of lines: to the cent, nothing lost, nothing twice."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from catalog.orders.pricing import CENT
from catalog.orders.sharing import Unit, paid_for, part, refund_sum, shares

cents = st.integers(0, 5_000_000).map(lambda count: Decimal(count) * CENT)
fees = st.decimals(0, 100, places=2)


def test_a_coupon_is_shared_by_what_things_cost() -> None:
    assert shares([Decimal("30.00"), Decimal("60.00")], Decimal("9.00")) == [3, 6]
    thirds = shares([Decimal("10.00")] * 3, Decimal("10.00"))
    assert thirds == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]
    assert shares([Decimal(0), Decimal(0)], Decimal(0)) == [0, 0]


@given(st.lists(cents, min_size=1, max_size=9), st.integers(0, 100))
def test_shares_add_up_and_none_is_above_its_amount(amounts: list[Decimal], percent: int) -> None:
    discount = (sum(amounts) * percent / 100).quantize(CENT)
    found = shares(amounts, discount)
    assert sum(found) == (discount if sum(amounts) else 0)
    assert all(0 <= share <= amount for share, amount in zip(found, amounts, strict=True))
    assert sum(paid_for(amounts, discount)) == sum(amounts) - sum(found)


@given(cents, st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_parts_of_a_line_are_the_line(paid: Decimal, counts: list[int]) -> None:
    quantity, before, given_back = sum(counts), 0, Decimal(0)
    for count in counts:
        worth = part(Unit(paid, quantity, count, before))
        assert worth >= 0 and worth == worth.quantize(CENT)
        given_back, before = given_back + worth, before + count
        assert given_back <= paid
    assert given_back == paid


@given(
    st.lists(st.tuples(cents, st.integers(1, 5)), min_size=1, max_size=4), st.integers(0, 100),
    cents, fees, cents, st.randoms(use_true_random=False),
)  # fmt: skip
def test_refunds_of_an_order_never_exceed_what_was_paid(  # noqa: PLR0917
    lines: list[tuple[Decimal, int]], percent: int, shipping: Decimal, fee: Decimal,
    kept: Decimal, chance: "object",
) -> None:  # fmt: skip
    amounts = [unit * quantity for unit, quantity in lines]
    discount = (sum(amounts) * percent / 100).quantize(CENT)
    paid = paid_for(amounts, discount)
    units = [at for at, (_unit, quantity) in enumerate(lines) for _one in range(quantity)]
    chance.shuffle(units)  # type: ignore[attr-defined]
    before = [0] * len(lines)
    total = Decimal(0)
    for number, at in enumerate(units):
        last = number == len(units) - 1
        unit = Unit(paid[at], lines[at][1], 1, before[at], fee)
        found = refund_sum([unit], shipping=shipping if last else Decimal(0), kept=kept)
        assert found.total >= 0 and found.kept <= found.items - found.fee
        total, before[at] = total + found.total, before[at] + 1
    whole = sum(amounts) - discount + shipping
    assert total <= whole
    if fee == kept == 0:
        assert total == whole
