"""What a figure may be: kinds of facts, the words that speak of each, and where its numbers stand.

For the second reading (`readings`). The words may be wide and in any order: a word alone supports
nothing, the figure must also equal the fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalog.claims import cues
from catalog.claims.checkers import ranks
from catalog.claims.checkers.totals import BARE, SEVERAL, sums_of
from catalog.claims.claim import Verdict
from catalog.claims.facts import PriceFact, ProductFacts, ShopFacts, rule_of, warranty_of
from catalog.claims.money import amounts_of
from catalog.claims.patterns import worded
from catalog.claims.quantities import MEASURES
from catalog.claims.sentences import Sentence
from catalog.policies.terms import Reason


@dataclass(frozen=True)
class Kind:
    """A kind of fact: words that speak of it, words that bar it, and its facts about a place."""

    name: str
    words: tuple[re.Pattern[str], ...]
    bars: tuple[re.Pattern[str], ...]
    facts: Callable[[Sentence, int, str], Iterator[tuple[Decimal, str]]]
    near: bool = False  # the words must stand in the figure's own clause or the one before


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
DAYS = (Kind("returns", (cues.BACK,), (), _window), Kind("delivery", (), (cues.BACK,), _arrival))
MONTHS = (Kind("warranty", (cues.REPAIR,), (), _warranty),)
PERCENTS = (
    Kind("share", (), (), _shares),
    Kind("discount", (cues.DISCOUNT,), (), _percents),
)
COUNTS = (
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


def _ends(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    """Return the lowest and the highest price, where just those two amounts are said, in order."""
    said = [one.amount for one in amounts_of(sentence.text)]
    for product in sentence.about(place):
        prices = product.prices(currency)
        if prices and said == [prices[0].amount, prices[-1].amount]:
            yield from ((one.amount, one.source) for one in (prices[0], prices[-1]))


def _summed(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    """Return what the products that are named come to, where one amount is said of them all.

    Of one product: what several pieces of it come to, where a number of pieces is said.
    """
    if _EACH.search(sentence.text):
        return
    named = _named(sentence)
    several = SEVERAL.search(sentence.text) or BARE.search(sentence.text)
    about = sentence.about(place)
    if several and len(about) == 1:
        number = next((int(one) for one in several.groups() if one), 2)
        prices = about[0].prices(currency, sentence.offers(about[0], place))
        for one in prices if several.start() != place else ():
            sentence.take(*several.span())
            yield one.amount * number, one.source
    elif len(named) > 1 and len(list(amounts_of(sentence.text))) == 1:
        yield from sums_of([one.prices(currency) for one in named])


def _lacking(sentence: Sentence, place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    """Return what a price lacks of the sum from which shipping is free."""
    for limit, source in _free_from(sentence, place, currency):
        for product in sentence.about(place):
            for one in product.prices(currency, sentence.offers(product, place)):
                yield limit - one.amount, source


def _apart(sentence: Sentence, _place: int, currency: str) -> Iterator[tuple[Decimal, str]]:
    """Return the difference of two prices, where somebody has judged which is the lower."""
    named = _named(sentence)
    if len(named) == 2 and _directed(sentence):
        lowest = [one.prices(currency)[:1] for one in named]
        if all(lowest):
            yield abs(lowest[0][0].amount - lowest[1][0].amount), lowest[0][0].source


def _apart_by(sentence: Sentence, place: int, unit: str) -> Iterator[tuple[Decimal, str]]:
    """Return the difference of two weights, or of what else has one measure, in a unit."""
    named = _named(sentence)
    base, factor = MEASURES[unit]
    if len(named) != 2 or not _directed(sentence):
        return
    measures = [[m for m in one.ground.measures if m.base == base and len(m.values) == 1]
                for one in named]  # fmt: skip
    for one in measures[0]:
        for other in measures[1]:
            if one.code == other.code:
                yield abs(one.values[0] - other.values[0]) / factor, named[0].source


def _directed(sentence: Sentence) -> bool:
    """Tell whether it is judged, and true, which of two products is the one with more."""
    if ranks.compared(sentence):
        return True
    read = ranks.by_words(sentence, (0, len(sentence.text)))
    return read is not None and read.verdict is Verdict.SUPPORTED


def _named(sentence: Sentence) -> list[ProductFacts]:
    return list({one.product.pk: one.product for one in sentence.mentions}.values())


_EACH = worded(r"\beach\b|apiece|\bevery\b|per (?:piece|item|unit)|\ball\b|[每各都均]|分别")
MONEY = (
    Kind("shipping", (cues.SHIPPING, cues.FREE), (cues.LACKING,), _free_from),
    Kind("shipping", (), (cues.FREE, cues.COUPON), _carriage),
    Kind("coupon", (cues.COUPON,), (), _coupons),
    Kind("former price", (cues.PAST,), (cues.NOW,), _former, near=True),
    Kind("saving", (cues.LESS,), (), _saved, near=True),
    Kind("price", (), (cues.PAST, cues.LESS, cues.COUPON, cues.FREE), _ends),
    Kind("shipping", (cues.SHIPPING, cues.LACKING), (), _lacking),
    Kind("total", (), (cues.SHIPPING, cues.COUPON), _summed),
    Kind("difference", (), (cues.SHIPPING, cues.COUPON), _apart),
)
# "The cheapest I saw was $62": told in the past, but still so.
NO_FORMER = Kind("price", (), (cues.NOW, cues.LESS), _current)
APART = (Kind("difference", (), (), _apart_by),)
