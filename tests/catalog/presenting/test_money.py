"""Amounts and numbers as each language writes them."""

from decimal import Decimal

import pytest
from django.utils import translation

from catalog.presenting.money import money, number


@pytest.mark.parametrize(
    ("amount", "currency", "english", "chinese"),
    [
        ("1299.00", "CNY", "CN¥1,299.00", "¥1,299.00"),
        ("1299.50", "USD", "$1,299.50", "US$1,299.50"),
        ("1299", "JPY", "¥1,299", "JP¥1,299"),
        ("0", "EUR", "€0.00", "€0.00"),
    ],
)
def test_money(amount: str, currency: str, english: str, chinese: str) -> None:
    for language, text in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert money(Decimal(amount), currency) == text


def test_no_price_is_nothing() -> None:
    assert money(None, "CNY") == "" == money(Decimal(1), "")


def test_numbers_keep_their_decimals() -> None:
    assert [number(value) for value in (1200, 0.5, 2.125)] == ["1,200", "0.5", "2.125"]
