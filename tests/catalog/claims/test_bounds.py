"""How words bound a figure, and what a bounded figure supports."""

from decimal import Decimal

import pytest

from catalog.claims import check
from catalog.claims.bounds import Bound, bound_of, holds
from tests.catalog.claims.market import ledger, product


@pytest.mark.parametrize(
    ("before", "after", "bound"),
    [
        ("less than ", "", Bound.UNDER), ("not more than ", "", Bound.MOST),
        ("no fewer than ", "", Bound.LEAST), ("upwards of ", "", Bound.OVER),
        ("up to ", "", Bound.TOP), ("roughly ", "", Bound.ABOUT), ("it is ", "", Bound.EXACT),
        ("no fewer and no more than ", "", Bound.EXACT), ("不到", "", Bound.UNDER),
        ("不超过", "", Bound.MOST), ("超过", "", Bound.OVER), ("至少", "", Bound.LEAST),
        ("", "元以内", Bound.MOST), ("", "条以上", Bound.LEAST), ("", "克左右", Bound.ABOUT),
    ],
)  # fmt: skip
def test_words_beside_a_figure_bound_it(before: str, after: str, bound: Bound) -> None:
    assert bound_of(before, after) is bound


def test_a_bound_holds_for_every_number_between() -> None:
    low, high = Decimal(10), Decimal(20)
    assert holds(Bound.UNDER, Decimal(21), low, high)
    assert not holds(Bound.UNDER, Decimal(20), low, high)
    assert holds(Bound.MOST, Decimal(20), low, high)
    assert holds(Bound.TOP, Decimal(20), low, high)
    assert not holds(Bound.TOP, Decimal(25), low, high)
    assert not holds(Bound.OVER, Decimal(10), low, high)


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        ("More than 200 reviews.", "More than 300 reviews."),
        ("不到500件了，剩余不多。", "不到400件了，剩余不多。"),
        ("Rated above 4.2 stars.", "Rated above 4.6 stars."),
        ("175 buyers gave it five stars.", "140 buyers gave it five stars."),
        ("两件合计98元。", "两件合计49元。"),
        ("It does not come in orange.", "It does not come in black."),
        ("橙色他们家没做。", "黑色他们家没做。"),
    ],
)
def test_bounds_totals_and_denials(true: str, wrong: str) -> None:
    held = ledger(product("CL-AC-801"))
    assert check(true, language="en", ledger=held).clean == true
    assert check(wrong, language="en", ledger=held).clean != wrong
