"""Amounts and numbers as the reader's language writes them. For pages; it converts no currency."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal
from django.utils.translation import get_language

LOCALES = {"zh": "zh_Hans_CN", "en": "en_US"}


def locale_name() -> str:
    """Return Babel's name of the reader's language."""
    return LOCALES.get((get_language() or "en")[:2], "en_US")


def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount as the reader writes it ("$1,299.00", "¥99.00"), nothing for no price."""
    if amount is None or not currency:
        return ""
    return str(format_currency(amount, currency, locale=locale_name()))


def stars(mean: Decimal | float) -> str:
    """Return mean stars as they are told everywhere: at most two decimals, 4.35 and 4.5."""
    exact = mean if isinstance(mean, Decimal) else Decimal(str(mean))
    return number(exact.quantize(Decimal("0.01")))


def number(value: Decimal | float) -> str:
    """Return a number as the reader writes it, with the decimals it has."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return str(format_decimal(exact, locale=locale_name(), decimal_quantization=False))
