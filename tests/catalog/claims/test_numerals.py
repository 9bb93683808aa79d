"""Numbers in words become digits; words that only look like numbers stay."""

from decimal import Decimal

import pytest

from catalog.claims.numerals import chinese_number, numbers_of, plain_form


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("三百九十九元", "399元"),
        ("一千二百块", "1200块"),
        ("八五折，两件八折", "8.5折，2件8折"),
        ("百分之二十", "20%"),
        ("质保一年半", "质保18个月"),
        ("１２９元", "129元"),
        ("1.2万条评价", "12000条评价"),
        ("十分好看，万能，第一名", "十分好看，万能，第一名"),
        ("thirty-five days", "35 days"),
        ("a hundred and twenty reviews", "120 reviews"),
        ("half a year", "6 months"),
        ("one of them", "one of them"),
        ("ten per cent off", "10% off"),
    ],
)
def test_numbers_are_digits(written: str, plain: str) -> None:
    assert plain_form(written)[0] == plain


def test_places_lead_back_to_what_was_written() -> None:
    written = "现价三百九十九元，包邮"
    plain, places = plain_form(written)
    start = plain.index("399")
    assert written[places[start] : places[start + 3]] == "三百九十九"
    assert places[-1] == len(written)


def test_a_chinese_comma_parts_no_thousands() -> None:
    assert list(numbers_of("价格99，100件")) == [Decimal(99), Decimal(100)]
    assert list(numbers_of("1,200 reviews")) == [Decimal(1200)]


@pytest.mark.parametrize(
    ("said", "number"), [("三百五", 350), ("一百零五", 105), ("两千", 2000), ("一点五", "1.5")]
)
def test_spoken_numbers(said: str, number: object) -> None:
    assert chinese_number(said) == Decimal(str(number))
