"""Amounts of money in plain form: with a sign or a unit, alone or as a range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalog.claims.numerals import NUMBER, value
from catalog.claims.patterns import worded

_SIGNS = {
    "¥": "CNY", "$": "USD", "us$": "USD", "hk$": "HKD", "€": "EUR", "£": "GBP", "usd": "USD",
    "rmb": "CNY", "cny": "CNY", "eur": "EUR", "gbp": "GBP",
}  # fmt: skip
_UNITS = {
    "元": "CNY", "块钱": "CNY", "块": "CNY", "人民币": "CNY", "rmb": "CNY", "cny": "CNY",
    "yuan": "CNY", "dollars": "USD", "dollar": "USD", "bucks": "USD", "usd": "USD",
    "美元": "USD", "美金": "USD", "刀": "USD", "euros": "EUR", "euro": "EUR", "欧元": "EUR",
    "eur": "EUR", "pounds sterling": "GBP", "英镑": "GBP", "港币": "HKD", "日元": "JPY",
    "us dollars": "USD",
}  # fmt: skip
_SIGN = r"us\$|hk\$|[¥$€£]|(?<![a-z])(?:usd|rmb|cny|eur|gbp)"
_UNIT = (
    r"元(?!素)|块钱|块(?=[钱以左上就起多不到包券优出头]|[，。,.!！?？、)）;；\s]|$)|人民币"
    r"|美元|美金|刀(?!具|片|刃|叉)"
    r"|欧元|英镑|港币|日元|(?:us dollars|rmb|cny|yuan|dollars?|bucks|usd|euros?|eur)(?![a-z])"
)
MONEY = worded(
    rf"(?P<sign>{_SIGN})\s?(?P<first>{NUMBER})(?:\s?元)?"
    rf"|(?<![\d.a-z])(?P<second>{NUMBER})\s?(?P<unit>{_UNIT})"
)
RANGE = worded(
    rf"(?P<sign>{_SIGN})?\s?(?P<low>(?<![\d.]){NUMBER})\s?(?P<unit1>{_UNIT})?\s?"
    rf"(?:-|–|—|~|(?:up |all the way )?to|(?:一直)?(?:排|涨|贵|走)?[到至]"
    rf"|and)\s?(?:{_SIGN})?\s?(?P<high>{NUMBER})\s?(?P<unit>{_UNIT})?"
)

# One order of such a sum, not the sum from which on they are free.
ONE_ORDER = worded(
    r"\b(?:order|cart|basket|purchase) (?:of|worth|at)\b"
    r"|\b(?:an?|your|this|my) (?:[^,.]|\.\d){0,16}(?:order|cart|basket|purchase)\b|\bworth\b"
    r"|\bin (?:your|the|my) (?:cart|basket)\b|[1一这]单"
    r"|\b(?:we're|i'm|you're|we are|i am|you are|already|that's us|brings us|puts (?:us"
    r"|you)) (?:at|on|up to|to)"
    r"(?= (?:us)?[$¥€£\d])"
    r"|(?:一共|总共|[1一]共|合计)(?=\s?[¥$]?\d)|订单(?:金额|总额)?(?=\s?[¥$\d])|订单金额|购物车"
    r"|的(?:东西|商品|货|订单)"
)


@dataclass(frozen=True)
class Money:
    """An amount in a sentence; ``number`` is where its digits are."""

    amount: Decimal
    currency: str
    start: int
    end: int
    number: tuple[int, int]


@dataclass(frozen=True)
class Spread:
    """A range of prices that is said."""

    currency: str
    low: Decimal
    high: Decimal


def amounts_of(text: str) -> Iterator[Money]:
    """Yield the amounts of money of a plain form."""
    for one in MONEY.finditer(text):
        sign, name = one["sign"], "first" if one["sign"] else "second"
        yield Money(value(one[name]), currency_of(sign or one["unit"]), *one.span(), one.span(name))


def currency_of(sign: str) -> str:
    """Return the currency that a sign or a unit stands for."""
    plain = sign.strip()
    return _SIGNS.get(plain) or _UNITS[plain]
