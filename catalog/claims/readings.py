"""A second reading of figures, by value: what a checker did not understand may still be a fact.

Checkers read the role of a figure from the words right beside it, and know those words. Here the
value leads: a figure that equals a fact of the goods or the shop is that fact, if the sentence
speaks of that kind of fact at all, in whatever frame. It can only support: a figure that equals
nothing stays what the checker said. The words of a kind are single words, so that a new manner of
writing needs no new phrase; what must not be confused (a former price with a price) bars it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from catalog.claims import bounds, cues
from catalog.claims.bounds import Bound
from catalog.claims.claim import Fact, Found, Verdict, judged
from catalog.claims.kinds import APART, COUNTS, DAYS, MONEY, MONTHS, NO_FORMER, PERCENTS, Kind
from catalog.claims.money import Money, amounts_of
from catalog.claims.numerals import NUMBER, value
from catalog.claims.patterns import worded
from catalog.claims.quantities import amounts
from catalog.claims.sentences import CLAUSE, Sentence

_UNIT_BEHIND = worded(r"(?: [a-z]+(?= ))?(?:[ -](?:days?|months?|years?)\b)?")
_NOUN = worded(r"(?<=\d)(?: ?[a-z-]+){1,2}|(?<=\d)[\u4e00-\u9fff]{1,4}")
_IS_DAY, _IS_MONTH = worded(r"天|日|days?"), worded(r"月|年|months?|years?|\bmo\b")
_LONGEST = Decimal("1.5")  # a bound says something only where it is near: up to so many times


def second(sentence: Sentence, found: Found) -> Found | None:
    """Return a finding that supports a figure by its value; None where no fact is that figure."""
    said = sentence.full[found.start : found.end]
    money = next(amounts_of(said), None)
    numbers = [value(one) for one in re.findall(NUMBER, said)]
    if not numbers or len(numbers) > 1:
        return None
    if money:
        kinds = (*MONEY, NO_FORMER) if found.kind == "former price" else MONEY
        return _one_of(kinds, sentence, found, money.amount, money.currency) or _bounded(
            sentence, found, money
        )
    if found.kind == "quantity" and not (_IS_DAY.search(said) or _IS_MONTH.search(said)):
        amount = next(amounts(said), None)  # so many grams are no count
        return _one_of(APART, sentence, found, numbers[0], amount.unit) if amount else None
    if found.kind == "number":  # its unit may stand one word off: "30 whole days"
        said += _UNIT_BEHIND.match(sentence.text[found.end : found.end + 20])[0]  # type: ignore[index]
    number = numbers[0]
    if "折" in said:
        number = 100 - (number if number >= 10 else number * 10)
    return _one_of(_kinds(said), sentence, found, number, "")


def _kinds(said: str) -> tuple[Kind, ...]:
    """Return the kinds of fact that a figure without a currency may be, by its unit."""
    if "%" in said or "折" in said:
        return PERCENTS
    if _IS_DAY.search(said):
        return DAYS
    return MONTHS if _IS_MONTH.search(said) else COUNTS


def _one_of(
    kinds: tuple[Kind, ...], sentence: Sentence, found: Found, number: Decimal, currency: str
) -> Found | None:
    place, bound = (found.start, found.end), Bound.EXACT
    if kinds is COUNTS:
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


# What is no figure of a fact, though a figure stands in it.
_UNREAD = frozenset(("comparison", "superlative", "deal"))


def supported(sentence: Sentence, found: Found) -> Found:
    """Return a finding, supported where the second reading supports it."""
    if found.verdict is Verdict.SUPPORTED or found.kind in _UNREAD:
        return found
    return second(sentence, found) or found
