"""A second reading of figures, by value: what a checker did not understand may still be a fact.

Checkers read the role of a figure from the words right beside it, and know those words. Here the
value leads: a figure that equals a fact of the goods or the shop is that fact, if the sentence
speaks of that kind of fact at all, in whatever frame. It can only support: a figure that equals
nothing stays what the checker said. The words of a kind are single words, so that a new manner of
writing needs no new phrase; what must not be confused (a former price with a price) bars it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalog.claims import bounds, cues
from catalog.claims.bounds import Bound
from catalog.claims.claim import Fact, Found, Verdict, judged
from catalog.claims.facts import PriceFact, ProductFacts, ShopFacts, rule_of, warranty_of
from catalog.claims.money import Money, amounts_of
from catalog.claims.numerals import NUMBER, value
from catalog.claims.patterns import worded
from catalog.claims.sentences import CLAUSE, Sentence
from catalog.policies.terms import Reason

_LONGEST = Decimal("1.5")  # a bound says something only where it is near: up to so many times


@dataclass(frozen=True)
class Known:
    """A fact that a figure may be: what it is, its number, its row; ``words`` speak of such."""

    kind: str
    number: Decimal
    source: str


@dataclass(frozen=True)
class Kind:
    """A kind of fact: words that speak of it, words that bar it, and its facts about a place."""

    name: str
    words: tuple[re.Pattern[str], ...]
    bars: tuple[re.Pattern[str], ...]
    facts: Callable[[Sentence, int, str], Iterator[tuple[Decimal, str]]]
    near: bool = False  # the words must stand in the figure's own clause or the one before


def second(sentence: Sentence, found: Found) -> Found | None:
    """Return a finding that supports a figure by its value; None where no fact is that figure."""
    said = sentence.full[found.start : found.end]
    money = next(amounts_of(said), None)
    numbers = [value(one) for one in re.findall(NUMBER, said)]
    if not numbers or len(numbers) > 1:
        return None
    if money:
        kinds = (*_MONEY, _NO_FORMER) if found.kind == "former price" else _MONEY
        return _one_of(kinds, sentence, found, money.amount, money.currency) or _bounded(
            sentence, found, money
        )
    if found.kind == "quantity" and not (_IS_DAY.search(said) or _IS_MONTH.search(said)):
        return None  # so many grams are no count
    number = numbers[0]
    if "折" in said:
        number = 100 - (number if number >= 10 else number * 10)
    return _one_of(_kinds(said), sentence, found, number, "")


def _kinds(said: str) -> tuple[Kind, ...]:
    """Return the kinds of fact that a figure without a currency may be, by its unit."""
    if "%" in said or "折" in said:
        return _PERCENTS
    if _IS_DAY.search(said):
        return _DAYS
    return _MONTHS if _IS_MONTH.search(said) else _COUNTS


def _one_of(
    kinds: tuple[Kind, ...], sentence: Sentence, found: Found, number: Decimal, currency: str
) -> Found | None:
    place, bound = (found.start, found.end), Bound.EXACT
    if kinds is _COUNTS:
        kinds = _beside(sentence, found, kinds, whole=number == int(number))
        bound = sentence.bound(found.start, found.end)
    for kind in kinds:
        text = _near(sentence, found) if kind.near else sentence.full
        if not all(one.search(text) for one in kind.words):
            continue
        if any(one.search(text) for one in kind.bars):
            continue
        for true, source in kind.facts(sentence, found.start, currency):
            if bounds.holds(bound, number, true, true):
                return judged(place, kind.name, True, Fact(f"{kind.name} {true}", source))
            if bound is not Bound.EXACT:
                return None  # any number bounds something: it must bound what is spoken of
    return None


def _beside(
    sentence: Sentence, found: Found, kinds: tuple[Kind, ...], *, whole: bool
) -> tuple[Kind, ...]:
    """Return the kinds whose word stands right behind a count, else all of them.

    A number with decimals is a rating only.
    """
    if not whole or "." in sentence.full[found.start : found.end]:
        return tuple(one for one in kinds if one.name == "rating")
    after = sentence.text[found.start : found.end + 14]
    noun = _NOUN.search(after)
    own = [one for one in kinds if noun and one.words[0].search(noun[0])]
    return tuple(own) or kinds


def _near(sentence: Sentence, found: Found) -> str:
    """Return the clause of a figure with the ones before and behind it."""
    led = [one for one in CLAUSE.split(sentence.text[: found.start]) if one.strip()]
    after = [one for one in CLAUSE.split(sentence.text[found.end :]) if one.strip()]
    said = sentence.text[found.start : found.end]
    return f"{' '.join(led[-2:])}{said}{' '.join(after[:2])}"


def _bounded(sentence: Sentence, found: Found, money: Money) -> Found | None:
    """Support an amount that every price stays below, where the sentence speaks of a limit."""
    near = _near(sentence, found)
    if cues.SHIPPING.search(sentence.full):
        return None  # enough for free shipping, not for the goods
    if not cues.ENOUGH.search(near) or (found.kind == "total" and not cues.BUDGET.search(near)):
        return None
    if len({one.product.pk for one in sentence.mentions}) > 1:
        return None  # the sum may be what one costs less than the other
    for product in (products := sentence.about(found.start)):
        prices = product.prices(money.currency, sentence.offers(product, found.start))
        if not prices or not prices[-1].amount < money.amount <= prices[-1].amount * _LONGEST:
            return None
    if not products:
        return None
    fact = Fact(f"{money.currency} {prices[-1].amount}", prices[-1].source)
    return judged((found.start, found.end), "price", True, fact)


# --- What a figure may be -------------------------------------------------------------------------
def _lowered(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[PriceFact, Decimal]]:
    for product in sentence.about(place):
        for price in product.prices(currency, sentence.offers(product, place)):
            if price.was:
                yield price, price.was


def _former(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    for price, was in _lowered(sentence, place, currency):
        yield was, price.source


def _current(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    for product in sentence.about(place):
        for price in product.prices(currency, sentence.offers(product, place)):
            yield price.amount, price.source


def _saved(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    for price, was in _lowered(sentence, place, currency):
        yield was - price.amount, price.source


def _free_from(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    for shop in sentence.shops_about(place):
        for one in shop.methods:
            if one.currency == currency and one.free_from is not None:
                yield one.free_from, one.source


def _carriage(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    methods = [one for shop in sentence.shops_about(place) for one in shop.methods]
    named = [m for m in methods if any(name.casefold() in sentence.full for name in m.names)]
    if not named and not cues.SHIPPING.search(sentence.full):
        return
    for one in named or methods:
        if one.currency == currency:
            yield one.amount, one.source


def _coupons(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    coupons = [one for shop in sentence.shops_about(place) for one in shop.coupons]
    coded = [one for one in coupons if one.code.casefold() in sentence.full]
    for one in coded:
        if one.currency == currency:
            yield one.value, one.source
            yield one.minimum, one.source


def _percents(sentence: Sentence, place: int, _currency: str) -> Iterator[tuple[Decimal, str]]:
    coupons = [one for shop in sentence.shops_about(place) for one in shop.coupons]
    coded = [one for one in coupons if one.code.casefold() in sentence.full]
    for coupon in coded or coupons:
        if coupon.kind == "percent":
            yield coupon.value, coupon.source
    if coded:
        return
    for price, was in _lowered(sentence, place, sentence.ledger.currency):
        yield Decimal(round((1 - price.amount / was) * 100)), price.source


def _shares(sentence: Sentence, place: int, _currency: str) -> Iterator[tuple[Decimal, str]]:
    for product in sentence.about(place):
        for one in product.ground.measures:
            if one.unit == "%" and one.named_in(sentence.text):
                for number in one.values:
                    yield number, f"{product.source}#{one.code}"


def _pairs(sentence: Sentence, place: int) -> Iterator[tuple[ShopFacts, ProductFacts]]:
    for product in sentence.about(place):
        if shop := sentence.ledger.shop(product):
            yield shop, product


def _window(sentence: Sentence, place: int, _unit: str) -> Iterator[tuple[Decimal, str]]:
    found = {
        rule_of(shop, product, Reason.CHANGED_MIND) for shop, product in _pairs(sentence, place)
    }
    days = {one.return_days for one in found if one and one.return_days}
    if len(days) == 1 and None not in found:
        yield Decimal(days.pop()), sentence.shops_about(place)[0].source


def _arrival(sentence: Sentence, place: int, _unit: str) -> Iterator[tuple[Decimal, str]]:
    for shop in sentence.shops_about(place):
        for one in shop.methods:
            if any(name.casefold() in sentence.full for name in one.names):
                yield Decimal(one.most), one.source


def _warranty(sentence: Sentence, place: int, _unit: str) -> Iterator[tuple[Decimal, str]]:
    found = {warranty_of(shop, product) for shop, product in _pairs(sentence, place)}
    months = {one.months for one in found if one}
    if len(months) == 1 and None not in found:
        said = sentence.full[place : place + 8]
        years = re.search(r"年|year", said)
        yield Decimal(months.pop()) / (12 if years else 1), sentence.shops_about(place)[0].source


def _counted(
    count: Callable[[ProductFacts, Sentence, int], int | None], row: str = ""
) -> Callable[[Sentence, int, str], Iterator[tuple[Decimal, str]]]:
    """Return the facts that a count of one product is; nothing where several are spoken of."""

    def facts(sentence: Sentence, place: int, _unit: str) -> Iterator[tuple[Decimal, str]]:
        products = sentence.about(place)
        if len(products) == 1 and (many := count(products[0], sentence, place)):
            yield Decimal(many), products[0].source + row

    return facts


def _scores(sentence: Sentence, place: int, _unit: str) -> Iterator[tuple[Decimal, str]]:
    for product in sentence.about(place):
        if (mean := product.reviews.mean) is not None:
            rounded = mean.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
            yield rounded, f"{product.source}#reviews"


_SO_MANY = worded(r"\d\s?(?:ratings|reviews|条|个人|位|人)")
_NOUN = worded(r"(?<=\d)(?: ?[a-z-]+){1,2}|(?<=\d)[\u4e00-\u9fff]{1,4}")
_IS_DAY, _IS_MONTH = worded(r"天|日|days?"), worded(r"月|年|months?|years?|\bmo\b")
_MONEY = (
    Kind("shipping", (cues.SHIPPING, cues.FREE), (cues.LACKING,), _free_from),
    Kind("shipping", (), (cues.FREE, cues.COUPON), _carriage),
    Kind("coupon", (cues.COUPON,), (), _coupons),
    Kind("former price", (cues.PAST,), (cues.NOW,), _former, near=True),
    Kind("saving", (cues.LESS,), (), _saved, near=True),
)
# "The cheapest I saw was $62": told in the past, but still so.
_NO_FORMER = Kind("price", (), (cues.NOW, cues.LESS), _current)
_DAYS = (Kind("returns", (cues.BACK,), (), _window), Kind("delivery", (), (cues.BACK,), _arrival))
_MONTHS = (Kind("warranty", (cues.REPAIR,), (), _warranty),)
_PERCENTS = (
    Kind("share", (), (), _shares),
    Kind("discount", (cues.DISCOUNT,), (), _percents),
)
_COUNTS = (
    Kind("count", (cues.COLOUR,), (), _counted(lambda p, s, at: len(p.options("colour")))),
    Kind("count", (cues.SIZE,), (), _counted(lambda p, s, at: len(p.options("size")))),
    Kind("reviews", (cues.GOOD,), (cues.BAD, cues.MIXED), _counted(
        lambda p, s, at: p.reviews.feelings.get("positive", 0), "#reviews")),
    Kind("reviews", (cues.BAD,), (cues.MIXED,), _counted(
        lambda p, s, at: p.reviews.feelings.get("negative", 0), "#reviews")),
    Kind("reviews", (cues.REVIEW,), (cues.GOOD, cues.BAD, cues.MIXED), _counted(
        lambda p, s, at: p.reviews.count, "#reviews")),
    Kind("rating", (cues.SCORE,), (_SO_MANY,), _scores),
    Kind("stock", (cues.LEFT,), (cues.REVIEW,), _counted(
        lambda p, s, at: p.stock(s.offers(p, at)))),
)  # fmt: skip


# What is no figure of a fact, though a figure stands in it.
_UNREAD = frozenset(("comparison", "superlative", "deal"))


def supported(sentence: Sentence, found: Found) -> Found:
    """Return a finding, supported where the second reading supports it."""
    if found.verdict is Verdict.SUPPORTED or found.kind in _UNREAD:
        return found
    return second(sentence, found) or found
